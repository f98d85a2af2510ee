package rule_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

var start = time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC)

// tape feeds a handwritten stream to an engine and writes down what it says.
type tape struct {
	t      *testing.T
	engine *rule.Engine
	seq    uint64
	ticked time.Time
	idle   bool // nobody ticks but the test
}

func compile(t testing.TB, yaml string, options ...rule.Option) *rule.Set {
	t.Helper()
	rules, err := rule.Parse("rules.yaml", []byte(yaml))
	require.NoError(t, err)
	set, err := rule.Compile([]*rule.File{rules}, options...)
	require.NoError(t, err)
	return set
}

func play(t *testing.T, yaml string) *tape {
	t.Helper()
	return &tape{t: t, engine: rule.NewEngine(compile(t, yaml))}
}

func (p *tape) step(ev pipeline.Event) []rule.Effect {
	p.seq++
	if ev.ID == "" {
		ev.ID = pipeline.EventID(fmt.Sprint("event-", p.seq))
	}
	if ev.Source == "" {
		ev.Source = "test"
	}
	require.NoError(p.t, ev.Validate())
	effects := slices.Clone(p.tickTo(ev.Received))
	p.seq++
	return append(effects, p.engine.Step(p.seq, ev.Received, &ev)...)
}

// tickTo lets a tick come each second up to then.
func (p *tape) tickTo(then time.Time) []rule.Effect {
	var all []rule.Effect
	if p.ticked.IsZero() {
		p.ticked = start
	}
	if then.Sub(p.ticked) > 400*24*time.Hour {
		p.ticked = then // nobody waits for years
	}
	for !p.idle && !p.ticked.Add(time.Second).After(then) {
		p.ticked = p.ticked.Add(time.Second)
		p.seq++
		tick := pipeline.Event{ID: pipeline.EventID(fmt.Sprint("tick-", p.seq)), Kind: pipeline.Tick, Received: p.ticked, Attr: map[string]string{"shard": "0"}}
		all = append(all, p.engine.Step(p.seq, p.ticked, &tick)...)
	}
	return all
}

// at is an event of the asset "lyon/line/filler", so many seconds after start.
func at(seconds float64, signal string, value pipeline.Value) pipeline.Event {
	when := start.Add(time.Duration(seconds * float64(time.Second)))
	return pipeline.Event{
		Asset: "lyon/line/filler", Signal: signal, Kind: pipeline.Measure, Value: value, At: when, Received: when,
	}
}

// sku is an event of an article of the store "shop".
func sku(seconds float64, signal string, value pipeline.Value) pipeline.Event {
	ev := at(seconds, signal, value)
	ev.Asset, ev.Kind = "shop", pipeline.Record
	ev.Attr = map[string]string{"sku": "3017620422003", "label": "Pâte à tartiner", "aisle": "epicerie"}
	return ev
}

func (p *tape) tick(seconds float64, asset pipeline.AssetPath) []rule.Effect {
	when := start.Add(time.Duration(seconds * float64(time.Second)))
	return p.step(pipeline.Event{
		Kind: pipeline.Tick, Received: when, Attr: map[string]string{"shard": fmt.Sprint(asset.Shard(16))},
	})
}

func (p *tape) number(seconds, v float64) string {
	return brief(p.step(at(seconds, "weight", pipeline.Number(v))))
}

// brief renders effects as "raise 490, clear 500".
func brief(effects []rule.Effect) string {
	s := ""
	for _, e := range effects {
		if s != "" {
			s += ", "
		}
		s += string(e.Kind)
		if !e.Value.IsNone() {
			s += " " + e.Value.String()
		}
	}
	return s
}

// restart replaces the engine by one that was restored from blobs alone.
func (p *tape) restart(yaml string, states map[string][]byte) {
	p.t.Helper()
	p.restartWith(compile(p.t, yaml), states)
}

func (p *tape) restartWith(set *rule.Set, states map[string][]byte) {
	p.t.Helper()
	for _, s := range p.engine.Dirty() {
		if states[s.Key] = s.Blob; s.Blob == nil {
			delete(states, s.Key)
		}
	}
	p.engine = rule.NewEngine(set)
	for key, blob := range states {
		require.NoError(p.t, p.engine.Restore(key, blob))
	}
}
