package rule_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

func TestLateEventsWaitAndAreMetInOrder(t *testing.T) {
	t.Parallel()
	const slow = "lateness: {test: 5s}\n"
	p := play(t, slow+high("on_delay: 0s"))
	late := func(s, happened, v float64) string {
		ev := at(s, "weight", pipeline.Number(v))
		ev.At = start.Add(time.Duration(happened * float64(time.Second)))
		return brief(p.step(ev))
	}
	require.Empty(t, late(3, 3, 490))
	require.Empty(t, late(4, 2, 510), "it happened before")
	require.Empty(t, p.tick(6, filler))
	p.restart(slow+high("on_delay: 0s"), map[string][]byte{})
	require.Equal(t, "raise 510", brief(p.tick(7, filler)))
	require.Equal(t, "clear 490", brief(p.tick(8, filler)))
	require.Empty(t, p.engine.Late())
	require.Empty(t, late(20, 14, 510), "too late to be judged")
	require.Empty(t, late(21, 15, 510))
	require.Empty(t, p.tick(60, filler))
	require.Equal(t, map[string]int{"test": 2}, p.engine.Late())
	require.Len(t, p.engine.Remarks(), 1)
}

func TestWhereNoMoreCanWaitEventsAreMetAtOnce(t *testing.T) {
	t.Parallel()
	engine := rule.NewEngine(compile(t, "lateness: {test: 1h}\n"+heavyAtOnce, rule.WithMaxKeys(10)))
	told := 0
	for i := range 20 {
		ev := at(float64(i), "weight", pipeline.Number(510))
		ev.ID, ev.Source, ev.Asset = pipeline.EventID(fmt.Sprint(i)), "test", pipeline.AssetPath(fmt.Sprint("site/machine-", i))
		told += len(engine.Step(uint64(i), ev.Received, &ev))
	}
	require.Equal(t, 10, told)
	remarks := engine.Remarks()
	require.Len(t, remarks, 1)
	require.Contains(t, remarks[0].Text, "are met as they come")
}
