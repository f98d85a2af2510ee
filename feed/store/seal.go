package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// sealKey is the length of a seal's key, in bytes: AES-256.
const sealKey = 32

// Seal returns the seal of a member, made at first need.
func (s *Store) Seal(ctx context.Context, m feed.MemberID) (feed.Seal, error) {
	var out feed.Seal
	err := s.inTx(ctx, func(t *tx) error {
		key := make([]byte, sealKey)
		_, _ = rand.Read(key) // never fails
		_, err := t.exec(ctx, `
			INSERT INTO seals (id, member, key)
			VALUES (?, ?, ?)
			ON CONFLICT (member) DO NOTHING`, rand.Text(), m, key)
		if err != nil {
			return err
		}
		return t.each(ctx, func(rows *sql.Rows) error {
			return rows.Scan(&out.ID, &out.Key)
		}, `SELECT id, key FROM seals WHERE member = ?`, m)
	})
	if err != nil {
		return feed.Seal{}, fmt.Errorf("seal of %s: %w", m, err)
	}
	return out, nil
}

// SealedBy returns the member whose seal has that id, and its key; ErrNotFound
// when there is none, or the member is revoked.
func (s *Store) SealedBy(ctx context.Context, id string) (feed.MemberID, []byte, error) {
	var m feed.MemberID
	var key []byte
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&m, &key)
	}, `
		SELECT s.member, s.key
		FROM seals s
		JOIN members m ON m.id = s.member
		WHERE s.id = ? AND NOT m.revoked`, id)
	if err != nil {
		return "", nil, fmt.Errorf("seal %s: %w", id, err)
	}
	if m == "" {
		return "", nil, feed.ErrNotFound
	}
	return m, key, nil
}
