package rule_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// chartRule is a Shewhart chart of one point a minute, unless told otherwise.
func chartRule(subgroup, baseline string) string {
	return fmt.Sprintf(`
rules:
- {id: chart, kind: ewma, lambda: 1, l: 3, signal: weight, match: {asset: "**"}, topic: quality, severity: minor,
   subgroup: %s, baseline: %s, title: {fr: "{asset} {average|1} {mean|1} {sigma|1} {limit|1} {direction}"}}
`, subgroup, baseline)
}

const (
	everyMinute = "{by: time, every: 1m}"
	around500   = "{mean: 500, sigma: 1}"
)

func TestAMinuteIsJudgedByItsMeanWhenItIsOver(t *testing.T) {
	t.Parallel()
	p := play(t, chartRule(everyMinute, around500))
	for s := 0.0; s < 60; s += 10 {
		require.Empty(t, p.number(s, 500))
	}
	require.Empty(t, p.number(60, 530), "one of six, and the minute is not over")
	for s := 70.0; s < 120; s += 10 {
		require.Empty(t, p.number(s, 500))
	}
	effects := p.step(at(120, "weight", pipeline.Number(500)))
	require.Equal(t, "raise 505", brief(effects), "by the first reading of the next minute")
	e := effects[0]
	require.Equal(t, []any{505.0, 500.0, 1.0, 505.0, 503.0, "↑"}, []any{
		e.Values["value"], e.Values["mean"], e.Values["sigma"], e.Values["average"], e.Values["limit"], e.Values["direction"],
	})
	require.InDelta(t, 503, *e.Limit, 0)
	require.Equal(t, "clear 500", brief(p.tick(185, "lyon/line/filler")), "or by time, 5 s later")
}

func TestTheLastMinuteBeforeSilenceIsJudgedToo(t *testing.T) {
	t.Parallel()
	p := play(t, chartRule(everyMinute, around500))
	require.Empty(t, p.number(30, 510))
	require.Empty(t, p.tick(64, "lyon/line/filler"))
	p.restart(chartRule(everyMinute, around500), map[string][]byte{})
	require.Equal(t, "raise 510", brief(p.tick(65, "lyon/line/filler")))
	late := at(59, "weight", pipeline.Number(400))
	late.Received = start.Add(66 * time.Second)
	require.Empty(t, p.step(late), "its minute is over")
	require.Empty(t, p.tick(200, "lyon/line/filler"), "silence proves nothing")
}

func TestPartsMakeSubgroupsByCount(t *testing.T) {
	t.Parallel()
	p := play(t, chartRule("{by: count, size: 5}", around500))
	for s := range 9 {
		require.Empty(t, p.number(float64(s), 500+float64(s/5*4)), "part %d", s)
	}
	require.Equal(t, "raise 504", p.number(3600, 504))
}

func TestTheRangeOfASubgroupIsNoValueOfTheSignal(t *testing.T) {
	t.Parallel()
	p := play(t, chartRule("{by: count, size: 2, of: range}", "{mean: 1, sigma: 1}"))
	require.Empty(t, p.number(0, 500))
	require.Empty(t, p.number(1, 502))
	require.Empty(t, p.number(2, 490))
	effects := p.step(at(3, "weight", pipeline.Number(496)))
	require.Equal(t, "raise 6", brief(effects))
	require.InDelta(t, 4, effects[0].Values["limit"], 0)
	require.Nil(t, effects[0].Limit, "nothing to draw beside the signal")
}

func TestAMinuteWithTooFewReadingsIsLeftOut(t *testing.T) {
	t.Parallel()
	p := play(t, chartRule("{by: time, every: 1m, min: 3}", around500))
	p.number(0, 900)
	p.number(1, 900)
	require.Empty(t, p.number(60, 500))
}

func TestBadReadingsAreNotCounted(t *testing.T) {
	t.Parallel()
	p := play(t, chartRule("{by: count, size: 2}", around500))
	require.Empty(t, p.number(0, 500))
	bad := at(1, "weight", pipeline.Number(900))
	bad.Quality = pipeline.Bad
	require.Empty(t, p.step(bad))
	require.Empty(t, p.number(2, 1e200), "no reading either: nothing measures that")
	again := at(0, "weight", pipeline.Number(900))
	again.Received = start.Add(3 * time.Second)
	require.Empty(t, p.step(again), "late")
	known := at(4, "weight", pipeline.Number(900))
	known.Attr = map[string]string{"baseline": "true"}
	require.Empty(t, p.step(known), "read when nobody knows")
	require.Empty(t, p.number(5, 500))
	require.Empty(t, p.number(6, 510))
	require.Equal(t, "raise 510", p.number(7, 510))
}

func TestEWMAEndsHalfWayBack(t *testing.T) {
	t.Parallel()
	p := play(t, strings.Replace(chartRule("{by: count, size: 2}", around500), "lambda: 1, l: 3", "lambda: 0.5, l: 1.7320508", 1))
	point := func(s, v float64) string { p.number(s, v); return p.number(s+1, v) }
	require.Equal(t, "raise 502.5", point(0, 502.5), "an average of 1.25 where 1 is the limit")
	require.Equal(t, "update 500.5", point(10, 500.5), "0.87 still")
	require.Equal(t, "clear 500", point(20, 500))
}

