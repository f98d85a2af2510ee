package desk

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// sitting holds what lives between two faults.
type sitting struct {
	desk   *Desk
	rules  *rule.Set
	engine *rule.Engine
	editor *editor.Editor
	traces *traces
	stream string
	epoch  int64
	late   map[string]int // events that came too late, by source, as far as they are counted
	stored map[int]uint64 // position of each shard in the ledger
	read   map[int]uint64 // place up to which each shard is decided
}

func newSitting(d *Desk, epoch int64) *sitting {
	rules := d.rules.Load()
	return &sitting{desk: d, rules: rules, engine: rule.NewEngine(rules), editor: editor.New(rules), traces: newTraces(), epoch: epoch, late: map[string]int{}}
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
	if sale, ok := sale(&m.Event, s.rules.Calendar(m.Event.Asset)); ok {
		b.Sales = append(b.Sales, sale)
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
	s.remark(ctx)
	for _, st := range append(s.engine.Dirty(), s.editor.Dirty()...) {
		b.States = append(b.States, feed.RuleState{Shard: st.Shard, Key: st.Key, Blob: st.Blob})
	}
	if err := s.commit(ctx, b, messages[len(messages)-1].Seq); err != nil {
		return err
	}
	s.desk.metrics.observe(len(messages), b.Notices)
	s.countLate()
	return nil
}

// remark tells whoever keeps the rules what the engine came across.
func (s *sitting) remark(ctx context.Context) {
	for _, r := range s.engine.Remarks() {
		s.desk.metrics.remarks.Inc()
		s.desk.log.LogAttrs(ctx, slog.LevelWarn, "the rules cannot do all that is asked of them",
			slog.String("rule", r.Rule), slog.String("asset", string(r.Asset)), slog.String("why", r.Text))
	}
}

// countLate counts the events that came too late for the rules since the last
// call: an engine counts them from its beginning.
func (s *sitting) countLate() {
	for source, n := range s.engine.Late() {
		s.desk.metrics.late.WithLabelValues(source).Add(float64(n - s.late[source]))
		s.late[source] = n
	}
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
