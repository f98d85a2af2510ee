package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Choices are what a member lets the directory tell.
func (t *tx) Choices(ctx context.Context, m feed.MemberID) (feed.Choices, error) {
	all, err := t.choices(ctx, []feed.MemberID{m})
	return all[m], err
}

func (c conn) choices(ctx context.Context, of []feed.MemberID) (map[feed.MemberID]feed.Choices, error) {
	out := map[feed.MemberID]feed.Choices{}
	for _, m := range of {
		out[m] = feed.DefaultChoices
	}
	err := c.each(ctx, func(rows *sql.Rows) error {
		var m feed.MemberID
		var choice feed.Choices
		err := rows.Scan(&m, &choice.Listed, &choice.Open, &choice.Consents)
		out[m] = choice
		return err
	}, `SELECT member, listed, open, consents FROM profiles WHERE member IN (?)`, of)
	if err != nil {
		return nil, fmt.Errorf("what members let the directory tell: %w", err)
	}
	return out, nil
}

// SetChoices keeps what a member lets the directory tell.
func (t *tx) SetChoices(ctx context.Context, m feed.MemberID, c feed.Choices) error {
	_, err := t.exec(ctx, `
		INSERT INTO profiles (member, listed, open, consents)
		VALUES (?, ?, ?, ?)
		ON CONFLICT (member) DO UPDATE
		SET listed = excluded.listed, open = excluded.open, consents = excluded.consents`, m, c.Listed, c.Open, c.Consents)
	if err != nil {
		return fmt.Errorf("what %s lets the directory tell: %w", m, err)
	}
	return nil
}

// Profile is all that is known of a member, ErrNotFound when there is none.
func (t *tx) Profile(ctx context.Context, m feed.MemberID, now time.Time) (*feed.Profile, error) {
	return t.profile(ctx, m, now)
}

// Profile is all that is known of a member, ErrNotFound when there is none. Who
// reads it is the caller's to ask.
func (s *Store) Profile(ctx context.Context, m feed.MemberID, now time.Time) (*feed.Profile, error) {
	return s.reader().profile(ctx, m, now)
}

func (c conn) profile(ctx context.Context, m feed.MemberID, now time.Time) (*feed.Profile, error) {
	found, err := c.accounts(ctx, `m.id = ?`, m)
	if err != nil {
		return nil, fmt.Errorf("member %s: %w", m, err)
	}
	out, err := c.profiles(ctx, accountMembers(found), now)
	if err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, feed.ErrNotFound
	}
	p := out[0]
	p.Hints, err = c.hints(ctx, m)
	return &p, err
}

// profiles reads what is known of members, but for what is for their own eyes.
func (c conn) profiles(ctx context.Context, members []feed.Member, now time.Time) ([]feed.Profile, error) {
	if len(members) == 0 {
		return nil, nil
	}
	ids := make([]feed.MemberID, 0, len(members))
	out := make([]feed.Profile, 0, len(members))
	for _, m := range members {
		ids, out = append(ids, m.ID), append(out, feed.Profile{Member: m})
	}
	choices, err := c.choices(ctx, ids)
	if err != nil {
		return nil, err
	}
	of := map[feed.MemberID]*feed.Profile{}
	for i := range out {
		out[i].Choices = choices[out[i].ID]
		of[out[i].ID] = &out[i]
	}
	for _, read := range []func(context.Context, []feed.MemberID, map[feed.MemberID]*feed.Profile, time.Time) error{c.readSkills, c.readWishes, c.readPresence, c.readAbsences} {
		if err := read(ctx, ids, of, now); err != nil {
			return nil, fmt.Errorf("profiles: %w", err)
		}
	}
	return out, nil
}

func (c conn) readSkills(ctx context.Context, ids []feed.MemberID, of map[feed.MemberID]*feed.Profile, _ time.Time) error {
	return c.each(ctx, func(rows *sql.Rows) error {
		var m feed.MemberID
		var s feed.Skill
		if err := rows.Scan(&m, &s.Name, &s.Level, &s.Validator, &s.ValidatorName, at(&s.Expires)); err != nil {
			return err
		}
		of[m].Skills = append(of[m].Skills, s)
		return nil
	}, `
		SELECT ms.member, s.name, ms.level, ms.validator, COALESCE(v.name, ''), ms.expires
		FROM member_skills ms
		JOIN skills s ON s.key = ms.skill
		LEFT JOIN members v ON v.id = ms.validator
		WHERE ms.member IN (?)
		ORDER BY ms.member, ms.level DESC, s.key`, ids)
}

func (c conn) readWishes(ctx context.Context, ids []feed.MemberID, of map[feed.MemberID]*feed.Profile, _ time.Time) error {
	return c.each(ctx, func(rows *sql.Rows) error {
		var m feed.MemberID
		var name string
		if err := rows.Scan(&m, &name); err != nil {
			return err
		}
		of[m].Wishes = append(of[m].Wishes, name)
		return nil
	}, `SELECT w.member, s.name FROM wishes w JOIN skills s ON s.key = w.skill WHERE w.member IN (?) ORDER BY w.member, s.key`, ids)
}

