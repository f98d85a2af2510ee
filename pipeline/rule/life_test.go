package rule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// high is a rule that tells at once of what is above 500, with more said of it.
func high(more string) string {
	return `rules: [{id: high, kind: limit, signal: weight, match: {asset: "**"}, high: 500, topic: quality, severity: minor, title: {fr: x}, ` + more + "}]"
}

// did is an act on the condition of high.
func (p *tape) did(seconds float64, a pipeline.Act) []rule.Effect {
	p.t.Helper()
	a.Asset = filler
	if a.Key == "" {
		a.Key = "high\t" + string(filler) + "\t"
	}
	return p.step(a.Event(pipeline.EventID("act-"+time.Duration(seconds*1e9).String()), start.Add(time.Duration(seconds*float64(time.Second)))))
}

func TestSeverityRisesWhileTheConditionHolds(t *testing.T) {
	t.Parallel()
	p := play(t, high("severity_after: {10s: major, 30s: critical}, off_delay: 5s"))
	require.Equal(t, "raise 510", p.number(1, 510))
	require.Empty(t, p.tick(10, filler))
	worse := p.tick(11, filler)
	require.Equal(t, "worsen 510", brief(worse))
	require.Equal(t, "major", worse[0].Severity)
	require.Empty(t, p.number(28, 490), "on its way back")
	p.number(32, 511)
	worse = p.tick(33, filler)
	require.Equal(t, "critical", worse[len(worse)-1].Severity, "what was due on the way back follows")
	p.number(40, 490)
	ended := p.tick(45, filler)
	require.Equal(t, "clear 490", brief(ended))
	require.Equal(t, "critical", ended[0].Severity)
	again := p.step(at(50, "weight", pipeline.Number(510)))
	require.Equal(t, "minor", again[0].Severity, "it begins anew")
}

func TestASignalThatTogglesForAShiftIsOneUnstablePost(t *testing.T) {
	t.Parallel()
	p := play(t, high("severity_after: {1h: major}"))
	count, episodes := map[rule.EffectKind]int{}, map[int64]bool{}
	unstable := 0.0
	for s := 0; s < 8*3600; s += 10 {
		for _, e := range p.step(at(float64(s), "weight", pipeline.Number(490+float64(s/10%2)*20))) {
			if count[e.Kind]++; e.Kind == rule.Unstable {
				unstable = float64(s)
			}
			episodes[e.Episode] = true
		}
	}
	require.Len(t, episodes, 1)
	require.Equal(t, 1, count[rule.Unstable])
	require.LessOrEqual(t, unstable, 70., "the first is told at 10 s")
	require.LessOrEqual(t, count[rule.Raise]+count[rule.Worsen], 3)
	require.LessOrEqual(t, count[rule.Update], 8*60)
	require.Zero(t, count[rule.Steady])

	last := p.tick(8*3600+60, filler)
	require.Equal(t, 2878, last[len(last)-1].Flips, "all after it was first told are counted")
	ended := p.tick(8*3600+600, filler)
	require.Equal(t, "steady 510, worsen 510", brief(ended), "its last word was that it holds, and what was due in between follows")
}

func TestWhatIsSteadyAgainGoesOnFromItsLastVerdict(t *testing.T) {
	t.Parallel()
	p := play(t, high("off_delay: 20s, flap: {start: 3, stop: 1, window: 60s}"))
	said := ""
	for s, v := range []float64{510, 490, 510, 490} {
		said += p.number(float64(s), v) + ";"
	}
	require.Equal(t, "raise 510;;;unstable 510;", said)
	require.Empty(t, p.tick(61, filler))
	steady := p.tick(62, filler)
	require.Equal(t, "steady 510", brief(steady))
	require.Empty(t, p.tick(81, filler))
	require.Equal(t, "clear 490", brief(p.tick(82, filler)))
}

