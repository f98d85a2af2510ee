package feed_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
)

var dawn = time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)

const hour = time.Hour

// way is a circuit of an opinion by one, then of two out of three.
func way() *feed.Circuit {
	return &feed.Circuit{
		Name: "way", Kinds: []feed.Kind{feed.Idea}, Defer: 100 * hour, Effect: 10 * hour,
		Stages: []feed.Stage{
			{Name: feed.Text{FR: "Avis", EN: "Opinion"}, Deciders: []string{"lead"}, Mode: feed.BySingle, Within: 4 * hour, Remind: hour, Escalate: []string{"manager"}},
			{Name: feed.Text{FR: "Décision", EN: "Decision"}, Deciders: []string{"lead", "manager", "animator"}, Mode: feed.ByQuorum, Quorum: 2, Within: 4 * hour},
		},
	}
}

func seat(m feed.MemberID) feed.Seat { return feed.Seat{Member: m, Name: string(m)} }

// office is who sits where: a lead, then a manager too, and all three in the end.
func office(step, level int) []feed.Seat {
	switch {
	case step == 1:
		return []feed.Seat{seat("lead"), seat("manager"), seat("animator")}
	case level > 0:
		return []feed.Seat{seat("lead"), seat("manager")}
	}
	return []feed.Seat{seat("lead")}
}

func says(m feed.MemberID, o feed.Outcome) feed.Ruling {
	r := feed.Ruling{Member: m, Name: string(m), Outcome: o, Reason: "because " + string(m)}
	if o == feed.Deferred {
		r.Until = dawn.Add(50 * hour)
	}
	if o == feed.Merged {
		r.Into = "other"
	}
	return r
}

// TestACourseMovesAsItsCircuitSays tries every word on every state.
func TestACourseMovesAsItsCircuitSays(t *testing.T) {
	t.Parallel()
	c := way()
	hear := func(co *feed.Course, r feed.Ruling) { _, err := c.Hear(co, r, office, dawn); require.NoError(t, err) }
	states := map[string]func() *feed.Course{
		"first":  func() *feed.Course { return c.Begin(office, dawn) },
		"late":   func() *feed.Course { co := c.Begin(office, dawn); c.Pass(co, office, dawn.Add(4*hour)); return co },
		"second": func() *feed.Course { co := c.Begin(office, dawn); hear(co, says("lead", feed.Accepted)); return co },
		"one for": func() *feed.Course {
			co := c.Begin(office, dawn)
			hear(co, says("lead", feed.Accepted))
			hear(co, says("manager", feed.Accepted))
			return co
		},
		"one no": func() *feed.Course {
			co := c.Begin(office, dawn)
			hear(co, says("lead", feed.Accepted))
			hear(co, says("manager", feed.Refused))
			return co
		},
		"deferred": func() *feed.Course { co := c.Begin(office, dawn); hear(co, says("lead", feed.Deferred)); return co },
		"refused":  func() *feed.Course { co := c.Begin(office, dawn); hear(co, says("lead", feed.Refused)); return co },
	}
	type outcome struct {
		effect  feed.Effect
		problem feed.Problem
		step    int
		ends    feed.Outcome
	}
	wrong := func(p feed.Problem, step int, ends feed.Outcome) outcome {
		return outcome{problem: p, step: step, ends: ends}
	}
	for name, want := range map[string]map[feed.Ruling]outcome{
		"first": {
			says("lead", feed.Accepted): {effect: feed.Advanced, step: 1}, says("lead", feed.Refused): {effect: feed.Settled, ends: feed.Refused},
			says("lead", feed.Merged): {effect: feed.Settled, ends: feed.Merged}, says("lead", feed.Deferred): {effect: feed.Settled, ends: feed.Deferred},
			says("manager", feed.Accepted): wrong(feed.Forbidden, 0, ""),
		},
		"late": {
			says("manager", feed.Accepted): {effect: feed.Advanced, step: 1}, says("lead", feed.Refused): {effect: feed.Settled, ends: feed.Refused},
			says("animator", feed.Accepted): wrong(feed.Forbidden, 0, ""),
		},
		"second": {
			says("manager", feed.Accepted): {effect: feed.Voted, step: 1}, says("manager", feed.Refused): {effect: feed.Voted, step: 1},
			says("lead", feed.Merged): {effect: feed.Settled, step: 1, ends: feed.Merged}, says("nobody", feed.Accepted): wrong(feed.Forbidden, 1, ""),
		},
		"one for": {
			says("manager", feed.Accepted): {effect: feed.Voted, step: 1}, says("lead", feed.Accepted): {effect: feed.Settled, step: 1, ends: feed.Accepted},
			says("manager", feed.Refused): {effect: feed.Voted, step: 1}, says("animator", feed.Deferred): {effect: feed.Settled, step: 1, ends: feed.Deferred},
		},
		"one no": {
			says("lead", feed.Accepted): {effect: feed.Voted, step: 1}, says("lead", feed.Refused): {effect: feed.Settled, step: 1, ends: feed.Refused},
			says("manager", feed.Accepted): {effect: feed.Voted, step: 1},
		},
		"deferred": {says("lead", feed.Accepted): wrong(feed.Conflict, 0, feed.Deferred), says("lead", feed.Deferred): wrong(feed.Conflict, 0, feed.Deferred)},
		"refused":  {says("lead", feed.Accepted): wrong(feed.Conflict, 0, feed.Refused), says("manager", feed.Merged): wrong(feed.Conflict, 0, feed.Refused)},
	} {
		for r, want := range want {
			t.Run(fmt.Sprintf("%s, %s by %s", name, r.Outcome, r.Member), func(t *testing.T) {
				t.Parallel()
				co := states[name]()
				effect, err := c.Hear(co, r, office, dawn)
				if want.problem != "" {
					require.Equal(t, want.problem, feed.ProblemOf(err))
				} else {
					require.NoError(t, err)
				}
				require.Equal(t, want, outcome{effect, want.problem, co.Step, co.Outcome})
				if co.Outcome != "" {
					require.NotEmpty(t, co.Reason, "every end has its reason")
				}
			})
		}
	}
}

