package rule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline/rule"
)

// byShift is a line that makes two pieces a second at best, around the clock.
const byShift = `
rules:
- {id: shift, kind: production, match: {asset: "lyon/**"}, count: {signal: good, counter: true}, scrap: {signal: scrap, counter: true},
   state: {signal: state, stopped: [stopped, fault]}, per: shift, target: 50000, ideal_cycle: 500ms, topic: speed, severity: info}
calendars:
- {territory: lyon, zone: Europe/Paris, shifts: [{name: matin, from: "05:00", to: "13:00"}, {name: après-midi, from: "13:00", to: "21:00"}, {name: nuit, from: "21:00", to: "05:00"}]}
`

// night plays the night of a day by the clocks of Paris, in which a line makes
// a piece every ten seconds, and returns its shift.
func night(t *testing.T, from string) (posts []rule.Effect) {
	t.Helper()
	p := follow(t, byShift)
	begin, err := time.Parse(time.RFC3339, from)
	require.NoError(t, err)
	offset := begin.Sub(start).Seconds()
	p.ticked = begin
	for s := 10.; s < 11*3600; s += 10 {
		p.count(offset+s, s/10)
	}
	for _, e := range p.all {
		if e.Kind != rule.Update {
			posts = append(posts, e)
		}
	}
	return posts
}

func TestANightShiftIsOnePostOverMidnightAndChangesOfTime(t *testing.T) {
	t.Parallel()
	for from, hours := range map[string]float64{
		"2026-03-28T20:30:00+01:00": 7,
		"2026-10-24T20:30:00+02:00": 9,
		"2026-11-20T20:30:00+01:00": 8,
	} {
		posts := night(t, from)
		require.Len(t, posts, 5, from)
		evening, dusk, dawn, last := posts[1], posts[2], posts[3], posts[4]
		require.Equal(t, rule.Clear, evening.Kind)
		require.Equal(t, "après-midi", evening.Run.Shift)
		require.Equal(t, rule.Raise, dusk.Kind)
		require.Equal(t, rule.Clear, dawn.Kind)
		require.Equal(t, "nuit", dawn.Run.Shift)
		require.InDelta(t, hours*360, dawn.Run.Count, 0, from)
		require.InDelta(t, hours*3600*2-hours*360, dawn.Run.Lost, 1, from)
		require.InDelta(t, 50000, dawn.Run.Target, 0)
		require.Equal(t, "{asset} · {shift} : {count|0} / {target|0}", dawn.TitleFR)
		require.Equal(t, "matin", last.Run.Shift)
		require.Equal(t, rule.Raise, last.Kind)
	}
}

func TestALineThatMakesNothingHasNoShift(t *testing.T) {
	t.Parallel()
	p := follow(t, byShift) // it is 07:00 in Lyon
	p.count(1, 10)
	p.state(2, "stopped", "")
	p.wait(6*3600 + 60)
	require.Empty(t, p.all)
	p.state(6*3600+61, "running", "")
	p.wait(14*3600 + 60) // 21:01
	require.Equal(t, "raise après-midi 0, clear après-midi 0", p.posts(), "and none in the night")
}
