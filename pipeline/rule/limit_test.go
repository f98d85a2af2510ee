package rule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
)

const weightLow = `
rules:
- id: weight-low
  kind: limit
  signal: weight
  match: {asset: "lyon/**"}
  low: 498
  deadband: 0.5
  unit: g
  on_delay: 10s
  off_delay: 20s
  stale_after: 90s
  topic: quality
  severity: critical
  territory: "{parent}"
  title: {fr: "{asset} : {value|1} {unit} pour {limit|1}", en: "{asset}: {value|1} {unit} for {limit|1}"}
`

const heavyAtOnce = `
rules:
- {id: heavy, kind: limit, signal: weight, match: {asset: "**"}, high: 500, topic: quality, severity: major, title: {fr: x}}
`

func TestLimitIsRaisedAfterItsDelayAndClearedPastTheDeadband(t *testing.T) {
	t.Parallel()
	p := play(t, weightLow)
	for _, c := range []struct {
		at, value float64
		want      string
	}{
		{0, 500, ""},
		{1, 497, ""},
		{2, 499, ""}, // a spike shorter than on_delay
		{3, 497, ""},
		{9, 498.3, ""},
		{12.9, 497, ""},
		{13, 496, "raise 497"}, // the delay ended with what was known then
		{13.5, 495, ""},        // at most one update a second
		{14, 495, "update 495"},
		{15, 495, ""},
		{16, 498.4, ""},             // inside the deadband: still low, and the post keeps the worse value
		{17, 498.5, ""},             // off_delay runs; the post keeps the sentence of what was wrong
		{30, 497.9, "update 497.9"}, // and is broken off
		{40, 499, ""},
		{59, 499, ""},
		{60, 500, "clear 499"},
		{61, 500, ""},
	} {
		require.Equal(t, c.want, p.number(c.at, c.value), "at %v s", c.at)
	}
}

func TestEffectSaysAllThatAPostNeeds(t *testing.T) {
	t.Parallel()
	p := play(t, weightLow)
	ev := at(0, "weight", pipeline.Number(496.2))
	ev.Unit, ev.Attr = "g", map[string]string{"topic": "plant/filler", "name": "Remplisseuse 2"}
	require.Empty(t, p.step(ev))
	effects := p.tick(10, ev.Asset)
	require.Len(t, effects, 1)
	e := effects[0]
	require.Equal(t, "13.0", e.ID)
	require.Equal(t, "weight-low\tlyon/line/filler\t", e.Key)
	require.Equal(t, start.Add(10*time.Second), e.At)
	require.Equal(t, e.At.UnixMilli(), e.Episode)
	require.Equal(t, []any{"alert", "quality", "critical"}, []any{e.PostKind, e.Topic, e.Severity})
	require.Equal(t, []any{pipeline.AssetPath("lyon/line"), ev.Asset, ""}, []any{e.Territory, e.Asset, e.SKU})
	require.Equal(t, []any{"machine", "Remplisseuse 2"}, []any{e.Author, e.AuthorName})
	require.Equal(t, "{asset} : {value|1} {unit} pour {limit|1}", e.TitleFR)
	require.Equal(t, map[string]any{
		"asset": "filler", "signal": "weight", "unit": "g", "value": 496.2, "limit": 498.0, "low": 498.0,
		"since_min": 10 / 60.0,
	}, e.Values)
	require.Equal(t, []any{"weight", pipeline.Number(496.2), "g", 498.0}, []any{e.Signal, e.Value, e.Unit, *e.Limit})
	require.Equal(t, "plant/filler", e.Event.Attr["topic"])
}

func TestTheSameSoonAgainIsTheSameEpisode(t *testing.T) {
	t.Parallel()
	p := play(t, weightLow)
	episode := func(from float64) int64 {
		p.number(from, 490)
		effects := p.tick(from+10, "lyon/line/filler")
		require.Equal(t, "raise 490", brief(effects))
		first := effects[0].Episode
		p.number(from+20, 500)
		require.Equal(t, "clear 500", brief(p.tick(from+40, "lyon/line/filler")))
		return first
	}
	first := episode(0)
	require.Equal(t, first, episode(100))
	later := episode(140 + 31*60)
	require.Greater(t, later, first)
}

