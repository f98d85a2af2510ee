package editor_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const fault = `
rules:
- {id: fault, kind: state, signal: state, match: {asset: "**"}, equals: [fault], topic: stop, severity: major, title: {fr: x}%s}
`

func faults(more string) string { return fmt.Sprintf(fault, more) }

func TestAConditionOfItsOwnPassesThrough(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(""))
	require.Equal(t, "raise! fault a", r.says(1, "lyon/w/l1/a", "fault"))
	raised := r.last(rule.Raise, keyOf("fault", "lyon/w/l1/a"))
	require.Equal(t, moment(1).UnixMilli(), raised.Episode)
	require.Equal(t, "3.0e", raised.ID, "the third event, after two ticks")
	require.Equal(t, "clear fault a", r.says(5, "lyon/w/l1/a", "run"))
	require.Empty(t, r.until(4000))
	require.Equal(t, "raise! fault a", r.says(4000, "lyon/w/l1/a", "fault"))
}

func TestAPostThatOpensAgainCallsPeopleOnceInTenMinutes(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(""))
	require.Equal(t, "raise! fault a", r.says(1, "lyon/w/l1/a", "fault"))
	r.says(5, "lyon/w/l1/a", "run")
	require.Equal(t, "raise fault a", r.says(590, "lyon/w/l1/a", "fault"))
	r.says(595, "lyon/w/l1/a", "run")
	require.Equal(t, "raise! fault a", r.says(605, "lyon/w/l1/a", "fault"))
	require.Equal(t, moment(1).UnixMilli(), r.last(rule.Raise, keyOf("fault", "lyon/w/l1/a")).Episode)
}

func TestConditionsOfALineShareAPost(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line, wait: 15s, until: 2m}"))
	line := "group\tlyon/w/l1\tstop"
	require.Equal(t, "hold grouped fault b", r.says(1, "lyon/w/l1/b", "fault"))
	require.Equal(t, moment(16), r.edits[0].Held.Until)
	require.Equal(t, "hold grouped fault a", r.says(3, "lyon/w/l1/a", "fault"))
	require.Equal(t, "raise! group lyon/w/l1 stop, release grouped fault b, hold grouped fault a", r.until(16))
	raised := r.last(rule.Raise, line)
	require.Equal(t, "b* a", members(raised))
	require.Equal(t, []int{2, 2}, []int{raised.Total, raised.Holding})
	require.Equal(t, moment(16).UnixMilli(), raised.Episode)

	require.Equal(t, "hold grouped fault c", r.says(20.2, "lyon/w/l1/c", "fault"))
	require.Equal(t, "hold grouped fault d", r.says(20.4, "lyon/w/l1/d", "fault"))
	require.Equal(t, "update group lyon/w/l1 stop", r.until(30), "what happens in one second is one update")
	require.Equal(t, "b* a c d", members(r.last(rule.Update, line)))

	require.Empty(t, r.says(40, "lyon/w/l1/b", "run"))
	require.Equal(t, "update group lyon/w/l1 stop", r.until(41))
	require.Equal(t, "b*- a c d", members(r.last(rule.Update, line)))
	require.Equal(t, "raise! group lyon/w/l1 stop, hold grouped fault e", r.says(700, "lyon/w/l1/e", "fault"))
	r.until(701)
	for _, asset := range []string{"a", "c", "d"} {
		r.says(710, "lyon/w/l1/"+asset, "run")
	}
	r.until(711)
	require.Equal(t, "release grouped fault e, clear group lyon/w/l1 stop", r.says(720, "lyon/w/l1/e", "run"))
	cleared := r.last(rule.Clear, line)
	require.Equal(t, []int{5, 0}, []int{cleared.Total, cleared.Holding})
}

func TestWhatEndsWhileItWaitsForOthersIsNeverPosted(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line, wait: 15s}"))
	require.Equal(t, "hold grouped fault a", r.says(1, "lyon/w/l1/a", "fault"))
	require.Equal(t, "release grouped fault a", r.says(9, "lyon/w/l1/a", "run"))
	require.Empty(t, r.until(60))
}

func TestTheEarliestBySourceTimeHeadsThePost(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: territory}, territory: lyon"))
	post := "group\tlyon\tstop"
	late := func(seconds, happened float64, asset string) string {
		early := r.until(seconds)
		return join(early, brief(r.step(pipeline.Event{
			Source: "plc", Asset: pipeline.AssetPath(asset), Signal: "state", Kind: pipeline.State,
			Value: pipeline.Text("fault"), At: moment(happened), Received: moment(seconds),
		})))
	}
	require.Equal(t, "raise! group lyon stop", late(10, 9, "lyon/w/l1/a"))
	require.Equal(t, "hold grouped fault b", late(11, 4, "lyon/w/l2/b"))
	require.Equal(t, "update group lyon stop, hold grouped fault c", late(12, 4, "lyon/w/l3/c"))
	require.Equal(t, "update group lyon stop", r.until(13))
	x := r.last(rule.Update, post)
	require.Equal(t, "b* c* a", members(x), "ties are all first")
	require.Equal(t, pipeline.AssetPath("lyon/w/l2/b"), x.Asset)
	require.False(t, x.Bump)
}

