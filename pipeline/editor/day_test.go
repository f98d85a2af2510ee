package editor_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const factory = `
rules:
- {id: stopped, kind: state, signal: state, match: {asset: "w/*"}, equals: [stopped], topic: stop, severity: major, title: {fr: x}, territory: "{asset}"}
- {id: starved, kind: state, signal: feed, match: {asset: "w/*/*"}, equals: [starved], on_delay: 5s, topic: stop, severity: minor, title: {fr: x},
   group: {by: line, wait: 10s}, suppressed_by: [{rule: stopped, where: above}]}
- {id: jam, kind: state, signal: state, match: {asset: "w/*/*"}, equals: [jam], off_delay: 30s, topic: maintenance, severity: major, title: {fr: x}, territory: "{parent}"}
`

// TestADayOfAPlantIsAFewPosts plants faults in eight hours of fifty machines on
// five lines: each line stops every two hours, which starves its machines one by
// one and for a while after its start; each hour one machine of it jams, again
// and again for five minutes.
func TestADayOfAPlantIsAFewPosts(t *testing.T) {
	t.Parallel()
	r := enter(t, factory)
	due := r.faults()
	for second := range 8 * 3600 {
		if act := due[second]; act != nil {
			act()
		}
	}
	r.until(9 * 3600)

	posted, perHour := map[string]int{}, map[string]int{}
	for _, x := range r.edits {
		if x.Kind == rule.Raise && x.Episode >= x.At.Add(-20*time.Second).UnixMilli() {
			posted[x.Key+fmt.Sprint(x.Episode)]++
			perHour[fmt.Sprint(x.Territory, x.At.Sub(start)/time.Hour)]++
		}
	}
	require.Len(t, posted, 8*5+4*5, "every jam, and every stop of a line, and nothing else")
	for post, n := range posted {
		require.Equal(t, 1, n, post)
	}
	for hour, n := range perHour {
		require.LessOrEqual(t, n, 6, hour)
	}
	for key, asset := range map[string]pipeline.AssetPath{keyOf("stopped", "w/l3"): "w/l3", keyOf("jam", "w/l4/m7"): "w/l4/m7"} {
		require.Equal(t, asset, r.last(rule.Clear, key).Asset)
	}
}

// faults is what happens at which second.
func (r *room) faults() map[int]func() {
	machine := func(line, n int) string { return fmt.Sprintf("w/l%d/m%d", line, n) }
	line := func(line int) string { return fmt.Sprintf("w/l%d", line) }
	due := map[int]func(){}
	for hour := range 8 {
		for l := range 5 {
			begin := hour*3600 + l*100
			for flap := range 10 {
				due[begin+flap*30] = func() { r.says(float64(begin+flap*30), machine(l, hour), "jam") }
				due[begin+flap*30+10] = func() { r.says(float64(begin+flap*30+10), machine(l, hour), "run") }
			}
			if hour%2 == 1 {
				continue
			}
			begin += 1801
			due[begin] = func() { r.says(float64(begin), line(l), "stopped") }
			due[begin+600] = func() { r.says(float64(begin+600), line(l), "run") }
			for n := range 10 {
				due[begin+2+n] = func() { r.tells(float64(begin+2+n), machine(l, n), "feed", "starved") }
				due[begin+610+n] = func() { r.tells(float64(begin+610+n), machine(l, n), "feed", "ok") }
			}
		}
	}
	return due
}
