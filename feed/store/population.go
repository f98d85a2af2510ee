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

// Reach lists the members that a population is now, by id.
func (t *tx) Reach(ctx context.Context, p feed.Population) ([]feed.Member, error) {
	if p.IsZero() {
		return nil, nil
	}
	all, err := t.accounts(ctx, `m.id <> ''`)
	if err != nil {
		return nil, fmt.Errorf("population: %w", err)
	}
	var out []feed.Member
	for _, a := range all {
		if p.Holds(a.Member) {
			out = append(out, a.Member)
		}
	}
	return out, nil
}

// Present lists who is at work at or around a place.
func (t *tx) Present(ctx context.Context, place feed.Path, now time.Time) ([]feed.Member, error) {
	all, err := t.accounts(ctx, `m.id IN (SELECT member FROM presence WHERE until > ?)`, at(&now))
	if err != nil {
		return nil, fmt.Errorf("who is present at %s: %w", place, err)
	}
	return slices.DeleteFunc(accountMembers(all), func(m feed.Member) bool { return !m.Works(place) }), nil
}

// AbsenceOf is the absence that a member is in, nil when there is none.
func (t *tx) AbsenceOf(ctx context.Context, m feed.MemberID, now time.Time) (*feed.Absence, error) {
	var found *feed.Absence
	err := t.each(ctx, func(rows *sql.Rows) error {
		found = &feed.Absence{Member: m}
		return rows.Scan(at(&found.From), at(&found.Until), &found.Delegate)
	}, `
		SELECT begins, ends, delegate
		FROM absences
		WHERE member = ? AND begins <= ? AND ends > ?
		ORDER BY ends DESC
		LIMIT 1`, m, at(&now), at(&now))
	if err != nil {
		return nil, fmt.Errorf("absence of %s: %w", m, err)
	}
	return found, nil
}

// MarkPresent keeps that a member is at work until then.
func (s *Store) MarkPresent(ctx context.Context, p feed.Presence) error {
	if p.Member == "" {
		return errors.New("presence of nobody")
	}
	return s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `
			INSERT INTO presence (member, place, until)
			VALUES (?, ?, ?)
			ON CONFLICT (member) DO UPDATE
			SET place = excluded.place, until = excluded.until`, p.Member, p.Place, at(&p.Until))
		if err != nil {
			return fmt.Errorf("presence of %s: %w", p.Member, err)
		}
		return nil
	})
}
