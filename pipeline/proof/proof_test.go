package proof_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/proof"
)

func TestASignalThatTogglesForAShiftIsOnePost(t *testing.T) {
	t.Parallel()
	c, err := proof.PlayChatter(t.Context(), 8*time.Hour)
	require.NoError(t, err)
	t.Logf("%+v", c)
	require.Equal(t, 1, c.Posts)
	require.LessOrEqual(t, c.Bumps, 8)
	require.NotZero(t, c.Unstable)
	require.LessOrEqual(t, c.Unstable, time.Minute)
}

func TestAHallThatTripsIsThreePostsAtMostAndNamesTheFirst(t *testing.T) {
	t.Parallel()
	f, err := proof.PlayFlood(t.Context(), 500, true)
	require.NoError(t, err)
	t.Logf("%+v", f)
	require.NotZero(t, f.Posts)
	require.LessOrEqual(t, f.Posts, 3)
	require.Equal(t, []pipeline.AssetPath{f.Tripped}, f.FirstOut)
}

func TestWhereEachLineIsATerritoryEachHasOnePost(t *testing.T) {
	t.Parallel()
	f, err := proof.PlayFlood(t.Context(), 500, false)
	require.NoError(t, err)
	t.Logf("%+v", f)
	require.Equal(t, 5, f.Posts)
	require.Equal(t, 500, f.Members)
}

func TestOfADayEachFaultIsPostedOnceAndLittleElse(t *testing.T) {
	t.Parallel()
	d, err := proof.PlayDay(t.Context(), 1)
	require.NoError(t, err)
	for _, o := range d.False {
		t.Logf("false: %s %s at %s: %s", o.Rule, o.Asset, o.At.Format(time.TimeOnly), o.Title.EN)
	}
	require.Empty(t, d.Missed)
	require.Empty(t, d.Twice)
	require.Equal(t, 50, d.Found)
	require.LessOrEqual(t, len(d.False), 2)
	require.LessOrEqual(t, d.Busiest, 6)
	require.Less(t, d.Flooded, 0.01)
	t.Logf("%d events, busiest %d, flooded %f", d.Events, d.Busiest, d.Flooded)
}
