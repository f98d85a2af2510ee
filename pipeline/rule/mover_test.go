package rule_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const fastSeller = `
rules:
- {id: fast, kind: mover, signal: sales, match: {asset: "shop"}, window: 15m, factor: 3, min: 6,
   topic: sales, severity: info, title: {fr: "{article} : {sold|0} vendus, {usual|1} d'habitude"}}
`

// sell sells n pieces every step seconds in [from, to) and returns the effects.
func (p *tape) sell(from, to, step, n float64) []rule.Effect {
	var all []rule.Effect
	for s := from; s < to; s += step {
		all = append(all, p.step(sku(s, "sales", pipeline.Number(n)))...)
	}
	return all
}

const hour = 3600.0

func TestAnArticleThatSellsManyTimesItsUsualPaceIsTold(t *testing.T) {
	t.Parallel()
	p := play(t, fastSeller)
	require.Empty(t, p.sell(0, 4*hour, 300, 1), "three per window is its usual pace")
	effects := p.sell(4*hour, 4*hour+900, 60, 1)
	require.NotEmpty(t, effects)
	require.Equal(t, rule.Raise, effects[0].Kind)
	require.Equal(t, []any{"selling-well", "erp"}, []any{effects[0].PostKind, effects[0].Author})
	require.InDelta(t, 3, effects[0].Values["usual"], 0.2)
	require.GreaterOrEqual(t, effects[0].Values["sold"], 9.0)
	var last []rule.Effect
	for s := 4*hour + 900; s < 5*hour; s += 30 {
		last = append(last, p.tick(s, "shop")...)
	}
	require.Equal(t, rule.Clear, last[len(last)-1].Kind, "nothing sold any more: it ends by itself")
}

func TestThePostOfAFastSellerSaysTheMostThatWasSold(t *testing.T) {
	t.Parallel()
	p := play(t, strings.Replace(fastSeller, "min: 6,", "min: 6, off_delay: 20m,", 1))
	p.sell(0, 4*hour, 300, 1)
	all := p.sell(4*hour, 4*hour+900, 60, 1)
	most := all[len(all)-1].Values["sold"].(float64)
	for s := 4*hour + 900; s < 5*hour; s += 30 {
		all = append(all, p.tick(s, "shop")...)
	}
	all = append(all, p.sell(5*hour, 5*hour+60, 60, 1)...)
	for s := 5*hour + 60; s < 6*hour; s += 30 {
		all = append(all, p.tick(s, "shop")...)
	}
	sold := 0.0
	for _, x := range all {
		require.GreaterOrEqual(t, x.Values["sold"], sold, "%s at %s", x.Kind, x.At)
		sold = x.Values["sold"].(float64)
	}
	require.Equal(t, rule.Clear, all[len(all)-1].Kind)
	require.InDelta(t, most, sold, 0)
	v, _ := all[len(all)-1].Value.Number()
	require.InDelta(t, most, v, 0)

	var next []rule.Effect
	for s := 8 * hour; len(next) == 0; s += 20 {
		next = p.sell(s, s+20, 20, 1)
	}
	require.Equal(t, rule.Raise, next[0].Kind)
	require.Less(t, next[0].Values["sold"], most, "it began anew")
}

func TestSmallNumbersDoNotLie(t *testing.T) {
	t.Parallel()
	p := play(t, fastSeller)
	require.Empty(t, p.sell(0, 8*hour, 450, 1), "two per window")
	require.Empty(t, p.sell(8*hour, 8*hour+400, 60, 1), "seven is more than three times two, and no wonder")
}

func TestANewArticleHasNoUsualPace(t *testing.T) {
	t.Parallel()
	p := play(t, fastSeller)
	require.Empty(t, p.sell(0, 900, 10, 1))
}

func TestAClosedNightTeachesNothing(t *testing.T) {
	t.Parallel()
	p := play(t, fastSeller)
	require.Empty(t, p.sell(0, 6*hour, 100, 1), "nine per window")
	require.Empty(t, p.sell(18*hour, 20*hour, 100, 1), "the same the next morning")
}

func TestASaleIsCountedOnceAndNotTooLate(t *testing.T) {
	t.Parallel()
	p := play(t, fastSeller)
	p.sell(0, 4*hour, 300, 1)
	sale := sku(4*hour, "sales", pipeline.Number(5))
	sale.ID = "one"
	require.Empty(t, p.step(sale))
	for range 20 {
		require.Empty(t, p.step(sale), "delivered again")
	}
	late := sku(4*hour+60, "sales", pipeline.Number(500))
	late.At = late.At.Add(-time.Hour)
	require.Empty(t, p.step(late), "sold an hour ago")
	require.Empty(t, p.step(sku(4*hour+61, "sales", pipeline.Number(-500))), "a return")
	effects := p.step(sku(4*hour+62, "sales", pipeline.Number(20)))
	require.Len(t, effects, 1)
	require.InDelta(t, 5+20+2, effects[0].Values["sold"], 1, "two or three of the usual ones are in the window")
}

func TestQuantitiesNextToNothingGiveNoInfiniteFactor(t *testing.T) {
	t.Parallel()
	p := play(t, fastSeller)
	p.sell(0, 6*hour, 180, 1e-305)
	effects := p.step(sku(6*hour, "sales", pipeline.Number(1e9)))
	require.Equal(t, "raise 1e+09", brief(effects))
	require.NotContains(t, effects[0].Values, "factor")
	_, err := json.Marshal(effects[0].Values)
	require.NoError(t, err)
}

// ledger is n lines of one piece each, in an order of their own.
func ledger(seconds float64, n int) []pipeline.Event {
	lines := make([]pipeline.Event, n)
	for i := range lines {
		lines[i] = sku(seconds, "sales", pipeline.Number(1))
		lines[i].ID = pipeline.EventID(fmt.Sprint("row-", i))
	}
	return lines
}

func TestALedgerThatIsReadAgainIsCountedOnce(t *testing.T) {
	t.Parallel()
	p := play(t, fastSeller)
	p.sell(0, 6*hour, 20, 1)
	states := map[string][]byte{}
	for again := range 3 {
		for _, line := range ledger(6*hour, 60) { // 45 a window are usual, 135 would be told
			line.Received = line.Received.Add(time.Duration(again) * 5 * time.Minute)
			require.Empty(t, p.step(line), "%s, time %d", line.ID, again)
		}
		p.restart(fastSeller, states)
	}
	p.tick(6*hour+20*60, "shop")
	for _, line := range ledger(6*hour, 60) {
		line.Received = line.Received.Add(20 * time.Minute)
		require.Empty(t, p.step(line), "too late to count")
	}
	require.Empty(t, p.tick(6*hour+21*60, "shop"))
}

func TestWhatIsRememberedOfSalesIsBounded(t *testing.T) {
	t.Parallel()
	p := play(t, fastSeller)
	for _, line := range ledger(0, 20_000) {
		p.step(line)
	}
	for _, s := range p.engine.Dirty() {
		require.Less(t, len(s.Blob), 6500)
	}
	require.Empty(t, p.step(ledger(0, 20_000)[19_000]))
	require.Empty(t, p.engine.Dirty(), "the last thousand are known")
}
