package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// Follow keeps that a member follows something, or no longer, and tells whether
// that changed anything.
func (t *tx) Follow(ctx context.Context, f feed.Follow, on bool) (bool, error) {
	query, args := `DELETE FROM follows WHERE member = ? AND kind = ? AND target = ?`, []any{f.Member, f.Kind, f.Target}
	if on {
		query, args = `
			INSERT INTO follows (member, kind, target, at)
			VALUES (?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, append(args, at(&f.At))
	}
	n, err := t.exec(ctx, query, args...)
	if err != nil {
		return false, fmt.Errorf("%s follows %s %s: %w", f.Member, f.Kind, f.Target, err)
	}
	return n > 0, nil
}

// Followers lists who follows something that a post is about, and sees it.
func (t *tx) Followers(ctx context.Context, p *feed.Post) ([]feed.MemberID, error) {
	var each []string
	var args []any
	for _, s := range p.Subjects() {
		each = append(each, `kind = ? AND target = ?`)
		args = append(args, s.Kind, s.Target)
	}
	if len(each) == 0 {
		return nil, nil
	}
	all, err := t.accounts(ctx, `m.id IN (SELECT member FROM follows WHERE `+strings.Join(each, ` OR `)+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("followers of %s: %w", p.ID, err)
	}
	var out []feed.MemberID
	for _, a := range all {
		if a.Scope().Sees(p) {
			out = append(out, a.ID)
		}
	}
	return out, nil
}

// Follows lists what a member follows, by kind and target.
func (s *Store) Follows(ctx context.Context, m feed.MemberID) ([]feed.Follow, error) {
	var out []feed.Follow
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		f := feed.Follow{Member: m}
		err := rows.Scan(&f.Kind, &f.Target, at(&f.At))
		out = append(out, f)
		return err
	}, `
		SELECT kind, target, at
		FROM follows
		WHERE member = ?
		ORDER BY kind, target`, m)
	if err != nil {
		return nil, fmt.Errorf("what %s follows: %w", m, err)
	}
	return out, nil
}

// followedBy is the condition that a member follows something that the post of a
// row of posts f is about.
const followedBy = ` AND EXISTS (
	SELECT 1
	FROM follows w
	WHERE w.member = CAST(? AS TEXT) AND (
		w.kind = 'place' AND EXISTS (SELECT 1 FROM post_index x WHERE x.post = f.id AND x.territory = w.target)
		OR w.kind = 'machine' AND w.target = f.asset
		OR w.kind = 'sku' AND w.target = f.sku
		OR w.kind = 'order' AND f.run LIKE '%"order":"' || w.target || '"%'))`