func TestMissingOrBadDataNeverEndsAPost(t *testing.T) {
	t.Parallel()
	p := play(t, weightLow)
	bad := func(s float64) pipeline.Event {
		ev := at(s, "weight", pipeline.Number(500))
		ev.Quality = pipeline.Bad
		return ev
	}
	p.number(0, 490)
	require.Empty(t, p.step(bad(5)), "bad data stops the delay")
	require.Empty(t, p.tick(15, "lyon/line/filler"))
	require.Empty(t, p.number(20, 490), "which then starts afresh")
	require.Equal(t, "raise 490", brief(p.tick(30, "lyon/line/filler")))
	require.Empty(t, p.number(35, 500), "on its way back it keeps the sentence of what was wrong")
	require.Empty(t, p.step(bad(40)))
	require.Empty(t, p.step(at(50, "weight", pipeline.Value{})))
	require.Empty(t, p.tick(100, "lyon/line/filler"))
	require.Equal(t, "spoil 490", brief(p.tick(125, "lyon/line/filler")))
	require.Empty(t, p.tick(180, "lyon/line/filler"), "stale once, and not cleared")
	require.Equal(t, "freshen 490", p.number(185, 501))
	require.Equal(t, "clear 501", brief(p.tick(205, "lyon/line/filler")))
}

func TestAnotherUnitIsRefusedAndRemarkedOnce(t *testing.T) {
	t.Parallel()
	p := play(t, weightLow)
	for i := range 20 {
		ev := at(float64(i), "weight", pipeline.Number(17))
		ev.Unit = "[oz_av]"
		require.Empty(t, p.step(ev))
	}
	remarks := p.engine.Remarks()
	require.Len(t, remarks, 1)
	require.Equal(t, "the rule is in g, but weight comes in [oz_av]: the rule is not applied", remarks[0].Text)
	require.Empty(t, p.engine.Remarks())
}

func TestABaselineIsTakenInSilently(t *testing.T) {
	t.Parallel()
	p := play(t, weightLow)
	ev := at(0, "weight", pipeline.Number(490))
	ev.Attr = map[string]string{"baseline": "true"}
	p.step(ev)
	require.Empty(t, p.tick(30, ev.Asset))
	require.Empty(t, p.number(40, 490), "as it was")
	require.Empty(t, p.tick(60, ev.Asset))
	require.Empty(t, p.number(70, 489))
	require.Equal(t, "raise 489", brief(p.tick(80, ev.Asset)))
}

func TestARemovedThingIsForgottenAndItsPostEnds(t *testing.T) {
	t.Parallel()
	p := play(t, weightLow)
	p.number(0, 490)
	p.tick(10, "lyon/line/filler")
	gone := at(20, "weight", pipeline.Value{})
	gone.Attr = map[string]string{"removed": "true"}
	require.Equal(t, "clear", brief(p.step(gone)))
	require.Empty(t, p.step(gone))
	for _, s := range p.engine.Dirty() {
		require.True(t, len(s.Key) == 1 || s.Blob == nil, "%s", s.Blob)
	}
}

func TestHighAndLowNameTheLimitThatIsCrossed(t *testing.T) {
	t.Parallel()
	p := play(t, `
rules:
- {id: r, kind: limit, signal: weight, match: {asset: "**"}, low: 10, high: 20, topic: quality, severity: minor, title: {fr: x}}
`)
	effects := p.step(at(0, "weight", pipeline.Number(21)))
	require.InDelta(t, 20, *effects[0].Limit, 0)
	effects = p.step(at(5, "weight", pipeline.Number(9)))
	require.Equal(t, "update 9", brief(effects))
	require.InDelta(t, 10, *effects[0].Limit, 0)
	require.Equal(t, "clear 10", p.number(7, 10), "a limit itself is allowed")
}

