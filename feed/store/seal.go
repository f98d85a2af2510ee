package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// Seal returns the seal of a member or device, and makes it at first need.
func (s *Store) Seal(ctx context.Context, m feed.MemberID) (feed.Seal, error) {
	seal, err := s.reader().seal(ctx, m)
	if err == nil && seal.ID == "" {
		err = s.inTx(ctx, func(t *tx) error {
			key := make([]byte, 32)
			_, _ = rand.Read(key) // never fails
			_, err := t.exec(ctx, `
				INSERT INTO seals (id, member, key)
				VALUES (?, ?, ?)
				ON CONFLICT (member) DO NOTHING`, rand.Text(), m, key)
			if err != nil {
				return err
			}
			seal, err = t.seal(ctx, m)
			return err
		})
	}
	if err != nil {
		return feed.Seal{}, fmt.Errorf("seal of %s: %w", m, err)
	}
	return seal, nil
}

func (c conn) seal(ctx context.Context, m feed.MemberID) (feed.Seal, error) {
	var out feed.Seal
	err := c.each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&out.ID, &out.Key)
	}, `SELECT id, key FROM seals WHERE member = ?`, m)
	return out, err
}

// breakSeal forgets a seal: what was closed with it cannot be opened again.
func (t *tx) breakSeal(ctx context.Context, m feed.MemberID) error {
	_, err := t.exec(ctx, `DELETE FROM seals WHERE member = ?`, m)
	return err
}
