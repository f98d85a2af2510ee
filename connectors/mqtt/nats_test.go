package mqtt_test

import (
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
)

// The embedded NATS server speaks MQTT as well, to machines that have no other
// broker.
func TestTheEmbeddedNATSServerIsABroker(t *testing.T) {
	t.Parallel()
	addr := freeAddr(t)
	host, port, err := net.SplitHostPort(addr)
	require.NoError(t, err)
	number, err := strconv.Atoi(port)
	require.NoError(t, err)
	srv, err := server.NewServer(&server.Options{
		ServerName: "fildefer-test", DontListen: true, JetStream: true, StoreDir: t.TempDir(), NoLog: true, NoSigs: true,
		MQTT: server.MQTTOpts{Host: host, Port: number, AckWait: 2 * time.Second},
	})
	require.NoError(t, err)
	srv.Start()
	t.Cleanup(func() {
		srv.Shutdown()
		srv.WaitForShutdown()
	})
	require.True(t, srv.ReadyForConnections(10*time.Second))
	machine := newMachine(t, addr)

	// NATS offers what is not acknowledged again after AckWait, 30 s unless it is
	// told otherwise, and not at once as Mosquitto does.
	sink := &ledger{shut: true}
	cfg := configFor("mqtt://" + addr)
	first := live(t, cfg, sink)
	first.await(connectors.Up, "1 subscription granted")
	keys := numbered("nats", 20)
	machine.emit(1, keys...)
	first.await(connectors.Down, "messages wait on the broker")
	first.stop()
	require.Empty(t, sink.stored())

	sink.setShut(false)
	second := live(t, cfg, sink)
	within(t, func(c *require.Assertions) { c.ElementsMatch(keys, sink.keys()) })
	require.Equal(t, 20, sink.distinctOffers(), "redelivered under the same ids")
	second.stop()

	third := &ledger{}
	live(t, cfg, third).await(connectors.Up, "")
	machine.emit(1, "fresh")
	within(t, func(c *require.Assertions) { c.Contains(third.keys(), "fresh") })
	require.Never(t, func() bool { return len(third.keys()) > 1 }, 500*time.Millisecond, 50*time.Millisecond,
		"what was acknowledged is not delivered again")
}
