package rule_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const emptyShelf = `
rules:
- {id: empty, kind: nosale, signal: sales, match: {asset: "shop"}, open: {hours: "08:30-20:00", zone: Europe/Paris, days: mon-sat, closed: [2026-01-23]},
   topic: stock, severity: minor, title: {fr: "{article} : rayon vide ? {on_hand|0} en stock, rien de vendu pour {expected|0} attendus"}}
`

const oneDay = 24 * hour

// store is a tape of weeks: it ticks every 50 s. At 0 it is Monday, 07:00 in
// Paris.
type store struct{ *tape }

func openStore(t *testing.T, yaml string) store {
	t.Helper()
	p := play(t, yaml)
	p.idle = true
	p.ticked = start
	return store{p}
}

// pass lets time go on until so many seconds after start.
func (s store) pass(until float64) []rule.Effect {
	var all []rule.Effect
	for end := start.Add(time.Duration(until) * time.Second); s.ticked.Add(50 * time.Second).Before(end); {
		s.ticked = s.ticked.Add(50 * time.Second)
		all = append(all, s.tick(s.ticked.Sub(start).Seconds(), "shop")...)
	}
	return all
}

// sells sells a piece every so many seconds of opening on some days.
func (s store) sells(first, last int, every float64) []rule.Effect {
	var all []rule.Effect
	for d := first; d <= last; d++ {
		for at := 1.5*hour + every/2; d%7 != 6 && at < 13*hour; at += every {
			all = append(all, s.pass(float64(d)*oneDay+at)...)
			all = append(all, s.step(sku(float64(d)*oneDay+at, "sales", pipeline.Number(1)))...)
		}
	}
	return all
}

func TestAnArticleOnHandThatStopsSellingIsAskedFor(t *testing.T) {
	t.Parallel()
	s := openStore(t, emptyShelf)
	s.step(sku(0, "stock", pipeline.Number(40)))
	require.Empty(t, s.sells(0, 17, hour), "eleven or so a day, and none on Sundays")
	effects := s.pass(18*oneDay + 14*hour)
	require.Empty(t, effects, "Friday, 23 January, is closed")
	effects = s.pass(19*oneDay + 8*hour)
	require.Empty(t, effects, "at 15:00 on Saturday little more was learned of Saturdays than a few pieces")
	effects = s.pass(21*oneDay + 14*hour)
	require.Equal(t, "raise 40", brief(effects))
	e := effects[0]
	require.Equal(t, []any{"phantom-stock", "erp", "Pâte à tartiner", 40.0}, []any{e.PostKind, e.Author, e.Values["article"], e.Values["on_hand"]})
	require.InDelta(t, 6.9, e.Values["expected"], 0.1, "one in a thousand")
	require.Equal(t, "clear 40", brief(s.step(sku(22*oneDay+3*hour, "sales", pipeline.Number(1)))))
}

func TestTheQuestionComesWhenChanceIsNoExplanationAnyMore(t *testing.T) {
	t.Parallel()
	s := openStore(t, emptyShelf)
	s.step(sku(0, "stock", pipeline.Number(40)))
	s.sells(0, 16, 600) // 69 a day, six an hour
	last := 16*oneDay + 13*hour
	require.Empty(t, s.pass(17*oneDay+2.5*hour), "Thursday, 09:30")
	effects := s.pass(17*oneDay + 4*hour)
	require.Equal(t, "raise 40", brief(effects))
	require.InDelta(t, 17*oneDay+1.5*hour+7*600+1800, effects[0].At.Sub(start).Seconds(), 1200, "seven missed, and half an hour until they would be known")
	require.InDelta(t, (effects[0].At.Sub(start).Seconds()-last)/oneDay, effects[0].Values["days"], 0.02)
}

func TestWhatIsNotOnHandOrNotKnownOrSeldomSoldIsNotAskedFor(t *testing.T) {
	t.Parallel()
	unknown := openStore(t, emptyShelf)
	unknown.sells(0, 16, hour)
	require.Empty(t, unknown.pass(40*oneDay))

	gone := openStore(t, emptyShelf)
	gone.step(sku(0, "stock", pipeline.Number(40)))
	gone.sells(0, 16, hour)
	gone.step(sku(16*oneDay+14*hour, "stock", pipeline.Number(0)))
	require.Empty(t, gone.pass(30*oneDay))
	gone.step(sku(30*oneDay, "stock", pipeline.Number(40)))
	require.Empty(t, gone.pass(30*oneDay+4*hour), "delivered this morning")
	require.Equal(t, "raise 40", brief(gone.pass(32*oneDay)))
	require.Equal(t, "clear 0", brief(gone.step(sku(32*oneDay, "stock", pipeline.Number(0)))), "the ERP was corrected")

	seldom := openStore(t, emptyShelf)
	seldom.step(sku(0, "stock", pipeline.Number(40)))
	seldom.sells(0, 16, 30*hour)
	require.Empty(t, seldom.pass(40*oneDay))
}

