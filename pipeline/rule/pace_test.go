package rule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const fillerPace = `
rules:
- id: pace
  kind: pace
  signal: count
  match: {asset: "**"}
  ideal_cycle: 1s
  slow: 0.8
  topic: speed
  severity: minor
  titles:
    slow:  {fr: "{asset} ralentit : {rate|0}/min pour {ideal|0}, {lost|0} perdues"}
    minor: {fr: "{asset} : micro-arrêts, {lost|0} perdues"}
    stop:  {fr: "{asset} arrêtée depuis {stopped_min|0} min, {lost|0} perdues"}
`

// line makes parts and counts them.
type line struct {
	*tape
	now, count float64
}

// run makes a part every cycle seconds for so long, read every 5 s at least.
func (l *line) run(seconds, cycle float64) []rule.Effect {
	var all []rule.Effect
	for end := l.now + seconds; l.now < end; {
		step := max(5, cycle)
		l.now, l.count = l.now+step, l.count+step/cycle
		all = append(all, l.step(at(l.now, "count", pipeline.Number(float64(int(l.count)))))...)
	}
	return all
}

func (l *line) stand(seconds float64) []rule.Effect {
	l.now += seconds
	return l.tick(l.now, "lyon/line/filler")
}

func kinds(effects []rule.Effect) map[rule.EffectKind]int {
	n := map[rule.EffectKind]int{}
	for _, e := range effects {
		n[e.Kind]++
	}
	return n
}

func TestALineThatKeepsItsPaceIsNotTold(t *testing.T) {
	t.Parallel()
	l := &line{tape: play(t, fillerPace)}
	require.Empty(t, l.run(3600, 1))
	require.Empty(t, l.stand(60), "one minor stop")
	require.Empty(t, l.run(3600, 1.1))
}

func TestSlownessMinorStopsAndAStopAreOneConditionThatAddsUp(t *testing.T) {
	t.Parallel()
	l := &line{tape: play(t, fillerPace)}
	l.run(1200, 1)
	slow := l.run(1200, 2)
	require.Equal(t, 1, kinds(slow)[rule.Raise], "once, not by the cycle")
	require.Zero(t, kinds(slow)[rule.Clear])
	require.Contains(t, slow[0].TitleFR, "ralentit")
	last := slow[len(slow)-1]
	require.InDelta(t, 30, last.Values["rate"], 2)
	require.InDelta(t, 60, last.Values["ideal"], 0)
	require.InDelta(t, 50, last.Values["performance"], 3)
	require.InDelta(t, 600, last.Values["lost"], 60, "one in two, for 20 minutes")

	var minor []rule.Effect
	for range 12 { // a minute of standing, half a minute of work
		minor = append(minor, l.stand(60)...)
		minor = append(minor, l.run(30, 1)...)
	}
	require.Zero(t, kinds(minor)[rule.Raise]+kinds(minor)[rule.Clear])
	require.Contains(t, minor[len(minor)-1].TitleFR, "micro-arrêts")
	lost := minor[len(minor)-1].Values["lost"].(float64)
	require.InDelta(t, 600+12*60, lost, 100)

	stop := l.stand(600)
	require.Zero(t, kinds(stop)[rule.Raise])
	require.Contains(t, stop[len(stop)-1].TitleFR, "arrêtée")
	require.InDelta(t, lost+600, stop[len(stop)-1].Values["lost"], 70)
	end := l.run(1200, 1)
	require.Equal(t, rule.Clear, end[len(end)-1].Kind)
	require.InDelta(t, lost+600, end[len(end)-1].Values["lost"], 70)
	for _, e := range append(append(slow, minor...), stop...) {
		require.Equal(t, slow[0].Key, e.Key)
	}
}

func TestAStopIsToldInTimeAndNeverEarly(t *testing.T) {
	t.Parallel()
	l := &line{tape: play(t, fillerPace)}
	l.run(1200, 1)
	require.Empty(t, l.stand(300))
	effects := l.stand(5)
	require.Equal(t, 1, kinds(effects)[rule.Raise])
	require.Contains(t, effects[0].TitleFR, "arrêtée")
	require.InDelta(t, 300, effects[0].Values["lost"], 5)
	require.InDelta(t, 5, effects[0].Values["stopped_min"], 0.1)
	again := l.run(60, 1)
	require.Equal(t, 1, kinds(again)[rule.Clear], "it runs; what it lost in the stop is no slowness")
}

func TestACounterThatBeginsAgainLosesNothing(t *testing.T) {
	t.Parallel()
	l := &line{tape: play(t, fillerPace)}
	for range 10 { // a new order every 5 minutes
		l.count = 0
		require.Empty(t, l.run(300, 1))
	}
}

func TestWhileTheCounterCannotBeReadNothingIsLost(t *testing.T) {
	t.Parallel()
	l := &line{tape: play(t, fillerPace)}
	l.run(1200, 1)
	l.now += 5
	bad := at(l.now, "count", pipeline.Value{})
	bad.Quality = pipeline.Bad
	require.Empty(t, l.step(bad))
	require.Empty(t, l.stand(1800))
	require.Empty(t, l.run(1200, 1))
}

func TestAPaceSurvivesARestart(t *testing.T) {
	t.Parallel()
	l := &line{tape: play(t, fillerPace)}
	l.run(1200, 1)
	l.run(900, 2)
	states := map[string][]byte{}
	l.restart(fillerPace, states)
	for key, blob := range states {
		require.Less(t, len(blob), 2000, key)
	}
	stop := l.stand(400)
	require.Equal(t, map[rule.EffectKind]int{rule.Update: len(stop)}, kinds(stop))
	require.NotEmpty(t, stop)
	require.Less(t, len(stop), 12, "told anew once a minute")
}

func TestReadingsOfALineThatAreToldAgainMakeNoParts(t *testing.T) {
	t.Parallel()
	l := &line{tape: play(t, fillerPace)}
	l.run(1200, 1)
	old := at(l.now, "count", pipeline.Number(l.count-100))
	old.At = old.At.Add(-100 * time.Second)
	require.Empty(t, l.step(old))
	require.Empty(t, l.stand(300))
	require.Equal(t, 1, kinds(l.stand(10))[rule.Raise])
}
