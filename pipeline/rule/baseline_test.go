package rule_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// points plays pairs of equal readings to a chart that makes a point of each
// pair, and returns what the last gave.
func (p *tape) points(from float64, values ...float64) (last []rule.Effect) {
	p.idle = true
	for i, v := range values {
		s := from + float64(2*i)
		last = append(p.step(at(s, "weight", pipeline.Number(v))), p.step(at(s+1, "weight", pipeline.Number(v)))...)
	}
	return last
}

func noisy(n int, mean, sigma float64) []float64 {
	noise, list := rand.New(rand.NewPCG(1, 2)), make([]float64, n)
	for i := range list {
		list[i] = mean + sigma*noise.NormFloat64()
	}
	return list
}

const pairs = "{by: count, size: 2}"

func TestABaselineIsLearnedAndThenFrozen(t *testing.T) {
	t.Parallel()
	p := play(t, chartRule(pairs, "{learn: 100}"))
	learned := noisy(100, 500, 2)
	learned[10], learned[50] = 900, -900 // faults that happened to be learned from
	require.Empty(t, p.points(0, learned[:99]...))
	require.Empty(t, p.points(198, 700), "nothing is judged while it learns")
	effects := p.points(200, 510)
	require.Equal(t, "raise 510", brief(effects))
	require.InDelta(t, 500, effects[0].Values["mean"], 0.6)
	require.InEpsilon(t, 2, effects[0].Values["sigma"], 0.2)
	for n := range 300 { // a fault that lasts is not learned
		p.points(float64(202+2*n), 510+float64(n%2))
	}
	require.Equal(t, "clear 500", brief(p.points(900, 500)))
}

func TestAConstantChannelTeachesNothingAndIsNotJudged(t *testing.T) {
	t.Parallel()
	p := play(t, chartRule(pairs, "{learn: 20}"))
	for n := range 30 {
		require.Empty(t, p.points(float64(2*n), 0))
	}
	require.Empty(t, p.points(60, noisy(19, 500, 1)...))
	require.Equal(t, "raise 520", brief(p.points(98, 520)))
}

func TestOneStepOfTheSensorIsNoSignal(t *testing.T) {
	t.Parallel()
	still := make([]float64, 40)
	for i := range still {
		still[i] = 20
	}
	still[1] = 20.5 // from here on there is something to learn
	p := play(t, chartRule(pairs, "{learn: 40}"))
	p.points(0, still...)
	require.Empty(t, p.points(80, 21), "two of the steps that were seen")
	require.Equal(t, "raise 22", brief(p.points(82, 22)))

	p = play(t, chartRule(pairs, "{learn: 40, resolution: 2}"))
	p.points(0, still...)
	require.Empty(t, p.points(80, 26), "three of the steps that are given")
	require.Equal(t, "raise 26.5", brief(p.points(82, 26.5)))
}

func TestAGivenSpreadIsNotLessThanTheSensorCanTell(t *testing.T) {
	t.Parallel()
	p := play(t, chartRule(pairs, "{mean: 500, sigma: 0.1, resolution: 1}"))
	require.Empty(t, p.points(0, 502))
	require.Equal(t, "raise 504", brief(p.points(2, 504)))
}

// days plays a reading every 20 minutes of so many days, and returns what the
// engine said by the hour.
func (p *tape) days(from time.Time, n int, value func(time.Time) float64) (said []string) {
	p.idle = true
	for at := from; at.Before(from.AddDate(0, 0, n)); at = at.Add(20 * time.Minute) {
		for tick := at.Add(-19 * time.Minute); !tick.After(at); tick = tick.Add(time.Minute) {
			p.step(pipeline.Event{Kind: pipeline.Tick, Received: tick, Attr: map[string]string{"shard": "0"}})
		}
		ev := pipeline.Event{
			Asset: "lyon/line/filler", Signal: "weight", Kind: pipeline.Measure,
			Value: pipeline.Number(value(at)), At: at, Received: at,
		}
		for _, e := range p.step(ev) {
			if e.Kind == rule.Raise {
				said = append(said, at.Format("02 15h"))
			}
		}
	}
	return said
}

const hourly = "{by: time, every: 1h}"

// workday is a machine that works from six to ten at night, local time, at 80 and
// idles at 20, give or take one.
func workday(zone *time.Location) func(time.Time) float64 {
	noise := rand.New(rand.NewPCG(3, 4))
	return func(t time.Time) float64 {
		v := 20 + noise.NormFloat64()
		if h := t.In(zone).Hour(); 6 <= h && h < 22 {
			v += 60
		}
		return v
	}
}

