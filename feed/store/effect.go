package store

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

const (
	// effectsKept is how long it is known that a notice had its effect: longer
	// than a stream is kept, or a backup of it.
	effectsKept = 30 * 24 * time.Hour
	// forgetEach is how often older effects are looked for.
	forgetEach = time.Hour
	// forgetMost bounds how many a batch forgets; the next ones go on.
	forgetMost = 1000
)

// apply lets a notice have its effect, once.
func (t *tx) apply(ctx context.Context, n *feed.Notice) error {
	if err := t.lock(ctx); err != nil {
		return err
	}
	if n.Kind.Repeatable() {
		return n.Apply(ctx, t)
	}
	fresh, err := t.effect(ctx, n.Effect, n.At)
	if err != nil || !fresh {
		return err
	}
	return n.Apply(ctx, t)
}

// effect remembers that something had its effect, and tells whether that is new.
func (t *tx) effect(ctx context.Context, id string, when time.Time) (fresh bool, err error) {
	n, err := t.exec(ctx, `
		INSERT INTO effects (id, at)
		VALUES (?, ?)
		ON CONFLICT (id) DO NOTHING`, id, at(&when))
	return n > 0, err
}

// forget deletes effects that were kept for long enough by the time of the
// stream, which the last of the notices tells.
func (t *tx) forget(ctx context.Context, notices []feed.Notice) error {
	if len(notices) == 0 {
		return nil
	}
	now := millis(notices[len(notices)-1].At)
	if now < t.store.forgetAt.Load() {
		return nil
	}
	n, err := t.exec(ctx, `
		DELETE FROM effects
		WHERE id IN (SELECT id FROM effects WHERE at < ? ORDER BY at LIMIT ?)`, now-effectsKept.Milliseconds(), forgetMost)
	if err != nil {
		return fmt.Errorf("forget effects: %w", err)
	}
	released, err := t.forgetHeld(ctx, now)
	if err != nil {
		return fmt.Errorf("forget what was held back: %w", err)
	}
	if err := t.forgetSold(ctx, now); err != nil {
		return fmt.Errorf("forget what was sold: %w", err)
	}
	if n < forgetMost && released < forgetMost {
		t.store.forgetAt.Store(now + forgetEach.Milliseconds())
	}
	return nil
}
