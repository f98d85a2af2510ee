package store

import (
	"context"
	"database/sql/driver"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// React sets or clears a member's reaction and tells whether that changed
// anything.
func (t *tx) React(ctx context.Context, id feed.PostID, m feed.MemberID, r feed.Reaction, on bool) (bool, error) {
	query := `DELETE FROM reactions WHERE post = ? AND member = ? AND reaction = ?`
	if on {
		query = `INSERT INTO reactions (post, member, reaction) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
	}
	n, err := t.exec(ctx, query, id, m, r)
	if err != nil {
		return false, fmt.Errorf("reaction of %s to %s: %w", m, id, err)
	}
	return n > 0, nil
}

// MeToo adds a member to those who report the same and tells whether that is
// new.
func (t *tx) MeToo(ctx context.Context, id feed.PostID, m feed.MemberID) (bool, error) {
	n, err := t.exec(ctx, `INSERT INTO me_too (post, member) VALUES (?, ?) ON CONFLICT DO NOTHING`, id, m)
	if err != nil {
		return false, fmt.Errorf("me too of %s on %s: %w", m, id, err)
	}
	return n > 0, nil
}

// LeaveToo takes a member off those who report the same and tells whether it was
// one of them.
func (t *tx) LeaveToo(ctx context.Context, id feed.PostID, m feed.MemberID) (bool, error) {
	n, err := t.exec(ctx, `DELETE FROM me_too WHERE post = ? AND member = ?`, id, m)
	if err != nil {
		return false, fmt.Errorf("me too no more of %s on %s: %w", m, id, err)
	}
	return n > 0, nil
}

// Mine lists a member's own reactions to a post.
func (s *Store) Mine(ctx context.Context, id feed.PostID, m feed.MemberID) ([]feed.Reaction, error) {
	out, err := column[feed.Reaction](ctx, s.reader(), `SELECT reaction FROM reactions WHERE post = ? AND member = ? ORDER BY reaction`, id, m)
	if err != nil {
		return nil, fmt.Errorf("reactions of %s to %s: %w", m, id, err)
	}
	return out, nil
}

// tally is how often a post got a reaction, as a column.
type tally struct {
	post     *feed.Post
	reaction feed.Reaction
}

func (y tally) Value() (driver.Value, error) { return int64(y.post.Reactions[y.reaction]), nil }

func (y tally) Scan(src any) error {
	n, ok := src.(int64)
	switch {
	case !ok:
		return fmt.Errorf("%T is no number of reactions", src)
	case n == 0:
		return nil
	case y.post.Reactions == nil:
		y.post.Reactions = make(map[feed.Reaction]int, len(feed.Reactions))
	}
	y.post.Reactions[y.reaction] = int(n)
	return nil
}
