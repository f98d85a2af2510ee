package store

import (
	"context"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// SetEmail keeps where a member reads mail; an empty address takes it away.
func (s *Store) SetEmail(ctx context.Context, m feed.MemberID, email string) error {
	err := s.inTx(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE members SET email = ? WHERE id = ? AND NOT revoked`, email, m)
		if err == nil && n == 0 {
			return feed.ErrNotFound
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("address of %s: %w", m, err)
	}
	return nil
}

// Recipient is a member with the address and the wishes of theirs.
func (s *Store) Recipient(ctx context.Context, m feed.MemberID) (feed.Recipient, error) {
	out, err := s.reader().recipient(ctx, m)
	if err != nil {
		return feed.Recipient{}, fmt.Errorf("wishes of %s: %w", m, err)
	}
	return out, nil
}

// SetWishes keeps how a member wants to be told.
func (s *Store) SetWishes(ctx context.Context, m feed.MemberID, w feed.Wishes) error {
	err := s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `
			INSERT INTO notice_rules (member, wishes)
			VALUES (?, ?)
			ON CONFLICT (member) DO UPDATE
			SET wishes = excluded.wishes`, m, doc(&w))
		return err
	})
	if err != nil {
		return fmt.Errorf("wishes of %s: %w", m, err)
	}
	return nil
}