func (c conn) readPresence(ctx context.Context, ids []feed.MemberID, of map[feed.MemberID]*feed.Profile, now time.Time) error {
	return c.each(ctx, func(rows *sql.Rows) error {
		var m feed.MemberID
		if err := rows.Scan(&m); err != nil {
			return err
		}
		of[m].Present = true
		return nil
	}, `SELECT member FROM presence WHERE member IN (?) AND until > ?`, ids, at(&now))
}

func (c conn) readAbsences(ctx context.Context, ids []feed.MemberID, of map[feed.MemberID]*feed.Profile, now time.Time) error {
	return c.each(ctx, func(rows *sql.Rows) error {
		var a feed.Absence
		if err := rows.Scan(&a.Member, at(&a.From), at(&a.Until), &a.Delegate); err != nil {
			return err
		}
		of[a.Member].Absence = &a
		return nil
	}, `SELECT member, begins, ends, delegate FROM absences WHERE member IN (?) AND ends > ?`, ids, at(&now))
}

// hints are what a member seems to know and has not been asked about.
func (c conn) hints(ctx context.Context, m feed.MemberID) ([]feed.Hint, error) {
	out, err := rowsOf(ctx, c, func(h *feed.Hint) []any { return []any{&h.Name, &h.Solved} }, `
		SELECT MIN(h.name), COUNT(*)
		FROM hints h
		WHERE h.member = ?
			AND h.skill NOT IN (SELECT skill FROM refused_hints WHERE member = ?)
			AND h.skill NOT IN (SELECT skill FROM member_skills WHERE member = ?)
		GROUP BY h.skill
		HAVING COUNT(*) >= ?
		ORDER BY COUNT(*) DESC, h.skill`, m, m, m, feed.HintsFrom)
	if err != nil {
		return nil, fmt.Errorf("hints to %s: %w", m, err)
	}
	return out, nil
}

// SetAbsence replaces a member's absence.
func (t *tx) SetAbsence(ctx context.Context, a feed.Absence) error {
	if err := t.EndAbsence(ctx, a.Member); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO absences (member, begins, ends, delegate) VALUES (?, ?, ?, ?)`, a.Member, at(&a.From), at(&a.Until), a.Delegate)
	if err != nil {
		return fmt.Errorf("absence of %s: %w", a.Member, err)
	}
	return nil
}

// EndAbsence forgets a member's absence.
func (t *tx) EndAbsence(ctx context.Context, m feed.MemberID) error {
	if _, err := t.exec(ctx, `DELETE FROM absences WHERE member = ?`, m); err != nil {
		return fmt.Errorf("end the absence of %s: %w", m, err)
	}
	return nil
}

// EndPresence says that a member is no longer at work.
func (t *tx) EndPresence(ctx context.Context, m feed.MemberID) error {
	if _, err := t.exec(ctx, `DELETE FROM presence WHERE member = ?`, m); err != nil {
		return fmt.Errorf("end the presence of %s: %w", m, err)
	}
	return nil
}

// Directory lists the people that a reader of the scope finds: those who work
// where one reads and let themselves be listed. Skills and appetences are of
// those who show them. Who is present comes first.
func (s *Store) Directory(ctx context.Context, scope feed.Scope, q feed.DirectoryQuery, now time.Time) ([]feed.Profile, error) {
	roots := scope.Roots
	if q.Place != "" {
		roots = []feed.Path{q.Place}
	}
	where, args := s.dialect.near(`territory`, roots...)
	where = `m.id IN (SELECT member FROM grants WHERE ` + where + `)`
	if q.Skill != "" {
		where, args = where+` AND m.id IN (SELECT member FROM member_skills WHERE skill = ? AND (expires = 0 OR expires > ?))`, append(args, feed.SkillKey(q.Skill), at(&now))
	}
	if q.Wish != "" {
		where, args = where+` AND m.id IN (SELECT member FROM wishes WHERE skill = ?)`, append(args, feed.SkillKey(q.Wish))
	}
	if q.Skill != "" || q.Wish != "" {
		where += ` AND m.id IN (SELECT member FROM profiles WHERE open)`
	}
	if q.Present {
		where, args = where+` AND m.id IN (SELECT member FROM presence WHERE until > ?)`, append(args, at(&now))
	}
	found, err := s.reader().accounts(ctx, where, args...)
	if err != nil {
		return nil, fmt.Errorf("directory: %w", err)
	}
	members := slices.DeleteFunc(accountMembers(found), func(m feed.Member) bool {
		return !scope.Reaches(m) || q.Place != "" && !m.Works(q.Place)
	})
	return s.sift(ctx, members, q, now)
}

// sift leaves those of the members who are listed and of whom the words are,
// and puts them in order.
func (s *Store) sift(ctx context.Context, members []feed.Member, q feed.DirectoryQuery, now time.Time) ([]feed.Profile, error) {
	all, err := s.reader().profiles(ctx, members, now)
	if err != nil {
		return nil, err
	}
	readings := feed.TradeVocabulary().Readings(strings.Fields(feed.SkillKey(q.Words)))
	all = slices.DeleteFunc(all, func(p feed.Profile) bool { return !p.Listed || !slices.ContainsFunc(readings, p.Says) })
	slices.SortStableFunc(all, feed.Profile.Before)
	return all[:min(len(all), q.Limit)], nil
}
