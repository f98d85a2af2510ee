package rule_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const chartOf = `
rules:
- {id: chart, signal: weight, match: {asset: "**"}, topic: quality, severity: minor, title: {fr: x},
   subgroup: {by: count, size: 2}, baseline: {mean: 0, sigma: 1}, %s}
`

// runLength counts the points until the chart signals, when they are shifted by
// so many sigmas. A point is the mean of two readings.
func runLength(set *rule.Set, noise *rand.Rand, shift float64) int {
	const most = 20_000
	engine := rule.NewEngine(set)
	for n := 1; n < 2*most; n++ {
		ev := at(float64(n), "weight", pipeline.Number(shift+math.Sqrt2*noise.NormFloat64()))
		ev.ID, ev.Source = pipeline.EventID(fmt.Sprint(n)), "test"
		if len(engine.Step(uint64(n), ev.Received, &ev)) > 0 {
			return n / 2
		}
	}
	return most
}

// TestChartsRunAsLongAsTheyShould compares the average run length of each chart,
// on independent points, with those that were simulated apart from this code:
// long while nothing is wrong, short after a shift.
func TestChartsRunAsLongAsTheyShould(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string][3]float64{
		"kind: ewma":                     {495, 10.5, 3.7},
		"kind: ewma, lambda: 1, l: 3":    {366, 44, 6.5},
		"kind: cusum":                    {467, 10.3, 4.0},
		"kind: nelson, rules: [1]":       {366, 44, 6.5},
		"kind: nelson, rules: [1,2,5,6]": {110, 9.8, 3.1},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			set := compile(t, fmt.Sprintf(chartOf, kind))
			noise := rand.New(rand.NewPCG(18, 2))
			for shift, length := range want {
				const runs = 400
				sum := 0
				for range runs {
					sum += runLength(set, noise, float64(shift))
				}
				t.Logf("after a shift of %d sigmas: %.4g points", shift, float64(sum)/runs)
				require.InEpsilon(t, length, float64(sum)/runs, 0.15, "after a shift of %d sigmas", shift)
			}
		})
	}
}
