package rule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	filler = pipeline.AssetPath("lyon/line/filler")
	heavy  = `
rules:
- {id: heavy, kind: limit, signal: weight, match: {asset: "**"}, high: 500, on_delay: 10s, topic: quality, severity: major, title: {fr: x}}
`
)

func TestDelaysEndAfterTheClockWasWrongOnceAndSetRight(t *testing.T) {
	t.Parallel()
	p := play(t, heavy)
	p.number(0, 490)
	for s := range 5 {
		p.tick(float64(s), filler)
	}
	require.Empty(t, p.tick(7200, filler), "two hours ahead, once")
	require.Empty(t, p.number(6, 510))
	for s := 6; s < 16; s++ {
		require.Empty(t, p.tick(float64(s), filler), "at %d s", s)
	}
	effects := p.tick(16, filler)
	require.Equal(t, "raise 510", brief(effects))
	require.Equal(t, start.Add(16*time.Second), effects[0].At)
	require.GreaterOrEqual(t, effects[0].Values["since_min"], 0.0)
}

func TestDelaysEndWhateverClocksOthersHave(t *testing.T) {
	t.Parallel()
	for name, odd := range map[string]func(p *tape, s float64) string{
		"a connector ahead":         func(p *tape, s float64) string { return p.number(s+7200.5, 510) },
		"a connector far ahead":     func(p *tape, s float64) string { return p.number(s+5e9, 510) },
		"a node ahead":              func(p *tape, s float64) string { return brief(p.tick(s+7200.5, filler)) },
		"a node behind":             func(p *tape, s float64) string { return brief(p.tick(s-7200.5, filler)) },
		"a connector little ahead":  func(p *tape, s float64) string { return p.number(s+240, 510) },
		"a connector less ahead":    func(p *tape, s float64) string { return p.number(s+1.5, 510) },
		"a tick that is told twice": func(p *tape, s float64) string { return brief(p.tick(s, filler)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := play(t, heavy)
			p.idle = true
			p.tick(0, filler)
			p.number(1, 510)
			raised := 0.0
			for s := 1.0; s < 30 && raised == 0; s++ {
				if brief(p.tick(s, filler))+odd(p, s) != "" {
					raised = s
				}
			}
			require.InDelta(t, 11, raised, 2)
		})
	}
}

func TestAStampOfAFarYearCanBeKeptWithAllThatFollows(t *testing.T) {
	t.Parallel()
	p := play(t, everything)
	p.idle = true
	for _, signal := range []string{"weight", "sales", "stock"} {
		for _, year := range []int{1970, 2026, 9999} {
			ev := sku(0, signal, pipeline.Number(9))
			ev.Received = time.Date(year, 12, 31, 23, 59, 59, 0, time.UTC)
			ev.At = ev.Received
			p.step(ev)
		}
	}
	p.restart(everything, map[string][]byte{})
}