func TestALatchedConditionWaitsForAPerson(t *testing.T) {
	t.Parallel()
	p := play(t, high("latch: true, on_delay: 2s, off_delay: 3s"))
	p.number(1, 510)
	raised := p.tick(3, filler)
	require.Equal(t, "raise 510", brief(raised))
	require.Empty(t, p.did(4, pipeline.Act{Kind: pipeline.ActReset}), "it holds")
	p.number(5, 490)
	require.Equal(t, "latch 510", brief(p.tick(8, filler)))
	require.Empty(t, p.number(9, 510))
	require.Empty(t, p.number(10, 490), "a spike shorter than on_delay")
	p.number(7200, 510)
	again := p.tick(7202, filler)
	require.Equal(t, "raise 510", brief(again))
	require.Equal(t, raised[0].Episode, again[0].Episode, "however long ago: nobody has said that it is over")
	p.number(7203, 490)
	require.Equal(t, "latch 510", brief(p.tick(7206, filler)))
	p.restart(high("latch: true, on_delay: 2s, off_delay: 3s"), map[string][]byte{})
	require.Equal(t, "clear 490", brief(p.did(7210, pipeline.Act{Kind: pipeline.ActReset})))
}

func TestAnOldThreadIsNotReopened(t *testing.T) {
	t.Parallel()
	p := play(t, high("reopen_within: 1h, max_thread_age: 90m"))
	episodes := map[int64]bool{}
	for minute := range 100 {
		for _, e := range p.step(at(float64(minute*60), "weight", pipeline.Number(490+20*float64(minute/20%2)))) {
			episodes[e.Episode] = true
		}
	}
	require.Len(t, episodes, 1)
	p.number(116*60, 490)
	for _, e := range p.step(at(120*60, "weight", pipeline.Number(510))) {
		episodes[e.Episode] = true
	}
	require.Len(t, episodes, 2)
}

func TestAShelvedConditionGoesOnUnheardUntilItsTime(t *testing.T) {
	t.Parallel()
	p := play(t, high("shelve: {max: 1m}"))
	require.Empty(t, p.did(1, pipeline.Act{Kind: pipeline.ActShelve}), "nobody knows it yet")
	p.number(2, 510)
	shelved := p.did(5, pipeline.Act{Kind: pipeline.ActShelve, Until: start.Add(time.Hour), Reason: "cleaning"})
	require.Equal(t, "shelve 510", brief(shelved))
	require.Equal(t, []any{true, start.Add(65 * time.Second), "cleaning"}, []any{shelved[0].Shelved, shelved[0].Until, shelved[0].Reason}, "cut to what the rule allows")
	states := map[string][]byte{}
	p.restart(high("shelve: {max: 1m}"), states)
	ended := p.step(at(10, "weight", pipeline.Number(490)))
	require.Equal(t, "clear 490", brief(ended))
	require.True(t, ended[0].Shelved)
	p.number(20, 510)
	heard := p.tick(65, filler)
	require.Equal(t, "unshelve 510", brief(heard))
	require.False(t, heard[0].Shelved)
}

func TestAShelfEndsByTheClockWhateverPausesTheStreamHas(t *testing.T) {
	t.Parallel()
	p := play(t, high("shelve: {max: 10h}"))
	p.idle = true
	p.tick(0, filler)
	p.number(1, 510)
	p.did(2, pipeline.Act{Kind: pipeline.ActShelve, Until: start.Add(time.Hour)})
	p.tick(3, filler)
	require.Equal(t, "unshelve 510", brief(p.tick(2*3600, filler)), "nobody ticked for two hours")
}

func TestAOneShotShelfEndsWithTheCondition(t *testing.T) {
	t.Parallel()
	p := play(t, high("off_delay: 3s"))
	p.number(1, 510)
	p.did(2, pipeline.Act{Kind: pipeline.ActShelve, OneShot: true})
	p.number(3, 490)
	effects := p.tick(6, filler)
	require.Equal(t, "clear 490, unshelve 510", brief(effects))
	require.Equal(t, []bool{true, false}, []bool{effects[0].Shelved, effects[1].Shelved})
	require.False(t, p.step(at(8, "weight", pipeline.Number(510)))[0].Shelved)
}

