package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// Vote keeps a member's choice in the place of an earlier one, which it returns,
// -1 when there was none.
func (t *tx) Vote(ctx context.Context, id feed.PostID, m feed.MemberID, choice int) (int, error) {
	before, err := t.voteOf(ctx, id, m)
	if err != nil {
		return before, err
	}
	_, err = t.exec(ctx, `
		INSERT INTO votes (post, member, choice)
		VALUES (?, ?, ?)
		ON CONFLICT (post, member) DO UPDATE
		SET choice = excluded.choice`, id, m, choice)
	if err != nil {
		return before, fmt.Errorf("vote of %s on %s: %w", m, id, err)
	}
	return before, nil
}

// MyVote is the choice that a member made in a poll, -1 when none.
func (s *Store) MyVote(ctx context.Context, id feed.PostID, m feed.MemberID) (int, error) {
	return s.reader().voteOf(ctx, id, m)
}

func (c conn) voteOf(ctx context.Context, id feed.PostID, m feed.MemberID) (int, error) {
	choice := -1
	err := c.get(ctx, &choice, `SELECT choice FROM votes WHERE post = ? AND member = ?`, id, m)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return choice, fmt.Errorf("vote of %s on %s: %w", m, id, err)
	}
	return choice, nil
}
