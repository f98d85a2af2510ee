package connectors_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
)

func TestABackoffGrowsWithinItsBoundsAndStartsAgainAfterReset(t *testing.T) {
	t.Parallel()
	b := connectors.Backoff{Min: time.Second, Max: 30 * time.Second}
	for ceiling := 2 * time.Second; ceiling < 10*time.Minute; ceiling *= 2 {
		delay := b.Next()
		require.GreaterOrEqual(t, delay, b.Min)
		require.LessOrEqual(t, delay, min(ceiling, b.Max))
	}
	b.Reset()
	require.LessOrEqual(t, b.Next(), 2*time.Second)
}

func TestABackoffOfEqualBoundsIsAFixedDelay(t *testing.T) {
	t.Parallel()
	b := connectors.Backoff{Min: time.Second, Max: time.Second}
	require.Equal(t, time.Second, b.Next())
	require.Equal(t, time.Second, b.Next())
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := connectors.Backoff{Min: time.Hour, Max: time.Hour}
	require.ErrorIs(t, b.Wait(ctx), context.Canceled)
}
