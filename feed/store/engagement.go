package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// asksFor is the condition that a post asks for somebody; see feed.Fact.Asks.
const asksFor = `p.kind NOT IN ('production', 'handover', 'good-news', 'selling-well', 'idea', 'question', 'announcement', 'must-read', 'help-wanted', 'practice')
	AND p.severity <> 'info'`

// acts are what people did and said, with the post that it was on.
const acts = `
	SELECT e.post, e.author AS member, e.at FROM entries e WHERE e.author_kind = 'person' AND e.author <> ''
	UNION ALL
	SELECT m.post, m.author AS member, m.at FROM comments m WHERE m.author_kind = 'person' AND m.author <> ''`

// Deeds are who took part at each place from one instant until before another,
// and in what. Nobody but the count of groups reads them.
func (s *Store) Deeds(ctx context.Context, from, to time.Time) ([]feed.Deeds, error) {
	by := deeds{}
	for _, part := range []func(context.Context, conn, time.Time, time.Time) error{by.readActors, by.readAnswerers, by.readReactors, by.readAlerts} {
		if err := part(ctx, s.reader(), from, to); err != nil {
			return nil, fmt.Errorf("who took part from %s: %w", from.Format(time.RFC3339), err)
		}
	}
	var out []feed.Deeds
	for _, d := range by {
		out = append(out, *d)
	}
	slices.SortFunc(out, func(a, b feed.Deeds) int { return cmp.Compare(a.Territory, b.Territory) })
	return out, nil
}

// deeds are those of each place.
type deeds map[feed.Path]*feed.Deeds

func (d deeds) at(place feed.Path) *feed.Deeds {
	if d[place] == nil {
		d[place] = &feed.Deeds{Territory: place}
	}
	return d[place]
}

// people reads pairs of a place and a member.
func (d deeds) people(ctx context.Context, c conn, add func(*feed.Deeds, feed.MemberID), query string, args ...any) error {
	return c.each(ctx, func(rows *sql.Rows) error {
		var place feed.Path
		var m feed.MemberID
		err := rows.Scan(&place, &m)
		add(d.at(place), m)
		return err
	}, query, args...)
}

func (d deeds) readActors(ctx context.Context, c conn, from, to time.Time) error {
	return d.people(ctx, c, func(d *feed.Deeds, m feed.MemberID) { d.Actors = append(d.Actors, m) }, `
		SELECT DISTINCT p.territory, a.member
		FROM (`+acts+`) a
		JOIN posts p ON p.id = a.post
		WHERE a.at >= ? AND a.at < ? AND p.audience = ''`, at(&from), at(&to))
}

func (d deeds) readAnswerers(ctx context.Context, c conn, from, to time.Time) error {
	return d.people(ctx, c, func(d *feed.Deeds, m feed.MemberID) { d.Answerers = append(d.Answerers, m) }, `
		SELECT DISTINCT p.territory, a.member
		FROM (`+acts+`) a
		JOIN posts p ON p.id = a.post
		WHERE p.opened_at >= ? AND p.opened_at < ? AND p.audience = '' AND `+asksFor, at(&from), at(&to))
}

func (d deeds) readReactors(ctx context.Context, c conn, from, to time.Time) error {
	return d.people(ctx, c, func(d *feed.Deeds, m feed.MemberID) { d.Reactors = append(d.Reactors, m) }, `
		SELECT DISTINCT p.territory, r.member
		FROM reactions r
		JOIN posts p ON p.id = r.post
		WHERE p.opened_at >= ? AND p.opened_at < ? AND p.audience = '' AND p.cause <> '' AND `+asksFor, at(&from), at(&to))
}

func (d deeds) readAlerts(ctx context.Context, c conn, from, to time.Time) error {
	return c.each(ctx, func(rows *sql.Rows) error {
		var place feed.Path
		var alerts, answered, solved, reactions int
		err := rows.Scan(&place, &alerts, &answered, &solved, &reactions)
		one := d.at(place)
		one.Alerts, one.Answered, one.Solved, one.Reactions = alerts, answered, solved, reactions
		return err
	}, `
		SELECT p.territory, COUNT(*),
			COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM entries e WHERE e.post = p.id AND e.author_kind = 'person' AND e.author <> '')
				OR EXISTS (SELECT 1 FROM comments m WHERE m.post = p.id AND m.author_kind = 'person' AND m.author <> '') THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN p.cause <> '' THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN p.cause <> '' THEN p.useful + p.likes + p.recommends ELSE 0 END), 0)
		FROM posts p
		WHERE p.opened_at >= ? AND p.opened_at < ? AND p.audience = '' AND `+asksFor+`
		GROUP BY p.territory`, at(&from), at(&to))
}

// Engagements are how people took part in a month, as they were counted once; nil
// when they were not.
func (s *Store) Engagements(ctx context.Context, month string) (map[feed.Path]feed.Engagement, error) {
	var out *map[feed.Path]feed.Engagement
	err := s.reader().get(ctx, doc(&out), `SELECT body FROM engagements WHERE month = ?`, month)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("engagement in %s: %w", month, err)
	case out == nil:
		return map[feed.Path]feed.Engagement{}, nil
	}
	return *out, nil
}

// KeepEngagements keeps how people took part in a month, unless that is known.
func (t *tx) KeepEngagements(ctx context.Context, month string, all map[feed.Path]feed.Engagement, when time.Time) error {
	_, err := t.exec(ctx, `
		INSERT INTO engagements (month, body, at)
		VALUES (?, ?, ?)
		ON CONFLICT (month) DO NOTHING`, month, doc(&all), at(&when))
	if err != nil {
		return fmt.Errorf("keep the engagement in %s: %w", month, err)
	}
	return nil
}
