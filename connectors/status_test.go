package connectors_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
)

func TestAStatusKeepsSinceWhileTheStateIsRepeated(t *testing.T) {
	t.Parallel()
	status := connectors.NewStatus("line-3", "mqtt")
	require.Equal(t, connectors.Connecting, status.Snapshot().State)

	status.Down(errors.New("mqtt://broker:1883: connection refused"))
	first := status.Snapshot()
	require.Equal(t, connectors.Down, first.State)
	status.Down(errors.New("mqtt://broker:1883: no route to host"))
	second := status.Snapshot()
	require.Equal(t, first.Since, second.Since)
	require.Equal(t, "mqtt://broker:1883: no route to host", second.Detail)

	status.Up("2 subscriptions granted")
	status.Accepted(3)
	status.Rejected()
	up := status.Snapshot()
	require.Equal(t, connectors.Up, up.State)
	require.Equal(t, "2 subscriptions granted", up.Detail)
	require.Equal(t, uint64(3), up.Accepted)
	require.Equal(t, uint64(1), up.Rejected)
	require.False(t, up.LastEvent.IsZero())
}