func TestCUSUMEndsSoonHoweverLongItHeld(t *testing.T) {
	t.Parallel()
	p := play(t, `
rules:
- {id: chart, kind: cusum, signal: weight, match: {asset: "**"}, topic: quality, severity: minor,
   subgroup: {by: count, size: 2}, baseline: {mean: 500, sigma: 1}, title: {fr: "{sum|1} / {limit|1}"}}
`)
	point := func(s, v float64) string { p.number(s, v); return p.number(s+1, v) }
	for n := range 3 {
		require.Empty(t, point(float64(10*n), 498))
	}
	require.Equal(t, "raise 498", point(40, 498), "four times 1.5")
	for n := range 1000 {
		require.Empty(t, point(float64(50+10*n), 498))
	}
	n := 0
	for ; point(float64(11000+10*n), 500) != "clear 500"; n++ {
		require.Less(t, n, 10, "h/k")
	}
	require.Equal(t, 9, n)
}

func TestNelsonNamesThePattern(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rules, points string
		rule          float64
	}{
		"one point beyond 3 sigmas":               {"[1, 2, 5, 6]", "3.1", 1},
		"two of three points beyond 2 sigmas":     {"[1, 2, 5, 6]", "-2.1 0 -2.1", 5},
		"four of five points beyond 1 sigma":      {"[1, 2, 5, 6]", "1.1 1.1 0.5 1.1 1.1", 6},
		"nine points in a row on one side":        {"[1, 2, 5, 6]", "-1 .1 .1 .1 .1 .1 .1 .1 .1 .1", 2},
		"not chosen":                              {"[2, 5, 6]", "3.1 0", 0},
		"not on the same side":                    {"[5, 6]", "2.1 -2.1 1.1 -1.1 1.1", 0},
		"over":                                    {"[5]", "2.1 0 0 2.1", 0},
		"nine points, one of them on the average": {"[2]", ".1 .1 .1 .1 0 .1 .1 .1 .1", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := play(t, fmt.Sprintf(`
rules:
- {id: chart, kind: nelson, rules: %s, signal: weight, match: {asset: "**"}, topic: quality, severity: minor,
   subgroup: {by: count, size: 2}, baseline: {mean: 0, sigma: 1}, title: {fr: "Nelson {rule|0} : {pattern_fr}"}}
`, c.rules))
			var all []rule.Effect
			for n, text := range strings.Fields(c.points) {
				var z float64
				_, err := fmt.Sscan(text, &z)
				require.NoError(t, err)
				require.Empty(t, all, "not before the last point")
				p.number(float64(2*n), z)
				all = append(all, p.step(at(float64(2*n+1), "weight", pipeline.Number(z)))...)
			}
			if c.rule == 0 {
				require.Empty(t, all)
				return
			}
			require.Len(t, all, 1)
			require.InDelta(t, c.rule, all[0].Values["rule"], 0)
			require.Equal(t, name, all[0].Values["pattern_en"])
		})
	}
}

// TestChartsAreTheSameWhenStoppedAnywhere plays the same readings with and
// without restarts, while a baseline is learned, frozen and used.
func TestChartsAreTheSameWhenStoppedAnywhere(t *testing.T) {
	t.Parallel()
	rules := map[string]string{
		"ewma":     "kind: ewma, subgroup: {by: time, every: 2s}, baseline: {learn: 20}",
		"cusum":    "kind: cusum, subgroup: {by: count, size: 2}, baseline: {learn: 20}",
		"nelson":   "kind: nelson, rules: [1,2,5,6], subgroup: {by: time, every: 2s, of: range}, baseline: {learn: 20}",
		"rate":     "kind: rate, window: 32s, max_rise: 5, max_fall: 6",
		"flatline": "kind: flatline, window: 5s, epsilon: 1",
	}
	for name, kind := range rules {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			yaml := fmt.Sprintf(`rules: [{id: r, signal: weight, match: {asset: "**"}, topic: quality, severity: minor, title: {fr: x}, %s}]`, kind)
			set := compile(t, yaml)
			rapid.Check(t, func(rt *rapid.T) {
				through, stopped := &tape{t: t, engine: rule.NewEngine(set)}, &tape{t: t, engine: rule.NewEngine(set)}
				states := map[string][]byte{}
				s := 0.0
				for range 60 {
					s += float64(rapid.IntRange(1, 30).Draw(rt, "tenths")) / 10
					v := float64(rapid.IntRange(0, 9).Draw(rt, "value"))
					if rapid.IntRange(0, 7).Draw(rt, "stop") == 0 {
						stopped.restartWith(set, states)
					}
					want := through.step(at(s, "weight", pipeline.Number(v)))
					require.Equal(rt, want, stopped.step(at(s, "weight", pipeline.Number(v))))
				}
			})
		})
	}
}

// TestTitlesMayUseAllThatAKindFillsIn raises each kind once.
func TestTitlesMayUseAllThatAKindFillsIn(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{
		"kind: ewma, lambda: 1, subgroup: {by: count, size: 2}, baseline: {mean: 0, sigma: 1}",
		"kind: cusum, subgroup: {by: count, size: 2}, baseline: {mean: 0, sigma: 1}",
		"kind: nelson, rules: [1], subgroup: {by: count, size: 2}, baseline: {mean: 0, sigma: 1}",
		"kind: rate, window: 32s, max_rise: 5, max_fall: 5",
		"kind: deviation, setpoint: 1, tolerance: 0.5",
		"kind: flatline, window: 2s, epsilon: 0",
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			const yaml = `rules: [{id: r, signal: weight, match: {asset: "**"}, topic: quality, severity: minor, title: {fr: "%s"}, %s}]`
			p := play(t, fmt.Sprintf(yaml, "x", kind))
			var all []rule.Effect
			for s, v := range []float64{2, 9, 9, 9, 9} {
				all = append(all, p.step(at(float64(s+1), "weight", pipeline.Number(v)))...)
			}
			require.NotEmpty(t, all)
			title := ""
			for name := range all[0].Values {
				title += "{" + name + "}"
			}
			_, err := rule.Parse("rules.yaml", fmt.Appendf(nil, yaml, title, kind))
			require.NoError(t, err)
		})
	}
}
