package opcua_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

func TestAServerThatRestartsWithAnActiveAlarmTellsItOnce(t *testing.T) {
	t.Parallel()
	far := startFarside(t, map[string]any{"pki": t.TempDir()})
	for _, name := range []string{"Stays", "Goes"} {
		addTank(t, far, "North", name)
		raise(t, far, name, 500)
	}
	l := live(t, listening(far.url()), &sink{})
	l.await(t, "before", told("Stays", true))
	l.await(t, "before", told("Goes", true))
	far.kill()
	l.awaitState(t, connectors.Down, far.addr())
	far.options["pki"] = t.TempDir()
	far.options["active"] = []string{"Stays"}
	far.start(t)
	l.await(t, "what the restart ended", told("Goes", false))
	require.Len(t, l.all(told("Stays", true)), 2, "told again, with the new life's event id")
	require.Empty(t, l.all(told("Stays", false)), "it never ended")
	require.Contains(t, l.all(told("Stays", true))[1].Attr["condition"], "Stays.Alarm")
}

// TestAThousandAlarmsAtOnceAreAllTold has a server of its own, so that the
// others need not hear them.
func TestAThousandAlarmsAtOnceAreAllTold(t *testing.T) {
	t.Parallel()
	const many = 1000
	far := startFarside(t, map[string]any{})
	far.ask(t, map[string]any{"op": "tank", "node": "Flood", "count": many})
	cfg := listening(far.url())
	cfg.KeepAlive = 400 // node-opcua is mute while it makes so many events
	l := live(t, cfg, &sink{})
	raise(t, far, "Flood0", 700)
	l.await(t, "that it listens", told("Flood0", true))
	for _, active := range []bool{true, false} {
		far.ask(t, map[string]any{"op": "alarm", "node": "Flood", "count": many, "active": active})
		require.Eventually(t, func() bool {
			return len(signals(l.all(func(e pipeline.Event) bool {
				return e.Value == pipeline.Bool(active) && e.Attr["severity"] == "500"
			}))) == many
		}, patience, 50*time.Millisecond)
	}
	require.Empty(t, l.all(func(e pipeline.Event) bool { return e.Kind == pipeline.Gap }))
}
