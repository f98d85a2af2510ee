package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Where a role comes from: people gave it, or the groups of the company's
// account.
const (
	byHand = "manual"
	byOIDC = "oidc"
)

// Bound returns whose an account of the company is.
func (t *tx) Bound(ctx context.Context, issuer, subject string) (feed.MemberID, error) {
	if err := t.lock(ctx); err != nil {
		return "", err
	}
	var id feed.MemberID
	err := t.get(ctx, &id, `SELECT member FROM identities WHERE issuer = ? AND subject = ?`, issuer, subject)
	if errors.Is(err, sql.ErrNoRows) {
		return "", feed.ErrNotFound
	}
	return id, err
}

// Bind makes an account of the company a member's for ever.
func (t *tx) Bind(ctx context.Context, issuer, subject string, id feed.MemberID, when time.Time) error {
	_, err := t.exec(ctx, `INSERT INTO identities (issuer, subject, member, at) VALUES (?, ?, ?, ?)`, issuer, subject, id, at(&when))
	return err
}

// hasAccount tells whether a member has an account of an issuer.
const hasAccount = `SELECT EXISTS (SELECT 1 FROM identities WHERE issuer = ? AND member = ?)`

// HasAccount tells whether a member has an account of an issuer, as of this
// transaction.
func (t *tx) HasAccount(ctx context.Context, issuer string, id feed.MemberID) (has bool, err error) {
	err = t.get(ctx, &has, hasAccount, issuer, id)
	return has, err
}

// HasAccount tells whether a member has an account of an issuer.
func (s *Store) HasAccount(ctx context.Context, issuer string, id feed.MemberID) (has bool, err error) {
	if err := s.reader().get(ctx, &has, hasAccount, issuer, id); err != nil {
		return false, fmt.Errorf("company account of %s: %w", id, err)
	}
	return has, nil
}

// Rename changes what a member is called; what they wrote keeps the name that
// it was written under.
func (t *tx) Rename(ctx context.Context, id feed.MemberID, name string) error {
	_, err := t.exec(ctx, `UPDATE members SET name = ? WHERE id = ? AND name <> ?`, name, id, name)
	return err
}

// MatchAccount makes these the roles that a member has by the company's account. A
// role that a person gave is theirs to take, whether or not the account says
// the same.
func (t *tx) MatchAccount(ctx context.Context, id feed.MemberID, grants []feed.Grant) (given, taken []feed.Grant, err error) {
	before, err := rowsOf(ctx, t.conn, func(g *feed.Grant) []any {
		return []any{&g.Territory, &g.Role}
	}, `SELECT territory, role FROM grants WHERE member = ? AND source = ? ORDER BY territory, role`, id, byOIDC)
	if err != nil {
		return nil, nil, fmt.Errorf("roles by account of %s: %w", id, err)
	}
	for _, g := range before {
		if slices.Contains(grants, g) {
			continue
		}
		if _, err := t.exec(ctx, `DELETE FROM grants WHERE member = ? AND territory = ? AND role = ?`, id, g.Territory, g.Role); err != nil {
			return nil, nil, fmt.Errorf("%s of %s at %s: %w", g.Role, id, g.Territory, err)
		}
		taken = append(taken, g)
	}
	for _, g := range grants {
		n, err := t.exec(ctx, `
			INSERT INTO grants (member, territory, role, source)
			VALUES (?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, id, g.Territory, g.Role, byOIDC)
		if err != nil {
			return nil, nil, fmt.Errorf("%s of %s at %s: %w", g.Role, id, g.Territory, err)
		}
		if n > 0 {
			given = append(given, g)
		}
	}
	return given, taken, nil
}

// EndSessions ends every session of a member.
func (t *tx) EndSessions(ctx context.Context, id feed.MemberID) error { return t.endSessions(ctx, id) }
