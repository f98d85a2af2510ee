package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
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

// sitting holds what lives between two faults.
type sitting struct {
	desk   *Desk
	rules  *rule.Set
	engine *rule.Engine
	editor *editor.Editor
	traces *traces
	stream string
	epoch  int64
	stored map[int]uint64 // position of each shard in the ledger
	read   map[int]uint64 // place up to which each shard is decided
}

func newSitting(d *Desk, epoch int64) *sitting {
	rules := d.rules.Load()
	return &sitting{desk: d, rules: rules, engine: rule.NewEngine(rules), editor: editor.New(rules), traces: newTraces(), epoch: epoch}
}

// restore gives a stored state back to whoever wrote it.
func (s *sitting) restore(st feed.RuleState) error {
	if strings.HasPrefix(st.Key, "~") {
		return s.editor.Restore(st.Key, st.Blob)
	}
	return s.engine.Restore(st.Key, st.Blob)
}

// adopt goes on with the rules as they are now.
func (s *sitting) adopt(ctx context.Context) {
	rules := s.desk.rules.Load()
	if rules == s.rules {
		return
	}
	s.rules = rules
	s.engine.Adopt(rules)
	s.editor.Adopt(rules)
	s.desk.log.LogAttrs(ctx, slog.LevelInfo, "the rules were changed", slog.Int("rules", len(rules.Rules())))
}

// step decides on one event and adds what follows to the batch.
func (s *sitting) step(b *feed.Batch, m *pipeline.Message) {
	effects := s.engine.Step(m.Seq, m.Stored, &m.Event)
	now, awake := s.engine.Time()
	for _, e := range s.editor.Step(m.Seq, now, awake, &m.Event, effects) {
		b.Notices = append(b.Notices, notice(&e, s.rules.Rule(e.Rule), m.Event.ID))
	}
	if a, ok := article(&m.Event); ok {
		b.Articles = append(b.Articles, a)
	}
	if t, ok := s.traces.sample(&m.Event); ok {
		b.Traces = append(b.Traces, t)
	}
}

// lowest is the place after which some shard has something to read.
func (s *sitting) lowest() uint64 {
	after := s.read[s.desk.shards[0]]
	for _, shard := range s.desk.shards {
		after = min(after, s.read[shard])
	}
	return after
}

// take decides on what was read. Where the desk has failed again and again, it
// goes event by event, to find the one that stops it.
func (s *sitting) take(ctx context.Context, messages []pipeline.Message) error {
	for len(messages) > 0 && s.desk.stuck.here(s.lowest()) {
		if err := s.decide(ctx, messages[:1]); err != nil {
			return s.passOver(ctx, &messages[0], err)
		}
		messages = messages[1:]
	}
	return s.decide(ctx, messages)
}

// decide decides on one batch and commits it. A rule that panics stops the batch,
// not the program.
func (s *sitting) decide(ctx context.Context, messages []pipeline.Message) (err error) {
	if len(messages) == 0 {
		return nil
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("decide on events from %d on: panic: %v", messages[0].Seq, r)
		}
	}()
	s.adopt(ctx)
	b := feed.Batch{Stream: s.stream, Epoch: s.epoch}
	for i := range messages {
		m := &messages[i]
		if m.Seq <= s.read[m.Shard] || m.Event.ID == "" {
			continue
		}
		s.step(&b, m)
	}
	for _, r := range s.engine.Remarks() {
		s.desk.log.LogAttrs(ctx, slog.LevelWarn, "a rule is not applied", slog.String("rule", r.Rule), slog.String("asset", string(r.Asset)), slog.String("why", r.Text))
	}
	for _, st := range append(s.engine.Dirty(), s.editor.Dirty()...) {
		b.States = append(b.States, feed.RuleState{Shard: st.Shard, Key: st.Key, Blob: st.Blob})
	}
	if err := s.commit(ctx, b, messages[len(messages)-1].Seq); err != nil {
		return err
	}
	s.desk.metrics.observe(len(messages), len(b.Notices))
	return nil
}

// commit keeps b and the place that it brings the desk to.
func (s *sitting) commit(ctx context.Context, b feed.Batch, last uint64) error {
	for _, shard := range s.desk.shards {
		b.Positions = append(b.Positions, feed.Position{Shard: shard, From: s.stored[shard], To: max(last, s.read[shard])})
	}
	if err := s.desk.ledger.Commit(ctx, b); err != nil {
		return fmt.Errorf("commit up to %d: %w", last, err)
	}
	for _, p := range b.Positions {
		s.stored[p.Shard], s.read[p.Shard] = p.To, p.To
	}
	s.desk.position.Store(last)
	s.desk.stream.Consumed(last)
	return nil
}
