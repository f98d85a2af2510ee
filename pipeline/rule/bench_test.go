package rule_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// plant writes n rules of which three meet each event.
func plant(n int) string {
	var b strings.Builder
	b.WriteString(`rules:
- {id: low, kind: limit, signal: weight, match: {asset: "site/**"}, low: 498, deadband: 0.5, on_delay: 10s, unit: g, topic: quality, severity: major, title: {fr: x}}
- {id: high, kind: limit, signal: weight, match: {asset: "site/*/filler-*"}, high: 502, on_delay: 10s, topic: quality, severity: major, title: {fr: x}}
- {id: silent, kind: silence, signal: weight, match: {asset: "**"}, expect_every: 5s, grace: 30s, topic: maintenance, severity: minor, title: {fr: x}}
`)
	for i := range n - 3 {
		signal := []string{"weight", "rate", "state"}[i%3]
		fmt.Fprintf(&b, "- {id: other-%d, kind: limit, signal: %s, match: {asset: \"site-%d/**\"}, high: 1, topic: speed, severity: minor, title: {fr: x}}\n", i, signal, i)
	}
	return b.String()
}

// BenchmarkStep steps events of many assets in turn, each second of stream
// time once, with a Dirty every 500 events, as the desk does. Values are good,
// but for one asset in a hundred.
func BenchmarkStep(b *testing.B) {
	for _, c := range []struct{ rules, assets int }{{10, 1000}, {100, 1000}, {1000, 1000}, {10, 100}, {10, 10_000}, {10, 100_000}} {
		b.Run(fmt.Sprintf("rules=%d/assets=%d", c.rules, c.assets), func(b *testing.B) {
			engine := rule.NewEngine(compile(b, plant(c.rules), rule.WithMaxKeys(1_000_000)))
			events := make([]pipeline.Event, c.assets)
			for i := range events {
				value := 499 + float64(i%3)
				if i%100 == 99 {
					value = 490
				}
				events[i] = pipeline.Event{
					ID: pipeline.EventID(fmt.Sprintf("line-3:filler-%d:0", i)), Source: "line-3", Kind: pipeline.Measure, Unit: "g",
					Asset:  pipeline.AssetPath(fmt.Sprintf("site/line-%d/filler-%d", i/10, i)),
					Signal: "weight", Value: pipeline.Number(value), Attr: map[string]string{"topic": "plant/x"},
				}
			}
			seq, now, effects, states := uint64(0), start, 0, 0
			round := func(limit int) {
				for i := range min(limit, len(events)) {
					ev := events[i]
					seq++
					ev.ID = pipeline.EventID(fmt.Sprint(seq))
					ev.At, ev.Received = now, now
					effects += len(engine.Step(seq, now, &ev))
					if seq%500 == 0 {
						states += len(engine.Dirty())
					}
				}
				now = now.Add(time.Second)
				tick := pipeline.Event{ID: "tick", Kind: pipeline.Tick, Received: now, Attr: map[string]string{"shard": "0"}}
				effects += len(engine.Step(seq, now, &tick))
			}
			round(len(events)) // meets every asset once
			effects, states = 0, 0
			b.ReportAllocs()
			b.ResetTimer()
			for left := b.N; left > 0; left -= len(events) {
				round(left)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
			b.ReportMetric(float64(states)/float64(b.N), "states/event")
		})
	}
}

func TestAQuietKeyIsSmall(t *testing.T) {
	t.Parallel()
	p := play(t, everything)
	for i := range 40 {
		p.step(sku(float64(i), "sales", pipeline.Number(1)))
		p.step(sku(float64(i), "stock", pipeline.Number(14)))
		p.number(float64(i), 15)
	}
	for _, s := range p.engine.Dirty() {
		require.Less(t, len(s.Blob), 1000, "%s", s.Blob)
	}
}
