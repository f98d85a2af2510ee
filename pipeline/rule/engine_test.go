package rule_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// pauses draws after which of so many entries something is done to an engine: to
// do it after each, as often, would take minutes and show no more.
func pauses(t *rapid.T, entries int) map[int]bool {
	after := map[int]bool{}
	for _, i := range rapid.SliceOfN(rapid.IntRange(0, entries-1), 0, 40).Draw(t, "pauses") {
		after[i] = true
	}
	return after
}

func TestARestartAnywhereChangesNothing(t *testing.T) {
	t.Parallel()
	set := compile(t, choosy)
	rapid.Check(t, func(t *rapid.T) {
		list := streams(true).Draw(t, "stream")
		engine, states := rule.NewEngine(set), map[string]string{}
		want := run(engine, list)
		save(engine, states)

		var got []rule.Effect
		again, saved := rule.NewEngine(set), map[string]string{}
		pause := pauses(t, len(list))
		for i, e := range list {
			got = append(got, run(again, []entry{e})...)
			if !pause[i] {
				continue
			}
			if save(again, saved); rapid.Bool().Draw(t, "restart") {
				again = rule.NewEngine(set)
				for key, blob := range saved {
					require.NoError(t, again.Restore(key, []byte(blob)))
				}
			}
		}
		save(again, saved)
		require.Equal(t, want, got)
		require.Equal(t, states, saved)
	})
}

func TestAnySpreadOfShardsGivesTheSameEffects(t *testing.T) {
	t.Parallel()
	set := compile(t, choosy)
	rapid.Check(t, func(t *rapid.T) {
		list := streams(true).Draw(t, "stream")
		whole, states := rule.NewEngine(set), map[string]string{}
		want := run(whole, list)
		save(whole, states)

		owner := rapid.SliceOfN(rapid.IntRange(0, 2), 16, 16).Draw(t, "owner")
		parts := make([][]entry, 3)
		for _, e := range list {
			shard := e.ev.Asset.Shard(16)
			if e.ev.Kind == pipeline.Tick {
				_, err := fmt.Sscan(e.ev.Attr["shard"], &shard)
				require.NoError(t, err)
			}
			parts[owner[shard]] = append(parts[owner[shard]], e)
		}
		var got []rule.Effect
		union := map[string]string{}
		for _, part := range parts {
			engine := rule.NewEngine(set)
			got = append(got, run(engine, part)...)
			save(engine, union)
		}
		require.Equal(t, byKey(want), byKey(got))
		require.Equal(t, states, union)
	})
}

// sameEffects compares one by one, so that a difference can be read.
func sameEffects(t require.TestingT, want, got []rule.Effect) {
	for i := range min(len(want), len(got)) {
		require.Equal(t, want[i], got[i], "effect %d", i)
	}
	require.Len(t, got, len(want))
}

// byKey is effects in an order, and without the ids, that say nothing of when
// which shard's tick came.
func byKey(effects []rule.Effect) []rule.Effect {
	for i := range effects {
		effects[i].ID = ""
	}
	slices.SortStableFunc(effects, func(a, b rule.Effect) int { return cmp.Compare(a.Key, b.Key) })
	return effects
}

func TestEventsDeliveredAgainAreHarmless(t *testing.T) {
	t.Parallel()
	set := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		// A late source among others that are not breaks the order of stamps by
		// which what comes again is known.
		list := slices.DeleteFunc(streams(false).Draw(t, "stream"), func(e entry) bool { return e.ev.Source == "slow" })
		once, states := rule.NewEngine(set), map[string]string{}
		want := run(once, list)
		save(once, states)

		var repeated []entry
		for i, e := range list {
			repeated = append(repeated, e)
			for n := range rapid.IntRange(0, 2).Draw(t, "copies") {
				old := list[rapid.IntRange(max(0, i-20), i).Draw(t, "which")].ev
				switch {
				case e.ev.Received.Sub(old.Received) > 4*time.Minute: // an older one is taken for a clock that was set back
					old = e.ev
				case old.Source == pipeline.People: // nothing remembers an act on what is not known yet
					old = e.ev
				}
				repeated = append(repeated, entry{e.seq + uint64(n) + 1, old})
			}
		}
		twice, again := rule.NewEngine(set), map[string]string{}
		sameEffects(t, want, run(twice, repeated))
		save(twice, again)
		// A chart that is told meets a repeat of what it met quietly, see mark.go:
		// what it remembers of its source may differ, what it says may not.
		charts := func(key, _ string) bool {
			id, _, _ := strings.Cut(key, "\t")
			r := set.Rule(id)
			return r != nil && slices.Contains([]string{"ewma", "cusum", "nelson"}, r.KindName)
		}
		maps.DeleteFunc(states, charts)
		maps.DeleteFunc(again, charts)
		require.Equal(t, states, again)
	})
}

