package editor_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const noisy = `
rules:
- {id: fault, kind: state, signal: state, match: {asset: "**"}, equals: [fault], topic: stop, severity: major, title: {fr: x}, territory: lyon}
- {id: fire, kind: state, signal: state, match: {asset: "**"}, equals: [fire], topic: safety, severity: critical, title: {fr: x}, territory: lyon}
- {id: note, kind: state, signal: state, match: {asset: "**"}, equals: [note], topic: stop, severity: info, title: {fr: x}, territory: lyon}
- {id: slow, kind: state, signal: state, match: {asset: "**"}, equals: [slow], topic: speed, severity: minor, title: {fr: x}, territory: lyon}
noise:
- {territory: lyon, every: 10m, burst: 2, flood: 10}
`

func TestATerritoryGetsNoMorePostsThanItsContract(t *testing.T) {
	t.Parallel()
	r := enter(t, noisy)
	require.Equal(t, "raise! fault a", r.says(1, "lyon/l/a", "fault"))
	require.Equal(t, "raise! fault b", r.says(20, "lyon/l/b", "fault"))
	require.Equal(t, "hold budget slow c", r.says(40, "lyon/l/c", "slow"))
	require.Equal(t, moment(601), r.edits[len(r.edits)-1].Held.Until)
	require.Equal(t, "hold budget fault d", r.says(60, "lyon/l/d", "fault"))
	require.Equal(t, "hold budget fault e", r.says(80, "lyon/l/e", "fault"))
	require.Equal(t, "raise! note f", r.says(90, "lyon/l/f", "note"), "what asks nobody for anything is not counted")
	require.Equal(t, "release budget fault e", r.says(100, "lyon/l/e", "run"))
	require.Equal(t, "raise! fire g", r.says(110, "lyon/l/g", "fire"), "critical needs no budget")
	require.Empty(t, r.until(709), "and counts")
	require.Equal(t, "raise! fault d, release budget fault d", r.until(710), "the gravest first")
	require.Equal(t, "raise! slow c, release budget slow c", r.until(1310))
	require.Empty(t, r.until(5000))
}

func TestWhatGrowsCriticalWhileItWaitsIsPosted(t *testing.T) {
	t.Parallel()
	r := enter(t, noisy)
	r.says(1, "lyon/l/a", "fault")
	r.says(20, "lyon/l/b", "fault")
	x := effect(30, rule.Raise, "slow", "lyon/l/c")
	x.Territory = "lyon"
	require.Equal(t, "hold budget slow c", r.makes(30, x))
	x.Kind, x.Severity = rule.Worsen, "critical"
	require.Equal(t, "raise! slow c, release budget slow c", r.makes(40, x))
}

func TestAPostThatOpensAgainWithoutBudgetDoesSoInSilence(t *testing.T) {
	t.Parallel()
	r := enter(t, noisy)
	r.says(1, "lyon/l/a", "fault")
	r.says(20, "lyon/l/a", "run")
	r.says(602, "lyon/l/b", "fault")
	require.Equal(t, "raise! fault c", r.says(615, "lyon/l/c", "fault"))
	require.Equal(t, "raise fault a", r.says(630, "lyon/l/a", "fault"))
}

func TestAThirdPostInHasteWaits(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", territory: lyon"))
	require.Equal(t, "raise! fault a", r.says(1, "lyon/l/a", "fault"))
	require.Equal(t, "raise! fault b", r.says(2, "lyon/l/b", "fault"))
	require.Equal(t, "hold budget fault c", r.says(3, "lyon/l/c", "fault"))
	require.Equal(t, "raise! fault c, release budget fault c", r.until(20))
}

func TestProductionAndGoodNewsGoTheirWay(t *testing.T) {
	t.Parallel()
	r := enter(t, noisy)
	run := effect(1, rule.Raise, "fault", "lyon/l/a")
	run.PostKind, run.Run = "production", &rule.Run{Order: "OF-1"}
	require.Equal(t, "raise fault a", r.makes(1, run))
	run.Kind = rule.Update
	require.Equal(t, "update fault a", r.makes(2, run))
	require.Equal(t, "OF-1", r.edits[1].Run.Order)
	for i := range 20 {
		news := effect(3, rule.Raise, "fault", fmt.Sprint("lyon/l/", i))
		news.PostKind = "good-news"
		require.Equal(t, fmt.Sprint("raise! fault ", i), r.makes(3, news))
	}
}

