package bus_test

import (
	"testing"
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
)

func machine(addr, id, user, password string) mqtt.Client {
	o := mqtt.NewClientOptions().AddBroker("tcp://" + addr).SetClientID(id).SetUsername(user).SetPassword(password)
	o.SetConnectTimeout(5 * time.Second).SetAutoReconnect(false).SetOrderMatters(true)
	return mqtt.NewClient(o)
}

func done(t testing.TB, token mqtt.Token) {
	t.Helper()
	require.True(t, token.WaitTimeout(10*time.Second), "no answer from the broker")
	require.NoError(t, token.Error())
}

func TestMachinesMeetOnTheEmbeddedMQTTPort(t *testing.T) {
	t.Parallel()
	b := open(t, bus.Options{Embedded: &bus.Embedded{
		Dir: t.TempDir(), MQTT: bus.MQTT{Listen: "127.0.0.1:0", User: "machine", Password: "secret"},
	}})
	require.Error(t, func() error {
		token := machine(b.MQTTAddr(), "thief", "machine", "guess").Connect()
		token.Wait()
		return token.Error()
	}())

	c := machine(b.MQTTAddr(), "filler-2", "machine", "secret")
	done(t, c.Connect())
	defer c.Disconnect(0)
	got := make(chan string, 1)
	done(t, c.Subscribe("plant/+/weight", 1, func(_ mqtt.Client, m mqtt.Message) { got <- m.Topic() + "=" + string(m.Payload()) }))
	done(t, c.Publish("plant/line-3/weight", 1, false, "496.2"))
	select {
	case s := <-got:
		require.Equal(t, "plant/line-3/weight=496.2", s)
	case <-time.After(10 * time.Second):
		require.Fail(t, "nothing arrived")
	}
}

func TestAMachineCannotReachTheStreams(t *testing.T) {
	t.Parallel()
	b := open(t, bus.Options{Embedded: &bus.Embedded{Dir: t.TempDir(), MQTT: bus.MQTT{Listen: "127.0.0.1:0"}}})
	require.NoError(t, b.Accept(t.Context(), events(0, 10)))
	c := machine(b.MQTTAddr(), "stranger", "", "")
	done(t, c.Connect())
	defer c.Disconnect(0)
	for _, topic := range []string{"fdf/event/3/lyon/weight", "fdf/dead", "$JS/API/STREAM/PURGE/FDF_EVENTS", "$JS/API/STREAM/DELETE/FDF_EVENTS"} {
		c.Publish(topic, 1, false, "{}").WaitTimeout(time.Second)
	}
	id := must(b.Identity(t.Context()))
	require.Equal(t, uint64(1), id.First)
	require.Equal(t, uint64(10), id.Last)
}

func TestTheServerIsReplacedUnderABusInUse(t *testing.T) {
	t.Parallel()
	b := open(t, bus.Options{Embedded: &bus.Embedded{Dir: t.TempDir(), MQTT: bus.MQTT{Listen: "127.0.0.1:0"}}})
	addr := b.MQTTAddr()
	first := events(0, 100)
	require.NoError(t, b.Accept(t.Context(), first))

	next := follow(t, b)
	for _, e := range first {
		require.Equal(t, e.ID, next().Event.ID)
	}
	require.NoError(t, b.RestartServer())
	require.Equal(t, addr, b.MQTTAddr())
	more := events(100, 100)
	require.Eventually(t, func() bool { return b.Accept(t.Context(), more) == nil }, 20*time.Second, 20*time.Millisecond)
	require.NoError(t, b.Healthy(t.Context()))
	for _, e := range more {
		require.Equal(t, e.ID, next().Event.ID)
	}
}

func TestAStoppedServerGivesErrorsAndNotSilence(t *testing.T) {
	t.Parallel()
	b := openEmbedded(t)
	require.NoError(t, b.Accept(t.Context(), events(0, 10)))
	b.StopServer()
	require.ErrorContains(t, b.Healthy(t.Context()), "stopped")
	start := time.Now()
	err := b.Accept(t.Context(), events(10, 10))
	require.Error(t, err)
	require.NotErrorIs(t, err, pipeline.ErrBacklog)
	require.Less(t, time.Since(start), 8*time.Second)
	// The supervisor finds it stopped, and starts it again.
	require.Eventually(t, func() bool { return b.Accept(t.Context(), events(10, 10)) == nil }, 30*time.Second, 50*time.Millisecond)
	require.NoError(t, b.Healthy(t.Context()))
	require.Equal(t, events(0, 20), contents(read(t, b, allShards(), 0, 20)))
}
