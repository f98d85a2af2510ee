package replay_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
	"github.com/fildefer/fildefer/pipeline/replay"
)

const shards = 16

// stored is a real stream that holds list and a tick in every second.
func stored(t *testing.T, list replay.Slice) *bus.Bus {
	t.Helper()
	b, err := bus.Open(t.Context(), bus.Options{Embedded: &bus.Embedded{Dir: t.TempDir(), Relaxed: true}, Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	var events []pipeline.Event
	ticked := list[0].Event.Received.Add(-time.Second)
	for i := range list {
		for ev := list[i].Event; ticked.Add(time.Second).Before(ev.Received.Add(1)); {
			ticked = ticked.Add(time.Second)
			events = append(events, b.Ticks(ticked)...)
		}
		events = append(events, list[i].Event)
	}
	for len(events) > 0 {
		n := min(len(events), 500)
		require.NoError(t, b.Accept(t.Context(), events[:n]))
		events = events[n:]
	}
	return b
}

func TestTheStreamItselfIsReplayed(t *testing.T) {
	t.Parallel()
	list := morning()[:1200] // 25 minutes
	b := stored(t, list)
	want := run(t, pressRules, list, replay.Options{})
	require.NotEmpty(t, want.Openings)
	past := replay.NewPast(b, shards, time.Time{}, time.Time{})
	for range 2 { // it can be read again
		got := run(t, pressRules, past, replay.Options{})
		require.Equal(t, want.Openings, got.Openings)
		require.Equal(t, want.Events, got.Events)
		require.InDelta(t, 1, past.Share(), 0.001)
	}

	from, to := start.Add(5*time.Minute), start.Add(15*time.Minute)
	want = run(t, pressRules, list, replay.Options{From: from, To: to})
	got := run(t, pressRules, replay.NewPast(b, shards, from, to), replay.Options{From: from, To: to})
	require.Equal(t, want.Openings, got.Openings)
	require.Equal(t, want.Events, got.Events)
	require.Equal(t, to.Add(-time.Second), got.To)
}

func TestATimeOfWhichTheStreamHoldsNothingIsAnEmptyReport(t *testing.T) {
	t.Parallel()
	b := stored(t, morning()[:10])
	for _, bounds := range [][2]time.Time{{time.Now().Add(time.Hour), {}}, {{}, start.Add(-time.Hour)}} {
		report := run(t, pressRules, replay.NewPast(b, shards, bounds[0], bounds[1]), replay.Options{From: bounds[0], To: bounds[1]})
		require.Zero(t, report.Events)
		require.Empty(t, report.Openings)
	}
}

// TestAnEventThatIsStoredMeanwhileDoesNotKeepTheReplayFromEnding reads only up
// to where the stream ended when the reading began.
func TestAnEventThatIsStoredMeanwhileDoesNotKeepTheReplayFromEnding(t *testing.T) {
	t.Parallel()
	b := stored(t, morning()[:100])
	past, n := replay.NewPast(b, shards, time.Time{}, time.Time{}), 0
	require.NoError(t, past.Read(t.Context(), func(messages []pipeline.Message) error {
		for i := range messages {
			if messages[i].Event.Kind != pipeline.Tick {
				n++
			}
		}
		return b.Tick(t.Context(), start.Add(time.Hour).Add(time.Duration(n)*time.Second))
	}))
	require.Equal(t, 100, n)
}
