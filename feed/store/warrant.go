package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Who is shut out because their account ended is revoked like anybody else, but
// keeps PIN, badge and roles for when it stands again.

// Warrant takes the place of what an account was asked with, unless it is none,
// and lets in again who was shut out by its end.
func (t *tx) Warrant(ctx context.Context, issuer, subject, sealed string, now time.Time) (back bool, err error) {
	n, err := t.exec(ctx, `
		UPDATE members
		SET revoked = ?
		WHERE revoked AND id = (SELECT member FROM identities WHERE issuer = ? AND subject = ? AND lapsed <> 0)`, false, issuer, subject)
	if err != nil {
		return false, err
	}
	_, err = t.exec(ctx, `
		UPDATE identities
		SET warrant = CASE WHEN CAST(? AS TEXT) = '' THEN warrant ELSE CAST(? AS TEXT) END, asked = ?, lapsed = 0
		WHERE issuer = ? AND subject = ?`, sealed, sealed, at(&now), issuer, subject)
	return n > 0, err
}

// Rewarrant takes the place of w, unless another did already.
func (t *tx) Rewarrant(ctx context.Context, w feed.Warrant, sealed string) error {
	_, err := t.exec(ctx, `
		UPDATE identities
		SET warrant = ?
		WHERE issuer = ? AND subject = ? AND warrant = ?`, sealed, w.Issuer, w.Subject, w.Sealed)
	return err
}

// Lapse shuts out the member of an account that ended.
func (t *tx) Lapse(ctx context.Context, w feed.Warrant, now time.Time) (done bool, err error) {
	if err := t.lock(ctx); err != nil {
		return false, err
	}
	n, err := t.exec(ctx, `
		UPDATE identities
		SET warrant = '', lapsed = ?
		WHERE issuer = ? AND subject = ? AND member = ? AND warrant = ?
			AND EXISTS (SELECT 1 FROM members m WHERE m.id = identities.member AND NOT m.revoked)`,
		at(&now), w.Issuer, w.Subject, w.Member, w.Sealed)
	if err != nil || n == 0 {
		return false, err
	}
	if _, err := t.exec(ctx, `UPDATE members SET revoked = ? WHERE id = ?`, true, w.Member); err != nil {
		return false, err
	}
	return true, t.endSessions(ctx, w.Member)
}

// forgo takes back what the accounts of a member are asked with: nobody lets
// them in again by it.
func (t *tx) forgo(ctx context.Context, id feed.MemberID) error {
	_, err := t.exec(ctx, `UPDATE identities SET warrant = '', lapsed = 0 WHERE member = ?`, id)
	return err
}

// DueWarrants hands out what accounts are asked with that were asked after
// before an instant for the last time.
func (s *Store) DueWarrants(ctx context.Context, before, now time.Time) (out []feed.Warrant, err error) {
	err = s.inTx(ctx, func(t *tx) error {
		out = nil
		return t.each(ctx, func(rows *sql.Rows) error {
			var w feed.Warrant
			err := rows.Scan(&w.Issuer, &w.Subject, &w.Member, &w.Sealed)
			out = append(out, w)
			return err
		}, `
			UPDATE identities
			SET asked = ?
			WHERE warrant <> '' AND asked <= ?
				AND EXISTS (SELECT 1 FROM members m WHERE m.id = identities.member AND NOT m.revoked)
			RETURNING issuer, subject, member, warrant`, at(&now), at(&before))
	})
	if err != nil {
		return nil, fmt.Errorf("accounts to ask after: %w", err)
	}
	return out, nil
}
