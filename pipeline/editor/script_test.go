package editor_test

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// everything has every way to be posted, with delays so short that a short
// script meets all that can happen.
const everything = `
rules:
- {id: down, kind: state, signal: state, match: {asset: "**"}, equals: [x], on_delay: 1s, topic: stop, severity: major, title: {fr: x}, reopen_within: 60s,
   escalate: [{after: 20s, to: lead}, {after: 40s, to: chief}, {after: 15s, to: expert, when: not_solved}]}
- {id: line, kind: state, signal: s2, match: {asset: "**"}, equals: [x], on_delay: 1s, topic: stop, severity: minor, title: {fr: x}, reopen_within: 45s,
   group: {by: line, wait: 5s, until: 30s}, suppressed_by: [{rule: down, where: above}], escalate: [{after: 30s, to: lead}]}
- {id: area, kind: state, signal: s3, match: {asset: "**"}, equals: [x], topic: quality, severity: major, title: {fr: x}, territory: a, group: {by: territory, until: 20s}}
- {id: fire, kind: state, signal: s4, match: {asset: "**"}, equals: [x], topic: safety, severity: critical, title: {fr: x}, territory: a}
- {id: note, kind: state, signal: s5, match: {asset: "**"}, equals: [x], on_delay: 1s, topic: stop, severity: info, title: {fr: x}, group: {by: line}, suppressed_by: [{rule: line, where: beside}]}
- {id: try, kind: state, signal: s6, match: {asset: "**"}, equals: [x], topic: stop, severity: major, title: {fr: x}, shadow: {author: zoe}, group: {by: line}}
calendars:
- {territory: a, zone: Europe/Paris, shifts: [{name: early, from: "05:00", to: "07:15", roles: [chief, expert]}, {name: late, from: "07:12", to: "21:00", roles: [lead]}]}
noise:
- {territory: a, every: 30s, burst: 2, flood: 4, window: 40s}
`

// turn is one step of an editor.
type turn struct {
	seq     uint64
	now     time.Time
	ev      *pipeline.Event
	effects []rule.Effect
}

func (s *turn) step(e *editor.Editor) []editor.Edit {
	return append([]editor.Edit(nil), e.Step(s.seq, s.now, s.now, s.ev, slices.Clone(s.effects))...)
}

// script draws what rules may make of a stream, and what people do meanwhile.
// At its end all is over.
func script(set *rule.Set) *rapid.Generator[[]turn] {
	return rapid.Custom(func(t *rapid.T) []turn {
		var list []turn
		lives := map[string]*rule.Effect{}
		now := start
		add := func(s turn) {
			s.seq, s.now = uint64(len(list)+1), now
			list = append(list, s)
		}
		for range rapid.IntRange(1, 120).Draw(t, "length") {
			now = now.Add(time.Duration(rapid.SampledFrom([]int{0, 0, 1, 1, 2, 8, 31, 240}).Draw(t, "pause")) * time.Second)
			if rapid.IntRange(0, 7).Draw(t, "act") == 0 {
				add(turn{ev: act(t, list, now)})
				continue
			}
			effects := []rule.Effect{}
			for range rapid.IntRange(0, 4).Draw(t, "effects") {
				r := rapid.SampledFrom(set.Rules()).Draw(t, "rule")
				asset := rapid.SampledFrom([]pipeline.AssetPath{"a", "a/1", "a/2", "a/1/x", "a/1/y", "a/1/z", "a/2/x"}).Draw(t, "asset")
				effects = append(effects, live(t, lives, r, asset, now))
			}
			add(turn{effects: effects})
		}
		now = now.Add(time.Second)
		var last []rule.Effect
		for _, key := range slices.Sorted(maps.Keys(lives)) {
			x := *lives[key]
			x.Kind, x.At, x.Shelved = rule.Clear, now, false
			last = append(last, x)
		}
		add(turn{effects: last})
		for range 60 {
			now = now.Add(time.Minute)
			add(turn{})
		}
		return list
	})
}

// act is something that a person did to a post that there may be.
func act(t *rapid.T, list []turn, now time.Time) *pipeline.Event {
	thread := rapid.SampledFrom([]string{"group\ta/1\tstop", "group\ta\tquality", "flood\ta", "down\ta/1\t"}).Draw(t, "thread")
	kind := rapid.SampledFrom([]pipeline.ActKind{pipeline.ActTake, pipeline.ActResolve, pipeline.ActReopen}).Draw(t, "kind")
	ev := pipeline.Act{Kind: kind, Asset: "a", Thread: thread}.Event(pipeline.EventID(fmt.Sprint("act", len(list))), now)
	return &ev
}

// live goes on with the life of one condition by one step.
func live(t *rapid.T, lives map[string]*rule.Effect, r *rule.Rule, asset pipeline.AssetPath, now time.Time) rule.Effect {
	key := r.ID + "\t" + string(asset) + "\t"
	x := lives[key]
	next := []rule.EffectKind{rule.Update, rule.Update, rule.Worsen, rule.Clear, rule.Clear, rule.Spoil, rule.Freshen, rule.Unstable, rule.Steady, rule.Latch, rule.Shelve, rule.Unshelve, rule.Retire}
	if x == nil {
		x = &rule.Effect{Kind: rule.Clear, Rule: r.ID, Key: key, Topic: r.Topic, Severity: r.Severity, PostKind: "alert", Asset: asset, Values: map[string]any{"n": 1.5}}
		if r.Territory != "" {
			x.Territory = pipeline.AssetPath(r.Territory)
		}
	}
	kind := rapid.SampledFrom(next).Draw(t, "effect")
	switch {
	case x.Kind == rule.Clear || x.Kind == rule.Retire || lives[key] == nil:
		kind = rule.Raise
		if x.Episode == 0 || rapid.Bool().Draw(t, "new") {
			x.Episode = max(x.Episode+1, now.UnixMilli())
		}
		x.Severity = r.Severity
	case x.Kind == rule.Latch:
		kind = rapid.SampledFrom([]rule.EffectKind{rule.Raise, rule.Clear}).Draw(t, "latched")
	case kind == rule.Worsen:
		x.Severity = "critical"
	}
	x.Shelved = kind == rule.Shelve || x.Shelved && kind != rule.Unshelve && kind != rule.Clear && kind != rule.Retire
	at := now.Add(-time.Duration(rapid.IntRange(0, 3).Draw(t, "late")) * time.Second)
	x.Kind, x.At = kind, now
	x.Value = pipeline.Number(float64(at.Unix() % 60))
	x.Event = pipeline.Event{ID: pipeline.EventID("e" + key), Source: "plc", Asset: asset, Signal: r.Signal, Kind: pipeline.State, Value: x.Value, At: at, Received: now}
	lives[key] = x
	if kind == rule.Clear || kind == rule.Retire {
		delete(lives, key)
	}
	return *x
}
