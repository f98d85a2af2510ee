package bus_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/fildefer/fildefer/pipeline/bus"
)

// It is not parallel: goroutines of other tests would count as left behind.
func TestCloseLeavesNothingBehind(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	b, err := bus.Open(t.Context(), bus.Options{
		Embedded: &bus.Embedded{Dir: t.TempDir(), MQTT: bus.MQTT{Listen: "127.0.0.1:0"}},
		Logger:   slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	require.NoError(t, b.Accept(t.Context(), events(0, 100)))
	ctx, cancel := context.WithCancel(t.Context())
	require.NoError(t, b.Read(ctx, allShards(), 0, func(context.Context, []bus.Message) error {
		cancel()
		return nil
	}))
	b.RunTicks(ctx)
	require.NoError(t, b.Close())
	require.NoError(t, b.Close(), "closing twice is closing")
}

func TestCloseEndsReaders(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	require.NoError(t, b.Accept(t.Context(), events(0, 1)))
	begun, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- b.Read(t.Context(), allShards(), 0, func(context.Context, []bus.Message) error {
			close(begun)
			return nil
		})
	}()
	<-begun
	require.NoError(t, b.Close())
	require.ErrorContains(t, <-ended, "the bus is closed")
}