func TestANewArticleIsNotAskedFor(t *testing.T) {
	t.Parallel()
	s := openStore(t, emptyShelf)
	s.step(sku(0, "stock", pipeline.Number(40)))
	s.sells(0, 6, 600)
	require.Empty(t, s.pass(11*oneDay))
}

func TestAnOldSaleThatIsToldAgainFillsNoShelf(t *testing.T) {
	t.Parallel()
	s := openStore(t, emptyShelf)
	s.step(sku(0, "stock", pipeline.Number(40)))
	s.sells(0, 16, hour)
	sale := sku(16*oneDay+12.9*hour, "sales", pipeline.Number(1))
	sale.ID = "last"
	s.step(sale)
	require.Equal(t, "raise 40", brief(s.pass(18*oneDay)))
	sale.Received = start.Add(18 * 24 * time.Hour)
	require.Empty(t, s.step(sale))
	sale.ID = "before" // a row that was not known, of the time before
	require.Empty(t, s.step(sale))
	sale.ID, sale.At = "today", sale.Received
	require.Equal(t, "clear 40", brief(s.step(sale)))
}

func TestANightlyFileIsWaitedFor(t *testing.T) {
	t.Parallel()
	nightly := `
rules:
- {id: empty, kind: nosale, signal: sales, match: {asset: "shop"}, open: {hours: "08:30-20:00", zone: Europe/Paris}, late: 26h,
   topic: stock, severity: minor, title: {fr: x}}
`
	s := openStore(t, nightly)
	s.step(sku(0, "stock", pipeline.Number(40)))
	for d := 0.0; d < 20; d++ {
		all := s.pass((d+1)*oneDay + 3*hour) // at 10:00 the sales of the oneDay before, stamped with nothing but the date
		sale := sku((d+1)*oneDay+3*hour, "sales", pipeline.Number(30))
		sale.At = start.Add(time.Duration(d) * 24 * time.Hour).Add(-7 * time.Hour)
		require.Empty(t, append(all, s.step(sale)...), "day %v", d)
	}
	require.Empty(t, s.pass(21*oneDay+3*hour))
	require.Equal(t, "raise 40", brief(s.pass(22*oneDay+3*hour)), "nothing in the next file")
}

func TestARestartAtAnyTimeChangesNoQuestion(t *testing.T) {
	t.Parallel()
	set := compile(t, emptyShelf)
	s := openStore(t, emptyShelf)
	s.step(sku(0, "stock", pipeline.Number(40)))
	s.sells(0, 16, hour)
	learned := map[string]string{}
	save(s.engine, learned)
	restored := func(t require.TestingT, states map[string]string) *rule.Engine {
		engine := rule.NewEngine(set)
		for key, blob := range states {
			require.NoError(t, engine.Restore(key, []byte(blob)))
		}
		return engine
	}
	asked := 0
	rapid.Check(t, func(t *rapid.T) {
		list := daysOfSales(t)
		engine, states := restored(t, learned), maps.Clone(learned)
		want := run(engine, list)
		save(engine, states)
		asked += len(want)

		half := rapid.IntRange(0, len(list)).Draw(t, "half")
		again, saved := restored(t, learned), maps.Clone(learned)
		got := run(again, list[:half])
		save(again, saved)
		again = restored(t, saved)
		got = append(got, run(again, list[half:])...)
		save(again, saved)
		require.Equal(t, want, got)
		require.Equal(t, states, saved)
	})
	require.NotZero(t, asked)
}

// daysOfSales draws a few sales in the three days after 17.
func daysOfSales(t *rapid.T) []entry {
	hours := rapid.SliceOfNDistinct(rapid.IntRange(0, 3*24), 0, 6, rapid.ID).Draw(t, "hours")
	const ticks = 3 * 24 * 72
	var list []entry
	for i := range ticks {
		s := 17*oneDay + 50*float64(i)
		ev := pipeline.Event{ID: "tick", Kind: pipeline.Tick, Received: start.Add(time.Duration(s) * time.Second), Attr: map[string]string{"shard": "0"}}
		list = append(list, entry{uint64(1e6 + 2*i), ev})
		if i%72 == 0 && slices.Contains(hours, i/72) {
			sale := sku(s, "sales", pipeline.Number(1))
			sale.ID, sale.Source = pipeline.EventID(fmt.Sprint("sale-", i)), "test"
			list = append(list, entry{uint64(1e6 + 2*i + 1), sale})
		}
	}
	return list
}
