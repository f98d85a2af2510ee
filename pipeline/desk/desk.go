package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// Stream is what the desk needs of the event stream.
type Stream interface {
	Identity(ctx context.Context) (pipeline.StreamIdentity, error)
	// Read calls fn with messages in stream order, from after+1 on, until ctx
	// ends or fn fails. A *pipeline.GapError comes before any message.
	Read(ctx context.Context, shards []int, after uint64, fn func(context.Context, []pipeline.Message) error) error
	// Consumed tells that everything up to seq is decided and committed.
	Consumed(seq uint64)
	// Reject keeps an event that cannot be decided among the dead letters.
	Reject(ctx context.Context, letter pipeline.DeadLetter) error
}

// Ledger is where decisions become durable.
type Ledger interface {
	// Claim takes the shards over from whoever held them.
	Claim(ctx context.Context, shards []int) (feed.Claim, error)
	// ResetStream puts the claimed positions to zero, as those of that stream.
	ResetStream(ctx context.Context, c feed.Claim, stream string) error
	States(ctx context.Context, shards []int, fn func(feed.RuleState) error) error
	// Commit keeps all of the batch or nothing. It refuses a batch whose claim
	// has ended, with an error that is feed.ErrFenced.
	Commit(ctx context.Context, b feed.Batch) error
}

// Desk decides on the events of its shards. One goroutine runs it.
type Desk struct {
	stream  Stream
	ledger  Ledger
	rules   atomic.Pointer[rule.Set]
	shards  []int
	log     *slog.Logger
	metrics *metrics

	pace     time.Duration // pause before the desk reads on after a fault
	position atomic.Uint64
	stuck    stuck
}

// New returns a desk for shards. It registers its metrics with reg.
func New(s Stream, l Ledger, rules *rule.Set, shards []int, log *slog.Logger, reg prometheus.Registerer) *Desk {
	d := &Desk{stream: s, ledger: l, shards: shards, log: log, metrics: newMetrics(reg), pace: time.Second}
	d.rules.Store(rules)
	return d
}

// Adopt lets the desk go on with other rules from its next batch on. Any
// goroutine may call it.
func (d *Desk) Adopt(rules *rule.Set) { d.rules.Store(rules) }

// Position is the last stream place that is committed, for progress and tests.
func (d *Desk) Position() uint64 { return d.position.Load() }

// Run reads and decides until ctx ends, then returns nil. After a fault of the
// stream or the database it reads on from the position in the ledger. It
// returns feed.ErrFenced when another desk has taken its shards.
func (d *Desk) Run(ctx context.Context) error {
	for {
		err := d.sitting(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, feed.ErrFenced):
			return fmt.Errorf("desk: %w", err)
		}
		d.stuck.note(d.Position())
		d.metrics.faults.Inc()
		d.log.LogAttrs(ctx, slog.LevelError, "the desk stopped reading and starts again from its stored position", slog.Any("error", err))
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(d.pace):
		}
	}
}

// sitting is one run from the stored position to the next fault.
func (d *Desk) sitting(ctx context.Context) error {
	claim, err := d.ledger.Claim(ctx, d.shards)
	if err != nil {
		return fmt.Errorf("claim shards: %w", err)
	}
	s := newSitting(d, claim.Epoch)
	if err := d.ledger.States(ctx, d.shards, s.restore); err != nil {
		return fmt.Errorf("restore rule states: %w", err)
	}
	identity, err := d.stream.Identity(ctx)
	if err != nil {
		return fmt.Errorf("identify the stream: %w", err)
	}
	s.stream = identity.Stream
	if s.stored, s.read, err = d.start(ctx, claim, identity); err != nil {
		return err
	}
	d.position.Store(s.lowest())
	d.stream.Consumed(s.lowest()) // a full stream must not wait for a batch that it cannot take
	err = d.stream.Read(ctx, d.shards, s.lowest(), s.take)
	var gap *pipeline.GapError
	if errors.As(err, &gap) {
		d.loud(ctx, gap.Error())
		for _, shard := range d.shards {
			s.read[shard] = max(s.read[shard], gap.First-1)
		}
		err = d.stream.Read(ctx, d.shards, s.lowest(), s.take)
	}
	return err
}

// start returns the stored position of each shard and the place after which to
// read it. They are the same as long as the stream is the one that the positions
// belong to. A recreated or restored stream is read by its own numbers, since
// those in the ledger mean other events.
func (d *Desk) start(ctx context.Context, claim feed.Claim, id pipeline.StreamIdentity) (stored, read map[int]uint64, err error) {
	highest := uint64(0)
	for _, shard := range d.shards {
		highest = max(highest, claim.Positions[shard])
	}
	stored = maps.Clone(claim.Positions)
	var after uint64
	switch {
	case claim.Stream != "" && claim.Stream != id.Stream:
		d.loud(ctx, fmt.Sprintf("the event stream was recreated (was %s, is %s): it is read from its beginning", claim.Stream, id.Stream))
		after = max(id.First, 1) - 1
	case highest > id.Last:
		d.loud(ctx, fmt.Sprintf("the event stream was restored to an older state (read up to %d, it ends at %d): what is stored from now on is read", highest, id.Last))
		after = id.Last
	default:
		return stored, maps.Clone(stored), nil
	}
	if err := d.ledger.ResetStream(ctx, claim, id.Stream); err != nil {
		return nil, nil, err
	}
	read = map[int]uint64{}
	for _, shard := range d.shards {
		stored[shard], read[shard] = 0, after
	}
	return stored, read, nil
}

func (d *Desk) loud(ctx context.Context, what string) {
	d.metrics.gaps.Inc()
	d.log.LogAttrs(ctx, slog.LevelError, "gap in the event stream", slog.String("what", what))
}
