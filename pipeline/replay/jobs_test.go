package replay_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/replay"
)

// endless is a source that gives its events and then waits to be cancelled.
type endless struct {
	replay.Slice
	reached chan struct{}
}

func (e endless) Read(ctx context.Context, fn func([]pipeline.Message) error) error {
	if err := e.Slice.Read(ctx, fn); err != nil {
		return err
	}
	close(e.reached)
	<-ctx.Done()
	return ctx.Err()
}

func jobs(t *testing.T) *replay.Jobs {
	t.Helper()
	list := replay.NewJobs()
	t.Cleanup(list.Close)
	return list
}

func await(t *testing.T, list *replay.Jobs, owner, id string) (s replay.JobState) {
	t.Helper()
	require.Eventually(t, func() bool {
		var err error
		s, err = list.Get(owner, id)
		require.NoError(t, err)
		return s.Done
	}, time.Minute, time.Millisecond)
	return s
}

func TestAJobEndsWithItsResultForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	list, set := jobs(t), compile(t, pressRules)
	id, err := list.Start("lea", replay.Task{Rules: set, Against: set}, morning())
	require.NoError(t, err)
	s := await(t, list, "lea", id)
	require.Empty(t, s.Error)
	require.InDelta(t, 1, s.Share, 0)
	require.Len(t, s.Result.Report.Openings, 3)
	require.Equal(t, 3, s.Result.Diff.Same)

	_, err = list.Get("karim", id)
	require.ErrorIs(t, err, replay.ErrNoJob)
	require.ErrorIs(t, list.Drop("karim", id), replay.ErrNoJob)
	require.NoError(t, list.Drop("lea", id))
	_, err = list.Get("lea", id)
	require.ErrorIs(t, err, replay.ErrNoJob)
}

func TestEachOwnerHasOneJobAndTwoRunAtOnce(t *testing.T) {
	t.Parallel()
	list, set := jobs(t), compile(t, pressRules)
	start := func(owner string) (string, error) {
		return list.Start(owner, replay.Task{Rules: set}, endless{reached: make(chan struct{})})
	}
	first, err := start("lea")
	require.NoError(t, err)
	_, err = start("lea")
	require.ErrorIs(t, err, replay.ErrRunning)
	_, err = start("karim")
	require.NoError(t, err)
	_, err = start("ana")
	require.ErrorIs(t, err, replay.ErrBusy)

	require.NoError(t, list.Drop("lea", first))
	require.Eventually(t, func() bool { _, err = start("ana"); return err == nil }, time.Minute, time.Millisecond)
}

func TestOldResultsMakeRoomForNewOnes(t *testing.T) {
	t.Parallel()
	list, set := jobs(t), compile(t, pressRules)
	var ids []string
	for range 20 {
		id, err := list.Start("lea", replay.Task{Rules: set}, morning()[:10])
		require.NoError(t, err)
		await(t, list, "lea", id)
		ids = append(ids, id)
	}
	_, err := list.Get("lea", ids[0])
	require.ErrorIs(t, err, replay.ErrNoJob)
	_, err = list.Get("lea", ids[19])
	require.NoError(t, err)
}

func TestClosingEndsWhatRuns(t *testing.T) {
	t.Parallel()
	list := replay.NewJobs()
	source := endless{morning(), make(chan struct{})}
	id, err := list.Start("lea", replay.Task{Rules: compile(t, pressRules)}, source)
	require.NoError(t, err)
	<-source.reached
	list.Close()
	s, err := list.Get("lea", id)
	require.NoError(t, err)
	require.Contains(t, s.Error, "context canceled")
	_, err = list.Start("lea", replay.Task{Rules: compile(t, pressRules)}, morning())
	require.ErrorIs(t, err, replay.ErrBusy)
}
