package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

// Consumed tells the bus that every shard has been read and committed up to
// seq: the lowest of the positions that the database holds, over all shards
// and all nodes. What follows is never removed, however full the stream is.
//
// The database is asked, and not a bucket in NATS, because it is the truth
// about positions: after it was restored from a backup its positions go back,
// and what is to be read again must still be here.
func (b *Bus) Consumed(seq uint64) { b.consumed.Store(seq) }

func (b *Bus) keepTrimming(ctx context.Context) {
	ticker := time.NewTicker(trimEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if _, err := b.trim(ctx); err != nil && ctx.Err() == nil {
			b.log.Warn("trimming the event stream", "err", err)
		}
	}
}

// makeRoom is called for a publish that the full stream refused.
func (b *Bus) makeRoom(ctx context.Context) bool {
	removed, err := b.trim(ctx)
	if err != nil {
		b.log.Warn("making room in the event stream", "err", err)
	}
	return removed
}

// trim removes consumed events that are older than MaxAge or that exceed four
// fifths of MaxBytes, and tells whether there were any.
func (b *Bus) trim(ctx context.Context) (removed bool, err error) {
	b.trimming.Lock()
	defer b.trimming.Unlock()
	ctx, cancel := context.WithTimeout(ctx, publishTimeout)
	defer cancel()
	info, err := b.events.Info(ctx)
	if err != nil {
		return false, fmt.Errorf("state of stream %s: %w", EventStream, err)
	}
	state, consumed := info.State, b.consumed.Load()
	b.metrics.Fullness.Set(float64(state.Bytes) / float64(info.Config.MaxBytes))
	b.metrics.Pending.Set(float64(state.LastSeq - min(consumed, state.LastSeq)))

	keep := firstWithin(state, uint64(info.Config.MaxBytes)/5*4)
	young, err := b.firstSince(ctx, time.Now().Add(-b.options.MaxAge), state)
	if err != nil {
		return false, err
	}
	keep = min(max(keep, young), consumed+1)
	if keep <= state.FirstSeq || state.Msgs == 0 {
		return false, nil
	}
	if err := b.events.Purge(ctx, jetstream.WithPurgeSequence(keep)); err != nil {
		return false, fmt.Errorf("purge of stream %s before %d: %w", EventStream, keep, err)
	}
	return true, nil
}

// firstWithin is the first event to keep so that the rest holds about limit
// bytes, as if all events were of one size.
func firstWithin(state jetstream.StreamState, limit uint64) uint64 {
	if state.Bytes <= limit {
		return state.FirstSeq
	}
	share := float64(state.Bytes-limit) / float64(state.Bytes)
	return state.FirstSeq + uint64(share*float64(state.Msgs)) + 1
}

// firstSince is the sequence of the first event stored at t or later.
func (b *Bus) firstSince(ctx context.Context, t time.Time, state jetstream.StreamState) (uint64, error) {
	switch {
	case !state.FirstTime.Before(t):
		return state.FirstSeq, nil
	case state.LastTime.Before(t):
		return state.LastSeq + 1, nil
	}
	found, err := jetstreamext.GetBatch(ctx, b.js, EventStream, 1, jetstreamext.GetBatchStartTime(t))
	if err != nil {
		return 0, fmt.Errorf("first event since %s: %w", t.Format(time.RFC3339), err)
	}
	for m, err := range found {
		if errors.Is(err, jetstreamext.ErrNoMessages) {
			break
		}
		if err != nil {
			return 0, fmt.Errorf("first event since %s: %w", t.Format(time.RFC3339), err)
		}
		return m.Sequence, nil
	}
	return state.FirstSeq, nil // the replica that was asked lags behind: better luck next time
}
