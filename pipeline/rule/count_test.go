package rule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const threeRejects = `
rules:
- {id: rejects, kind: count, signal: result, match: {asset: "**"}, equals: [nok], times: 3, window: 10m,
   topic: quality, severity: major, title: {fr: "{asset} : {count|0} rebuts en {window_min|0} min"}}
`

func result(s float64, id, said string) pipeline.Event {
	ev := at(s, "result", pipeline.Text(said))
	ev.ID = pipeline.EventID(id)
	return ev
}

func TestThreeRejectsInTenMinutesAreTold(t *testing.T) {
	t.Parallel()
	p := play(t, threeRejects)
	require.Empty(t, p.step(result(0, "a", "nok")))
	require.Empty(t, p.step(result(10, "b", "ok")))
	require.Empty(t, p.step(result(300, "c", "NOK")), "whatever the case of letters")
	require.Empty(t, p.step(result(601, "d", "nok")), "the first is over ten minutes ago")
	effects := p.step(result(700, "e", "nok"))
	require.Equal(t, "raise nok", brief(effects))
	require.InDelta(t, 3, effects[0].Values["count"], 0)
	require.InDelta(t, 10, effects[0].Values["window_min"], 0)
	require.Empty(t, p.tick(899, "lyon/line/filler"))
	require.Equal(t, "clear nok", brief(p.tick(900, "lyon/line/filler")), "ten minutes after the first of the last three")
}

func TestOneRejectToldThreeTimesIsOne(t *testing.T) {
	t.Parallel()
	p := play(t, threeRejects)
	for i := range 5 {
		again := result(0, "a", "nok")
		again.Received = start.Add(time.Duration(i) * time.Minute)
		require.Empty(t, p.step(again))
	}
	require.Empty(t, p.step(result(300, "b", "nok")))
	same := result(300, "c", "nok")
	require.Equal(t, "raise nok", brief(p.step(same)), "two parts at the same instant are two")
}

func TestASourceThatIsSetBackAnHourIsStillCounted(t *testing.T) {
	t.Parallel()
	p := play(t, threeRejects)
	p.step(result(0, "a", "nok"))
	var all []rule.Effect
	for i, id := range []string{"b", "c", "d"} {
		ev := result(float64(60+i), id, "nok")
		ev.At = ev.At.Add(-time.Hour)
		all = append(all, p.step(ev)...)
	}
	require.Equal(t, "raise nok", brief(all))
}

func TestTheOrderInWhichEventsComeCountsNothing(t *testing.T) {
	t.Parallel()
	set := compile(t, threeRejects)
	rapid.Check(t, func(t *rapid.T) {
		var list []entry
		for i := range rapid.IntRange(1, 9).Draw(t, "length") {
			ev := result(float64(rapid.IntRange(0, 250).Draw(t, "second")), string(rune('a'+i)), "nok")
			ev.Source, ev.Received = "test", start.Add(5*time.Minute)
			list = append(list, entry{uint64(i), ev})
		}
		held := func(list []entry) bool {
			return len(run(rule.NewEngine(set), list)) > 0
		}
		require.Equal(t, held(list), held(rapid.Permutation(list).Draw(t, "order")))
		require.Equal(t, len(list) >= 3, held(list))
	})
}