func TestAFloodIsOnePostUntilItEbbs(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(`, territory: lyon}
- {id: fire, kind: state, signal: state, match: {asset: "**"}, equals: [fire], topic: safety, severity: critical, title: {fr: x}, territory: lyon`))
	flood := "flood\tlyon"
	name := func(i int) string { return fmt.Sprintf("lyon/l/m%02d", i) }
	for i := range 11 {
		r.says(10+float64(i)/20, name(i), "fault")
	}
	require.Equal(t, 3, r.count(rule.Raise))
	raised := r.last(rule.Raise, flood)
	require.True(t, raised.Bump)
	require.Equal(t, []any{"flood", "stop", "major", 11, 11, pipeline.AssetPath("lyon")},
		[]any{raised.PostKind, raised.Topic, raised.Severity, raised.Total, raised.Holding, raised.Territory})
	require.Equal(t, "m00* m01 m02 m03 m04 m05 m06 m07 m08 m09 m10", members(raised), "with those that had a post before")
	require.Equal(t, "m00", raised.Values["asset"])
	require.Contains(t, raised.TitleFR, "{asset}", "which the feed gives the name that people know")

	require.Equal(t, "hold flood fire x, worsen! flood lyon", r.says(20, "lyon/l/x", "fire"))
	require.Equal(t, flood, r.edits[len(r.edits)-2].Held.By)
	for i := range 9 {
		r.says(30, name(i), "run")
	}
	r.says(30, "lyon/l/x", "run")
	require.Equal(t, "update flood lyon", r.until(1100))
	require.Equal(t, []int{12, 2}, []int{r.last(rule.Update, flood).Total, r.last(rule.Update, flood).Holding})

	require.Equal(t, "raise! fault m09, release flood fault m09, raise! fault m10, release flood fault m10", r.until(1300),
		"ten minutes below half of the rate, what still holds has a post of its own")
	require.Equal(t, "clear fault m09", r.says(1400, name(9), "run"))
	require.Equal(t, "update flood lyon, clear fault m10, clear flood lyon", r.says(1410, name(10), "run"))
	require.Equal(t, "raise! fault m03", r.says(6000, name(3), "fault"))
}

func TestFiveHundredThatTripWithinAMinuteAreThreePostsAtMost(t *testing.T) {
	t.Parallel()
	for by, group := range map[string]string{
		"asset": "", "line": ", group: {by: line, wait: 15s}", "line at once": ", group: {by: line}", "territory": ", group: {by: territory, wait: 5s}",
	} {
		t.Run(by, func(t *testing.T) {
			t.Parallel()
			r := enter(t, faults(group+", territory: lyon/w"))
			for i := range 500 {
				n := i * 7 % 500 // machines of five lines in turn
				asset := fmt.Sprintf("lyon/w/l%d/m%03d", n%5, n)
				r.says(5+float64(i)*0.12, asset, "fault")
			}
			r.until(600)
			require.LessOrEqual(t, r.count(rule.Raise), 3)
			var last editor.Edit
			for _, x := range r.edits {
				if x.PostKind == "flood" || by == "territory" && len(x.Members) > 0 {
					require.Contains(t, members(x), "m000* m007 m014", "first-out is right from the beginning")
					last = x
				}
			}
			require.Equal(t, []int{500, 500, editor.MaxMembers}, []int{last.Total, last.Holding, len(last.Members)})
			require.Equal(t, moment(5), last.Members[0].At)
		})
	}
}

func TestATripOfOneLineIsNoFlood(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", group: {by: line, wait: 5s}, territory: lyon/w"))
	for i := range 40 {
		r.says(1+float64(i)/10, fmt.Sprint("lyon/w/l1/m", i), "fault")
	}
	r.until(60)
	require.Equal(t, 1, r.count(rule.Raise))
	require.Equal(t, 40, r.last(rule.Raise, "group\tlyon/w/l1\tstop").Total)
}

func TestAFloodThatLastsIsPostedPieceByPiece(t *testing.T) {
	t.Parallel()
	r := enter(t, faults(", territory: lyon"))
	for i := range 30 {
		r.says(10+float64(i)/20, fmt.Sprintf("lyon/l/m%02d", i), "fault")
	}
	r.until(4 * 3600)
	require.Zero(t, r.count(rule.Clear), "the umbrella stays as long as something under it holds")
	require.InDelta(t, 3+5+18, r.count(rule.Raise), 4, "one post in ten minutes, after a full bucket")
	for i := range 30 {
		r.says(4*3600, fmt.Sprintf("lyon/l/m%02d", i), "run")
	}
	require.Equal(t, r.count(rule.Raise), r.count(rule.Clear))
}
