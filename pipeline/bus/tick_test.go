package bus_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
)

func TestATickReachesEveryShardOnce(t *testing.T) {
	t.Parallel()
	srv := outside(t, nil)
	one := open(t, bus.Options{Remote: &bus.Remote{URLs: []string{srv.ClientURL()}}})
	two := open(t, bus.Options{Remote: &bus.Remote{URLs: []string{srv.ClientURL()}}})
	at := time.Unix(1763719200, 900).UTC()
	require.NoError(t, one.Tick(t.Context(), at))
	require.NoError(t, two.Tick(t.Context(), at.Add(time.Millisecond)), "the same second from another node")
	require.NoError(t, two.Tick(t.Context(), at.Add(time.Second)))

	for i, m := range read(t, one, allShards(), 0, 32) {
		require.Equal(t, i%16, m.Shard)
		require.Equal(t, pipeline.Tick, m.Event.Kind)
		second := at.Truncate(time.Second).Add(time.Duration(i/16) * time.Second)
		require.Equal(t, second, m.Event.Received)
		require.Equal(t, pipeline.EventID("tick:"+strconv.Itoa(m.Shard)+":"+strconv.FormatInt(second.Unix(), 10)), m.Event.ID)
		require.Equal(t, strconv.Itoa(m.Shard), m.Event.Attr["shard"])
	}
	require.Len(t, read(t, one, []int{3}, 0, 2), 2)
}

func TestTwoTickersDoNotDouble(t *testing.T) {
	t.Parallel()
	srv := outside(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	stopped := make(chan struct{}, 2)
	var b *bus.Bus
	for range 2 {
		b = open(t, bus.Options{Remote: &bus.Remote{URLs: []string{srv.ClientURL()}}})
		go func() {
			b.RunTicks(ctx)
			stopped <- struct{}{}
		}()
	}
	ticks := read(t, b, []int{5}, 0, 3)
	cancel()
	<-stopped
	<-stopped
	for i := 1; i < len(ticks); i++ {
		require.True(t, ticks[i].Event.At.After(ticks[i-1].Event.At), "%s then %s", ticks[i-1].Event.At, ticks[i].Event.At)
	}
}
