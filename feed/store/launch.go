package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Launch is what data tells of a place on its way.
func (t *tx) Launch(ctx context.Context, place feed.Path, now time.Time) (feed.LaunchFacts, error) {
	var f feed.LaunchFacts
	roots := []feed.Path{place}
	for _, count := range []struct {
		to     *int
		query  string
		column string
		before []any
	}{
		{to: &f.Sources, query: `SELECT COUNT(DISTINCT asset) FROM traces WHERE `, column: `asset`},
		{to: &f.Ghosts, query: `SELECT COUNT(*) FROM posts WHERE audience = ? AND `, column: `territory`, before: []any{feed.Ghost}},
		{to: &f.Tablets, query: `SELECT COUNT(*) FROM devices WHERE token <> '' AND `, column: `place`},
		{
			to: &f.People, column: `g.territory`, before: []any{feed.Admin, feed.Auditor},
			query: `SELECT COUNT(DISTINCT g.member) FROM grants g JOIN members m ON m.id = g.member WHERE NOT m.revoked AND g.role NOT IN (?, ?) AND `,
		},
	} {
		where, args := within(count.column, roots)
		if err := t.get(ctx, count.to, count.query+where, append(count.before, args...)...); err != nil {
			return f, fmt.Errorf("%s: %w", count.column, err)
		}
	}
	for to, query := range map[*int]string{
		&f.Sources: `SELECT COUNT(*) FROM articles WHERE store IN (?)`,
		&f.People:  `SELECT COUNT(*) FROM invitations WHERE expires > ? AND territory = ?`,
	} {
		args := []any{place.Lineage()}
		if to == &f.People {
			args = []any{at(&now), place}
		}
		var n int
		if err := t.get(ctx, &n, query, args...); err != nil {
			return f, fmt.Errorf("what else is known of %s: %w", place, err)
		}
		*to += n
	}
	var err error
	if f.Marks, err = t.launchMarks(ctx, place); err != nil {
		return f, err
	}
	if f.Past, err = t.rolloutPast(ctx, place); err != nil {
		return f, err
	}
	f.Ghosting, err = t.ghosting(ctx, place, f.Past, now)
	return f, err
}

func (t *tx) launchMarks(ctx context.Context, place feed.Path) ([]feed.LaunchMark, error) {
	out, err := rowsOf(ctx, t.conn, func(m *feed.LaunchMark) []any { return []any{&m.Step, &m.By, &m.Name, at(&m.At)} }, `
		SELECT l.step, l.member, m.name, l.at
		FROM launch_marks l
		JOIN members m ON m.id = l.member
		WHERE l.territory = ?
		ORDER BY l.step`, place)
	if err != nil {
		return nil, fmt.Errorf("steps that were ticked: %w", err)
	}
	return out, nil
}

// Ghosting is the time in which rules ran at a place and nobody was told.
func (s *Store) Ghosting(ctx context.Context, place feed.Path, now time.Time) (feed.Ghosting, error) {
	past, err := s.reader().rolloutPast(ctx, place)
	if err != nil {
		return feed.Ghosting{}, err
	}
	return s.reader().ghosting(ctx, place, past, now)
}

func (c conn) ghosting(ctx context.Context, place feed.Path, past []feed.Decision, now time.Time) (feed.Ghosting, error) {
	where, args := within(`territory`, []feed.Path{place})
	var first, last time.Time
	err := c.each(ctx, func(rows *sql.Rows) error { return rows.Scan(at(&first), at(&last)) }, `
		SELECT COALESCE(MIN(opened_at), 0), COALESCE(MAX(opened_at), 0)
		FROM posts
		WHERE audience = 'ghost' AND `+where, args...)
	if err != nil {
		return feed.Ghosting{}, fmt.Errorf("ghosts of %s: %w", place, err)
	}
	return feed.GhostingOf(place, past, first, last, now), nil
}

// rolloutPast is how far a place and those above it were said to be.
func (c conn) rolloutPast(ctx context.Context, place feed.Path) ([]feed.Decision, error) {
	past, err := rowsOf(ctx, c, func(d *feed.Decision) []any { return []any{&d.Territory, &d.Rollout, &d.By, at(&d.At)} }, `
		SELECT territory, state, by_member, at
		FROM rollout_past
		WHERE territory IN (?)
		ORDER BY at, territory`, place.Lineage())
	if err != nil {
		return nil, fmt.Errorf("how far it was: %w", err)
	}
	return past, nil
}

// MarkLaunch keeps that somebody ticked a step of a place, or takes it back.
func (t *tx) MarkLaunch(ctx context.Context, place feed.Path, m feed.LaunchMark, on bool) error {
	query, args := `DELETE FROM launch_marks WHERE territory = ? AND step = ?`, []any{place, m.Step}
	if on {
		query = `
			INSERT INTO launch_marks (territory, step, member, at)
			VALUES (?, ?, ?, ?)
			ON CONFLICT (territory, step) DO NOTHING`
		args = append(args, m.By, at(&m.At))
	}
	if _, err := t.exec(ctx, query, args...); err != nil {
		return fmt.Errorf("step %s of %s: %w", m.Step, place, err)
	}
	return nil
}
