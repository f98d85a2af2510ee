package rule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const runaway = `
rules:
- {id: runaway, kind: rate, signal: weight, window: 32s, max_rise: 5, max_fall: 10, deadband: 1,
   match: {asset: "**"}, topic: safety, severity: critical, title: {fr: "{asset} {direction} {change|1} en {window_min|0} min"}}
`

func TestRateCountsTheChangeWithinItsWindow(t *testing.T) {
	t.Parallel()
	p := play(t, runaway)
	for s := range 100 { // 4.8 in 32 s
		require.Empty(t, p.number(float64(s), 20+0.15*float64(s)))
	}
	require.Empty(t, p.number(100, 35+0.2))
	effects := p.step(at(101, "weight", pipeline.Number(36)))
	require.Equal(t, "raise 36", brief(effects))
	require.InDelta(t, 36-20-0.15*70, effects[0].Values["change"], 1e-9, "against the lowest of the 31 s before")
	require.InDelta(t, 30.5+5, *effects[0].Limit, 1e-9)
	require.Equal(t, "↑", effects[0].Values["direction"])
	require.Empty(t, p.number(103, 35.3), "4.5 within the window: in the deadband")
	require.Equal(t, "clear 35.3", p.number(112, 35.3))
	effects = p.step(at(113, "weight", pipeline.Number(20)))
	require.Equal(t, "raise 20", brief(effects))
	require.InDelta(t, -16, effects[0].Values["change"], 1e-9)
	require.InDelta(t, 26, *effects[0].Limit, 1e-9)
	require.Equal(t, "↓", effects[0].Values["direction"])
}

func TestRateTellsTheChangeThatIsTooGreat(t *testing.T) {
	t.Parallel()
	p := play(t, runaway)
	p.number(0, 20)
	require.Equal(t, "raise 28", p.number(1, 28))
	p.number(2, 14)
	effects := p.step(at(3, "weight", pipeline.Number(20)))
	require.Equal(t, "update 20", brief(effects))
	require.InDelta(t, 6, effects[0].Values["change"], 0, "it fell by 8 as well, and may")
	require.InDelta(t, 19, *effects[0].Limit, 0)
}

func TestRateIsNotMisledByBadOldOrRepeatedReadings(t *testing.T) {
	t.Parallel()
	p := play(t, runaway)
	require.Empty(t, p.number(10, 20))
	bad := at(11, "weight", pipeline.Number(90))
	bad.Quality = pipeline.Bad
	require.Empty(t, p.step(bad))
	require.Empty(t, p.step(at(12, "weight", pipeline.Text("90"))))
	late := at(9, "weight", pipeline.Number(90))
	late.Received = start.Add(13 * time.Second)
	require.Empty(t, p.step(late))
	known := at(14, "weight", pipeline.Number(90))
	known.Attr = map[string]string{"baseline": "true"}
	require.Empty(t, p.step(known), "read when nobody knows")
	require.Empty(t, p.number(15, 25))
	require.Empty(t, p.number(60, 90), "too long after for any rate")
	require.Equal(t, "raise 96", p.number(61, 96))
}

// TestRateIsThatOfAllReadingsOfTheWindow compares the few readings that are kept
// with all of them.
func TestRateIsThatOfAllReadingsOfTheWindow(t *testing.T) {
	t.Parallel()
	set := compile(t, `
rules:
- {id: r, kind: rate, signal: weight, window: 32s, max_rise: 5, max_fall: 7, flap: {start: 16, window: 1s}, match: {asset: "**"}, topic: safety, severity: major, title: {fr: x}}
`)
	rapid.Check(t, func(t *rapid.T) {
		type reading struct {
			s int
			v float64
		}
		var all []reading
		engine, s, open := rule.NewEngine(set), 0, false
		for i := range rapid.IntRange(1, 80).Draw(t, "readings") {
			s += rapid.IntRange(1, 9).Draw(t, "after")
			v := float64(rapid.IntRange(0, 9).Draw(t, "value"))
			all = append(all, reading{s, v})
			rose, fell := 0.0, 0.0
			for _, r := range all {
				if r.s > s-32 {
					rose, fell = max(rose, v-r.v), max(fell, r.v-v)
				}
			}
			now := start.Add(time.Duration(s) * time.Second)
			engine.Step(0, now, &ticks(0, now)[0].ev) // what comes and goes is counted by the time of ticks
			ev := at(float64(s), "weight", pipeline.Number(v))
			ev.ID, ev.Source = pipeline.EventID(string(rune('a'+i))), "test"
			want := ""
			switch out := rose > 5 || fell > 7; {
			case out && !open:
				want = "raise"
			case !out && open:
				want = "clear"
			}
			got := ""
			for _, e := range engine.Step(uint64(i+1), ev.Received, &ev) {
				if e.Kind != rule.Update {
					got += string(e.Kind)
				}
			}
			require.Equal(t, want, got)
			open = rose > 5 || fell > 7
		}
		for _, state := range engine.Dirty() {
			require.Less(t, len(state.Blob), 3000)
		}
	})
}
