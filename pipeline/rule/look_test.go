package rule_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// whileRunning lets the only rule of yaml look while its asset runs.
func whileRunning(yaml string) string {
	return strings.Replace(yaml, "match: ", "only_when: {signal: state, equals: [running], settle: 30s}\n  match: ", 1)
}

// says is a state of the line.
func (l *line) says(state string) string {
	return brief(l.step(at(l.now, "state", pipeline.Text(state))))
}

func TestALineThatStoodAsItShouldHasNotStopped(t *testing.T) {
	t.Parallel()
	l := &line{tape: play(t, whileRunning(fillerPace))}
	l.says("running")
	require.Empty(t, l.run(1200, 1))
	for range 3 {
		require.Empty(t, l.says("cleaning"))
		require.Empty(t, l.stand(3600), "it does not look")
		require.Empty(t, l.run(600, 10), "a few parts of the set-up are no slow pace")
		require.Empty(t, l.says("running"))
		require.Empty(t, l.stand(25), "it settles")
		require.Empty(t, l.run(1200, 1))
	}
}

func TestALineThatShouldRunAgainAndDoesNotHasStopped(t *testing.T) {
	t.Parallel()
	l := &line{tape: play(t, whileRunning(fillerPace))}
	l.says("running")
	l.run(1200, 1)
	l.says("cleaning")
	l.stand(3600)
	l.says("running")
	require.Empty(t, l.stand(30+300), "as long as a stop takes, from when it looks")
	raised := l.stand(10)
	require.Equal(t, "raise 304", brief(raised))
	require.InDelta(t, 5, raised[0].Values["stopped_min"], 0.2)
	require.Empty(t, l.says("cleaning"))
	require.Empty(t, l.stand(3600))
	require.Empty(t, l.says("running"))
	require.Equal(t, "clear 304", brief(l.stand(30)), "what was lost in the stop, and none of the cleaning")
}

func TestAnOrderIsNotMissedThatMayHaveStartedUnseen(t *testing.T) {
	t.Parallel()
	p := play(t, strings.Replace(notStarted, "match: ", "only_when: {signal: mode, equals: [auto]}, match: ", 1))
	mode := func(s float64, says string) []rule.Effect { return p.step(at(s, "mode", pipeline.Text(says))) }
	mode(0, "auto")
	p.order(1, "4711", "order_state", "released")
	mode(2, "manual")
	p.order(3, "4711", "run", "started")
	require.Empty(t, mode(1000, "auto"))
	require.Empty(t, p.tick(3000, filler))
	p.order(3001, "4712", "order_state", "released")
	require.Equal(t, "raise released", brief(p.tick(3901, filler)), "it goes on with the next")
}

func TestAValueThatWasNotLookedAtIsNotStuck(t *testing.T) {
	t.Parallel()
	p := play(t, strings.Replace(stuck, "match: ", "only_when: {signal: state, equals: [running]}, match: ", 1))
	state := func(s float64, says string) { p.step(at(s, "state", pipeline.Text(says))) }
	state(0, "running")
	for s, v := range []float64{10, 20, 30, 30, 30, 30, 30} {
		require.Empty(t, p.number(float64(10+s), v))
	}
	state(20, "stopped")
	state(600, "running")
	for s := 601.0; s < 661; s += 10 {
		require.Empty(t, p.number(s, 30), "at %v s", s)
	}
	require.Equal(t, "raise 30", p.number(661, 30))
}
