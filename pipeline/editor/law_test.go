package editor_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
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
			now = now.Add(time.Duration(rapid.SampledFrom([]int{0, 0, 1, 1, 2, 8, 31}).Draw(t, "pause")) * time.Second)
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

// wall is what readers of the edits know.
type wall struct {
	open map[string]editor.Edit // posts by key
	held map[string]editor.Held
	told map[string]bool // by what the rules said
}

func newWall() *wall {
	return &wall{open: map[string]editor.Edit{}, held: map[string]editor.Held{}, told: map[string]bool{}}
}

// put takes in one step and reports the first edit that makes no sense.
func (w *wall) put(t require.TestingT, s *turn, edits []editor.Edit) {
	for _, x := range s.effects {
		switch x.Kind {
		case rule.Raise:
			w.told[x.Key] = true
		case rule.Clear, rule.Retire:
			delete(w.told, x.Key)
		}
	}
	for _, x := range edits {
		post, isOpen := w.open[x.Key]
		switch x.Kind {
		case editor.Hold:
			w.held[x.Held.Key] = *x.Held
			require.False(t, x.Bump)
			continue
		case editor.Release:
			require.Contains(t, w.held, x.Held.Key)
			delete(w.held, x.Held.Key)
			continue
		case editor.Handover:
			continue
		case rule.Raise:
			require.True(t, !isOpen || post.Episode == x.Episode, "%s has two open posts", x.Key)
			if x.PostKind == "flood" || len(x.Members) > 0 {
				require.True(t, isOpen || x.Holding > 0 || x.Members[0].Active || slices.ContainsFunc(edits, func(y editor.Edit) bool { return y.Kind == rule.Latch && y.Key == x.Key }), x.Key)
			}
		case rule.Clear, rule.Retire:
			require.True(t, isOpen, "%s of %q, which is not open", x.Kind, x.Key)
			delete(w.open, x.Key)
			continue
		default:
			require.True(t, isOpen, "%s of %q, which is not open", x.Kind, x.Key)
		}
		require.Equal(t, x.Episode, max(x.Episode, post.Episode))
		require.True(t, !x.Bump || x.Kind == rule.Raise || x.Kind == rule.Worsen || x.Kind == editor.Escalate, "%s calls people", x.Kind)
		w.open[x.Key] = x
	}
}

// check reports a condition that is neither posted nor held.
func (w *wall) check(t require.TestingT) {
	posted := map[string]bool{}
	for key, x := range w.open {
		posted[key] = true
		for _, m := range x.Members {
			posted[m.Key] = true
		}
	}
	for key := range w.told {
		_, isHeld := w.held[key]
		require.True(t, isHeld || posted[key], "%q is neither posted nor held", key)
	}
	for key, h := range w.held {
		require.True(t, w.told[key], "%q is held and did not begin", key)
		if h.Reason == editor.Grouped && h.Until.IsZero() || h.Reason == editor.Flood {
			require.Contains(t, w.open, h.By, "%q is held by a post that is not open", key)
		}
	}
}

func TestWhatIsToldIsAlwaysPostedOrHeldWithAReason(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		e, w := editor.New(set), newWall()
		for _, s := range script(set).Draw(t, "script") {
			w.put(t, &s, s.step(e))
			w.check(t)
		}
		require.Empty(t, w.held)
		require.Empty(t, w.open)
		left := map[string]string{}
		for _, s := range e.Dirty() {
			if s.Blob != nil {
				left[s.Key] = string(s.Blob)
			}
		}
		require.Len(t, left, 1, "nothing is left but the calendar's row: %v", left)
	})
}

func TestEditsHaveIDsOfTheirOwn(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		e, seen := editor.New(set), map[string]bool{}
		for _, s := range script(set).Draw(t, "script") {
			for i, x := range s.step(e) {
				require.Equal(t, fmt.Sprintf("%d.%de", s.seq, i), x.ID)
				require.False(t, seen[x.ID])
				seen[x.ID] = true
				require.NotEmpty(t, x.Key)
				require.NotZero(t, x.Episode)
			}
		}
	})
}

func TestNoTerritoryGetsMoreThanItsContract(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	noise := set.Noise("a")
	rapid.Check(t, func(t *rapid.T) {
		e, w := editor.New(set), newWall()
		posts := map[pipeline.AssetPath][]time.Time{}
		called := map[string]time.Time{}
		for _, s := range script(set).Draw(t, "script") {
			edits := s.step(e)
			for _, x := range edits {
				_, isOpen := w.open[x.Key]
				if x.Kind == rule.Raise && !isOpen && x.Bump && x.Severity != "critical" && x.Severity != "info" && x.PostKind != "flood" && x.Rule != "try" {
					place := x.Territory
					if place == "" {
						place = x.Asset.Parent()
					}
					posts[place] = append(posts[place], s.now)
				}
				if x.Bump && x.Kind == rule.Raise {
					require.True(t, called[x.Key].IsZero() || s.now.Sub(called[x.Key]) >= 10*time.Minute, "%q calls people again after %s", x.Key, s.now.Sub(called[x.Key]))
				}
				if x.Bump && x.Held == nil {
					called[x.Key] = s.now
				}
			}
			w.put(t, &s, edits)
		}
		for place, times := range posts {
			if !place.Within("a") {
				continue
			}
			for i, first := range times {
				for j, last := range times[i:] {
					allowed := noise.Burst + int(last.Sub(first)/noise.Every.Duration) + 1
					require.LessOrEqual(t, j+1, allowed, "%s: %v", place, times)
				}
			}
		}
	})
}

