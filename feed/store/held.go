package store

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// heldKept is how long it is known that a condition was held back.
const heldKept = 7 * 24 * time.Hour

const heldColumns = `key, since, reason, by_thread, audience, territory, asset, sku, rule, topic, severity, title_fr, title_en, data, until`

func heldFields(h *feed.HeldCondition) []any {
	return []any{
		&h.Key, at(&h.Since), &h.Reason, &h.By, &h.Audience, &h.Territory, &h.Asset, &h.SKU, &h.Rule, &h.Topic, &h.Severity,
		&h.Title.FR, &h.Title.EN, doc(&h.Values), at(&h.Until),
	}
}

// Hold keeps that a condition is held back, and why. One that is held back
// already has another reason now.
func (t *tx) Hold(ctx context.Context, h feed.HeldCondition) error {
	n, err := t.exec(ctx, `
		UPDATE held
		SET reason = ?, by_thread = ?, severity = ?, title_fr = ?, title_en = ?, data = ?, until = ?
		WHERE key = ? AND released_at = 0`,
		h.Reason, h.By, h.Severity, h.Title.FR, h.Title.EN, doc(&h.Values), at(&h.Until), h.Key)
	if err == nil && n == 0 {
		_, err = t.exec(ctx, `
			INSERT INTO held (`+heldColumns+`, released_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
			ON CONFLICT (key, since) DO UPDATE
			SET reason = excluded.reason, by_thread = excluded.by_thread, until = excluded.until, released_at = 0`,
			heldFields(&h)...)
	}
	if err != nil {
		return fmt.Errorf("hold %s: %w", h.Key, err)
	}
	return nil
}

// Free keeps that the condition with that key is no longer held back.
func (t *tx) Free(ctx context.Context, key string, released time.Time) error {
	_, err := t.exec(ctx, `UPDATE held SET released_at = ? WHERE key = ? AND released_at = 0`, at(&released), key)
	if err != nil {
		return fmt.Errorf("release %s: %w", key, err)
	}
	return nil
}

// forgetHeld deletes what was released long enough ago.
func (t *tx) forgetHeld(ctx context.Context, now int64) (int64, error) {
	return t.exec(ctx, `
		DELETE FROM held
		WHERE (key, since) IN (
			SELECT key, since FROM held
			WHERE released_at > 0 AND released_at < ?
			ORDER BY released_at
			LIMIT ?)`, now-heldKept.Milliseconds(), forgetMost)
}

// Held lists what is held back in scope at or below a territory and would be
// everybody's, the latest first.
func (s *Store) Held(ctx context.Context, scope feed.Scope, territory feed.Path, limit int) ([]feed.HeldCondition, error) {
	where, args := within(`h.territory`, scope.Narrow(territory).Roots)
	out, err := rowsOf(ctx, s.reader(), func(h *feed.HeldCondition) []any { return append(heldFields(h), &h.Post) }, `
		SELECT `+heldColumns+`, COALESCE((
			SELECT p.id
			FROM posts p
			WHERE p.key = h.by_thread AND p.key <> '' AND p.audience = ''
			ORDER BY p.opened_at DESC, p.open DESC, p.id DESC
			LIMIT 1), '')
		FROM held h
		WHERE h.released_at = 0 AND h.audience = '' AND `+where+`
		ORDER BY h.since DESC, h.key
		LIMIT ?`, append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("held in %q: %w", territory, err)
	}
	return out, nil
}
