package editor_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

func TestWhatIsResolvedAndStillHoldsIsOpenedAgain(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(asked))
	key := keyOf("fault", "lyon/w/l1/a")
	r.says(1, "lyon/w/l1/a", "fault")
	r.does(20, pipeline.ActTake, key)
	require.Empty(t, r.does(30, pipeline.ActResolve, key))
	require.Empty(t, r.does(90, pipeline.ActResolve, key), "the same again changes nothing")
	require.Empty(t, r.until(629))
	require.Equal(t, "raise! fault a", r.until(630))
	require.Equal(t, moment(1).UnixMilli(), r.last(rule.Raise, key).Episode, "it is the same post")
	require.Equal(t, "escalate! lead fault a", r.until(930), "nobody has it any more")
	r.does(940, pipeline.ActResolve, key)
	require.Equal(t, "raise! fault a", r.until(1540), "once for each time that somebody resolves it")
}

func TestWhatEndsAfterItWasResolvedStaysResolved(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(""))
	key := keyOf("fault", "lyon/w/l1/a")
	r.says(1, "lyon/w/l1/a", "fault")
	r.does(30, pipeline.ActResolve, key)
	require.Equal(t, "clear fault a", r.says(200, "lyon/w/l1/a", "run"))
	require.Empty(t, r.until(2000))
	r.says(5000, "lyon/w/l1/a", "fault")
	r.does(5010, pipeline.ActResolve, key)
	r.does(5020, pipeline.ActReopen, key)
	require.Empty(t, r.until(7000), "a person opened it again already")
}

func TestAPostOfSeveralIsOpenedAgainWhenOneOfThemStillHolds(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line}"))
	r.says(1, "lyon/w/l1/a", "fault")
	r.says(2, "lyon/w/l1/b", "fault")
	r.does(30, pipeline.ActResolve, "group\tlyon/w/l1\tstop")
	r.says(100, "lyon/w/l1/a", "run")
	r.until(101)
	require.Equal(t, "raise! group lyon/w/l1 stop", r.until(630))
	require.Equal(t, "a*- b", members(r.last(rule.Raise, "group\tlyon/w/l1\tstop")))
	require.Empty(t, r.until(3000))
}

func TestWhatIsResolvedAndSilencedIsOpenedAgainWhenItIsHeard(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(""))
	x := effect(1, rule.Raise, "fault", "lyon/w/l1/a")
	r.makes(1, x)
	r.does(20, pipeline.ActResolve, x.Key)
	x.Kind, x.Shelved = rule.Shelve, true
	r.makes(30, x)
	require.Empty(t, r.until(1500))
	x.Kind, x.Shelved = rule.Unshelve, false
	r.makes(1500, x)
	require.Equal(t, "raise! fault a", r.until(1820))
	require.Equal(t, 0, r.count(editor.Escalate))
}
