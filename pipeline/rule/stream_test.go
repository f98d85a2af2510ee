package rule_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// allRules has every kind with delays so short that a short stream meets all
// that can happen.
const allRules = `
lateness: {slow: 5s}
rules:
- {id: weight, kind: limit, signal: weight, match: {asset: "**"}, low: 10, high: 20, deadband: 2, unit: g, severity_after: {6s: critical},
   on_delay: 5s, off_delay: 7s, reopen_within: 40s, max_thread_age: 2m, stale_after: 11s, topic: quality, severity: major, title: {fr: x}}
- {id: at-once, kind: limit, signal: weight, match: {asset: "a/*", source: one}, high: 15, flap: {start: 3, stop: 1, window: 20s},
   severity_after: {4s: major}, topic: quality, severity: minor, title: {fr: x}}
- {id: stopped, kind: state, signal: state, match: {asset: "**"}, equals: [stopped, fault], on_delay: 3s, topic: stop, severity: major, title: {fr: x}}
- {id: silent, kind: silence, signal: weight, match: {asset: "**"}, expect_every: 6s, grace: 4s, off_delay: 3s, topic: maintenance, severity: minor, title: {fr: x}}
- {id: mute, kind: silence, match: {asset: "b/**"}, expect_every: 9s, topic: maintenance, severity: minor, title: {fr: x}}
- {id: shelf, kind: stock, signal: stock, match: {asset: "**"}, at_most: 1, phantom: true, on_delay: 2s, topic: stock, severity: major,
   titles: {stock_out: {fr: x}, phantom: {fr: y}}}
- {id: fast, kind: mover, signal: sales, match: {asset: "**"}, window: 1m, factor: 1.5, min: 2, topic: sales, severity: info, title: {fr: x}}
- {id: latch, kind: limit, signal: weight, match: {asset: "**"}, high: 18, off_delay: 2s, latch: true, topic: safety, severity: critical, title: {fr: x}}
- {id: some, kind: limit, signal: weight, match: {asset: "**"}, low: 12, where: 'value > 8 and source in ["one", "slow"]', topic: quality, severity: minor, title: {fr: x}}
- {id: worst, kind: limit, signal: weight, match: {asset: "**"}, high: 15, high_high: 20, deadband: 1, topic: quality, severity: minor, title: {fr: x}}
- {id: faults, kind: count, signal: state, match: {asset: "**"}, equals: [fault], times: 2, window: 15s, topic: stop, severity: minor, title: {fr: x}}
- {id: share, kind: ratio, signal: stock, of: sales, match: {asset: "**"}, window: 1m, above: 0.3, min_n: 2, confidence: 80, topic: quality, severity: minor, title: {fr: x}}
- {id: scrap, kind: ratio, signal: stock, of: weight, counter: true, match: {asset: "**"}, window: 1m, above: 0.1, min_n: 5, topic: quality, severity: minor, title: {fr: x}}
- {id: pace, kind: pace, signal: weight, match: {asset: "**"}, ideal_cycle: 500ms, minor_stop: 2s, stop: 9s, window: 12s, off_delay: 2s, topic: speed,
   severity: major, titles: {slow: {fr: x}, minor: {fr: y}, stop: {fr: z}}}
- {id: restart, kind: sequence, signal: state, match: {asset: "**"}, equals: [fault], unless: [stopped], then: {equals: [running], within: 5s},
   topic: stop, severity: minor, title: {fr: x}}
- {id: refill, kind: sequence, signal: stock, key: sku, match: {asset: "**"}, equals: [0, 1], then: {signal: shelf, equals: [filled], within: 9s},
   topic: stock, severity: minor, title: {fr: x}}
- {id: hasty, kind: sequence, signal: state, match: {asset: "**"}, equals: [stopped], then: {equals: [running], within: 20s}, missing: false,
   topic: stop, severity: minor, title: {fr: x}}
- {id: server, kind: condition, key: sku, match: {asset: "**"}, off_delay: 2s, topic: maintenance, severity: minor, title: {fr: x}}
- {id: empty, kind: nosale, signal: sales, match: {asset: "**"}, open: {hours: "05:00-22:00", zone: Europe/Paris}, topic: stock, severity: minor, title: {fr: x}}
- {id: file, kind: silence, match: {asset: "**"}, expect_by: {at: "06:30", zone: UTC}, grace: 1m, topic: maintenance, severity: minor, title: {fr: x}}
- {id: leap, kind: rate, signal: weight, match: {asset: "**"}, window: 20s, max_rise: 9, max_fall: 9, deadband: 1, topic: safety, severity: major, title: {fr: x}}
- {id: aim, kind: deviation, signal: weight, setpoint_signal: stock, match: {asset: "**"}, tolerance: 5, deadband: 1, topic: quality, severity: minor, title: {fr: x}}
- {id: drift, kind: ewma, signal: weight, match: {asset: "**"}, subgroup: {by: time, every: 5s}, baseline: {mean: 15, sigma: 2}, lambda: 0.5,
   topic: quality, severity: minor, title: {fr: x}}
- {id: shove, kind: cusum, signal: weight, match: {asset: "**"}, subgroup: {by: count, size: 2}, baseline: {mean: 15, sigma: 2}, h: 2, topic: quality,
   severity: minor, title: {fr: x}}
- {id: row, kind: nelson, signal: weight, match: {asset: "**"}, subgroup: {by: time, every: 2s}, baseline: {mean: 15, sigma: 2}, rules: [1, 5, 6], topic: quality,
   severity: minor, title: {fr: x}}
- {id: still, kind: flatline, signal: weight, match: {asset: "**"}, window: 5s, epsilon: 2, min: 2, topic: maintenance, severity: minor, title: {fr: x}}
- {id: order, kind: production, match: {asset: "**"}, count: {signal: made, counter: true, rollover: 40}, scrap: {signal: scrap},
   state: {signal: state, stopped: [stopped, fault], cause: attr.sku}, order: {signal: order}, ideal_cycle: 2s, topic: speed, severity: info}
- {id: shift, kind: production, match: {asset: "**"}, count: {signal: scrap}, state: {signal: state, stopped: [fault]},
   per: shift, target: 3, ideal_cycle: 5s, topic: speed, severity: info}
- {id: proud, kind: goodnews, match: {asset: "**"}, count: {signal: made, counter: true}, scrap: {signal: scrap}, per: shift, target: 9, min: 1,
   ideal_cycle: 2s, topic: speed, severity: info}
`