func TestWhatIsUsualAtSixIsNoFaultAtSix(t *testing.T) {
	t.Parallel()
	p := play(t, chartRule(hourly, "{learn: 3d, phase: day}"))
	monday := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	usual := workday(time.UTC)
	require.Empty(t, p.days(monday, 7, usual))
	said := p.days(monday.AddDate(0, 0, 7), 1, func(t time.Time) float64 {
		if t.Hour() == 3 {
			return 80
		}
		return usual(t)
	})
	require.Equal(t, []string{"12 04h"}, said, "what is usual at six, at three")
}

func TestADayBeginsWhereTheMachineStands(t *testing.T) {
	t.Parallel()
	paris, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	before := time.Date(2026, 3, 26, 23, 0, 0, 0, time.UTC) // clocks change on the 29th
	p := play(t, chartRule(hourly, "{learn: 2d, phase: day, zone: Europe/Paris}"))
	require.Empty(t, p.days(before, 6, workday(paris)))
	p = play(t, chartRule(hourly, "{learn: 2d, phase: day}"))
	require.NotEmpty(t, p.days(before, 6, workday(paris)), "an hour early in UTC")
}

func TestAPartOfTheDayThatIsNewIsNotJudged(t *testing.T) {
	t.Parallel()
	p := play(t, chartRule(hourly, "{learn: 2d, phase: day}"))
	monday := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	usual := workday(time.UTC)
	require.Empty(t, p.days(monday, 4, func(t time.Time) float64 {
		if t.Hour() < 6 || t.Hour() >= 22 { // the gateway is off at night
			return math.NaN()
		}
		return usual(t)
	}))
	require.Empty(t, p.days(monday.AddDate(0, 0, 4), 2, usual), "the first nights teach")
	said := p.days(monday.AddDate(0, 0, 6), 1, func(time.Time) float64 { return 80 })
	require.Equal(t, []string{"11 01h", "11 23h"}, said, "the third is judged")
}

func TestWhatAChartRemembersIsBounded(t *testing.T) {
	t.Parallel()
	for baseline, most := range map[string]int{
		"{learn: 128}":                      1000,
		"{learn: 2d, phase: day}":           3000,
		"{learn: 2d, phase: day, bins: 48}": 5000,
	} {
		p := play(t, chartRule("{by: time, every: 30m}", baseline))
		p.days(start, 7, workday(time.UTC))
		for _, s := range p.engine.Dirty() {
			require.Less(t, len(s.Blob), most, "%s", s.Blob)
		}
	}
}

func TestABaselineSaysWhatItLacks(t *testing.T) {
	t.Parallel()
	for baseline, want := range map[string]string{
		"{}":                                     "baseline: say what is usual",
		"{mean: 5}":                              "baseline.sigma: write the usual spread",
		"{sigma: 5}":                             "baseline.mean: write the usual value",
		"{mean: 5, sigma: 0}":                    "baseline.sigma: write the usual spread",
		"{mean: 5, sigma: 1, learn: 100}":        "baseline: say what is usual",
		"{learn: 5}":                             "baseline.learn: write how many subgroups to learn from, 20 to 128",
		"{learn: 3d}":                            "baseline.learn: write how many subgroups to learn from",
		"{learn: many}":                          "baseline.learn: write a number of subgroups, such as 100, or of days",
		"{learn: 100, phase: day}":               "baseline.learn: write how many days to learn each part of the day from",
		"{learn: 3d, phase: week}":               "baseline.phase: day is the only phase",
		"{learn: 3d, phase: day, bins: 1}":       "baseline.bins: write into how many parts",
		"{learn: 100, bins: 24}":                 "baseline.phase: bins and zone are for phase: day",
		"{learn: 3d, phase: day, zone: Local}":   "baseline.zone: name a time zone",
		"{learn: 3d, phase: day, zone: Nowhere}": "baseline.zone: name a time zone",
		"{learn: 100, resolution: -1}":           "baseline.resolution: write the smallest step",
	} {
		t.Run(baseline, func(t *testing.T) {
			t.Parallel()
			_, err := rule.Parse("rules.yaml", []byte(chartRule(pairs, baseline)))
			require.ErrorContains(t, err, want)
		})
	}
}