func TestOutOfServiceLastsUntilSomebodyEndsIt(t *testing.T) {
	t.Parallel()
	p := play(t, high("shelve: {max: 1m}"))
	p.number(1, 490)
	off := p.did(2, pipeline.Act{Kind: pipeline.ActDisable, Reason: "being rebuilt"})
	require.Equal(t, "shelve", brief(off), "a condition that is normal may be silenced too")
	require.Equal(t, pipeline.EventID("act-2s"), off[0].Event.ID)
	require.Empty(t, p.did(3, pipeline.Act{Kind: pipeline.ActUnshelve}))
	require.Empty(t, p.did(4, pipeline.Act{Kind: pipeline.ActShelve}))
	require.True(t, p.step(at(600, "weight", pipeline.Number(510)))[0].Shelved)
	require.Equal(t, "unshelve 510", brief(p.did(601, pipeline.Act{Kind: pipeline.ActEnable})))
}

func TestARuleLooksOnlyWhileItsModeHasSettled(t *testing.T) {
	t.Parallel()
	p := play(t, high("only_when: {signal: state, equals: [running], settle: 30s}, on_delay: 5s, off_delay: 5s, stale_after: 40s"))
	state := func(s float64, text string) string { return brief(p.step(at(s, "state", pipeline.Text(text)))) }
	p.number(1, 510)
	require.Empty(t, p.tick(10, filler), "of a mode that was never heard nothing is known")
	state(11, "Running")
	p.number(20, 510)
	require.Empty(t, p.tick(30, filler), "not settled")
	p.number(42, 510)
	require.Equal(t, "raise 510", brief(p.tick(47, filler)))
	state(50, "stopped")
	require.Empty(t, p.number(51, 490), "does not count")
	require.Empty(t, p.tick(300, filler), "frozen, but not stale")
	state(301, "running")
	require.Empty(t, p.tick(370, filler))
	require.Equal(t, "spoil 510", brief(p.tick(371, filler)), "40 s after it looks again")
	require.Equal(t, "freshen 510", p.number(372, 490))
	require.Equal(t, "clear 490", brief(p.tick(377, filler)))
	p.number(380, 510)
	state(382, "stopped")
	require.Empty(t, p.tick(420, filler), "what was to begin does not")
}

func TestAModeThatTurnsFromOneOfItsValuesIntoAnotherHasNotChanged(t *testing.T) {
	t.Parallel()
	p := play(t, high("only_when: {signal: state, equals: [running, paused], settle: 30s}"))
	for i, state := range []string{"stopped", "running", "paused", "running"} {
		p.step(at(float64(10*i+10), "state", pipeline.Text(state)))
	}
	p.tick(48, filler)
	require.Empty(t, p.number(48.5, 510))
	p.tick(50, filler)
	require.Equal(t, "raise 511", p.number(50.5, 511), "it has been at work for 30 s")
	p.step(at(60, "state", pipeline.Text("stopped")))
	p.step(at(61, "state", pipeline.Text("paused")))
	p.tick(85, filler)
	require.Empty(t, p.number(85.5, 490), "and now it has not")
	p.tick(92, filler)
	require.Equal(t, "clear 490", p.number(92.5, 490))
}

func TestASilenceIsNoneWhileTheMachineStands(t *testing.T) {
	t.Parallel()
	p := play(t, strings.Replace(lineSilent, "grace: 10s", "grace: 10s, only_when: {signal: state, equals: [running], settle: 20s}", 1))
	p.number(1, 1)
	p.step(at(2, "state", pipeline.Text("running")))
	p.step(at(5, "state", pipeline.Text("stopped")))
	require.Empty(t, p.tick(300, filler))
	p.step(at(301, "state", pipeline.Text("running")))
	require.Empty(t, p.tick(336, filler))
	require.Equal(t, "raise", brief(p.tick(337, filler)), "16 s after it looks again")
}
