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
		_, err := t.exec(ctx, `
			INSERT INTO sessions (token, member, device, expires, seen_at, proved_at)
			VALUES (?, ?, ?, ?, ?, ?)`,
			tokenHash, session.Member.ID, session.Device, at(&session.Expires), at(&now), at(&session.ProvedAt))
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
		return rows.Scan(&out.Member.ID, &out.Device, at(&out.Expires), at(&out.SeenAt), at(&out.ProvedAt))
	}, `
		SELECT member, device, expires, seen_at, proved_at
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

// SeeSession keeps that somebody did something in a session.
func (s *Store) SeeSession(ctx context.Context, tokenHash string, now time.Time) error {
	return s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `UPDATE sessions SET seen_at = ? WHERE token = ?`, at(&now), tokenHash)
		return err
	})
}

// ProveSession keeps that whoever has a session showed again who they are.
func (s *Store) ProveSession(ctx context.Context, tokenHash string, now time.Time) error {
	return s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `UPDATE sessions SET proved_at = ? WHERE token = ?`, at(&now), tokenHash)
		return err
	})
}

// SessionsOf lists the sessions of a member, the latest first.
func (s *Store) SessionsOf(ctx context.Context, m feed.MemberID, now time.Time) ([]feed.Session, error) {
	out, err := rowsOf(ctx, s.reader(), func(one *feed.Session) []any {
		return []any{&one.Device, at(&one.Expires), at(&one.SeenAt), at(&one.ProvedAt)}
	}, `
		SELECT device, expires, seen_at, proved_at
		FROM sessions
		WHERE member = ? AND expires > ?
		ORDER BY expires DESC`, m, at(&now))
	if err != nil {
		return nil, fmt.Errorf("sessions of %s: %w", m, err)
	}
	return out, nil
}

// EndOtherSessions forgets the sessions of a member but one.
func (s *Store) EndOtherSessions(ctx context.Context, m feed.MemberID, tokenHash string) error {
	return s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM sessions WHERE member = ? AND token <> ?`, m, tokenHash)
		return err
	})
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
