package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

const hour = int64(time.Hour / time.Millisecond)

// Pulses tells of each place in scope, but for machines, what was done there in
// the hours before an instant, and what waits there now. Ghosts and shadows are
// no life.
func (s *Store) Pulses(ctx context.Context, scope feed.Scope, at time.Time) ([]feed.Pulse, error) {
	tree, err := s.treeOn(ctx, s.reader())
	if err != nil {
		return nil, err
	}
	var all pulses
	for _, n := range tree.nodes {
		if n.Kind != feed.Machine && scope.Contains(n.Path) {
			all = append(all, feed.Pulse{Territory: n.Path})
		}
	}
	from := at.Add(-feed.PulseHours * time.Hour)
	for _, part := range []func(context.Context, conn, feed.Scope, time.Time) error{all.readBeats, all.readTakes, all.readOpen, all.readNew} {
		if err := part(ctx, s.reader(), scope, from); err != nil {
			return nil, fmt.Errorf("pulse of %v: %w", scope.Roots, err)
		}
	}
	for i := range all {
		slices.Sort(all[i].Takes)
	}
	return all, nil
}

// pulses are those of places, by path.
type pulses []feed.Pulse

// each calls fn on the pulse of a place and on those above it.
func (ps pulses) each(place feed.Path, fn func(*feed.Pulse)) {
	for i := range ps {
		if place.Within(ps[i].Territory) {
			fn(&ps[i])
		}
	}
}

// readBeats counts by place and hour. What a machine says again of its post is
// no beat; that it opened one is.
func (ps pulses) readBeats(ctx context.Context, c conn, scope feed.Scope, from time.Time) error {
	where, args := within(`p.territory`, scope.Roots)
	since := millis(from)
	return c.each(ctx, func(rows *sql.Rows) error {
		var place feed.Path
		var nth, count int
		if err := rows.Scan(&place, &nth, &count); err != nil {
			return err
		}
		if nth < feed.PulseHours {
			ps.each(place, func(p *feed.Pulse) { p.Beats[nth] += count })
		}
		return nil
	}, `
		SELECT territory, nth, COUNT(*)
		FROM (
			SELECT p.territory, (e.at - CAST(? AS BIGINT)) / `+fmt.Sprint(hour)+` AS nth
			FROM entries e
			JOIN posts p ON p.id = e.post
			WHERE e.at >= ? AND (e.kind = 'opened' OR e.author_kind = 'person') AND p.audience = '' AND `+where+`
			UNION ALL
			SELECT p.territory, (m.at - CAST(? AS BIGINT)) / `+fmt.Sprint(hour)+` AS nth
			FROM comments m
			JOIN posts p ON p.id = m.post
			WHERE m.at >= ? AND p.audience = '' AND `+where+`) done
		GROUP BY territory, nth`,
		slices.Concat([]any{since, since}, args, []any{since, since}, args)...)
}

// readTakes measures from when a post opened to its first entry that says that
// somebody has it: those after that are about another occurrence.
func (ps pulses) readTakes(ctx context.Context, c conn, scope feed.Scope, from time.Time) error {
	where, args := within(`p.territory`, scope.Roots)
	return c.each(ctx, func(rows *sql.Rows) error {
		var place feed.Path
		var took int64
		if err := rows.Scan(&place, &took); err != nil {
			return err
		}
		ps.each(place, func(p *feed.Pulse) { p.Takes = append(p.Takes, time.Duration(took)*time.Millisecond) })
		return nil
	}, `
		SELECT p.territory, MIN(e.at) - p.opened_at
		FROM entries e
		JOIN posts p ON p.id = e.post
		WHERE e.at >= ? AND e.kind IN ('taken', 'onsite') AND p.opened_at >= ? AND p.audience = '' AND `+where+`
		GROUP BY p.id, p.territory, p.opened_at`, append([]any{at(&from), at(&from)}, args...)...)
}

func (ps pulses) readOpen(ctx context.Context, c conn, scope feed.Scope, _ time.Time) error {
	where, args := within(`p.territory`, scope.Roots)
	return c.each(ctx, func(rows *sql.Rows) error {
		var place feed.Path
		var open, waiting int
		if err := rows.Scan(&place, &open, &waiting); err != nil {
			return err
		}
		ps.each(place, func(p *feed.Pulse) { p.Open, p.Waiting = p.Open+open, p.Waiting+waiting })
		return nil
	}, `
		SELECT p.territory, COUNT(*),
			SUM(CASE WHEN p.state = 'new' AND p.severity <> 'info' AND p.shelf = '' AND p.kind NOT IN ('production', 'handover', 'good-news') THEN 1 ELSE 0 END)
		FROM posts p
		WHERE p.open AND p.audience = '' AND `+where+`
		GROUP BY p.territory`, args...)
}

// readNew marks the places that people made since.
func (ps pulses) readNew(ctx context.Context, c conn, _ feed.Scope, from time.Time) error {
	made := map[feed.Path]bool{}
	err := c.each(ctx, func(rows *sql.Rows) error {
		var place feed.Path
		err := rows.Scan(&place)
		made[place] = true
		return err
	}, `SELECT path FROM territories WHERE made_at >= ?`, at(&from))
	for i := range ps {
		ps[i].New = made[ps[i].Territory]
	}
	return err
}
