package editor_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const plant = `
rules:
- {id: stopped, kind: state, signal: state, match: {asset: "**"}, equals: [stopped], on_delay: 2s, off_delay: 2s, topic: stop, severity: major, title: {fr: x}, reopen_within: 60s,
   stale_after: 9s, territory: w, escalate: [{after: 15s, to: lead}]}
- {id: fault, kind: state, signal: fault, match: {asset: "**"}, equals: [jam], topic: maintenance, severity: minor, title: {fr: x}, territory: w,
   group: {by: line, wait: 3s}, suppressed_by: [{rule: stopped}]}
noise:
- {every: 20s, burst: 2, flood: 4, window: 30s}
`

// events draws what the machines of two lines say, with a tick each second.
func events() *rapid.Generator[[]pipeline.Event] {
	return rapid.Custom(func(t *rapid.T) []pipeline.Event {
		var list []pipeline.Event
		for second := range rapid.IntRange(1, 120).Draw(t, "seconds") {
			now := start.Add(time.Duration(second) * time.Second)
			for shard := range 2 {
				list = append(list, pipeline.Event{Kind: pipeline.Tick, Received: now, Attr: map[string]string{"shard": fmt.Sprint(shard)}})
			}
			for i := range rapid.IntRange(0, 3).Draw(t, "events") {
				at := now.Add(time.Duration(i) * 100 * time.Millisecond)
				signal := rapid.SampledFrom([]string{"state", "fault"}).Draw(t, "signal")
				list = append(list, pipeline.Event{
					Source: "plc", Signal: signal, Kind: pipeline.State, At: at, Received: at,
					Asset: rapid.SampledFrom([]pipeline.AssetPath{"w/1/a", "w/1/b", "w/1/c", "w/2/a", "w/2/b", "w/3/a"}).Draw(t, "asset"),
					Value: pipeline.Text(rapid.SampledFrom([]string{"run", "stopped", "jam", "jam"}).Draw(t, "value")),
				})
			}
		}
		for i := range list {
			list[i].ID = pipeline.EventID(fmt.Sprint("e", i))
		}
		return list
	})
}

// pair is an engine with its editor.
type pair struct {
	engine *rule.Engine
	editor *editor.Editor
}

func hire(set *rule.Set) *pair { return &pair{rule.NewEngine(set), editor.New(set)} }

func (p *pair) step(seq uint64, ev pipeline.Event) []editor.Edit {
	effects := p.engine.Step(seq, ev.Received, &ev)
	now, awake := p.engine.Time()
	return append([]editor.Edit(nil), p.editor.Step(seq, now, awake, &ev, effects)...)
}

func (p *pair) save(rules, edits map[string]string) {
	save(p.editor, edits)
	for _, s := range p.engine.Dirty() {
		if rules[s.Key] = string(s.Blob); s.Blob == nil {
			delete(rules, s.Key)
		}
	}
}

func TestAStreamThatIsReadOnAfterARestartGivesTheSameEdits(t *testing.T) {
	t.Parallel()
	set := compile(t, plant)
	rapid.Check(t, func(t *rapid.T) {
		whole, again := hire(set), hire(set)
		rules, edits := map[string]string{}, map[string]string{}
		for i, ev := range events().Draw(t, "events") {
			require.Equal(t, whole.step(uint64(i), ev), again.step(uint64(i), ev))
			if rapid.IntRange(0, 5).Draw(t, "then") > 0 {
				continue
			}
			again.save(rules, edits)
			again = hire(set)
			for key, blob := range rules {
				require.NoError(t, again.engine.Restore(key, []byte(blob)))
			}
			for key, blob := range edits {
				require.NoError(t, again.editor.Restore(key, []byte(blob)))
			}
		}
	})
}

// TestOneSignalThatComesAndGoesForAShift plays what the life of a condition
// makes of a signal that toggles every ten seconds for eight hours: it is
// unstable within a minute, and left as it is until the end.
func TestOneSignalThatComesAndGoesForAShift(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(""))
	step := func(seconds float64, kind rule.EffectKind) {
		r.makes(seconds, effect(seconds, kind, "fault", "lyon/l1/a"))
	}
	step(10, rule.Raise)
	step(20, rule.Clear)
	step(30, rule.Raise)
	step(40, rule.Unstable)
	for minute := range 8 * 60 {
		step(60*float64(minute+1), rule.Update)
	}
	step(8*3600+100, rule.Steady)
	step(8*3600+200, rule.Clear)
	bumps, episodes := 0, map[int64]bool{}
	for _, x := range r.edits {
		episodes[x.Episode] = true
		if x.Bump {
			bumps++
		}
	}
	require.Len(t, episodes, 1)
	require.LessOrEqual(t, bumps, 8)
	require.LessOrEqual(t, r.last(rule.Unstable, keyOf("fault", "lyon/l1/a")).At.Sub(moment(10)), time.Minute)
}

func TestTimeThatPassesOverAQuietPostWritesNothing(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(""))
	r.says(1, "lyon/l1/a", "fault")
	require.NotEmpty(t, r.editor.Dirty())
	require.Empty(t, r.until(300))
	require.Empty(t, r.editor.Dirty())
}

// BenchmarkStepWithoutEffects is what every event of the stream pays, with ten
// thousand conditions that hold.
func BenchmarkStepWithoutEffects(b *testing.B) {
	set := compile(b, faults(""))
	e := editor.New(set)
	var effects []rule.Effect
	for i := range 10_000 {
		effects = append(effects, effect(1, rule.Raise, "fault", fmt.Sprintf("lyon/l%d/m%d", i/100, i)))
	}
	e.Step(1, moment(1), moment(1), nil, effects)
	ev := pipeline.Event{ID: "e", Source: "plc", Asset: "lyon/l1/a", Signal: "weight", Kind: pipeline.Measure, Received: moment(1)}
	b.ReportAllocs()
	for seq := uint64(2); b.Loop(); seq++ {
		e.Step(seq, moment(1), moment(1), &ev, nil)
	}
}

// BenchmarkRaiseAndClear is one condition that begins and ends, with its states.
func BenchmarkRaiseAndClear(b *testing.B) {
	e := editor.New(compile(b, faults("")))
	raise, over := effect(1, rule.Raise, "fault", "lyon/l1/a"), effect(1, rule.Clear, "fault", "lyon/l1/a")
	b.ReportAllocs()
	now := start
	for seq := uint64(1); b.Loop(); seq += 2 {
		now = now.Add(time.Second)
		raise.At, over.At = now, now
		e.Step(seq, now, now, nil, []rule.Effect{raise})
		e.Step(seq+1, now, now, nil, []rule.Effect{over})
		e.Dirty()
	}
}

// BenchmarkUpdateInAFlood is a new value of one of a thousand conditions under
// an umbrella.
func BenchmarkUpdateInAFlood(b *testing.B) {
	e := editor.New(compile(b, faults("")))
	var effects []rule.Effect
	for i := range 1000 {
		effects = append(effects, effect(1, rule.Raise, "fault", fmt.Sprint("lyon/l/m", i)))
	}
	e.Step(1, moment(1), moment(1), nil, effects)
	b.ReportAllocs()
	for seq := uint64(2); b.Loop(); seq++ {
		x := effects[seq%1000]
		x.Kind = rule.Update
		now := moment(1 + float64(seq/1000))
		e.Step(seq, now, now, nil, []rule.Effect{x})
	}
}
