package store

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/fildefer/fildefer/feed"
)

// SetPlace inserts or replaces a place, but for how far it is: what people say
// of it wins over the configuration.
// A place that was not there is made now.
func (t *tx) SetPlace(ctx context.Context, n feed.Territory) error {
	now := time.Now()
	_, err := t.exec(ctx, `
		INSERT INTO territories (path, name, kind, target, rollout, own, edited, made_at)
		VALUES (?, ?, ?, ?, '', ?, ?, ?)
		ON CONFLICT (path) DO UPDATE
		SET name = excluded.name, kind = excluded.kind, target = excluded.target, own = excluded.own, edited = excluded.edited,
			made_at = CASE WHEN territories.closed THEN excluded.made_at ELSE territories.made_at END,
			closed = ?, moved = ''`, n.Path, n.Name, n.Kind, n.Target, doc(&n.Own), true, at(&now), false)
	return t.changedTree(ctx, n.Path, err)
}

// ClosePlace takes a place off the tree; to is where it went.
func (t *tx) ClosePlace(ctx context.Context, p, to feed.Path) error {
	_, err := t.exec(ctx, `
		UPDATE territories
		SET edited = ?, closed = ?, moved = ?
		WHERE path = ?`, true, true, to, p)
	return t.changedTree(ctx, p, err)
}

// changedTree tells every node to read the tree anew.
func (t *tx) changedTree(ctx context.Context, p feed.Path, err error) error {
	if err == nil {
		_, err = t.next(ctx, "tree", 1)
	}
	if err != nil {
		return fmt.Errorf("territory %s: %w", p, err)
	}
	t.tree = nil
	return nil
}

// Rehome gives whoever may do something at or below a place the same at
// another, and keeps what they have: posts stay where they were. Devices go.
func (t *tx) Rehome(ctx context.Context, from, to feed.Path) error {
	length := utf8.RuneCountInString(string(from))
	below := `(territory = ? OR substr(territory, 1, ?) = ?)`
	prefix := string(from) + "/"
	if _, err := t.exec(ctx, `
		INSERT INTO grants (member, territory, role)
		SELECT member, CAST(? AS TEXT) || substr(territory, ?), role
		FROM grants
		WHERE `+below+`
		ON CONFLICT DO NOTHING`, to, length+1, from, length+1, prefix); err != nil {
		return fmt.Errorf("rights at %s: %w", from, err)
	}
	if _, err := t.exec(ctx, `
		UPDATE devices
		SET place = CAST(? AS TEXT) || substr(place, ?)
		WHERE place = ? OR substr(place, 1, ?) = ?`, to, length+1, from, length+1, prefix); err != nil {
		return fmt.Errorf("devices at %s: %w", from, err)
	}
	if _, err := t.exec(ctx, `
		INSERT INTO follows (member, kind, target, at)
		SELECT member, kind, CAST(? AS TEXT) || substr(target, ?), at
		FROM follows
		WHERE kind IN ('place', 'machine') AND (target = ? OR substr(target, 1, ?) = ?)
		ON CONFLICT DO NOTHING`, to, length+1, from, length+1, prefix); err != nil {
		return fmt.Errorf("followers of %s: %w", from, err)
	}
	// What stood at the new place before is of a place that is gone.
	for _, table := range []string{"usages", "acceptances", "launch_marks", "rollout_past", "animated"} {
		if _, err := t.exec(ctx, `DELETE FROM `+table+` WHERE territory = ? OR substr(territory, 1, ?) = ?`, to, utf8.RuneCountInString(string(to))+1, string(to)+"/"); err != nil {
			return fmt.Errorf("%s at %s: %w", table, to, err)
		}
		if _, err := t.exec(ctx, `
			UPDATE `+table+`
			SET territory = CAST(? AS TEXT) || substr(territory, ?)
			WHERE `+below, to, length+1, from, length+1, prefix); err != nil {
			return fmt.Errorf("%s at %s: %w", table, from, err)
		}
	}
	return nil
}

// IsMember tells whether somebody may sign in under that name.
func (t *tx) IsMember(ctx context.Context, id feed.MemberID) (bool, error) {
	var n int
	if err := t.get(ctx, &n, `SELECT COUNT(*) FROM members WHERE id = ? AND NOT revoked`, id); err != nil {
		return false, fmt.Errorf("member %s: %w", id, err)
	}
	return n > 0, nil
}
