package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// AddSession stores a session under the hash of its token, and forgets those
// that have expired.
func (s *Store) AddSession(ctx context.Context, tokenHash string, session feed.Session, now time.Time) error {
	err := s.inTx(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `DELETE FROM sessions WHERE expires <= ?`, at(&now)); err != nil {
			return err
		}
		_, err := t.exec(ctx, `INSERT INTO sessions (token, member, device, expires) VALUES (?, ?, ?, ?)`,
			tokenHash, session.Member.ID, session.Device, at(&session.Expires))
		return err
	})
	if err != nil {
		return fmt.Errorf("session of %s: %w", session.Member.ID, err)
	}
	return nil
}

// Session returns the session of a token's hash with its member as of now;
// ErrNotFound when there is none, or it has expired, or the member is revoked,
// or the device that it was opened on.
func (s *Store) Session(ctx context.Context, tokenHash string, now time.Time) (feed.Session, error) {
	var out feed.Session
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&out.Member.ID, &out.Device, at(&out.Expires))
	}, `
		SELECT member, device, expires
		FROM sessions
		WHERE token = ? AND expires > ?
			AND (device = '' OR EXISTS (SELECT 1 FROM devices d WHERE d.id = sessions.device AND d.token <> ''))`, tokenHash, at(&now))
	if err != nil {
		return feed.Session{}, fmt.Errorf("session: %w", err)
	}
	if out.Member.ID == "" {
		return feed.Session{}, feed.ErrNotFound
	}
	if out.Member, err = s.Member(ctx, out.Member.ID); err != nil {
		return feed.Session{}, err
	}
	return out, nil
}

// EndSession forgets a session.
func (s *Store) EndSession(ctx context.Context, tokenHash string) error {
	return s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM sessions WHERE token = ?`, tokenHash)
		return err
	})
}

// endSessions forgets all sessions of a member.
func (t *tx) endSessions(ctx context.Context, m feed.MemberID) error {
	_, err := t.exec(ctx, `DELETE FROM sessions WHERE member = ?`, m)
	return err
}

// endSessionsOn forgets all sessions that were opened on a device.
func (t *tx) endSessionsOn(ctx context.Context, d feed.DeviceID) error {
	_, err := t.exec(ctx, `DELETE FROM sessions WHERE device = ?`, d)
	return err
}
