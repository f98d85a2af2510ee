package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// SealedBy returns the member or device whose seal has that id, and its key;
// ErrNotFound when there is none, or the member is revoked.
func (s *Store) SealedBy(ctx context.Context, id string) (feed.MemberID, []byte, error) {
	var m feed.MemberID
	var key []byte
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&m, &key)
	}, `
		SELECT member, key
		FROM seals
		WHERE id = ? AND NOT EXISTS (SELECT 1 FROM members WHERE id = seals.member AND revoked)`, id)
	if err != nil {
		return "", nil, fmt.Errorf("seal %s: %w", id, err)
	}
	if m == "" {
		return "", nil, feed.ErrNotFound
	}
	return m, key, nil
}

// Author returns who wrote under that name, a member or a paired device, as they
// are now; ErrNotFound when they may no longer.
func (s *Store) Author(ctx context.Context, id feed.MemberID) (feed.Member, error) {
	device, ok := strings.CutPrefix(string(id), "device:")
	if !ok {
		return s.Member(ctx, id)
	}
	var d feed.Device
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&d.ID, &d.Name, &d.Place, &d.Kind)
	}, `SELECT id, name, place, kind FROM devices WHERE id = ? AND token <> ''`, device)
	if err != nil {
		return feed.Member{}, fmt.Errorf("device %s: %w", device, err)
	}
	if d.ID == "" {
		return feed.Member{}, feed.ErrNotFound
	}
	return d.Member(feed.French), nil
}
