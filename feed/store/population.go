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

// Calendar names the shift that works at a place at an instant; empty: none.
type Calendar func(place feed.Path, at time.Time) (shift string)

// Shifts sets the calendar that populations are asked of. Without one, nobody
// is in any shift.
func (s *Store) Shifts(c Calendar) { s.calendar.Store(&c) }

// Reach lists the members that a population is now, by id. To be in a shift is
// to be present while the shift of that name works where one stands, or where
// one's grants are: whoever swapped it and is here is in it, and nobody is from
// home.
func (t *tx) Reach(ctx context.Context, p feed.Population) ([]feed.Member, error) {
	if p.IsZero() {
		return nil, nil
	}
	now := time.Now()
	where, args := t.candidates(p, now)
	all, err := t.accounts(ctx, where, args...)
	if err != nil {
		return nil, fmt.Errorf("population: %w", err)
	}
	works := func(feed.Member) bool { return true }
	if len(p.Shifts) > 0 {
		if works, err = t.shift(ctx, p.Shifts, now); err != nil {
			return nil, fmt.Errorf("shifts of a population: %w", err)
		}
	}
	whoever := len(p.Places)+len(p.Roles) == 0
	return slices.DeleteFunc(accountMembers(all), func(m feed.Member) bool {
		named := slices.Contains(p.People, m.ID)
		return !named && (!whoever && !p.Holds(m) || !works(m))
	}), nil
}

// candidates is the condition on members that the indexes answer: those named,
// and those of the places or roles who know one of the skills.
func (t *tx) candidates(p feed.Population, now time.Time) (where string, args []any) {
	also := func(condition string, more ...any) {
		where, args = where+` AND `+condition, append(args, more...)
	}
	where = `m.id <> ''`
	if len(p.Places) > 0 {
		near, places := t.store.dialect.near(`territory`, p.Places...)
		also(`m.id IN (SELECT member FROM grants WHERE `+near+`)`, places...)
	} else if len(p.Roles) > 0 {
		condition, more := `m.id IN (SELECT member FROM grants WHERE role IN (?))`, []any{p.Roles}
		for _, r := range p.Roles {
			condition, more = condition+` OR m.functions LIKE ?`, append(more, `%"`+string(r)+`"%`)
		}
		also(`(`+condition+`)`, more...)
	}
	if len(p.Skills) > 0 {
		keys := make([]string, 0, len(p.Skills))
		for _, s := range p.Skills {
			keys = append(keys, feed.SkillKey(s))
		}
		also(`m.id IN (SELECT member FROM member_skills WHERE skill IN (?) AND level >= ? AND (expires = 0 OR expires > ?))`, keys, feed.Able, at(&now))
	}
	if len(p.Shifts) > 0 {
		also(`m.id IN (SELECT member FROM presence WHERE until > ?)`, at(&now))
	}
	switch named := len(p.People) > 0; {
	case named && len(p.Places)+len(p.Roles)+len(p.Skills)+len(p.Shifts) == 0:
		return `m.id IN (?)`, []any{p.People}
	case named:
		return `(` + where + ` OR m.id IN (?))`, append(args, p.People)
	}
	return where, args
}

// shift tells of members whether they are in one of the shifts now.
func (t *tx) shift(ctx context.Context, names []string, now time.Time) (func(feed.Member) bool, error) {
	calendar := t.store.calendar.Load()
	if calendar == nil {
		return func(feed.Member) bool { return false }, nil
	}
	stands := map[feed.MemberID]feed.Path{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var m feed.MemberID
		var place feed.Path
		err := rows.Scan(&m, &place)
		stands[m] = place
		return err
	}, `SELECT member, place FROM presence WHERE until > ?`, at(&now))
	works := func(place feed.Path) bool { return slices.Contains(names, (*calendar)(place, now)) }
	return func(m feed.Member) bool {
		place, present := stands[m.ID]
		switch {
		case !present:
			return false
		case place != "":
			return works(place)
		}
		return slices.ContainsFunc(m.Grants, func(g feed.Grant) bool { return works(g.Territory) })
	}, err
}

// Present lists who is at work at or around a place: those who stand there by
// the device that they use, and of the others those whose grants are there.
func (t *tx) Present(ctx context.Context, place feed.Path, now time.Time) ([]feed.Member, error) {
	where, args := t.store.dialect.present(place, now)
	all, err := t.accounts(ctx, where, args...)
	if err != nil {
		return nil, fmt.Errorf("who is present at %s: %w", place, err)
	}
	return slices.DeleteFunc(accountMembers(all), func(m feed.Member) bool { return !m.Works(place) }), nil
}

// present is the condition on members that they are at work at or around a
// place.
func (d dialect) present(place feed.Path, now time.Time) (where string, args []any) {
	stand, stands := d.near(`pr.place`, place)
	grant, grants := d.near(`g.territory`, place)
	args = append(append(stands, at(&now)), append(grants, at(&now))...)
	return `m.id IN (
		SELECT pr.member FROM presence pr WHERE ` + stand + ` AND pr.place <> '' AND pr.until > ?
		UNION
		SELECT g.member FROM grants g JOIN presence pr ON pr.member = g.member WHERE ` + grant + ` AND pr.place = '' AND pr.until > ?)`, args
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