const calendars = `
calendars:
- {zone: UTC, shifts: [{name: a, from: "06:00", to: "06:02"}, {name: b, from: "06:02", to: "06:05"}, {name: c, from: "06:04", to: "06:15"}, {name: d, from: "06:20", to: "05:50"}]}
`

const everything = allRules + calendars

// choosy has rules for which an event that is told again can mean something
// else than at first.
const choosy = allRules + `
- {id: auto, kind: limit, signal: weight, match: {asset: "**"}, high: 16, only_when: {signal: state, equals: [Running], settle: 3s},
   on_delay: 1s, off_delay: 4s, stale_after: 9s, topic: quality, severity: minor, title: {fr: x}}
- {id: dumb, kind: silence, signal: weight, match: {asset: "**"}, expect_every: 4s, only_when: {signal: state, equals: [running]},
   topic: maintenance, severity: minor, title: {fr: x}}
- {id: brisk, kind: pace, signal: weight, match: {asset: "**"}, only_when: {signal: state, equals: [running]}, ideal_cycle: 500ms, minor_stop: 2s, stop: 9s,
   window: 12s, off_delay: 2s, topic: speed, severity: major, titles: {slow: {fr: x}, minor: {fr: y}, stop: {fr: z}}}
- {id: begun, kind: sequence, signal: stock, key: sku, match: {asset: "**"}, only_when: {signal: state, equals: [running]}, equals: [0, 1],
   then: {signal: shelf, equals: [filled], within: 9s}, topic: stock, severity: minor, title: {fr: x}}
- {id: frozen, kind: flatline, signal: stock, match: {asset: "**"}, only_when: {signal: state, equals: [running], settle: 3s}, window: 5s, epsilon: 1, min: 2,
   topic: maintenance, severity: minor, title: {fr: x}}
- {id: few, kind: limit, signal: stock, match: {asset: "**"}, key: sku, low: 1.5, max_keys: 1, topic: stock, severity: minor, title: {fr: x}}
` + calendars

type entry struct {
	seq uint64
	ev  pipeline.Event
}

// ticks are the ticks of all shards at once.
func ticks(seq uint64, now time.Time) []entry {
	var list []entry
	for shard := range 16 {
		ev := pipeline.Event{
			ID: pipeline.EventID(fmt.Sprint("tick", shard, "-", now.UnixMilli())), Kind: pipeline.Tick,
			Received: now, Attr: map[string]string{"shard": fmt.Sprint(shard)},
		}
		list = append(list, entry{seq + uint64(shard), ev})
	}
	return list
}