func TestTimeEscalatesRemindsAndBringsBack(t *testing.T) {
	t.Parallel()
	c := way()
	co := c.Begin(office, dawn)
	require.Empty(t, c.Pass(co, office, dawn.Add(59*time.Minute)))
	require.Equal(t, []feed.Effect{feed.Reminded}, c.Pass(co, office, dawn.Add(hour)))
	require.Equal(t, []feed.Effect{feed.Late}, c.Pass(co, office, dawn.Add(4*hour)))
	require.True(t, co.Overdue)
	require.Equal(t, 1, co.Level)
	require.Equal(t, dawn.Add(4*hour), co.Due, "what was promised stays, so that one sees for how long it is late")
	for range 3 {
		require.NotContains(t, c.Pass(co, office, dawn.Add(20*hour)), feed.Late, "once for each level")
	}
	_, err := c.Hear(co, says("manager", feed.Deferred), office, dawn.Add(20*hour))
	require.NoError(t, err)
	require.Empty(t, c.Pass(co, office, dawn.Add(49*hour)))
	require.Equal(t, []feed.Effect{feed.CameBack}, c.Pass(co, office, dawn.Add(50*hour)))
	require.Equal(t, feed.Outcome(""), co.Outcome)
	require.Equal(t, dawn.Add(54*hour), co.Due)
}

func TestWhoIsGoneIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	c := way()
	nobody := func(_, level int) []feed.Seat {
		if level < 2 {
			return nil
		}
		return []feed.Seat{seat("boss")}
	}
	co := c.Begin(nobody, dawn)
	require.Equal(t, 2, co.Level)
	require.Equal(t, []feed.Seat{seat("boss")}, co.Deciders)
	require.False(t, co.Overdue, "nobody was late")

	// Two of three, of whom two leave: the one who said yes is enough.
	co = c.Begin(office, dawn)
	_, err := c.Hear(co, says("lead", feed.Accepted), office, dawn)
	require.NoError(t, err)
	_, err = c.Hear(co, says("manager", feed.Accepted), office, dawn)
	require.NoError(t, err)
	alone := func(int, int) []feed.Seat { return []feed.Seat{seat("manager")} }
	require.Contains(t, c.Pass(co, alone, dawn.Add(time.Minute)), feed.Settled)
	require.Equal(t, feed.Accepted, co.Outcome)
}

// TestEveryCourseEndsOrWaitsForSomebody plays any circuit with any people who
// come, go and speak.
func TestEveryCourseEndsOrWaitsForSomebody(t *testing.T) {
	t.Parallel()
	people := []feed.MemberID{"a", "b", "c", "d"}
	outcomes := []feed.Outcome{feed.Accepted, feed.Refused, feed.Merged, feed.Deferred}
	rapid.Check(t, func(rt *rapid.T) {
		c := &feed.Circuit{Name: "any", Defer: 1000 * hour}
		for range rapid.IntRange(1, 4).Draw(rt, "steps") {
			c.Stages = append(c.Stages, feed.Stage{
				Deciders: []string{"x"}, Mode: rapid.SampledFrom([]feed.Mode{feed.BySingle, feed.ByQuorum, feed.ByAll}).Draw(rt, "mode"),
				Quorum: rapid.IntRange(2, 4).Draw(rt, "quorum"), Within: time.Duration(rapid.IntRange(0, 5).Draw(rt, "within")) * hour,
				Escalate: make([]string, rapid.IntRange(0, 2).Draw(rt, "levels")),
			})
		}
		here := map[feed.MemberID]bool{"a": true}
		bench := func(_, level int) []feed.Seat {
			var out []feed.Seat
			for i, m := range people {
				if here[m] && (i > 0 || level > 2) { // a is the last resort
					out = append(out, seat(m))
				}
			}
			if len(out) == 0 && level > 0 && here["a"] {
				out = []feed.Seat{seat("a")}
			}
			return out
		}
		at := dawn
		co := c.Begin(bench, at)
		check := func() {
			if co.Outcome == "" {
				require.NotEmpty(rt, co.Deciders, "it waits for somebody")
				require.LessOrEqual(rt, co.Level, len(c.Stages[co.Step].Escalate)+1)
				require.LessOrEqual(rt, co.Quorum, len(co.Deciders))
			} else if co.Outcome != feed.Deferred {
				require.NotEmpty(rt, co.Reason)
			}
		}
		check()
		for range rapid.IntRange(0, 30).Draw(rt, "moves") {
			at = at.Add(time.Duration(rapid.IntRange(0, 400).Draw(rt, "minutes")) * time.Minute)
			switch rapid.IntRange(0, 2).Draw(rt, "move") {
			case 0:
				m := rapid.SampledFrom(people[1:]).Draw(rt, "who comes or goes")
				here[m] = !here[m]
				c.Pass(co, bench, at)
			case 1:
				c.Pass(co, bench, at)
			default:
				r := feed.Ruling{Member: rapid.SampledFrom(people).Draw(rt, "who"), Outcome: rapid.SampledFrom(outcomes).Draw(rt, "word"), Reason: "so", Until: at.Add(hour)}
				_, _ = c.Hear(co, r, bench, at)
				c.Pass(co, bench, at)
			}
			check()
		}
		// Whoever is waited for says yes until it ends: that takes no longer than
		// there are steps and people.
		for range len(c.Stages)*len(people) + 1 {
			at = at.Add(1001 * hour)
			c.Pass(co, bench, at)
			if co.Outcome != "" {
				return
			}
			for _, s := range co.Deciders {
				_, _ = c.Hear(co, feed.Ruling{Member: s.Member, Outcome: feed.Accepted, Reason: "so"}, bench, at)
			}
		}
		require.NotEmpty(rt, co.Outcome)
	})
}
