package scene_test

import (
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/scene"
)

var from = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

func TestADayIsTheSameForTheSameSeedAndInOrder(t *testing.T) {
	t.Parallel()
	one, planted := scene.Day(7, from)
	two, again := scene.Day(7, from)
	require.Equal(t, planted, again)
	require.Len(t, planted, scene.Lines*10)

	next, stop := iter.Pull(two)
	defer stop()
	seen, last := map[pipeline.EventID]bool{}, time.Time{}
	for ev := range one {
		other, ok := next()
		require.True(t, ok)
		require.Equal(t, ev, other)
		if seen[ev.ID] || ev.Received.Before(last) || ev.Validate() != nil {
			t.Fatalf("%s at %s: repeated, out of order or invalid: %v", ev.ID, ev.Received, ev.Validate())
		}
		seen[ev.ID], last = true, ev.Received
	}
	require.Greater(t, len(seen), 1_000_000)
}

func TestAFloodTripsEachMachineOnceWithinAMinute(t *testing.T) {
	t.Parallel()
	events, first := scene.Flood(from, 500)
	var tripped []pipeline.AssetPath
	seen, last := map[pipeline.AssetPath]bool{}, time.Time{}
	for ev := range events {
		require.False(t, ev.At.Before(last), "in order")
		last = ev.At
		if state, _ := ev.Value.Text(); state == "fault" && !seen[ev.Asset] {
			require.Less(t, ev.At.Sub(from.Add(time.Minute)), time.Minute)
			seen[ev.Asset], tripped = true, append(tripped, ev.Asset)
		} else {
			require.Equal(t, seen[ev.Asset], state == "fault", "it does not recover")
		}
	}
	require.Equal(t, first, tripped[0])
	require.Len(t, tripped, 500)
}