func TestNewKindsSayWhatTheyLack(t *testing.T) {
	t.Parallel()
	const sound = "subgroup: {by: count, size: 5}, baseline: {learn: 100}"
	for kind, want := range map[string]string{
		"kind: ewma, baseline: {learn: 100}":                                                       "subgroup: say what makes one point of the chart",
		"kind: nelson, rules: [1], baseline: {learn: 100}":                                         "raw readings follow each other, and a chart of them gives false signals",
		"kind: ewma, baseline: {learn: 100}, subgroup: {by: part}":                                 `subgroup.by: "part" is no grouping; choose one of time, count`,
		"kind: ewma, baseline: {learn: 100}, subgroup: {by: time}":                                 "subgroup.every: write how long",
		"kind: ewma, baseline: {learn: 100}, subgroup: {by: count, size: 1}":                       "subgroup.size: write how many readings",
		"kind: ewma, baseline: {learn: 100}, subgroup: {by: count, every: 1m, size: 2}":            "every and min are for subgroups by time",
		"kind: ewma, baseline: {learn: 100}, subgroup: {by: time, every: 1m, size: 2}":             "subgroup.size: is for subgroups by count",
		"kind: ewma, baseline: {learn: 100}, subgroup: {by: time, every: 1m, of: maximum}":         `subgroup.of: "maximum" is no statistic`,
		"kind: ewma, baseline: {learn: 3d, phase: day, bins: 24}, subgroup: {by: time, every: 2h}": "subgroup.every: is longer than a part of the day",
		"kind: ewma, lambda: 0, " + sound:                                                          "lambda: write the weight",
		"kind: ewma, l: -1, " + sound:                                                              "l: write the limit",
		"kind: cusum, k: 0, " + sound:                                                              "k: write the slack",
		"kind: cusum, h: 0, " + sound:                                                              "h: write the limit",
		"kind: nelson, " + sound:                                                                   "rules: choose the patterns by number, for example [1, 2, 5, 6]: 1 (one point beyond 3 sigmas)",
		"kind: nelson, rules: [3], " + sound:                                                       "rules: 3 is not known; choose of 1 (one point beyond 3 sigmas), 5",
		"kind: rate, max_rise: 5":                                                                  "window: write the window",
		"kind: rate, window: 1m":                                                                   "max_rise: give max_rise, max_fall or both",
		"kind: rate, window: 1m, max_rise: 0":                                                      "max_rise: write a finite number above 0",
		"kind: rate, window: 1m, max_fall: .inf":                                                   "max_fall: write a finite number above 0",
		"kind: rate, window: 1m, max_rise: 5, deadband: 5":                                         "deadband: write a finite number",
		"kind: flatline, epsilon: 0":                                                               "window: write for how long",
		"kind: flatline, window: 1m, epsilon: -1":                                                  "epsilon: write a finite number",
		"kind: flatline, window: 1m, min: 1":                                                       "min: write how many readings",
		"kind: deviation, tolerance: 2":                                                            "setpoint: give either setpoint",
		"kind: deviation, tolerance: 2, setpoint: 5, setpoint_signal: x":                           "setpoint: give either setpoint",
		"kind: deviation, tolerance: 2, setpoint_signal: weight":                                   "setpoint_signal: a signal cannot be its own set-point",
		"kind: deviation, setpoint: 5":                                                             "tolerance: say how far",
		"kind: deviation, setpoint: 5, tolerance: wide":                                            "tolerance: write a number that is not negative, such as 2.5, or a share",
		"kind: deviation, setpoint: 0, tolerance: 5%":                                              "tolerance: a share of the set-point 0 is nothing",
		"kind: deviation, setpoint: 5, tolerance: 5%, deadband: 1":                                 "deadband: write tolerance and deadband in the same measure",
		"kind: deviation, setpoint: 5, tolerance: 1, deadband: 1":                                  "deadband: must be less than tolerance",
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			yaml := fmt.Sprintf("rules:\n- {id: r, signal: weight, match: {asset: \"**\"}, topic: quality, severity: minor, title: {fr: x}, %s}\n", kind)
			_, err := rule.Parse("rules.yaml", []byte(yaml))
			require.ErrorContains(t, err, want)
		})
	}
}

func TestARuleThatIsChangedGoesOnFromWhatFits(t *testing.T) {
	t.Parallel()
	p := play(t, chartRule("{by: count, size: 9}", "{learn: 40}"))
	for s, v := range noisy(30*9+8, 500, 1) {
		p.idle = true
		p.number(float64(s), v)
	}
	p.restart(chartRule(pairs, "{learn: 20}"), map[string][]byte{})
	require.Empty(t, p.number(1000, 500), "the subgroup is more than full, and so is the lesson")
	require.Empty(t, p.number(1001, 520))
	require.Equal(t, "raise 520", p.number(1002, 520))

	p.restart(chartRule(pairs, "{learn: 2d, phase: day, bins: 6}"), map[string][]byte{})
	p.restart(chartRule(pairs, "{learn: 2d, phase: day, bins: 12}"), map[string][]byte{})
	require.NotPanics(t, func() { p.points(80_000, 500, 500) })
}