// streams draws streams of some assets with everything that sources and people
// do: bad data, gaps, pauses, baselines, several sources and units, late
// events, acts.
func streams(removals bool) *rapid.Generator[[]entry] {
	return rapid.Custom(func(t *rapid.T) []entry {
		now := start
		signals := rapid.SampledFrom([][]string{
			{"weight", "weight", "state", "stock", "shelf", "sales", "alarm"},
			{"made", "made", "scrap", "state", "order"},
			{"sales", "sales", "sales", "stock"},
		}).Draw(t, "signals")
		list := ticks(0, now)
		for i := range rapid.IntRange(1, 150).Draw(t, "length") {
			pause := rapid.SampledFrom([]int{0, 200, 700, 1500, 1500, 4000, 13000, 13000, 70000}).Draw(t, "ms")
			if now = now.Add(time.Duration(pause) * time.Millisecond); pause >= 700 {
				list = append(list, ticks(uint64(i+1)*100, now)...)
			}
			ev := pipeline.Event{
				ID: pipeline.EventID(fmt.Sprint("e", i)), Received: now,
				Source: rapid.SampledFrom([]string{"one", "one", "two", "slow"}).Draw(t, "source"),
				Asset:  rapid.SampledFrom([]pipeline.AssetPath{"a/x", "a/x", "a/y", "b/x", "b/y/z"}).Draw(t, "asset"),
				Kind:   pipeline.Measure,
			}
			when := now.Add(time.Duration(i) * time.Microsecond)
			if ev.Received = when; rapid.IntRange(0, 9).Draw(t, "act") == 0 {
				ev = act(t, ev.Asset).Event(ev.ID, when)
			} else {
				fill(t, &ev, signals, removals)
				if rapid.Bool().Draw(t, "stamped") {
					ev.At, ev.Received = when, now
				}
				if ev.Source == "slow" {
					ev.At = when.Add(-time.Duration(rapid.IntRange(0, 6000).Draw(t, "late")) * time.Millisecond)
				}
			}
			list = append(list, entry{uint64(i+1)*100 + 50, ev})
		}
		return list
	})
}

// act draws what a person does to a condition.
func act(t *rapid.T, asset pipeline.AssetPath) pipeline.Act {
	sub := ""
	id := rapid.SampledFrom([]string{"weight", "at-once", "latch", "latch", "stopped", "some", "shelf"}).Draw(t, "rule")
	if id == "shelf" {
		sub = "s1"
	}
	return pipeline.Act{
		Kind: rapid.SampledFrom([]pipeline.ActKind{
			pipeline.ActShelve, pipeline.ActShelve, pipeline.ActUnshelve, pipeline.ActDisable, pipeline.ActEnable, pipeline.ActReset, pipeline.ActReset, pipeline.ActTake,
		}).Draw(t, "does"),
		Asset: asset, Key: id + "\t" + string(asset) + "\t" + sub, Reason: "noise",
		Until:   start.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "until")) * time.Second),
		OneShot: rapid.Bool().Draw(t, "once"),
	}
}

func fill(t *rapid.T, ev *pipeline.Event, signals []string, removals bool) {
	ev.Quality = rapid.SampledFrom([]pipeline.Quality{"", "", "", pipeline.Good, pipeline.Bad}).Draw(t, "quality")
	ev.Attr = map[string]string{"sku": rapid.SampledFrom([]string{"s1", "s2"}).Draw(t, "sku")}
	switch rapid.IntRange(0, 40).Draw(t, "mark") {
	case 0:
		ev.Attr["baseline"] = "true"
	case 1:
		if removals {
			ev.Attr["removed"] = "true"
		}
	case 2:
		ev.Unit = "kg"
	}
	number := func(values ...float64) pipeline.Value {
		return pipeline.Number(rapid.SampledFrom(values).Draw(t, "number"))
	}
	text := func(values ...string) pipeline.Value {
		return pipeline.Text(rapid.SampledFrom(values).Draw(t, "text"))
	}
	switch ev.Signal = rapid.SampledFrom(signals).Draw(t, "signal"); ev.Signal {
	case "weight":
		ev.Value = number(8, 9, 11, 13, 15, 17, 19, 21, 22)
	case "state":
		ev.Value = text("running", "running", "stopped", "fault")
	case "stock":
		ev.Value = number(0, 1, 2, 14)
	case "shelf":
		ev.Value = text("empty", "filled", "?")
	case "sales":
		ev.Value = number(1, 2, 9)
	case "alarm":
		ev.Kind, ev.Value = pipeline.Condition, pipeline.Bool(rapid.Bool().Draw(t, "active"))
		ev.Attr["severity"] = rapid.SampledFrom([]string{"", "100", "900"}).Draw(t, "severity")
		ev.Attr["acked"] = rapid.SampledFrom([]string{"false", "true"}).Draw(t, "acked")
	case "made":
		ev.Value = number(0, 3, 7, 12, 14, 20, 38)
	case "scrap":
		ev.Value = number(1, 2)
	case "order":
		ev.Value = text("4711", "4712", "done", "")
		ev.Attr["target"] = "12"
	}
}

// run steps engine over list and keeps copies of the effects.
func run(engine *rule.Engine, list []entry) []rule.Effect {
	var all []rule.Effect
	for i := range list {
		all = append(all, engine.Step(list[i].seq, list[i].ev.Received, &list[i].ev)...)
	}
	return all
}

// save commits what engine has to keep.
func save(engine *rule.Engine, states map[string]string) {
	for _, s := range engine.Dirty() {
		if s.Blob == nil {
			delete(states, s.Key)
			continue
		}
		states[s.Key] = string(s.Blob)
	}
}