func TestEffectsHaveIDsOfTheirOwnAndMakeSense(t *testing.T) {
	t.Parallel()
	set := compile(t, choosy)
	rapid.Check(t, func(t *rapid.T) {
		seen, told, latched := map[string]bool{}, map[string]bool{}, map[string]bool{}
		episodes := map[string]int64{}
		engine := rule.NewEngine(set)
		for _, e := range run(engine, streams(true).Draw(t, "stream")) {
			require.False(t, seen[e.ID], e.ID)
			seen[e.ID] = true
			switch e.Kind {
			case rule.Shelve, rule.Unshelve:
				require.Equal(t, e.Kind == rule.Shelve, e.Shelved)
				require.NotEmpty(t, e.Event.ID)
				continue
			case rule.Raise:
				require.True(t, !told[e.Key] || latched[e.Key])
			default:
				require.True(t, told[e.Key], "%s of %s", e.Kind, e.Key)
			}
			latched[e.Key] = e.Kind == rule.Latch
			require.GreaterOrEqual(t, e.Episode, episodes[e.Key])
			episodes[e.Key] = e.Episode
			told[e.Key] = e.Kind != rule.Clear
			require.NotEmpty(t, e.PostKind)
			require.NotEmpty(t, e.Event.ID)
		}
		for _, remark := range engine.Remarks() {
			require.NotContains(t, remark.Text, "wakes over and over")
		}
	})
}

func TestTheStreamsMeetAllThatCanHappen(t *testing.T) {
	t.Parallel()
	set := compile(t, choosy)
	met := map[string]bool{}
	for i := range 600 {
		for _, e := range run(rule.NewEngine(set), streams(true).Example(i)) {
			met[e.Rule+" "+string(e.Kind)] = true
		}
	}
	for _, want := range []string{
		"weight raise", "weight update", "weight clear", "weight spoil", "weight freshen", "at-once raise", "stopped raise",
		"stopped clear", "silent raise", "silent clear", "mute raise", "shelf raise", "shelf update", "shelf clear", "fast raise", "fast clear",
		"weight worsen", "at-once unstable", "at-once steady", "at-once worsen", "latch latch", "latch raise", "latch clear", "latch shelve", "latch unshelve",
		"some raise", "auto raise", "auto clear", "auto spoil", "dumb raise", "few raise", "brisk raise", "brisk clear", "begun raise", "frozen raise",
		"worst raise", "faults raise", "faults clear", "share raise", "share clear", "scrap raise", "scrap clear",
		"pace raise", "pace update", "pace clear", "restart raise", "restart clear", "refill raise", "refill clear",
		"hasty raise", "hasty clear", "server raise", "server update", "server clear",
		"leap raise", "leap clear", "aim raise", "aim clear", "drift raise", "drift clear", "shove raise", "shove clear", "row raise", "still raise", "still clear",
		"order raise", "order update", "order clear", "shift raise", "shift update", "shift clear", "proud raise", "proud update", "proud clear",
	} {
		require.True(t, met[want], "%s is not among %v", want, slices.Sorted(maps.Keys(met)))
	}
}

func TestAStateOfAnotherVersionIsRefused(t *testing.T) {
	t.Parallel()
	engine := rule.NewEngine(compile(t, everything))
	for blob, want := range map[string]string{
		`{"v":99}`: "version 99 is not known",
		`{`:        "unexpected end",
		`{"v":1,"kind":"limit","life":{"phase":"active"}}`: "the deciding event is missing",
	} {
		require.ErrorContains(t, engine.Restore("weight\ta/x\t", []byte(blob)), want)
	}
	require.ErrorContains(t, engine.Restore("weight", []byte(`{"v":1}`)), `restore rule state "weight": is no key`)
}

// A sensor that is broken says anything. What is remembered of it must have a
// JSON form, or the state of a whole shard could not be written.
func TestNoNumberIsTooGreatToBeRemembered(t *testing.T) {
	t.Parallel()
	signals := []string{"weight", "state", "stock", "sales", "made", "scrap", "order", "alarm"}
	extreme := []float64{math.MaxFloat64, -math.MaxFloat64, 1e119, -1e119, math.SmallestNonzeroFloat64, 0, 1, math.MaxFloat64}
	set := compile(t, choosy)
	rapid.Check(t, func(t *rapid.T) {
		engine, now := rule.NewEngine(set), start
		for i := range rapid.IntRange(1, 60).Draw(t, "length") {
			now = now.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "seconds")) * time.Second)
			ev := pipeline.Event{
				ID: pipeline.EventID(fmt.Sprint(i)), Source: "one", Asset: "a/x", Kind: pipeline.Measure, At: now, Received: now,
				Signal: rapid.SampledFrom(signals).Draw(t, "signal"), Value: pipeline.Number(rapid.SampledFrom(extreme).Draw(t, "number")),
				Attr: map[string]string{"sku": "s1"},
			}
			run(engine, append(ticks(0, now)[:1], entry{1, ev}))
			require.NotPanics(t, func() { engine.Dirty() })
		}
	})
}