func TestARestartAnywhereChangesNothing(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		list := script(set).Draw(t, "script")
		whole, states := editor.New(set), map[string]string{}
		again, saved := editor.New(set), map[string]string{}
		for _, s := range list {
			want := s.step(whole)
			require.Equal(t, want, s.step(again))
			save(whole, states)
			switch rapid.IntRange(0, 3).Draw(t, "then") {
			case 1:
				save(again, saved)
			case 2:
				save(again, saved)
				require.Equal(t, states, saved)
				again = editor.New(set)
				for key, blob := range saved {
					require.NoError(t, again.Restore(key, []byte(blob)))
				}
			case 3:
				again.Adopt(set)
			}
		}
		save(again, saved)
		require.Equal(t, states, saved)
	})
}

func TestOtherRulesAreTheSameAdoptedOrAfterARestart(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	other := compile(t, strings.NewReplacer(", suppressed_by: [{rule: down, where: above}]", "", "id: area", "id: zone", "every: 30s", "every: 50s").Replace(everything))
	rapid.Check(t, func(t *rapid.T) {
		list := script(set).Draw(t, "script")
		one, saved := editor.New(set), map[string]string{}
		cut := rapid.IntRange(0, len(list)-1).Draw(t, "cut")
		for _, s := range list[:cut] {
			s.step(one)
		}
		save(one, saved)
		two := editor.New(other)
		for key, blob := range saved {
			require.NoError(t, two.Restore(key, []byte(blob)))
		}
		one.Adopt(other)
		for _, s := range list[cut:] {
			require.Equal(t, s.step(one), s.step(two))
		}
	})
}

func save(e *editor.Editor, states map[string]string) {
	for _, s := range e.Dirty() {
		if states[s.Key] = string(s.Blob); s.Blob == nil {
			delete(states, s.Key)
		}
	}
}

func TestTheOrderOfEffectsInAStepDoesNotMatter(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		one, other := editor.New(set), editor.New(set)
		for _, s := range script(set).Draw(t, "script") {
			want := s.step(one)
			byKey := map[string][]rule.Effect{}
			for _, x := range s.effects {
				byKey[x.Key] = append(byKey[x.Key], x)
			}
			s.effects = nil
			for _, key := range rapid.Permutation(slices.Sorted(maps.Keys(byKey))).Draw(t, "order") {
				s.effects = append(s.effects, byKey[key]...)
			}
			require.Equal(t, want, s.step(other))
		}
	})
}

func TestTheScriptsMeetAllThatCanHappen(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	met := map[string]bool{}
	for i := range 300 {
		e := editor.New(set)
		for _, s := range script(set).Example(i) {
			for _, x := range s.step(e) {
				met[string(x.Kind)] = true
				if x.Held != nil {
					met[string(x.Kind)+" "+string(x.Held.Reason)] = true
				}
				if x.PostKind == "flood" {
					met["flood "+string(x.Kind)] = true
				}
				if x.To != "" {
					met["to "+x.To] = true
				}
			}
		}
	}
	for _, want := range []string{
		"raise", "worsen", "update", "clear", "spoil", "freshen", "unstable", "steady", "latch", "shelve", "unshelve", "retire", "escalate", "handover",
		"hold grouped", "hold suppressed", "hold shelved", "hold flood", "hold budget", "release grouped", "release suppressed", "release shelved", "release flood", "release budget",
		"flood raise", "flood worsen", "flood update", "flood clear", "to lead", "to chief", "to expert",
	} {
		require.True(t, met[want], "%s is not among %v", want, slices.Sorted(maps.Keys(met)))
	}
}

func TestAStateThatCannotBeReadIsRefused(t *testing.T) {
	t.Parallel()
	e := editor.New(compile(t, everything))
	require.ErrorContains(t, e.Restore("~cond\tx", []byte(`{"v":99}`)), `restore editor state "~cond\tx": version 99 is not known`)
	require.ErrorContains(t, e.Restore("~thread\tx", []byte(`{`)), "unexpected end")
	require.ErrorContains(t, e.Restore("~else\tx", []byte(`{"v":1}`)), "is no key")
	require.ErrorContains(t, e.Restore("rule", nil), "is no key")
}
