package rule_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

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
		engine.Step(uint64(2*i), start, &ev)
		ev.ID += "1"
		ev.At = start.Add(time.Minute) // closes the window of a chart
		ev.Received = ev.At
		engine.Step(uint64(2*i+1), ev.At, &ev)
		if i%500 == 0 {
			engine.Dirty()
		}
	}
	engine.Dirty()
	after := heap()
	runtime.KeepAlive(engine)
	return float64(after-before) / float64(assets)
}

// quietKinds are rules of which an engine may have very many keys, and how many
// bytes one may take with its asset.
func quietKinds() map[string]struct {
	rules, signal string
	value         pipeline.Value
	most          float64
} {
	const rest = `match: {asset: "**"}, topic: quality, severity: major, title: {fr: x}}]`
	type c = struct {
		rules, signal string
		value         pipeline.Value
		most          float64
	}
	return map[string]c{
		"limit":   {"rules: [{id: r, kind: limit, signal: weight, low: 1, on_delay: 10s, " + rest, "weight", pipeline.Number(5), 1024},
		"state":   {"rules: [{id: r, kind: state, signal: state, equals: [stopped], " + rest, "state", pipeline.Text("running"), 1024},
		"chart":   {`rules: [{id: r, kind: ewma, signal: weight, subgroup: {by: time, every: 1m}, baseline: {learn: 7d, phase: day}, ` + rest, "weight", pipeline.Number(5), 2200},
		"silence": {"rules: [{id: r, kind: silence, signal: weight, expect_every: 5s, " + rest, "weight", pipeline.Number(5), 1024},
	}
}

// The heap is everybody's, so this test runs before the parallel ones.
//
//nolint:paralleltest // others would be counted
func TestAQuietKeyWithItsAssetIsSmall(t *testing.T) {
	for name, c := range quietKinds() {
		perKey := hold(t, c.rules, c.signal, c.value, 20_000)
		t.Logf("%s: %.0f bytes", name, perKey)
		require.Less(t, perKey, c.most, name)
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
