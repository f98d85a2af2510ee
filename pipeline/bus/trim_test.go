package bus_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
)

// fill stores events until the stream refuses, and returns how many it took.
func fill(t testing.TB, b *bus.Bus, from int) int {
	t.Helper()
	for n := from; ; n += 50 {
		err := b.Accept(t.Context(), events(n, 50))
		if errors.Is(err, pipeline.ErrBacklog) {
			return n - from
		}
		require.NoError(t, err)
	}
}

func TestAFullStreamRefusesUntilItWasRead(t *testing.T) {
	t.Parallel()
	b := open(t, bus.Options{Embedded: &bus.Embedded{Dir: t.TempDir()}, MaxBytes: 256 << 10})
	stored := fill(t, b, 0)
	require.Greater(t, stored, 100)

	require.Equal(t, events(0, stored), contents(read(t, b, allShards(), 0, stored)), "nothing unread was given up")

	b.Consumed(uint64(stored))
	more := fillSome(t, b, stored, 10*stored)
	first := must(b.Identity(t.Context())).First
	require.Greater(t, first, uint64(1))
	require.LessOrEqual(t, first, uint64(stored+1), "never beyond what was consumed")
	kept := stored - int(first) + 1 + more
	require.Equal(t, events(int(first)-1, kept), contents(read(t, b, allShards(), first-1, kept)))

	var gap *bus.GapError
	err := b.Read(t.Context(), allShards(), 0, func(context.Context, []bus.Message) error { return errEnough })
	require.ErrorAs(t, err, &gap)
	require.Equal(t, bus.GapError{After: 0, First: first}, *gap)
	require.ErrorContains(t, err, "are no longer in the stream")
}

// fillSome stores up to n events, fewer when the stream refuses.
func fillSome(t testing.TB, b *bus.Bus, from, n int) int {
	t.Helper()
	for i := 0; i < n; i += 50 {
		err := b.Accept(t.Context(), events(from+i, 50))
		if errors.Is(err, pipeline.ErrBacklog) {
			return i
		}
		require.NoError(t, err)
	}
	return n
}

func TestASmallerCapLosesNothingUnread(t *testing.T) {
	t.Parallel()
	options := bus.Options{
		Embedded: &bus.Embedded{Dir: t.TempDir()}, MaxBytes: 2 << 30, MaxDeadBytes: 1 << 20, Logger: slog.New(slog.DiscardHandler),
	}
	b, err := bus.Open(t.Context(), options)
	require.NoError(t, err)
	require.NoError(t, b.Accept(t.Context(), events(0, 2000)))
	require.NoError(t, b.Close())

	options.MaxBytes = 64 << 10
	b = open(t, options)
	require.ErrorIs(t, b.Accept(t.Context(), events(2000, 20)), pipeline.ErrBacklog)
	require.Equal(t, events(0, 2000), contents(read(t, b, allShards(), 0, 2000)))
	b.Consumed(2000)
	require.NoError(t, b.Accept(t.Context(), events(2000, 20)))
}

func TestTheClockStopsBeforeAnythingUnreadIsLost(t *testing.T) {
	t.Parallel()
	b := open(t, bus.Options{Embedded: &bus.Embedded{Dir: t.TempDir()}, MaxBytes: 64 << 10})
	var err error
	for at := time.Unix(1763719200, 0); err == nil; at = at.Add(time.Second) {
		err = b.Tick(t.Context(), at)
	}
	require.ErrorIs(t, err, pipeline.ErrBacklog)
	require.Equal(t, uint64(1), must(b.Identity(t.Context())).First)
}

func TestAReaderThatKeepsUpNeverMeetsAFullStream(t *testing.T) {
	t.Parallel()
	b := open(t, bus.Options{Embedded: &bus.Embedded{Dir: t.TempDir()}, MaxBytes: 128 << 10})
	for n := 0; n < 3000; n += 50 {
		require.NoError(t, b.Accept(t.Context(), events(n, 50)))
		b.Consumed(must(b.Identity(t.Context())).Last)
	}
}

func TestThePastIsTrimmedByAge(t *testing.T) {
	t.Parallel()
	b := open(t, bus.Options{Embedded: &bus.Embedded{Dir: t.TempDir()}, MaxAge: time.Millisecond})
	require.NoError(t, b.Accept(t.Context(), events(0, 100)))
	b.Consumed(40)
	trimmedTo := func(first uint64) func() bool {
		return func() bool {
			_, err := b.Trim(t.Context())
			return err == nil && must(b.Identity(t.Context())).First == first
		}
	}
	require.Eventually(t, trimmedTo(41), 5*time.Second, 10*time.Millisecond)
	b.Consumed(100)
	require.Eventually(t, trimmedTo(101), 5*time.Second, 10*time.Millisecond, "an emptied stream goes on counting")
	require.NoError(t, b.Accept(t.Context(), events(100, 1)))
	require.Equal(t, events(100, 1), contents(read(t, b, allShards(), 100, 1)))
}

func TestTheYoungIsKeptWhileTheOldIsTrimmed(t *testing.T) {
	t.Parallel()
	const age = 2 * time.Second
	b := open(t, bus.Options{Embedded: &bus.Embedded{Dir: t.TempDir()}, MaxAge: age})
	n := 0
	require.Eventually(t, func() bool {
		err := b.Accept(t.Context(), events(n, 1))
		n++
		b.Consumed(uint64(n))
		removed, trimErr := b.Trim(t.Context())
		return err == nil && trimErr == nil && removed
	}, 20*time.Second, 20*time.Millisecond)
	id := must(b.Identity(t.Context()))
	require.Equal(t, uint64(n), id.Last)
	require.Less(t, id.First, id.Last)
	oldest := read(t, b, allShards(), id.First-1, n-int(id.First)+1)[0]
	require.WithinDuration(t, time.Now(), oldest.Stored, 2*age)
}

func TestAYoungPastIsKeptForReplay(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	require.NoError(t, b.Accept(t.Context(), events(0, 100)))
	b.Consumed(100)
	removed, err := b.Trim(t.Context())
	require.NoError(t, err)
	require.False(t, removed)
	require.Equal(t, uint64(1), must(b.Identity(t.Context())).First)
}

func TestReadRefusesAPositionBeyondTheStream(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	require.NoError(t, b.Accept(t.Context(), events(0, 3)))
	err := b.Read(t.Context(), []int{1}, 9, func(context.Context, []bus.Message) error { return errEnough })
	var ahead *bus.AheadError
	require.ErrorAs(t, err, &ahead)
	require.Equal(t, bus.AheadError{After: 9, Last: 3}, *ahead)
}
