package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

const usageColumns = `usage, territory, circle, welcome, lang, by_member, at, ended_at`

func usageFields(i *feed.Installed) []any {
	return []any{&i.Usage, &i.Place, &i.Group, &i.Welcome, &i.Lang, &i.By, at(&i.At), at(&i.EndedAt)}
}

// Installed returns a usage at a place, nil when it never was there. Nobody else
// installs one until the transaction ends.
func (t *tx) Installed(ctx context.Context, usage string, place feed.Path) (*feed.Installed, error) {
	if err := t.lock(ctx); err != nil {
		return nil, err
	}
	found, err := t.installed(ctx, `usage = ? AND territory = ?`, usage, place)
	if err != nil {
		return nil, fmt.Errorf("usage %s at %s: %w", usage, place, err)
	}
	if len(found) == 0 {
		return nil, nil
	}
	return &found[0], nil
}

// SaveInstalled inserts or replaces a usage at a place.
func (t *tx) SaveInstalled(ctx context.Context, i feed.Installed) error {
	_, err := t.exec(ctx, `
		INSERT INTO usages (`+usageColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (territory, usage) DO UPDATE
		SET circle = excluded.circle, welcome = excluded.welcome, ended_at = excluded.ended_at`, usageFields(&i)...)
	if err != nil {
		return fmt.Errorf("usage %s at %s: %w", i.Usage, i.Place, err)
	}
	return nil
}

// Usages lists the usages in use at or below places, by place and name.
func (s *Store) Usages(ctx context.Context, places []feed.Path) ([]feed.Installed, error) {
	where, args := within(`territory`, places)
	found, err := s.reader().installed(ctx, `ended_at = 0 AND `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("usages at %v: %w", places, err)
	}
	return found, nil
}

func (c conn) installed(ctx context.Context, where string, args ...any) ([]feed.Installed, error) {
	return rowsOf(ctx, c, usageFields, `
		SELECT `+usageColumns+`
		FROM usages
		WHERE `+where+`
		ORDER BY territory, usage`, args...)
}

// Acceptance is how a member stands to the charter of a place.
func (t *tx) Acceptance(ctx context.Context, place feed.Path, m feed.MemberID) (feed.Acceptance, error) {
	a := feed.Acceptance{Place: place, Member: m}
	err := t.each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&a.Asked, at(&a.AskedAt), &a.Accepted, at(&a.AcceptedAt))
	}, `
		SELECT asked, asked_at, accepted, accepted_at
		FROM acceptances
		WHERE member = ? AND territory = ?`, m, place)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return a, fmt.Errorf("%s and the charter of %s: %w", m, place, err)
	}
	return a, nil
}

// SaveAcceptance inserts or replaces how a member stands to a charter.
func (t *tx) SaveAcceptance(ctx context.Context, a feed.Acceptance) error {
	_, err := t.exec(ctx, `
		INSERT INTO acceptances (member, territory, asked, asked_at, accepted, accepted_at)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (member, territory) DO UPDATE
		SET asked = excluded.asked, asked_at = excluded.asked_at, accepted = excluded.accepted, accepted_at = excluded.accepted_at`,
		a.Member, a.Place, a.Asked, at(&a.AskedAt), a.Accepted, at(&a.AcceptedAt))
	if err != nil {
		return fmt.Errorf("%s and the charter of %s: %w", a.Member, a.Place, err)
	}
	return nil
}

// AskedOf lists the places whose charter a member was asked to accept.
func (t *tx) AskedOf(ctx context.Context, m feed.MemberID) ([]feed.Path, error) {
	out, err := column[feed.Path](ctx, t.conn, `SELECT territory FROM acceptances WHERE member = ? ORDER BY territory`, m)
	if err != nil {
		return nil, fmt.Errorf("charters that %s was asked to accept: %w", m, err)
	}
	return out, nil
}

// CharterCount counts who was asked to accept a version of the charter of a
// place, and who did.
func (s *Store) CharterCount(ctx context.Context, place feed.Path, version int) (feed.CharterCount, error) {
	var n feed.CharterCount
	err := s.reader().each(ctx, func(rows *sql.Rows) error { return rows.Scan(&n.Asked, &n.Accepted) }, `
		SELECT COUNT(*), COALESCE(SUM(CASE WHEN a.accepted >= a.asked THEN 1 ELSE 0 END), 0)
		FROM acceptances a
		JOIN members m ON m.id = a.member
		WHERE NOT m.revoked AND a.territory = ? AND a.asked >= ?`, place, version)
	if err != nil {
		return n, fmt.Errorf("who accepted the charter of %s: %w", place, err)
	}
	return n, nil
}
