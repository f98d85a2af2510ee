package rule_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// hold lets an engine meet so many assets, each with one quiet key, and returns
// how many bytes it keeps for each.
func hold(t testing.TB, rules string, signal string, value pipeline.Value, assets int) float64 {
	t.Helper()
	heap := func() uint64 {
		var stats runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	set := compile(t, rules)
	before := heap()
	engine := rule.NewEngine(set)
	for i := range assets {
		ev := pipeline.Event{
			ID: pipeline.EventID(fmt.Sprintf("line-3:filler-%d:0", i)), Source: "line-3", Kind: pipeline.Measure, At: start, Received: start,
			Asset: pipeline.AssetPath(fmt.Sprintf("site/line-%d/filler-%d", i/10, i)), Signal: signal, Value: value,
		}
		engine.Step(uint64(i), start, &ev)
		if i%500 == 0 {
			engine.Dirty()
		}
	}
	engine.Dirty()
	after := heap()
	runtime.KeepAlive(engine)
	return float64(after-before) / float64(assets)
}

func quietKinds() map[string]struct {
	rules, signal string
	value         pipeline.Value
} {
	const rest = `match: {asset: "**"}, topic: quality, severity: major, title: {fr: x}}]`
	type c = struct {
		rules, signal string
		value         pipeline.Value
	}
	return map[string]c{
		"limit":   {"rules: [{id: r, kind: limit, signal: weight, low: 1, on_delay: 10s, " + rest, "weight", pipeline.Number(5)},
		"state":   {"rules: [{id: r, kind: state, signal: state, equals: [stopped], " + rest, "state", pipeline.Text("running")},
		"silence": {"rules: [{id: r, kind: silence, signal: weight, expect_every: 5s, " + rest, "weight", pipeline.Number(5)},
	}
}

// The heap is everybody's, so this test runs before the parallel ones.
//
//nolint:paralleltest // others would be counted
func TestAQuietKeyWithItsAssetTakesAKilobyteAtMost(t *testing.T) {
	for name, c := range quietKinds() {
		perKey := hold(t, c.rules, c.signal, c.value, 20_000)
		t.Logf("%s: %.0f bytes", name, perKey)
		require.Less(t, perKey, 1024., name)
	}
}

// BenchmarkQuietKeys reports how much an engine keeps for a key on an asset of
// its own.
func BenchmarkQuietKeys(b *testing.B) {
	for name, c := range quietKinds() {
		b.Run(name, func(b *testing.B) {
			sum := 0.
			for b.Loop() {
				sum += hold(b, c.rules, c.signal, c.value, 50_000)
			}
			b.ReportMetric(sum/float64(b.N), "bytes/key")
		})
	}
}
