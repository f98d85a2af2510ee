package store

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Ask keeps that a member was asked to help with a post.
func (t *tx) Ask(ctx context.Context, id feed.PostID, m feed.MemberID) (added bool, err error) {
	n, err := t.exec(ctx, `INSERT INTO help_asked (post, member) VALUES (?, ?) ON CONFLICT DO NOTHING`, id, m)
	if err != nil {
		return false, fmt.Errorf("ask %s to help with %s: %w", m, id, err)
	}
	return n > 0, nil
}

// WasAsked tells whether a member was asked to help with a post.
func (t *tx) WasAsked(ctx context.Context, id feed.PostID, m feed.MemberID) (bool, error) {
	var n int
	if err := t.get(ctx, &n, `SELECT COUNT(*) FROM help_asked WHERE post = ? AND member = ?`, id, m); err != nil {
		return false, fmt.Errorf("was %s asked to help with %s: %w", m, id, err)
	}
	return n > 0, nil
}

// WidenAt keeps when a call for help goes further.
func (t *tx) WidenAt(ctx context.Context, id feed.PostID, when time.Time) (err error) {
	if when.IsZero() {
		_, err = t.exec(ctx, `DELETE FROM help_calls WHERE post = ?`, id)
	} else {
		_, err = t.exec(ctx, `
			INSERT INTO help_calls (post, widen_at)
			VALUES (?, ?)
			ON CONFLICT (post) DO UPDATE
			SET widen_at = excluded.widen_at`, id, at(&when))
	}
	if err != nil {
		return fmt.Errorf("when the call %s goes further: %w", id, err)
	}
	return nil
}

// WidenBy lists the posts whose call for help goes further by now.
func (t *tx) WidenBy(ctx context.Context, now time.Time) ([]feed.PostID, error) {
	return column[feed.PostID](ctx, t.conn, `SELECT post FROM help_calls WHERE widen_at <= ? ORDER BY widen_at`, at(&now))
}

// HelpOver forgets who was asked to help with a post.
func (t *tx) HelpOver(ctx context.Context, id feed.PostID) error {
	if _, err := t.exec(ctx, `DELETE FROM help_asked WHERE post = ?`, id); err != nil {
		return fmt.Errorf("forget who was asked to help with %s: %w", id, err)
	}
	return nil
}

// HelpFor lists the open calls for help that a member was asked to answer, the
// latest first.
func (s *Store) HelpFor(ctx context.Context, m feed.MemberID) ([]*feed.Post, error) {
	out, err := s.reader().list(ctx, `WHERE p.open AND p.id IN (SELECT post FROM help_asked WHERE member = ?) ORDER BY p.opened_at DESC, p.id`, m)
	if err != nil {
		return nil, fmt.Errorf("calls for help to %s: %w", m, err)
	}
	return out, nil
}