func TestWhileNobodyWroteTheStreamNoDelayRuns(t *testing.T) {
	t.Parallel()
	p := play(t, weightLow)
	p.idle = true
	p.tick(0, "lyon/line/filler")
	p.number(1, 490)
	p.tick(2, "lyon/line/filler")
	night := 8 * 3600.0
	require.Empty(t, p.tick(night, "lyon/line/filler"), "started again in the morning")
	require.Empty(t, p.tick(night+7, "lyon/line/filler"))
	effects := p.tick(night+8, "lyon/line/filler")
	require.Equal(t, "raise 490", brief(effects))
	require.Equal(t, start.Add(8*time.Hour+8*time.Second), effects[0].At)
}

func TestAPostWhoseRuleIsGoneIsRetired(t *testing.T) {
	t.Parallel()
	p := play(t, weightLow)
	p.number(0, 490)
	raised := p.tick(10, "lyon/line/filler")[0]
	states := map[string][]byte{}
	p.restart(`rules: [{id: other, kind: limit, signal: weight, match: {asset: "**"}, low: 1, topic: quality, severity: minor, title: {fr: x}}]`, states)
	require.NotContains(t, p.engine.Dirty(), raised.Key, "forgotten only with the effect")
	effects := p.tick(11, "lyon/line/filler")
	require.Equal(t, "retire 490", brief(effects))
	require.Equal(t, []any{raised.Key, raised.Episode, "alert", "critical"},
		[]any{effects[0].Key, effects[0].Episode, effects[0].PostKind, effects[0].Severity})
	keys := map[string][]byte{}
	for _, s := range p.engine.Dirty() {
		keys[s.Key] = s.Blob
	}
	require.Contains(t, keys, raised.Key)
	require.Nil(t, keys[raised.Key])
}

const oilHot = `
rules:
- {id: hot, kind: limit, signal: weight, match: {asset: "**"}, high: 80, high_high: 95, low: 10, low_low: 5, deadband: 2,
   topic: maintenance, severity: minor, worst: major, title: {fr: "{value|0} pour {limit|0}"}}
`

func TestBeyondHighHighTheSamePostGrowsGraver(t *testing.T) {
	t.Parallel()
	p := play(t, oilHot)
	said := func(s, v float64) []any {
		effects := append(p.step(at(s, "weight", pipeline.Number(v))), p.tick(s+2, "lyon/line/filler")...)
		if len(effects) == 0 {
			return nil
		}
		last := effects[len(effects)-1]
		return []any{last.Value, last.Severity, *last.Limit}
	}
	raised := p.step(at(0, "weight", pipeline.Number(85)))
	require.Equal(t, []any{"minor", 80.0}, []any{raised[0].Severity, *raised[0].Limit})
	require.Equal(t, []any{pipeline.Number(96), "major", 95.0}, said(10, 96))
	require.Equal(t, []any{pipeline.Number(94), "major", 80.0}, said(20, 94), "inside the deadband of high_high: as grave as it was")
	require.Equal(t, []any{pipeline.Number(92), "minor", 80.0}, said(30, 92))
	require.Nil(t, said(40, 79), "inside the deadband of high")
	cleared := p.step(at(50, "weight", pipeline.Number(70)))
	require.Equal(t, "clear 70", brief(cleared))
	low := p.step(at(60, "weight", pipeline.Number(4)))
	require.Equal(t, "raise 4", brief(low))
	require.Equal(t, []any{"major", 5.0}, []any{low[0].Severity, *low[0].Limit})
}

func TestASignalThatComesBackIsAsGraveAsItIsThen(t *testing.T) {
	t.Parallel()
	p := play(t, oilHot)
	require.Equal(t, "raise 96", p.number(0, 96))
	require.Equal(t, "clear 50", p.number(10, 50))
	effects := p.step(at(20, "weight", pipeline.Number(94)))
	require.Equal(t, []any{"raise 94", "minor"}, []any{brief(effects), effects[0].Severity})
}
