package connectors

import (
	"context"
	"math/rand/v2"
	"time"
)

// Backoff spaces attempts: each delay is drawn between Min and a ceiling that
// doubles up to Max, so that a thousand connectors do not return to a broker
// in the same second. It is not safe for concurrent use.
type Backoff struct {
	Min, Max time.Duration

	ceiling time.Duration
}

// Next returns the delay before the next attempt.
func (b *Backoff) Next() time.Duration {
	b.ceiling = min(2*max(b.ceiling, b.Min), b.Max)
	if b.ceiling <= b.Min {
		return b.Max
	}
	return b.Min + rand.N(b.ceiling-b.Min+1)
}

// Reset forgets past failures.
func (b *Backoff) Reset() { b.ceiling = 0 }

// Wait sleeps for the next delay. It returns the error of ctx when that ends
// first.
func (b *Backoff) Wait(ctx context.Context) error {
	timer := time.NewTimer(b.Next())
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
