package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// SetBadge keeps the hash of a member's badge; an empty one takes the badge
// away. A badge that is replaced or taken away may be in other hands, so that
// the member's sessions end. The change is written down with it, as done by whom:
// by nobody on the command line.
func (s *Store) SetBadge(ctx context.Context, by, id feed.MemberID, badgeHash string) error {
	err := s.inTx(ctx, func(t *tx) error {
		var before string
		if err := t.get(ctx, &before, `SELECT badge FROM members WHERE id = ? AND NOT revoked`, id); err != nil || before == badgeHash {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE members SET badge = ? WHERE id = ? AND NOT revoked`, badgeHash, id); err != nil {
			return err
		}
		if before != "" {
			if err := t.endSessions(ctx, id); err != nil {
				return err
			}
		}
		return t.Audit(ctx, feed.AuditEntry{At: time.Now(), Actor: by, Subject: id, Action: "member.badge"})
	})
	if err != nil {
		return fmt.Errorf("badge of %s: %w", id, err)
	}
	return nil
}

// BadgeOwner returns whose badge it is, empty when it is nobody's.
func (s *Store) BadgeOwner(ctx context.Context, badgeHash string) (feed.MemberID, error) {
	var id feed.MemberID
	err := s.reader().get(ctx, &id, `SELECT id FROM members WHERE badge = ? AND badge <> '' AND NOT revoked`, badgeHash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("owner of a badge: %w", err)
	}
	return id, nil
}
