package store

import (
	"context"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// CallNoise keeps a person's word that a post is noise, or takes it back, and
// tells whether that changed anything.
func (t *tx) CallNoise(ctx context.Context, n feed.Noise, on bool) (bool, error) {
	query, args := `DELETE FROM noise WHERE post = ? AND member = ?`, []any{n.Post, n.Member}
	if on {
		query = `INSERT INTO noise (post, member, rule, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`
		args = append(args, n.Rule, at(&n.At))
	}
	changed, err := t.exec(ctx, query, args...)
	if err != nil {
		return false, fmt.Errorf("noise of %s on %s: %w", n.Member, n.Post, err)
	}
	return changed > 0, nil
}

// CalledNoise tells whether a member said that a post is noise.
func (s *Store) CalledNoise(ctx context.Context, id feed.PostID, m feed.MemberID) (bool, error) {
	var n int
	if err := s.reader().get(ctx, &n, `SELECT COUNT(*) FROM noise WHERE post = ? AND member = ?`, id, m); err != nil {
		return false, fmt.Errorf("noise of %s on %s: %w", m, id, err)
	}
	return n > 0, nil
}
