package bus_test

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
)

func open(t testing.TB, o bus.Options) *bus.Bus {
	t.Helper()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	b, err := bus.Open(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	return b
}

func openEmbedded(t testing.TB) *bus.Bus {
	t.Helper()
	return open(t, bus.Options{Embedded: &bus.Embedded{Dir: t.TempDir()}})
}

// outside starts a server as others run it: on a port, in its own directory.
func outside(t testing.TB, change func(*server.Options)) *server.Server {
	t.Helper()
	o := &server.Options{
		ServerName: "outside", Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true,
	}
	if change != nil {
		change(o)
	}
	srv, err := server.NewServer(o)
	require.NoError(t, err)
	srv.Start()
	t.Cleanup(func() { srv.Shutdown(); srv.WaitForShutdown() })
	require.True(t, srv.ReadyForConnections(10*time.Second))
	return srv
}

func event(n int, asset pipeline.AssetPath) pipeline.Event {
	return pipeline.Event{
		ID: pipeline.EventID("e" + strconv.Itoa(n)), Source: "test", Asset: asset, Signal: "weight", Kind: pipeline.Measure,
		Value: pipeline.Number(float64(n)), Unit: "g", Received: time.Unix(1763719200, int64(n)).UTC(),
		Attr: map[string]string{"topic": "plant/line-3"},
	}
}

func events(from, n int) []pipeline.Event {
	list := make([]pipeline.Event, n)
	for i := range list {
		list[i] = event(from+i, pipeline.AssetPath("lyon/bottling/filler-"+strconv.Itoa((from+i)%7)))
	}
	return list
}

func allShards() []int {
	all := make([]int, 16)
	for i := range all {
		all[i] = i
	}
	return all
}

var errEnough = errors.New("enough")

// read returns the n messages after a sequence.
func read(t testing.TB, b *bus.Bus, shards []int, after uint64, n int) []bus.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	var got []bus.Message
	err := b.Read(ctx, shards, after, func(_ context.Context, batch []bus.Message) error {
		got = append(got, batch...)
		if len(got) >= n {
			return errEnough
		}
		return nil
	})
	require.ErrorIs(t, err, errEnough)
	require.Len(t, got, n)
	return got
}

// follow reads all shards from the start until the test ends. The function that
// it returns waits for the next message.
func follow(t *testing.T, b *bus.Bus) (next func() bus.Message) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	arrived, ended := make(chan bus.Message, 1000), make(chan error, 1)
	go func() {
		ended <- b.Read(ctx, allShards(), 0, func(ctx context.Context, batch []bus.Message) error {
			for _, m := range batch {
				select {
				case arrived <- m:
				case <-ctx.Done():
				}
			}
			return nil
		})
	}()
	t.Cleanup(func() {
		cancel()
		require.NoError(t, <-ended)
	})
	return func() bus.Message {
		t.Helper()
		select {
		case m := <-arrived:
			return m
		case <-time.After(60 * time.Second):
			require.Fail(t, "nothing more arrives")
			return bus.Message{}
		}
	}
}

func contents(messages []bus.Message) []pipeline.Event {
	list := make([]pipeline.Event, len(messages))
	for i := range messages {
		list[i] = messages[i].Event
	}
	return list
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
