package rule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
)

const stuck = `
rules:
- {id: stuck, kind: flatline, signal: weight, window: 60s, epsilon: 0.125, min: 5,
   match: {asset: "**"}, topic: maintenance, severity: minor, title: {fr: "{asset} figé à {value|1} depuis {flat_min|0} min"}}
`

func TestAValueThatMovedAndThenNoMoreIsStuck(t *testing.T) {
	t.Parallel()
	p := play(t, stuck)
	for s := 0.0; s < 30; s += 10 {
		require.Empty(t, p.number(s, s))
	}
	for s := 30.0; s < 90; s += 10 {
		require.Empty(t, p.number(s, 30+0.125*float64(int(s)/10%2)), "at %v s", s)
	}
	effects := p.step(at(90, "weight", pipeline.Number(30)))
	require.Equal(t, "raise 30.0625", brief(effects))
	require.InDelta(t, 1, effects[0].Values["flat_min"], 1e-9)
	require.Empty(t, p.number(100, 30.125))
	require.Equal(t, "clear 31", p.number(110, 31))
}

func TestAConstantIsNotStuck(t *testing.T) {
	t.Parallel()
	p := play(t, stuck)
	for s := 0.0; s < 600; s += 10 {
		require.Empty(t, p.number(s, 45))
	}
}

func TestFewReadingsAreNoProofOfAStuckSensor(t *testing.T) {
	t.Parallel()
	p := play(t, stuck)
	p.number(0, 40)
	for _, s := range []float64{10, 100, 200, 300} {
		require.Empty(t, p.number(s, 45), "at %v s", s)
	}
	require.Equal(t, "raise 45", p.number(400, 45))
}

func TestAStuckSignalIsSeldomWritten(t *testing.T) {
	t.Parallel()
	p := play(t, stuck)
	p.number(0, 40)
	for s := 1.0; s < 20; s++ {
		p.number(s, 45)
	}
	p.engine.Dirty()
	written := 0
	for s := 20.0; s < 50; s++ {
		p.number(s, 45)
		for _, state := range p.engine.Dirty() {
			if len(state.Key) > 2 {
				written++
			}
		}
	}
	require.LessOrEqual(t, written, 4, "30 s")
}

func TestBadReadingsNeitherProveNorEndAStuckSensor(t *testing.T) {
	t.Parallel()
	p := play(t, stuck)
	p.number(0, 40)
	for s := 1.0; s <= 61; s += 10 {
		p.number(s, 45)
	}
	bad := at(70, "weight", pipeline.Number(10))
	bad.Quality = pipeline.Bad
	require.Empty(t, p.step(bad))
	repeated := at(61, "weight", pipeline.Number(10))
	repeated.At = start.Add(50 * time.Second)
	repeated.Received = start.Add(71 * time.Second)
	require.Empty(t, p.step(repeated), "from before")
	require.Equal(t, "clear 10", p.number(80, 10))
}
