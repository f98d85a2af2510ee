package editor_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// family is a parent that may hold on the same asset, above or beside.
const family = `
rules:
- {id: down, kind: state, signal: state, match: {asset: "**"}, equals: [down], topic: stop, severity: major, title: {fr: x}}
- {id: same, kind: state, signal: level, match: {asset: "**"}, equals: [low], topic: quality, severity: minor, title: {fr: x}, suppressed_by: [{rule: down}]}
- {id: above, kind: state, signal: heat, match: {asset: "**"}, equals: [high], topic: quality, severity: minor, title: {fr: x}, suppressed_by: [{rule: down, where: above}]}
- {id: beside, kind: state, signal: pace, match: {asset: "**"}, equals: [slow], topic: speed, severity: minor, title: {fr: x}, suppressed_by: [{rule: down, where: beside}]}
- {id: late, kind: state, signal: late, match: {asset: "**"}, equals: [high], topic: quality, severity: minor, title: {fr: x}, group: {wait: 10s}, suppressed_by: [{rule: down}]}
noise:
- {every: 1s, burst: 100, flood: 100}
`

// tells is a value of one signal of an asset.
func (r *room) tells(seconds float64, asset, signal, value string) string {
	early := r.until(seconds)
	at := moment(seconds)
	return join(early, brief(r.step(pipeline.Event{
		Source: "plc", Asset: pipeline.AssetPath(asset), Signal: signal, Kind: pipeline.State,
		Value: pipeline.Text(value), At: at, Received: at,
	})))
}

func TestAParentSilencesItsChildrenWhereItHolds(t *testing.T) {
	t.Parallel()
	r := enter(t, family)
	require.Equal(t, "raise! down l1", r.says(1, "lyon/l1", "down"))
	require.Equal(t, "raise! same a", r.tells(2, "lyon/l1/a", "level", "low"), "the parent holds on another asset")
	require.Equal(t, "hold suppressed same l1", r.tells(3, "lyon/l1", "level", "low"))
	require.Equal(t, "hold suppressed above a", r.tells(4, "lyon/l1/a", "heat", "high"))
	require.Equal(t, "raise! above a", r.tells(5, "lyon/l2/a", "heat", "high"))
	require.Equal(t, "hold suppressed beside l2", r.tells(16, "lyon/l2", "pace", "slow"))
	require.Equal(t, "raise! beside a", r.tells(27, "lyon/l1/a", "pace", "slow"))
	held := r.edits[len(r.edits)-2]
	require.Equal(t, editor.Held{Key: keyOf("beside", "lyon/l2"), Reason: editor.Suppressed, By: keyOf("down", "lyon/l1"), Since: moment(16)}, *held.Held)
}

func TestChildrenWaitForTheStartUpBeforeTheyAreTold(t *testing.T) {
	t.Parallel()
	r := enter(t, family)
	r.says(1, "lyon/l1", "down")
	r.tells(2, "lyon/l1/a", "heat", "high")
	r.tells(2, "lyon/l1/b", "heat", "high")
	require.Equal(t, "clear down l1, hold suppressed above a, hold suppressed above b", r.says(60, "lyon/l1", "run"))
	require.Equal(t, moment(90), r.edits[len(r.edits)-1].Held.Until)
	require.Equal(t, "release suppressed above a", r.tells(70, "lyon/l1/a", "heat", "ok"))
	require.Empty(t, r.until(89))
	require.Equal(t, "raise! above b, release suppressed above b", r.until(90))
	require.Empty(t, r.until(200))
}

func TestAParentThatStopsAgainGoesOnSilencing(t *testing.T) {
	t.Parallel()
	r := enter(t, family)
	r.says(1, "lyon/l1", "down")
	r.tells(2, "lyon/l1/a", "heat", "high")
	r.says(60, "lyon/l1", "run")
	require.Equal(t, "raise down l1", r.says(80, "lyon/l1", "down"))
	require.Equal(t, "hold suppressed above a", r.until(100), "it is held without end again")
	require.Zero(t, r.edits[len(r.edits)-1].Held.Until)
}

func TestAParentThatComesWithinTheWaitStillSilences(t *testing.T) {
	t.Parallel()
	r := enter(t, family)
	require.Equal(t, "hold grouped late a", r.tells(1, "lyon/l1/a", "late", "high"))
	require.Equal(t, "raise! down a", r.says(8, "lyon/l1/a", "down"))
	require.Equal(t, "hold suppressed late a", r.until(20))
}