func TestAGroupThatEndedOpensAgainWithinTheRulesDelay(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line}, reopen_within: 20m"))
	line := "group\tlyon/w/l1\tstop"
	r.says(1, "lyon/w/l1/a", "fault")
	first := r.last(rule.Raise, line).Episode
	require.Equal(t, "clear group lyon/w/l1 stop", r.says(10, "lyon/w/l1/a", "run"))
	require.Equal(t, "raise! group lyon/w/l1 stop", r.says(1000, "lyon/w/l1/b", "fault"))
	require.Equal(t, first, r.last(rule.Raise, line).Episode)
	require.Equal(t, "b*", members(r.last(rule.Raise, line)), "another first-out")
	require.Equal(t, 2, r.last(rule.Raise, line).Total)
	r.says(1010, "lyon/w/l1/b", "run")
	require.Equal(t, "raise! group lyon/w/l1 stop", r.says(4000, "lyon/w/l1/b", "fault"))
	require.Greater(t, r.last(rule.Raise, line).Episode, first)
}

func TestAPostIsAsGraveAsTheGravestThatHolds(t *testing.T) {
	t.Parallel()
	r := enter(t, `
rules:
- {id: slow, kind: state, signal: state, match: {asset: "**"}, equals: [slow, fault], topic: stop, severity: minor, title: {fr: x}, group: {by: line}}
- {id: fault, kind: state, signal: state, match: {asset: "**"}, equals: [fault], topic: stop, severity: critical, title: {fr: x}, group: {by: line}}
`)
	line := "group\tlyon/w/l1\tstop"
	require.Equal(t, "raise! group lyon/w/l1 stop", r.says(1, "lyon/w/l1/a", "slow"))
	require.Equal(t, "minor", r.last(rule.Raise, line).Severity)
	require.Equal(t, "hold grouped fault b, hold grouped slow b, worsen! group lyon/w/l1 stop", r.says(2, "lyon/w/l1/b", "fault"))
	require.Equal(t, "critical", r.last(rule.Worsen, line).Severity)
	r.says(3, "lyon/w/l1/b", "run")
	require.Equal(t, "update group lyon/w/l1 stop", r.until(4))
	require.Equal(t, "minor", r.last(rule.Update, line).Severity)
}

func TestAPostListsNoMoreThanFitsAndCountsAll(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line, wait: 5s}"))
	for i := range 120 {
		r.says(1+float64(i)/100, fmt.Sprintf("lyon/w/l1/m%03d", i), "fault")
	}
	r.until(10)
	x := r.last(rule.Raise, "group\tlyon/w/l1\tstop")
	require.Len(t, x.Members, editor.MaxMembers)
	require.Equal(t, []int{120, 120}, []int{x.Total, x.Holding})
	require.Equal(t, "m000", x.Members[0].Asset.Base())
	require.Equal(t, moment(1), x.Members[0].At)
}

func TestAPostOfManyGoesStaleWithTheLastOfThem(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line}, stale_after: 10s"))
	r.says(1, "lyon/w/l1/a", "fault")
	r.says(5, "lyon/w/l1/b", "fault")
	require.Equal(t, "update group lyon/w/l1 stop, update group lyon/w/l1 stop", r.until(14))
	require.Equal(t, "spoil group lyon/w/l1 stop, update group lyon/w/l1 stop", r.until(20))
	require.Equal(t, "freshen group lyon/w/l1 stop", r.says(21, "lyon/w/l1/b", "fault"))
	require.Equal(t, time.Second, r.last(rule.Freshen, "group\tlyon/w/l1\tstop").At.Sub(moment(20)))
}

func TestAMemberThatHoldsAgainIsAsOldAsItWas(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line}"))
	r.says(1, "lyon/w/l1/a", "fault")
	r.says(5, "lyon/w/l1/b", "fault")
	r.says(10, "lyon/w/l1/a", "run")
	require.Equal(t, "update group lyon/w/l1 stop, hold grouped fault a", r.says(20, "lyon/w/l1/a", "fault"))
	r.until(22)
	x := r.last(rule.Update, "group\tlyon/w/l1\tstop")
	require.Equal(t, "a* b", members(x))
	require.Equal(t, 2, x.Total)
}

func TestAPostOfManyIsShelvedWithTheLastOfThemAndSaysHowOftenOneFlipped(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line}"))
	line := "group\tlyon/l1\tstop"
	a, b := effect(1, rule.Raise, "fault", "lyon/l1/a"), effect(2, rule.Raise, "fault", "lyon/l1/b")
	r.makes(1, a)
	r.makes(2, b)
	r.until(4)
	b.Kind, b.Flips = rule.Unstable, 5
	require.Equal(t, "unstable group lyon/l1 stop", r.makes(4, b))
	require.Equal(t, 5, r.last(rule.Unstable, line).Flips)
	r.until(6)
	a.Kind, a.Shelved, a.Until, a.Reason = rule.Shelve, true, moment(900), "repair"
	require.Empty(t, r.makes(6, a))
	r.until(8)
	b.Kind, b.Shelved, b.Until, b.Reason = rule.Shelve, true, moment(600), "parts"
	require.Equal(t, "shelve group lyon/l1 stop", r.makes(8, b))
	x := r.last(rule.Shelve, line)
	require.Equal(t, []any{true, moment(600), "parts"}, []any{x.Shelved, x.Until, x.Reason})
}
