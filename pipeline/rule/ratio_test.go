package rule_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const scrapRate = `
rules:
- {id: scrap, kind: ratio, signal: scrap, of: parts, match: {asset: "**"}, window: 30m, above: 0.02, min_n: 50,
   topic: quality, severity: major, title: {fr: "{percent|1} % de rebut ({bad|0} sur {total|0}), limite {limit_percent|0} %"}}
`

const scrapCounters = `
rules:
- {id: scrap, kind: ratio, signal: scrap, of: parts, counter: true, match: {asset: "**"}, window: 30m, above: 0.02,
   topic: quality, severity: major, title: {fr: x}}
`

// made tells of parts, and of how many of them are scrap.
func (p *tape) made(s, scrap, parts float64) []rule.Effect {
	effects := p.step(at(s, "scrap", pipeline.Number(scrap)))
	return append(effects, p.step(at(s, "parts", pipeline.Number(parts)))...)
}

func TestThreeBadPartsMakeNoScrapAlarm(t *testing.T) {
	t.Parallel()
	p := play(t, scrapRate)
	require.Empty(t, p.made(0, 3, 3), "three of three")
	require.Empty(t, p.made(60, 0, 97), "three in a hundred are above two, but may be chance")
	require.Empty(t, p.made(120, 3, 100))
	effects := p.made(180, 9, 100)
	require.Equal(t, "raise 5", brief(effects), "fifteen of three hundred are no chance")
	e := effects[0]
	require.Equal(t, []any{15.0, 300.0, 0.05, 5.0, 0.02, 2.0, "%"},
		[]any{e.Values["bad"], e.Values["total"], e.Values["ratio"], e.Values["percent"], e.Values["limit"], *e.Limit, e.Unit})
	require.Empty(t, e.Signal)
}

func TestAScrapAlarmEndsWhenTheRatioIsBackBelowItsLimit(t *testing.T) {
	t.Parallel()
	p := play(t, scrapRate)
	require.Equal(t, "raise 6", brief(p.made(0, 18, 300)))
	require.Equal(t, "update 3", brief(p.made(60, 0, 300)), "the lower bound is below, the ratio is not")
	require.Empty(t, p.tick(4*hour, "lyon/line/filler"), "a line that stands still has not mended")
	require.Empty(t, p.made(4*hour+1, 3, 30), "nor has one that made 30 parts, of which 3 are scrap")
	require.Equal(t, "clear 0.8", brief(p.made(4*hour+60, 0, 370)))
}

func TestASlowLineIsJudgedByWhatItMakesInAWindow(t *testing.T) {
	t.Parallel()
	p := play(t, scrapRate)
	require.Equal(t, "raise 6", brief(p.made(0, 18, 300)))
	require.Empty(t, p.made(40*60, 0, 10), "too few to tell, so soon after")
	require.Equal(t, "clear 0", brief(p.made(60*60, 0, 10)))
}

func TestPartsThatAreToldAgainAreCountedOnce(t *testing.T) {
	t.Parallel()
	p := play(t, scrapRate)
	p.made(0, 0, 500)
	bad := at(10, "scrap", pipeline.Number(10))
	bad.ID = "ten"
	for i := range 20 {
		bad.Received = start.Add(time.Duration(10+i) * time.Second)
		require.Empty(t, p.step(bad))
	}
	require.Empty(t, p.made(60, 0, 100), "ten of six hundred")
}

func TestCountersMayBeginAgain(t *testing.T) {
	t.Parallel()
	p := play(t, scrapCounters)
	var all []rule.Effect
	for i := 0.0; i < 100; i++ { // 10 parts a second, of which one in a hundred is scrap; the counters begin again at 500
		parts := 10 * i
		if i >= 50 {
			parts -= 500
		}
		all = append(all, p.made(10*i, float64(int(parts/100)), parts)...)
	}
	require.Empty(t, all)
	require.Empty(t, p.made(1000, 4, 499), "the counter was corrected downwards a little")
	for i := 0.0; i < 20; i++ {
		all = append(all, p.made(1010+10*i, 5+3*i, 510+10*i)...)
	}
	require.NotEmpty(t, all)
	require.Equal(t, rule.Raise, all[0].Kind)
	require.Less(t, all[0].Values["total"], 1200.0)
}

func TestWhatWasCountedInALongPauseIsNotOfNow(t *testing.T) {
	t.Parallel()
	p := play(t, scrapCounters)
	p.made(0, 0, 1000)
	require.Empty(t, p.made(2*hour, 500, 2000))
	require.Empty(t, p.made(2*hour+10, 500, 2100))
	effects := p.made(2*hour+20, 520, 2200)
	require.Equal(t, "raise 10", brief(effects))
	require.InDelta(t, 200, effects[0].Values["total"], 0)
}

func TestTheMoreConfidenceIsAskedForTheLaterItIsTold(t *testing.T) {
	t.Parallel()
	first := func(confidence string) int {
		p := play(t, fmt.Sprintf(`
rules:
- {id: scrap, kind: ratio, signal: scrap, of: parts, match: {asset: "**"}, window: 30m, above: 0.02, confidence: %s,
   topic: quality, severity: major, title: {fr: x}}
`, confidence))
		for i := range 100 {
			if len(p.made(float64(i), 4, 100)) > 0 {
				return i
			}
		}
		return 100
	}
	require.Less(t, first("95"), first("99"))
	require.Less(t, first("99"), first("99.9"))
	require.Less(t, first("99.9"), 10)
}
