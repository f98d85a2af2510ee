package replay_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
)

var start = time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC)

const pressRules = `
rules:
- {id: press-hot, kind: limit, signal: temperature, match: {asset: "lyon/**"}, high: 80, deadband: 2, unit: Cel, on_delay: 20s, off_delay: 30s, expect: {posts_per_day: 0.5},
   topic: maintenance, severity: major, title: {fr: "{asset} : {value|1} {unit}", en: "{asset}: {value|1} {unit}"}}
- {id: press-stopped, kind: state, signal: state, match: {asset: "lyon/**"}, equals: [stopped], topic: stop, severity: minor, title: {fr: "{asset} à l'arrêt"}}
- {id: press-silent, kind: silence, signal: temperature, match: {asset: "lyon/**"}, expect_every: 10s, grace: 20s, topic: maintenance, severity: info, title: {fr: "{asset} muet"}}
`

func compile(t testing.TB, yaml string) *rule.Set {
	t.Helper()
	file, err := rule.Parse("rules.yaml", []byte(yaml))
	require.NoError(t, err)
	set, err := rule.Compile([]*rule.File{file})
	require.NoError(t, err)
	return set
}

// reading is a message so many seconds after start.
func reading(seconds float64, asset, signal string, value pipeline.Value) pipeline.Message {
	at := start.Add(time.Duration(seconds * float64(time.Second)))
	ev := pipeline.Event{
		ID: pipeline.EventID(fmt.Sprint(asset, signal, seconds)), Source: "test", Asset: pipeline.AssetPath(asset), Signal: signal,
		Kind: pipeline.Measure, Value: value, At: at, Received: at,
	}
	if signal == "temperature" {
		ev.Unit = "Cel"
	}
	return pipeline.Message{Stored: at, Event: ev}
}

// morning is an hour of three presses, every 5 s: the first is hot from minute
// 10 to 20 and from minute 40 to 41, the second stops at minute 30, and the
// third is silent from minute 50 on.
func morning() replay.Slice {
	var list replay.Slice
	for s := 0.0; s < 3600; s += 5 {
		first := 70.0
		if s >= 600 && s < 1200 || s >= 2400 && s < 2460 {
			first = 85
		}
		state := "running"
		if s >= 1800 {
			state = "stopped"
		}
		list = append(list,
			reading(s, "lyon/stamping/press-1", "temperature", pipeline.Number(first)),
			reading(s, "lyon/stamping/press-2", "temperature", pipeline.Number(71)),
			reading(s, "lyon/stamping/press-2", "state", pipeline.Text(state)))
		if s < 3000 {
			list = append(list, reading(s, "lyon/stamping/press-3", "temperature", pipeline.Number(60)))
		}
	}
	return list
}

func run(t testing.TB, yaml string, source replay.Source, options replay.Options) *replay.Report {
	t.Helper()
	report, err := replay.Run(t.Context(), compile(t, yaml), source, options)
	require.NoError(t, err)
	return report
}

func clockTime(t time.Time) string { return t.Format(time.TimeOnly) }

func TestAReportTellsWhichPostsWouldHaveBeenOpened(t *testing.T) {
	t.Parallel()
	report := run(t, pressRules, morning(), replay.Options{Pictures: 6})
	var openings []string
	for _, o := range report.Openings {
		until := "…"
		if !o.Until.IsZero() {
			until = clockTime(o.Until)
		}
		openings = append(openings, fmt.Sprintf("%s %s %s-%s %s +%d", o.Rule, o.Asset.Base(), clockTime(o.At), until, o.Title.FR, o.Bumps))
	}
	require.Equal(t, []string{
		"press-hot press-1 06:10:20-06:41:30 press-1 : 85,0 Cel +1", // hot again within half an hour: the same post
		"press-stopped press-2 06:30:00-… press-2 à l'arrêt +0",
		"press-silent press-3 06:50:30-… press-3 muet +0",
	}, openings)
	require.Equal(t, []replay.Threads{{Day: "2026-01-05", Territory: "lyon/stamping", Posts: 3, Bumps: 1}}, report.Threads)
	require.EqualValues(t, len(morning()), report.Events)
	require.Equal(t, start, report.From)
	require.Equal(t, map[string]int{"major": 1, "minor": 1, "info": 1}, report.Severities)
	require.Equal(t, []replay.Share{{"press-hot", 1, 1. / 3}, {"press-silent", 1, 1. / 3}, {"press-stopped", 1, 1. / 3}}, report.Top)
	require.Zero(t, report.FloodShare)
	require.Empty(t, report.Chatter)
	require.Equal(t, 3, report.Posts)
	require.Equal(t, []replay.Excess{{Rule: "press-hot", PerDay: 1, Expected: 0.5}}, report.Excesses)

	require.Len(t, report.Pictures, 2)
	picture := report.Pictures[0]
	require.EqualValues(t, "lyon/stamping/press-1", picture.Asset)
	require.Equal(t, []float64{80}, picture.Limits)
	require.Less(t, len(picture.Points), 501)
	require.Greater(t, len(picture.Points), 100)
	require.Len(t, picture.Opens, 1)
}

