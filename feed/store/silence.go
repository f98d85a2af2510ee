package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// overlap is how far back what people did is heard again: it may have been under
// way when it was heard last.
const overlap = time.Minute

// Signs tells where people did or said something since that was last asked, and
// when last.
func (t *tx) Signs(ctx context.Context, asked, now time.Time) (map[feed.Path]time.Time, bool, error) {
	var heard time.Time
	if err := t.get(ctx, at(&heard), `SELECT value FROM counters WHERE name = 'heard'`); err != nil {
		return nil, false, fmt.Errorf("when people were heard: %w", err)
	}
	if heard.After(asked) {
		return nil, false, nil
	}
	if heard.IsZero() {
		heard = now
	}
	since := heard.Add(-overlap)
	signs := map[feed.Path]time.Time{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var place feed.Path
		var last time.Time
		err := rows.Scan(&place, at(&last))
		signs[place] = last
		return err
	}, `
		SELECT p.territory, MAX(done.at)
		FROM (
			SELECT e.post, e.at FROM entries e WHERE e.author_kind = 'person' AND e.at >= ?
			UNION ALL
			SELECT m.post, m.at FROM comments m WHERE m.author_kind = 'person' AND m.at >= ?) done
		JOIN posts p ON p.id = done.post
		WHERE p.audience = ''
		GROUP BY p.territory`, at(&since), at(&since))
	if err == nil {
		_, err = t.exec(ctx, `UPDATE counters SET value = ? WHERE name = 'heard'`, at(&now))
	}
	if err != nil {
		return nil, false, fmt.Errorf("what people did since %s: %w", since.Format(time.RFC3339), err)
	}
	return signs, true, nil
}

// Silences are those of the places that are listened to.
func (c conn) Silences(ctx context.Context) (map[feed.Path]feed.Silence, error) {
	out := map[feed.Path]feed.Silence{}
	err := c.each(ctx, func(rows *sql.Rows) error {
		var s feed.Silence
		err := rows.Scan(&s.Territory, at(&s.Since), at(&s.ToldAt))
		out[s.Territory] = s
		return err
	}, `SELECT territory, since, told_at FROM silences`)
	if err != nil {
		return nil, fmt.Errorf("silences: %w", err)
	}
	return out, nil
}

// KeepSilence keeps since when a place is silent.
func (t *tx) KeepSilence(ctx context.Context, s feed.Silence) error {
	_, err := t.exec(ctx, `
		INSERT INTO silences (territory, since, told_at)
		VALUES (?, ?, ?)
		ON CONFLICT (territory) DO UPDATE
		SET since = excluded.since, told_at = excluded.told_at`, s.Territory, at(&s.Since), at(&s.ToldAt))
	if err != nil {
		return fmt.Errorf("silence of %s: %w", s.Territory, err)
	}
	return nil
}

// DropSilence no longer listens to a place.
func (t *tx) DropSilence(ctx context.Context, p feed.Path) error {
	_, err := t.exec(ctx, `DELETE FROM silences WHERE territory = ?`, p)
	if err != nil {
		return fmt.Errorf("silence of %s: %w", p, err)
	}
	return nil
}

// Staffed lists the places at which somebody has a part that lets them write.
func (t *tx) Staffed(ctx context.Context) ([]feed.Path, error) {
	out, err := column[feed.Path](ctx, t.conn, `
		SELECT DISTINCT g.territory
		FROM grants g
		JOIN members m ON m.id = g.member
		WHERE NOT m.revoked AND g.role IN (?)`, feed.RolesThat(feed.Attend))
	if err != nil {
		return nil, fmt.Errorf("places where people work: %w", err)
	}
	return out, nil
}
