package editor_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const asked = `, escalate: [{after: 5m, to: lead}, {after: 20m, to: chief}, {after: 30m, to: expert, when: not_solved}]`

func TestNobodyAnsweredSoTheNextIsAsked(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(asked))
	key := keyOf("fault", "lyon/w/l1/a")
	r.says(1, "lyon/w/l1/a", "fault")
	require.Equal(t, "escalate! lead fault a", r.until(301))
	x := r.last(editor.Escalate, key)
	require.Equal(t, []any{1, rule.NotTaken, moment(1).UnixMilli()}, []any{x.Level, x.Question, x.Episode})
	require.Equal(t, "escalate! chief fault a", r.until(2000))
	require.Equal(t, 2, r.last(editor.Escalate, key).Level)
	require.Empty(t, r.until(9000))
}

func TestWhoTakesItIsGivenTimeToSolveIt(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(asked))
	key := keyOf("fault", "lyon/w/l1/a")
	r.says(1, "lyon/w/l1/a", "fault")
	require.Empty(t, r.does(200, pipeline.ActTake, key))
	require.Empty(t, r.until(1999))
	require.Equal(t, "escalate! expert fault a", r.until(2000))
	require.Equal(t, rule.NotSolved, r.last(editor.Escalate, key).Question)
}

func TestWhatIsResolvedOrOverAsksNobody(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(asked))
	r.says(1, "lyon/w/l1/a", "fault")
	r.says(1, "lyon/w/l1/b", "fault")
	r.does(20, pipeline.ActTake, keyOf("fault", "lyon/w/l1/a"))
	r.does(30, pipeline.ActResolve, keyOf("fault", "lyon/w/l1/a"))
	require.Equal(t, "clear fault b", r.says(100, "lyon/w/l1/b", "run"))
	require.Empty(t, r.until(600))
	r.does(600, pipeline.ActReopen, keyOf("fault", "lyon/w/l1/a"))
	require.Equal(t, "escalate! lead fault a", r.until(900), "it starts again")
}

func TestAPostThatOpensAgainAsksAgain(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(asked))
	r.says(1, "lyon/w/l1/a", "fault")
	r.until(301)
	r.says(310, "lyon/w/l1/a", "run")
	require.Equal(t, "raise fault a", r.says(500, "lyon/w/l1/a", "fault"), "people were called at 301 s")
	require.Equal(t, "escalate! lead fault a", r.until(800))
}

func TestOnlyWhoIsOnShiftIsAsked(t *testing.T) {
	t.Parallel()
	const calendar = `}
calendars:
- territory: lyon
  zone: Europe/Paris
  shifts:
  - {name: early, from: "05:00", to: "13:00", roles: [chief]}
  - {name: late, from: "13:00", to: "21:00", roles: [lead]}
noise:
- {every: 1s`
	r := enter(t, faults(asked+calendar))
	r.says(1, "lyon/w/l1/a", "fault")
	require.Equal(t, "escalate! chief fault a", r.until(400), "no lead in the morning: the chief at once")
	require.Empty(t, r.until(4000))
	r = enter(t, faults(`, escalate: [{after: 5m, to: lead}, {after: 20m, to: nurse}]`+calendar))
	r.says(1, "lyon/w/l1/a", "fault")
	require.Equal(t, "escalate! nurse fault a", r.until(400), "the last is asked whoever works")
}

func TestWhatIsResolvedAndJoinedCallsPeopleAgain(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line, until: 1h}"))
	r.says(1, "lyon/w/l1/a", "fault")
	r.does(700, pipeline.ActResolve, "group\tlyon/w/l1\tstop")
	require.Equal(t, "raise! group lyon/w/l1 stop, hold grouped fault b", r.says(800, "lyon/w/l1/b", "fault"))
}

const shifts = `
calendars:
- territory: lyon
  zone: Europe/Paris
  shifts:
  - {name: early, from: "05:00", to: "13:00", roles: [lead]}
  - {name: late, from: "12:50", to: "21:00", roles: [lead]}
`

func TestAShiftHandsOverTenMinutesBeforeItsEnd(t *testing.T) {
	t.Parallel()
	r := enter(t, faults("")+shifts)
	end := 6 * 3600.0 // 13:00 in Paris is 12:00 UTC
	require.Empty(t, r.until(end-601))
	key := "handover\tlyon\t2026-01-05T04:00:00Z/early"
	require.Equal(t, "handover! handover lyon 2026-01-05T04:00:00Z/early", r.until(end))
	x := r.last(editor.Handover, key)
	require.Equal(t, editor.Shift{Name: "early", Start: moment(-2 * 3600), End: moment(end), Next: "late"}, x.Shift)
	require.Equal(t, []any{"handover", "info", pipeline.AssetPath("lyon"), moment(end - 600)}, []any{x.PostKind, x.Severity, x.Territory, x.At})
	require.Equal(t, "handover! handover lyon 2026-01-05T11:50:00Z/late", r.until(end+8*3600), "though it began before the other ended")
	require.Equal(t, "early", r.last(editor.Handover, "handover\tlyon\t2026-01-05T11:50:00Z/late").Shift.Next)
}

func TestARestartHandsOverOnce(t *testing.T) {
	t.Parallel()
	set := compile(t, shifts)
	saved := map[string][]byte{}
	n := 0
	for now := start; now.Before(start.Add(48 * time.Hour)); now = now.Add(time.Minute) {
		e := editor.New(set)
		for key, blob := range saved {
			require.NoError(t, e.Restore(key, blob))
		}
		n += len(e.Step(1, now, now, nil, nil))
		n += len(e.Step(2, now.Add(time.Second), now, nil, nil))
		for _, s := range e.Dirty() {
			saved[s.Key] = s.Blob
		}
	}
	require.Equal(t, 4, n)
}

func TestWhatIsResolvedAndGrowsWorseAsksAgain(t *testing.T) {
	t.Parallel()
	for name, more := range map[string]string{"alone": "", "in a group": ", group: {by: line}"} {
		r := enter(t, faults(asked+more))
		x := effect(1, rule.Raise, "fault", "lyon/w/l1/a")
		key := x.Key
		if more != "" {
			key = "group\tlyon/w/l1\tstop"
		}
		r.makes(1, x)
		r.does(20, pipeline.ActTake, key)
		r.does(30, pipeline.ActResolve, key)
		x.Kind, x.Severity = rule.Worsen, "critical"
		require.Contains(t, r.makes(100, x), "worsen!", name)
		require.Contains(t, r.until(400), "escalate! lead", name)
	}
}
