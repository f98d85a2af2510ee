package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/fildefer/fildefer/feed"
)

// AnimatedPlaces are those that have an animator of their own, or had one.
func (t *tx) AnimatedPlaces(ctx context.Context) (map[feed.Path]feed.Animated, error) {
	out := map[feed.Path]feed.Animated{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var a feed.Animated
		err := rows.Scan(&a.Territory, at(&a.Since))
		out[a.Territory] = a
		return err
	}, `SELECT territory, since FROM animated`)
	if err != nil {
		return nil, fmt.Errorf("places that have an animator: %w", err)
	}
	return out, nil
}

// KeepAnimated keeps whether a place has an animator, or since when not.
func (t *tx) KeepAnimated(ctx context.Context, a feed.Animated) error {
	_, err := t.exec(ctx, `
		INSERT INTO animated (territory, since)
		VALUES (?, ?)
		ON CONFLICT (territory) DO UPDATE
		SET since = excluded.since`, a.Territory, at(&a.Since))
	if err != nil {
		return fmt.Errorf("animator of %s: %w", a.Territory, err)
	}
	return nil
}

// DropAnimated forgets a place that no longer stands.
func (t *tx) DropAnimated(ctx context.Context, p feed.Path) error {
	if _, err := t.exec(ctx, `DELETE FROM animated WHERE territory = ?`, p); err != nil {
		return fmt.Errorf("animator of %s: %w", p, err)
	}
	return nil
}

// KeepersAt lists who keeps a group whose home is at or below a place.
func (t *tx) KeepersAt(ctx context.Context, place feed.Path) ([]feed.MemberID, error) {
	where, args := within(`c.home`, []feed.Path{place})
	out, err := column[feed.MemberID](ctx, t.conn, `
		SELECT DISTINCT g.member
		FROM group_members g
		JOIN groups c ON c.id = g.circle
		JOIN members m ON m.id = g.member
		WHERE g.role = ? AND c.archived_at = 0 AND NOT m.revoked AND `+where, slices.Concat([]any{feed.Keeper}, args)...)
	if err != nil {
		return nil, fmt.Errorf("who keeps groups at %s: %w", place, err)
	}
	return out, nil
}
