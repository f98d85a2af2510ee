package rule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const offRecipe = `
rules:
- {id: off, kind: deviation, signal: weight, setpoint_signal: target, tolerance: 5%, deadband: 1%, flap: {start: 16, window: 1s},
   match: {asset: "**"}, topic: quality, severity: major, title: {fr: "{value} au lieu de {setpoint} ({percent|0} %) {direction}"}}
`

func TestDeviationIsRaisedBeyondToleranceAndClearedPastTheDeadband(t *testing.T) {
	t.Parallel()
	p := play(t, `
rules:
- {id: off, kind: deviation, signal: weight, setpoint: 100, tolerance: 2, deadband: 0.5,
   match: {asset: "**"}, topic: quality, severity: major, title: {fr: x}}
`)
	for _, c := range []struct {
		at, value float64
		want      string
	}{
		{0, 102, ""}, // the tolerance itself is allowed
		{1, 97.5, "raise 97.5"},
		{3, 98.2, ""}, // inside the deadband: the post keeps the worse value
		{5, 98.5, "clear 98.5"},
		{6, 102.1, "raise 102.1"},
	} {
		require.Equal(t, c.want, p.number(c.at, c.value), "at %v s", c.at)
	}
}

func TestDeviationFollowsTheSetPointOfTheSameAsset(t *testing.T) {
	t.Parallel()
	p := play(t, offRecipe)
	target := func(s, v float64) []rule.Effect { return p.step(at(s, "target", pipeline.Number(v))) }
	require.Empty(t, p.number(0, 80), "without a set-point there is no telling")
	require.Empty(t, target(1, 80))
	effects := target(2, 100)
	require.Equal(t, "raise 80", brief(effects), "the set-point moved away")
	e := effects[0]
	require.Equal(t, []any{80.0, 100.0, -20.0, -20.0, 5.0, 95.0, "↓"}, []any{
		e.Values["value"], e.Values["setpoint"], e.Values["deviation"], e.Values["percent"],
		e.Values["tolerance"], e.Values["limit"], e.Values["direction"],
	})
	require.InDelta(t, 95, *e.Limit, 0)
	effects = target(4, 82)
	require.Equal(t, "clear 80", brief(effects), "the value of the post is that of its signal")
	require.InDelta(t, 82, effects[0].Values["setpoint"], 0)
}

func TestDeviationIsNotJudgedWithoutAGoodSetPoint(t *testing.T) {
	t.Parallel()
	p := play(t, offRecipe)
	p.step(at(0, "target", pipeline.Number(100)))
	require.Equal(t, "raise 80", p.number(1, 80))
	bad := at(2, "target", pipeline.Number(80))
	bad.Quality = pipeline.Bad
	require.Empty(t, p.step(bad))
	require.Empty(t, p.number(3, 100), "neither ended nor kept up: unknown")
	require.Empty(t, p.step(at(4, "target", pipeline.Number(0))), "5 % of nothing is no tolerance")
	require.Empty(t, p.number(5, 3))
	require.Equal(t, "clear 3", brief(p.step(at(6, "target", pipeline.Number(3)))))
}

func TestDeviationRemembersBothSignalsThroughARestart(t *testing.T) {
	t.Parallel()
	p := play(t, offRecipe)
	p.step(at(0, "target", pipeline.Number(100)))
	p.number(1, 100)
	p.restart(offRecipe, map[string][]byte{})
	require.Equal(t, "raise 100", brief(p.step(at(2, "target", pipeline.Number(120)))))
}
