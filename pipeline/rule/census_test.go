package rule_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const lots = `rules: [{id: lots, kind: limit, signal: weight, key: lot, max_keys: 3, match: {asset: "**"}, high: 500, topic: quality, severity: minor, title: {fr: x}}]`

// lot is a reading of one lot.
func (p *tape) lot(seconds float64, lot string, value float64) string {
	ev := at(seconds, "weight", pipeline.Number(value))
	ev.Attr = map[string]string{"lot": lot}
	return brief(p.step(ev))
}

func TestOnlyQuietKeysMakeRoomForOthers(t *testing.T) {
	t.Parallel()
	p := play(t, lots)
	states := map[string][]byte{}
	p.lot(1, "a", 490)
	require.Equal(t, "raise 510", p.lot(2, "b", 510))
	p.lot(3, "c", 490)
	p.restart(lots, states)
	require.Equal(t, "raise 511", p.lot(4, "d", 511), "a makes room: nothing was heard of it for longest")
	p.restart(lots, states)
	require.NotContains(t, states, "lots\tlyon/line/filler\ta")
	require.Contains(t, states, "lots\tlyon/line/filler\tc")
	require.Equal(t, "raise 512", p.lot(5, "e", 512))
	require.Empty(t, p.lot(6, "f", 513), "there is no room")
	require.Empty(t, p.lot(7, "g", 513))
	remarks := p.engine.Remarks()
	require.Len(t, remarks, 1)
	require.Contains(t, remarks[0].Text, "rule overflow: 3 keys")
	require.Equal(t, "clear 490", p.lot(8, "b", 490))
	require.Equal(t, "raise 513", p.lot(9, "f", 513))
	require.Equal(t, "clear 490", p.lot(10, "d", 490), "what holds was never forgotten")
}

func TestAnEngineKeepsSoManyKeysAndNoMore(t *testing.T) {
	t.Parallel()
	engine := rule.NewEngine(compile(t, heavyAtOnce, rule.WithMaxKeys(100)))
	states := map[string]string{}
	for i := range 1000 {
		ev := at(float64(i), "weight", pipeline.Number(490))
		ev.ID, ev.Source, ev.Asset = pipeline.EventID(fmt.Sprint(i)), "test", pipeline.AssetPath(fmt.Sprintf("site/machine-%d", i))
		require.Empty(t, engine.Step(uint64(i), ev.Received, &ev))
		if i%7 == 0 {
			save(engine, states)
		}
	}
	save(engine, states)
	require.LessOrEqual(t, len(states), 100+16, "and the clocks")
	require.Contains(t, states, "heavy\tsite/machine-999\t")
	require.Empty(t, engine.Remarks())
}

func TestWhatPeopleSilencedIsNotForgotten(t *testing.T) {
	t.Parallel()
	p := play(t, lots)
	p.lot(1, "a", 490)
	p.did(2, pipeline.Act{Kind: pipeline.ActShelve, Key: "lots\t" + string(filler) + "\ta"})
	for i := range 20 {
		p.lot(3+float64(i), fmt.Sprint("lot-", i), 490)
	}
	ev := at(30, "weight", pipeline.Number(510))
	ev.Attr = map[string]string{"lot": "a"}
	require.True(t, p.step(ev)[0].Shelved)
}
