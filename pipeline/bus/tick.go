package bus

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/synadia-io/orbit.go/jetstreamext"

	"github.com/fildefer/fildefer/pipeline"
)

// tickSource names the bus where a connector would stand.
const tickSource = "fildefer"

// Tick stores the second of at in every shard, in one batch. The same second
// is stored once, whoever stores it: a tick that is there already is no error. A
// tick has no asset; its attribute "shard" says whose time it moves on.
func (b *Bus) Tick(ctx context.Context, at time.Time) error {
	ticks := b.Ticks(at)
	messages := make([]*nats.Msg, len(ticks))
	for i := range ticks {
		var err error
		if messages[i], err = b.message(&ticks[i]); err != nil {
			return fmt.Errorf("tick: %w", err)
		}
	}
	err := publishBatch(ctx, b.js, messages)
	switch {
	case err == nil, hasCode(err, jetstreamext.JSErrCodeBatchPublishDuplicateMsgID), hasCode(err, errDuplicateInUse):
		return nil
	case isFull(err):
		return fmt.Errorf("tick: %w", pipeline.ErrBacklog)
	}
	return fmt.Errorf("tick: %w", err)
}

// Ticks is the tick of each shard for the second of at, for whoever stores a
// past that has a clock of its own.
func (b *Bus) Ticks(at time.Time) []pipeline.Event {
	at = at.UTC().Truncate(time.Second)
	ticks := make([]pipeline.Event, b.options.Shards)
	for shard := range ticks {
		id := "tick:" + strconv.Itoa(shard) + ":" + strconv.FormatInt(at.Unix(), 10)
		ticks[shard] = pipeline.Event{
			ID: pipeline.EventID(id), Source: tickSource, Kind: pipeline.Tick, At: at, Received: at,
			Attr: map[string]string{"shard": strconv.Itoa(shard)},
		}
	}
	return ticks
}

// RunTicks stores a tick every second until ctx ends. Every node may run it,
// for the stream keeps one of each second: when the node whose clock is ahead
// stops, the others' ticks are the next to count, with no election.
func (b *Bus) RunTicks(ctx context.Context) {
	var failing bool
	for {
		now := time.Now()
		if err := b.Tick(ctx, now); err == nil {
			failing = false
		} else if !failing && ctx.Err() == nil {
			failing = true
			b.log.Warn("the clock of the stream stands still", "err", err)
		}
		next := time.NewTimer(time.Until(now.Truncate(time.Second).Add(time.Second)))
		select {
		case <-next.C:
		case <-ctx.Done():
			next.Stop()
			return
		}
	}
}
