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
func (s *Store) AddSession(ctx context.Context, tokenHash string, m feed.MemberID, now, expires time.Time) error {
	err := s.inTx(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `DELETE FROM sessions WHERE expires <= ?`, at(&now)); err != nil {
			return err
		}
		_, err := t.exec(ctx, `INSERT INTO sessions (token, member, expires) VALUES (?, ?, ?)`, tokenHash, m, at(&expires))
		return err
	})
	if err != nil {
		return fmt.Errorf("session of %s: %w", m, err)
	}
	return nil
}

// Session returns the session of a token's hash with its member as of now;
// ErrNotFound when there is none, or it has expired, or the member is revoked.
func (s *Store) Session(ctx context.Context, tokenHash string, now time.Time) (feed.Session, error) {
	var out feed.Session
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&out.Member.ID, at(&out.Expires))
	}, `SELECT member, expires FROM sessions WHERE token = ? AND expires > ?`, tokenHash, at(&now))
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
