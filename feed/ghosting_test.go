package feed_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func TestABaselineIsTheTimeInWhichNobodyWasTold(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	noon := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	on := func(d int) time.Time { return noon.Add(time.Duration(d) * day) }
	said := func(p feed.Path, r feed.Rollout, d int) feed.Decision {
		return feed.Decision{Territory: p, Rollout: r, At: on(d)}
	}
	ghost, pilot, open := feed.RolloutGhost, feed.RolloutPilot, feed.RolloutOpen
	for name, c := range map[string]struct {
		past        []feed.Decision
		first, last time.Time
		want        feed.Ghosting
	}{
		"never":                           {want: feed.Ghosting{}},
		"still a ghost":                   {past: []feed.Decision{said("a/b", ghost, 1)}, want: feed.Ghosting{From: on(1), To: on(20), Lasted: 19 * day}},
		"a ghost like the place above it": {past: []feed.Decision{said("a", ghost, 0), said("a/b", pilot, 10)}, want: feed.Ghosting{From: on(0), To: on(10), Lasted: 10 * day}},
		"a ghost of its own though above is open": {past: []feed.Decision{said("a/b", ghost, 0), said("a", open, 4), said("a/b", open, 6)}, want: feed.Ghosting{From: on(0), To: on(6), Lasted: 6 * day}},
		"a ghost twice":                     {past: []feed.Decision{said("a/b", ghost, 0), said("a/b", pilot, 3), said("a/b", ghost, 8), said("a/b", open, 12)}, want: feed.Ghosting{From: on(0), To: on(12), Lasted: 7 * day}},
		"few posts in it":                   {past: []feed.Decision{said("a/b", ghost, 0), said("a/b", open, 9)}, first: on(2), last: on(3), want: feed.Ghosting{From: on(0), To: on(9), Lasted: 9 * day}},
		"by its posts where nobody decided": {past: []feed.Decision{said("a/b", open, 9)}, first: on(0), last: on(8), want: feed.Ghosting{From: on(0), To: on(8).Add(time.Hour), Lasted: 8*day + time.Hour}},
		"what another place said":           {past: []feed.Decision{said("a/c", ghost, 0)}, want: feed.Ghosting{}},
	} {
		require.Equal(t, c.want, feed.GhostingOf("a/b", c.past, c.first, c.last, on(20)), name)
	}
}