func TestTheReportDoesNotDependOnHowManyEnginesThereAre(t *testing.T) {
	t.Parallel()
	list := morning()
	for i := range 5 { // in a unit that the rules do not speak of
		m := reading(float64(3600+i), fmt.Sprint("lyon/stamping/oven-", 9-i), "temperature", pipeline.Number(300))
		m.Event.Unit = "K"
		list = append(list, m)
	}
	want := run(t, pressRules, list, replay.Options{Engines: 1, Pictures: 6})
	require.NotEmpty(t, want.Openings)
	require.Len(t, want.Remarks, 5)
	for _, engines := range []int{2, 3, 8} {
		require.Equal(t, want, run(t, pressRules, list, replay.Options{Engines: engines, Pictures: 6}))
	}
}

func TestOnlyWhatLiesBetweenTheBoundsIsRun(t *testing.T) {
	t.Parallel()
	options := replay.Options{From: start.Add(20 * time.Minute), To: start.Add(35 * time.Minute)}
	report := run(t, pressRules, morning(), options)
	require.Len(t, report.Openings, 1)
	require.Equal(t, "press-stopped", report.Openings[0].Rule)
	require.Equal(t, options.From, report.From)
	require.Equal(t, options.To.Add(-time.Second), report.To)
}

func TestALabelIsFoundWhenAPostOpensOrBumpsInsideIt(t *testing.T) {
	t.Parallel()
	at := func(minute int) time.Time { return start.Add(time.Duration(minute) * time.Minute) }
	report := run(t, pressRules, morning(), replay.Options{Labels: []replay.Label{
		{Asset: "lyon/stamping/press-1", Signal: "temperature", From: at(10), To: at(20)},
		{Asset: "lyon/stamping/press-1", From: at(12), To: at(20)}, // open all the time, but nobody was told
		{Asset: "lyon/stamping/press-1", From: at(40), To: at(41)},
		{Asset: "lyon/stamping/press-9", From: at(0), To: at(60)},
	}})
	found := func(i int) string {
		d := report.Detections[i]
		return fmt.Sprint(d.Found, " ", d.Rule, " ", d.Seconds)
	}
	require.Equal(t, "true press-hot 20", found(0))
	require.Equal(t, "false  0", found(1))
	require.Equal(t, "true press-hot 20", found(2)) // a bump
	require.Equal(t, "false  0", found(3))
	require.Equal(t, 1, report.FalseOpens) // press-stopped; a silence is for information
	require.InDelta(t, 24, report.FalsePerDay, 0.1)
}

func TestTwoRuleSetsAreComparedPostByPost(t *testing.T) {
	t.Parallel()
	a := run(t, pressRules, morning(), replay.Options{})
	require.Equal(t, 3, replay.Compare(a, a).Same)

	stricter := strings.NewReplacer("high: 80", "high: 70.5", "equals: [stopped]", "equals: [halted]").Replace(pressRules)
	diff := replay.Compare(a, run(t, stricter, morning(), replay.Options{}))
	require.Equal(t, 2, diff.Same) // press-1 is hot in both, press-3 silent
	require.Len(t, diff.Added, 1)
	require.EqualValues(t, "lyon/stamping/press-2", diff.Added[0].Asset)
	require.Len(t, diff.Removed, 1)
	require.Equal(t, "press-stopped", diff.Removed[0].Rule)
}

func TestChatterAndFloodsAreMeasured(t *testing.T) {
	t.Parallel()
	const rules = `
rules:
- {id: hot, kind: limit, signal: temperature, match: {asset: "**"}, high: 80, topic: maintenance, severity: major, title: {fr: x}}
`
	var list replay.Slice
	for s := range 1000 { // one signal that toggles each 10 s for 200 s, then twenty that trip at once
		if s%10 == 0 && s < 200 {
			list = append(list, reading(float64(s), "line/toggle", "temperature", pipeline.Number(float64(75+s%20))))
		}
		if s >= 400 && s < 420 {
			list = append(list, reading(float64(s), fmt.Sprint("hall/press-", s), "temperature", pipeline.Number(90)))
		}
	}
	list = append(list, reading(4000, "line/other", "temperature", pipeline.Number(20)))
	report := run(t, rules, list, replay.Options{})
	require.Len(t, report.Chatter, 1)
	require.EqualValues(t, "line/toggle", report.Chatter[0].Asset)
	require.GreaterOrEqual(t, report.Chatter[0].Bursts+report.Chatter[0].Unstable, 1)
	require.InDelta(t, 600./4000, report.FloodShare, 0.02)
}

