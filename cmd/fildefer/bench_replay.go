package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// The recording that is replayed: signals of so many assets, one reading of
// each in a minute. A month of it is 43 million events.
const (
	replayAssets = 1000
	replayMonth  = 30 * 24 * time.Hour
)

// Three rules meet each reading.
const replayRules = `
rules:
- {id: high, kind: limit, signal: temperature, match: {asset: "plant/**"}, high: 80, deadband: 2, unit: Cel, on_delay: 2m, off_delay: 5m,
   topic: maintenance, severity: minor, title: {fr: "{asset} : {value|1} {unit}", en: "{asset}: {value|1} {unit}"}}
- {id: low, kind: limit, signal: temperature, match: {asset: "plant/*/press-*"}, low: 10, unit: Cel, on_delay: 2m,
   topic: maintenance, severity: minor, title: {fr: "{asset} : {value|1} {unit}", en: "{asset}: {value|1} {unit}"}}
- {id: silent, kind: silence, signal: temperature, match: {asset: "plant/**"}, expect_every: 1m, grace: 5m,
   topic: maintenance, severity: minor, title: {fr: "{asset} muet", en: "{asset} is silent"}}
`

func benchRules() (*rule.Set, error) {
	return replay.Compile([]replay.Document{{Name: "bench.yaml", Data: []byte(replayRules)}})
}

// replay measures rules on a recording of events in their wire form, beside
// reading and decoding the same and doing nothing with it.
func (b *bench) replay(ctx context.Context) ([]figure, error) {
	set, err := benchRules()
	if err != nil {
		return nil, err
	}
	length, rounds := time.Duration(b.size(12, 1))*time.Hour, b.size(3, 1)
	if b.full {
		length, rounds = replayMonth, 1
	}
	r := &replaying{set: set, length: length}
	b.say("replay: %.1f hours of %d signals, one reading a minute, in turn", length.Hours(), replayAssets)
	medians, err := b.interleave(ctx, rounds, "events/s", contender{"bare read and decode", r.bare}, contender{"here", r.rules})
	if err != nil {
		return nil, err
	}
	month := replayMonth.Minutes() * replayAssets / medians[1] / 60
	return []figure{
		{name: "replay: recording through 3 rules an event", unit: "events/s", bare: medians[0], ours: medians[1]},
		{name: "replay: a month of 1,000 signals at this pace", unit: "min", ours: month, goal: goal{atMost: 10}},
	}, nil
}

// replaying is the recording and the rules.
type replaying struct {
	set    *rule.Set
	length time.Duration
}

func (r *replaying) recording() *replay.Recording {
	open := func() (io.ReadCloser, error) { return io.NopCloser(newTape(r.length)), nil }
	return replay.NDJSON(replay.File{Name: "bench.ndjson", Open: open}, true)
}

func (r *replaying) events() float64 { return r.length.Minutes() * replayAssets }

func (r *replaying) bare(ctx context.Context) (float64, error) {
	start, n := time.Now(), 0.0
	err := r.recording().Read(ctx, func(messages []pipeline.Message) error {
		n += float64(len(messages))
		return nil
	})
	if err == nil && n != r.events() {
		err = fmt.Errorf("%.0f events of %.0f were read", n, r.events())
	}
	return n / time.Since(start).Seconds(), err
}

func (r *replaying) rules(ctx context.Context) (float64, error) {
	start := time.Now()
	report, err := replay.Run(ctx, r.set, r.recording(), replay.Options{})
	if err != nil {
		return 0, err
	}
	if float64(report.Events) != r.events() || len(report.Openings) == 0 {
		return 0, fmt.Errorf("%d events of %.0f were run, which opened %d posts", report.Events, r.events(), len(report.Openings))
	}
	return float64(report.Events) / time.Since(start).Seconds(), nil
}

// tape makes the text of the recording as it is read, minute by minute. One
// asset in a hundred runs hot for one hour in eight.
type tape struct {
	at, end time.Time
	line    pipeline.Event
	text    []byte // of this minute
	read    int
}

func newTape(length time.Duration) *tape {
	start := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	line := pipeline.Event{Source: "line-3", Signal: "temperature", Kind: pipeline.Measure, Unit: "Cel"}
	return &tape{at: start, end: start.Add(length), line: line}
}

// Read gives the next bytes.
func (t *tape) Read(p []byte) (int, error) {
	if t.read == len(t.text) {
		if !t.at.Before(t.end) {
			return 0, io.EOF
		}
		t.minute()
	}
	n := copy(p, t.text[t.read:])
	t.read += n
	return n, nil
}

// minute writes the readings of a minute, spread over it.
func (t *tape) minute() {
	t.text, t.read = t.text[:0], 0
	for n := range replayAssets {
		t.speak(n)
		t.text = append(pipeline.Append(t.text, &t.line), '\n')
	}
	t.at = t.at.Add(time.Minute)
}

// speak puts the reading of one asset in this minute on the line.
func (t *tape) speak(n int) {
	t.line.At = t.at.Add(time.Duration(n) * time.Minute / replayAssets)
	t.line.Received = t.line.At
	t.line.Asset = pipeline.AssetPath(fmt.Sprintf("plant/line-%d/press-%d", n/20, n))
	t.line.ID = pipeline.EventID(fmt.Sprintf("line-3:press-%d:%d", n, t.at.Unix()))
	value := 60 + float64(n%7) + float64(t.at.Minute()%5)/10
	if n%100 == 0 && t.at.Hour()%8 == 0 {
		value = 90
	}
	t.line.Value = pipeline.Number(value)
}