func TestAChildThatIsOpenWhenItsParentComesCallsNobodyAnyMore(t *testing.T) {
	t.Parallel()
	r := enter(t, `
rules:
- {id: down, kind: state, signal: state, match: {asset: "**"}, equals: [down], topic: stop, severity: major, title: {fr: x}}
- {id: hot, kind: state, signal: heat, match: {asset: "**"}, equals: [high], topic: quality, severity: minor, title: {fr: x},
   suppressed_by: [{rule: down}], escalate: [{after: 1m, to: lead}]}
`)
	require.Equal(t, "raise! hot a", r.tells(1, "lyon/l1/a", "heat", "high"))
	require.Equal(t, "raise! down a", r.says(2, "lyon/l1/a", "down"))
	require.Empty(t, r.until(600))
	require.Equal(t, "clear down a", r.says(600, "lyon/l1/a", "run"))
	require.Equal(t, "escalate! lead hot a", r.until(640))
}

func TestTwoThatSilenceEachOtherDoNotHideBoth(t *testing.T) {
	t.Parallel()
	r := enter(t, `
rules:
- {id: one, kind: state, signal: state, match: {asset: "**"}, equals: [down], on_delay: 2s, topic: stop, severity: major, title: {fr: x}, suppressed_by: [{rule: two}]}
- {id: two, kind: state, signal: state, match: {asset: "**"}, equals: [down], on_delay: 2s, topic: stop, severity: major, title: {fr: x}, suppressed_by: [{rule: one}]}
`)
	r.says(1, "lyon/l1/a", "down")
	require.Equal(t, "hold suppressed one a, raise! two a", r.until(5))
}

func TestWhatARuleInShadowSaysHidesNothingAndCostsNothing(t *testing.T) {
	t.Parallel()
	r := enter(t, `
rules:
- {id: down, kind: state, signal: state, match: {asset: "**"}, equals: [down], topic: stop, severity: major, title: {fr: x}, shadow: {author: zoe}, group: {by: line}}
- {id: hot, kind: state, signal: heat, match: {asset: "**"}, equals: [high], topic: stop, severity: minor, title: {fr: x}, suppressed_by: [{rule: down}], group: {by: line}}
noise:
- {every: 1h, burst: 1}
`)
	require.Equal(t, "raise! group lyon/l1 stop down", r.says(1, "lyon/l1/a", "down"))
	require.Equal(t, "raise! group lyon/l1 stop", r.tells(2, "lyon/l1/a", "heat", "high"))
}

// effect is one that the engine would make of rule id on asset.
func effect(seconds float64, kind rule.EffectKind, id, asset string) rule.Effect {
	at := moment(seconds)
	return rule.Effect{
		Kind: kind, Rule: id, Key: keyOf(id, asset), Episode: start.UnixMilli(), At: at, PostKind: "alert", Topic: "stop",
		Severity: "major", Asset: pipeline.AssetPath(asset), Author: "machine", AuthorName: asset,
		Event: pipeline.Event{ID: "e", Source: "plc", Asset: pipeline.AssetPath(asset), Kind: pipeline.State, At: at, Received: at},
	}
}

// makes steps effects that the test makes.
func (r *room) makes(seconds float64, effects ...rule.Effect) string {
	early := r.until(seconds)
	r.seq++
	edits := r.editor.Step(r.seq, moment(seconds), moment(seconds), nil, effects)
	r.edits = append(r.edits, edits...)
	return join(early, brief(edits))
}

func TestWhatAPersonSilencedIsListedAndNotPosted(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(""))
	shelved := effect(1, rule.Raise, "fault", "lyon/l1/a")
	shelved.Shelved, shelved.Until = true, moment(100)
	require.Equal(t, "hold shelved fault a", r.makes(1, shelved))
	require.Equal(t, moment(100), r.edits[0].Held.Until)
	unshelved := shelved
	unshelved.Kind, unshelved.Shelved = rule.Unshelve, false
	require.Equal(t, "raise! fault a, release shelved fault a", r.makes(100, unshelved))
	shelved.Kind = rule.Shelve
	require.Equal(t, "shelve fault a", r.makes(110, shelved), "its post is open: it changes in silence")
	shelved.Kind, shelved.Severity = rule.Worsen, "critical"
	require.Equal(t, "worsen fault a", r.makes(120, shelved))
	unshelved.Kind = rule.Unshelve
	require.Equal(t, "unshelve fault a", r.makes(130, unshelved))
	require.Equal(t, "clear fault a", r.makes(140, effect(140, rule.Clear, "fault", "lyon/l1/a")))
}