func TestARunEndsWhenItsContextDoes(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := replay.Run(ctx, compile(t, pressRules), morning(), replay.Options{Progress: func(replay.Progress) { cancel() }})
	require.ErrorIs(t, err, context.Canceled)
}

func TestAHoleOfWeeksIsAPauseAndNotAMillionTicks(t *testing.T) {
	t.Parallel()
	list := morning()
	late := reading(3600, "lyon/stamping/press-1", "temperature", pipeline.Number(70))
	late.Event.Received = late.Event.Received.AddDate(100, 0, 0)
	report := run(t, pressRules, append(list, late), replay.Options{})
	require.Len(t, report.Openings, 3) // nobody listened, so nobody is silent
}

// TestAReplayDecidesWhatTheLiveEngineDecided steps a stream that holds its own
// ticks through one engine, as the desk does.
func TestAReplayDecidesWhatTheLiveEngineDecided(t *testing.T) {
	t.Parallel()
	set := compile(t, pressRules)
	rapid.Check(t, func(t *rapid.T) {
		stream := streams().Draw(t, "stream")
		engine, live := rule.NewEngine(set), []string{}
		for i := range stream {
			m := &stream[i]
			effects := slices.Clone(engine.Step(m.Seq, m.Stored, &m.Event))
			if m.Event.Kind == pipeline.Tick { // conditions that are due at one tick are independent of each other
				slices.SortStableFunc(effects, func(a, b rule.Effect) int { return cmp.Compare(a.Key, b.Key) })
			}
			live = append(live, brief(effects)...)
		}
		for _, engines := range []int{1, 4} {
			var again []string
			options := replay.Options{Engines: engines, Hear: func(effects []rule.Effect) { again = append(again, brief(effects)...) }}
			_, err := replay.Run(context.Background(), set, stream, options)
			require.NoError(t, err)
			require.Equal(t, strings.Join(live, "\n"), strings.Join(again, "\n"))
		}
	})
}

func brief(effects []rule.Effect) (list []string) {
	for _, e := range effects {
		list = append(list, fmt.Sprint(e.Kind, e.Key, e.Episode, e.At, e.Value, e.Severity))
	}
	return list
}

// streams draws recordings with ticks in every shard.
func streams() *rapid.Generator[replay.Slice] {
	return rapid.Custom(func(t *rapid.T) (list replay.Slice) {
		now, seq := 0.0, uint64(0)
		add := func(m pipeline.Message) {
			seq++
			m.Seq = seq
			m.Event.ID = pipeline.EventID(fmt.Sprint(seq))
			list = append(list, m)
		}
		for i := range rapid.IntRange(2, 200).Draw(t, "length") {
			what := 0 // a live stream has a tick soon
			if i != 1 {
				what = rapid.IntRange(0, 3).Draw(t, "what")
			}
			switch what {
			case 0:
				now += rapid.SampledFrom([]float64{1, 1, 5, 15, 70}).Draw(t, "pause")
				for shard := range 16 {
					tick := reading(now, "", "", pipeline.Value{})
					tick.Event.Kind, tick.Event.Attr = pipeline.Tick, map[string]string{"shard": fmt.Sprint(shard)}
					add(tick)
				}
			case 1:
				state := pipeline.Text(rapid.SampledFrom([]string{"running", "stopped"}).Draw(t, "state"))
				add(reading(now+0.3, rapid.SampledFrom([]string{"lyon/a", "lyon/b"}).Draw(t, "asset"), "state", state))
			default:
				value := pipeline.Number(rapid.SampledFrom([]float64{70, 79, 81, 90}).Draw(t, "value"))
				add(reading(now+0.5, rapid.SampledFrom([]string{"lyon/a", "lyon/b", "lyon/c"}).Draw(t, "asset"), "temperature", value))
			}
		}
		return list
	})
}

func TestAPostThatIsOpenForMoreThanADayIsStanding(t *testing.T) {
	t.Parallel()
	var list replay.Slice
	for s := 0.0; s < 30*3600; s += 10 {
		value := 90.0
		if s > 28*3600 {
			value = 70
		}
		list = append(list, reading(s, "lyon/stamping/press-1", "temperature", pipeline.Number(value)), reading(s, "lyon/stamping/press-2", "temperature", pipeline.Number(95)))
	}
	report := run(t, pressRules, list, replay.Options{})
	require.Equal(t, 2, report.Severities["major"])
	require.Equal(t, 2, report.Standing) // one that ended, and one that did not
}
