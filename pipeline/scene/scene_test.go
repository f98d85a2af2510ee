package scene_test

import (
	"iter"
	"slices"
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
	for ev := range events {
		if state, _ := ev.Value.Text(); state == "fault" {
			require.Less(t, ev.At.Sub(from.Add(time.Minute)), time.Minute)
			tripped = append(tripped, ev.Asset)
		}
	}
	require.Equal(t, first, tripped[0])
	slices.Sort(tripped)
	require.Len(t, slices.Compact(tripped), 500)
}