func TestWhatIsShelvedWhileItWaitsIsNotPosted(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line, wait: 10s}"))
	x := effect(1, rule.Raise, "fault", "lyon/l1/a")
	require.Equal(t, "hold grouped fault a", r.makes(1, x))
	x.Kind, x.Shelved = rule.Shelve, true
	require.Equal(t, "hold shelved fault a", r.makes(2, x))
	require.Empty(t, r.until(60))
	x.Kind, x.Shelved = rule.Clear, false
	require.Equal(t, "release shelved fault a", r.makes(61, x))
}

func TestAShelvedParentSilencesStill(t *testing.T) {
	t.Parallel()
	r := enter(t, family)
	parent := effect(1, rule.Raise, "down", "lyon/l1")
	parent.Shelved = true
	require.Equal(t, "hold shelved down l1", r.makes(1, parent))
	require.Equal(t, "hold suppressed above a", r.tells(2, "lyon/l1/a", "heat", "high"))
}

func TestALatchedConditionStaysAndItsReturnIsTold(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line}"))
	step := func(seconds float64, kind rule.EffectKind) string {
		return r.makes(seconds, effect(seconds, kind, "fault", "lyon/l1/a"))
	}
	require.Equal(t, "raise! group lyon/l1 stop", step(1, rule.Raise))
	require.Equal(t, "latch group lyon/l1 stop", step(10, rule.Latch))
	require.Equal(t, 0, r.last(rule.Latch, "group\tlyon/l1\tstop").Holding)
	require.Equal(t, "update group lyon/l1 stop, raise! group lyon/l1 stop", step(700, rule.Raise))
	require.Equal(t, "update group lyon/l1 stop, unstable group lyon/l1 stop", step(710, rule.Unstable))
	require.Equal(t, "update group lyon/l1 stop, steady group lyon/l1 stop", step(720, rule.Steady))
	require.Equal(t, "update group lyon/l1 stop, clear group lyon/l1 stop", step(730, rule.Clear))
}

func TestARuleThatIsChangedTakesItsConditionsAlong(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line}"))
	r.makes(1, effect(1, rule.Raise, "fault", "lyon/l1/a"))
	r.makes(2, effect(2, rule.Raise, "fault", "lyon/l1/b"))
	r.until(10)
	require.Empty(t, r.makes(10, effect(10, rule.Retire, "fault", "lyon/l1/a")))
	r.until(11)
	require.Equal(t, "b*", members(r.last(rule.Update, "group\tlyon/l1\tstop")))
	require.Equal(t, "release grouped fault b, retire group lyon/l1 stop", r.makes(20, effect(20, rule.Retire, "fault", "lyon/l1/b")))
}

func TestWhatBeganBeforeThereWasAnEditorIsPassedOn(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(""))
	require.Equal(t, "update fault a", r.makes(1, effect(1, rule.Update, "fault", "lyon/l1/a")))
	require.Equal(t, "clear fault a", r.makes(2, effect(2, rule.Clear, "fault", "lyon/l1/a")))
	require.Equal(t, start.UnixMilli(), r.edits[1].Episode)
}

func TestAPostThatIsSilencedInPartSaysSo(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line}"))
	line := "group\tlyon/l1\tstop"
	r.makes(1, effect(1, rule.Raise, "fault", "lyon/l1/a"), effect(1, rule.Raise, "fault", "lyon/l1/b"))
	r.until(5)
	r.does(5, pipeline.ActShelve, line)
	shelved := effect(5, rule.Shelve, "fault", "lyon/l1/a")
	shelved.Shelved = true
	require.Empty(t, r.makes(5, shelved))
	require.Equal(t, "update "+short(line)+", unshelve "+short(line), r.until(6), "who silenced it did not see the other one")
	require.Empty(t, r.until(20))

	r.does(20, pipeline.ActShelve, line)
	shelved = effect(20, rule.Shelve, "fault", "lyon/l1/b")
	shelved.Shelved = true
	require.Equal(t, "shelve "+short(line), r.makes(20, shelved))
	require.Equal(t, "update "+short(line), r.until(30))
}
