package mqtt_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/connectortest"
	"github.com/fildefer/fildefer/connectors/mqtt"
	"github.com/fildefer/fildefer/pipeline"
)

func TestWhatIsPublishedWhileTheConnectorIsAwayArrivesAfterwards(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t)
	machine := newMachine(t, broker.addr)
	first := live(t, configFor(broker.url()), &ledger{})
	first.await(connectors.Up, "1 subscription granted")
	first.stop()

	keys := numbered("away", 50)
	machine.emit(1, keys...)
	sink := &ledger{}
	live(t, configFor(broker.url()), sink)
	within(t, func(c *require.Assertions) { c.Equal(keys, sink.keys()) })
}

func TestABrokerThatIsKilledIsFoundAgain(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t)
	sink := &ledger{}
	l := live(t, configFor(broker.url()), sink)
	l.await(connectors.Up, "")
	newMachine(t, broker.addr).emit(1, "before")
	within(t, func(c *require.Assertions) { c.Equal([]string{"before"}, sink.keys()) })

	broker.kill()
	down := l.await(connectors.Down, "nothing listens there: check the port in url and that the broker runs")
	require.Contains(t, down.Detail, broker.url())
	broker.start()
	l.await(connectors.Up, "")
	newMachine(t, broker.addr).emit(1, "after")
	within(t, func(c *require.Assertions) { c.Equal([]string{"before", "after"}, sink.keys()) })
}

func TestAHalfOpenLinkIsNoticedAndNothingIsLost(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t)
	wire := connectortest.NewProxy(t, broker.addr)
	machine := newMachine(t, broker.addr)
	sink := &ledger{}
	cfg := configFor("mqtt://" + wire.Addr())
	l := live(t, cfg, sink)
	l.await(connectors.Up, "")

	wire.BlackHole()
	silent := time.Now()
	keys := numbered("silent", 10)
	machine.emit(1, keys...)
	l.await(connectors.Down, "")
	require.Less(t, time.Since(silent), cfg.KeepAlive*3/2+time.Second, "noticed within one and a half keep-alives")
	wire.Resume()
	l.await(connectors.Up, "")
	within(t, func(c *require.Assertions) { c.Equal(keys, sink.keys()) })
}

func TestARefusedAndASlowWireLoseNothing(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t)
	wire := connectortest.NewProxy(t, broker.addr)
	machine := newMachine(t, broker.addr)
	sink := &ledger{}
	l := live(t, configFor("mqtt://"+wire.Addr()), sink)
	l.await(connectors.Up, "")

	wire.Refuse()
	machine.emit(1, "refused")
	l.await(connectors.Down, "nothing listens there")
	wire.Resume()
	wire.Slow(20 * time.Millisecond)
	machine.emit(1, "slow")
	within(t, func(c *require.Assertions) { c.Equal([]string{"refused", "slow"}, sink.keys()) })
}

func TestMessagesWithoutAStampKeepTheirIdsAcrossALostLink(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t)
	wire := connectortest.NewProxy(t, broker.addr)
	machine := newMachine(t, broker.addr)
	sink := &ledger{shut: true}
	cfg := configFor("mqtt://" + wire.Addr())
	cfg.Subscriptions[0].Time = ""
	cfg.Subscriptions[0].Values = map[string]string{"key": "key"}
	l := live(t, cfg, sink)
	l.await(connectors.Up, "")
	machine.emit(1, numbered("again", 10)...)
	l.await(connectors.Down, "messages wait on the broker")

	wire.Cut()
	sink.setShut(false)
	l.await(connectors.Up, "")
	machine.emit(1, "last")
	within(t, func(c *require.Assertions) { c.Contains(sink.keys(), "last") })
	require.Equal(t, 11, sink.distinctOffers(), "what the broker repeated is recognised")
	require.Equal(t, append(numbered("again", 10), "last"), sink.keys())
}

func TestASinkThatIsAwayForLongerThanTheKeepAliveDoesNotCostTheLink(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t, "max_inflight_messages 1000")
	machine := newMachine(t, broker.addr)
	sink := &ledger{shut: true}
	l := live(t, configFor(broker.url()), sink)
	l.await(connectors.Up, "")
	keys := numbered("patient", 200)
	machine.emit(1, keys...)
	waiting := l.await(connectors.Down, "messages wait on the broker")
	require.Never(t, func() bool {
		return !strings.Contains(l.status.Snapshot().Detail, "messages wait on the broker")
	}, 9*time.Second, 50*time.Millisecond, "the link is lost while the sink is away")
	require.Equal(t, waiting.Since, l.status.Snapshot().Since)
	sink.setShut(false)
	within(t, func(c *require.Assertions) { c.Equal(keys, sink.keys()) })
	l.await(connectors.Up, "")
	require.Len(t, sink.stored(), 200, "nothing was delivered twice")
}

func TestABrokerWithoutAWindowCannotFillTheMemory(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t, "max_inflight_messages 0", "max_queued_messages 0", "persistence false", "autosave_on_changes false")
	machine := newMachine(t, broker.addr)
	cfg := configFor(broker.url())
	cfg.Subscriptions[0].Values = map[string]string{"key": "key"}
	sink := &ledger{shut: true}
	l := live(t, cfg, sink)
	l.await(connectors.Up, "")
	keys := numbered("large", 90)
	padding := strings.Repeat("x", 900<<10)
	for i, key := range keys {
		machine.publish(topic, 1, false, fmt.Sprintf(`{"ts":%d,"key":%q,"padding":%q}`, i, key, padding))
	}
	l.await(connectors.Down, "messages wait on the broker")
	sink.setShut(false)
	l.await(connectors.Down, "more unacknowledged messages than there is room for")
	within(t, func(c *require.Assertions) { c.Equal(keys, sink.keys()) })
	require.Equal(t, len(keys), sink.distinctOffers(), "what the broker repeats is recognised")
}

func TestEveryQoSArrivesAndQoS0IsNamed(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t)
	machine := newMachine(t, broker.addr)
	for qos := byte(0); qos <= 2; qos++ {
		cfg := configFor(broker.url())
		cfg.ClientID += fmt.Sprint(qos)
		cfg.Subscriptions[0].QoS = &qos
		sink := &ledger{}
		l := live(t, cfg, sink)
		up := l.await(connectors.Up, "")
		require.Equal(t, qos == 0, strings.Contains(up.Detail, "with QoS 0, which may lose messages"), up.Detail)
		machine.emit(qos, "hello")
		within(t, func(c *require.Assertions) { c.Equal([]string{"hello"}, sink.keys()) })
		l.stop()
	}
}

func TestRetainedMessagesAreNoNewsUnlessAskedFor(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t)
	machine := newMachine(t, broker.addr)
	machine.publish(topic, 1, true, payloadOf("retained"))

	skipping := &ledger{}
	live(t, configFor(broker.url()), skipping).await(connectors.Up, "")
	accepting := &ledger{}
	cfg := configFor(broker.url())
	cfg.ClientID = "accepting"
	cfg.Subscriptions[0].Retained = mqtt.AcceptRetained
	live(t, cfg, accepting).await(connectors.Up, "")

	machine.publish(topic, 1, true, payloadOf("live")) // retained too, but live for who listens
	within(t, func(c *require.Assertions) {
		c.Equal([]string{"live"}, skipping.keys())
		c.Equal([]string{"retained", "live"}, accepting.keys())
	})
	require.Equal(t, "true", accepting.stored()[0].Attr["retained"])
	require.NotContains(t, accepting.stored()[1].Attr, "retained")
}

func TestPoisonGoesToTheDeadLettersAndTheRestFlows(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t)
	machine := newMachine(t, broker.addr)
	sink := &ledger{}
	live(t, configFor(broker.url()), sink).await(connectors.Up, "")

	huge := append([]byte(`{"key":"`), bytes.Repeat([]byte("x"), 10<<20)...)
	machine.emit(1, "first")
	machine.publish(topic, 1, false, `{"key":`)
	machine.publish(topic, 1, false, huge)
	machine.publish(topic, 1, false, []byte{0xff, 0xfe})
	machine.publish("plant//filler/telemetry", 1, false, `{"v":1}`)
	machine.emit(1, "last")
	within(t, func(c *require.Assertions) { c.Equal([]string{"first", "last"}, sink.keys()) })

	var reasons []string
	for _, letter := range sink.rejected() {
		require.Equal(t, "line-3", letter.Source)
		require.Equal(t, letter.Origin, letter.Attr["topic"])
		reasons = append(reasons, letter.Reason)
	}
	require.Equal(t, []string{
		"JSON, byte 7: the JSON text ends too early",
		"payload has 10485768 bytes, at most 1048576 are read",
		"message is not valid UTF-8",
		`asset path "lyon//filler": segment 2 is empty`,
	}, reasons)
	require.Equal(t, huge[:pipeline.MaxDeadLetterBytes], sink.rejected()[1].Body)
}

func TestLargeMessagesAreOfferedInParts(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t)
	cfg := configFor(broker.url())
	first := live(t, cfg, &ledger{})
	first.await(connectors.Up, "")
	first.stop()

	const messages, values = 20, 4096
	machine := newMachine(t, broker.addr)
	for range messages { // they wait for the connector, and come at once
		machine.publish(topic, 1, false, "["+strings.Repeat("1,", values-1)+"1]")
	}
	sink := &ledger{}
	live(t, cfg, sink)
	within(t, func(c *require.Assertions) { c.Len(sink.stored(), messages*values) })
	require.Less(t, sink.largest(), 500+values)
}

func TestAPanicOnAGoroutineOfPahoEndsTheLinkAndNotTheProcess(t *testing.T) {
	t.Parallel()
	taking, acknowledging := mqtt.WhatEnds(nil) // a message that cannot be used
	for _, err := range []error{taking, acknowledging} {
		require.ErrorContains(t, err, "a fault in the program stopped this connector")
		require.Contains(t, connectors.Stack(err).Value.String(), "mqtt.(*link)")
	}
}

func TestMarkupInNamesArrivesAsData(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t)
	machine := newMachine(t, broker.addr)
	sink := &ledger{}
	live(t, configFor(broker.url()), sink).await(connectors.Up, "")
	machine.publish("plant/<b>line<b>/'; DROP TABLE posts; --/telemetry", 1, false, `{"<img src=x>":"<script>"}`)
	within(t, func(c *require.Assertions) { c.Len(sink.stored(), 1) })
	e := sink.stored()[0]
	require.Equal(t, pipeline.AssetPath("lyon/<b>line<b>/'; DROP TABLE posts; --"), e.Asset)
	require.Equal(t, "<img src=x>", e.Signal)
	require.Equal(t, "<script>", e.Value.String())
}

func TestTwoClientsWithOneIdAreNamed(t *testing.T) {
	t.Parallel()
	broker := newMosquitto(t)
	one := live(t, configFor(broker.url()), &ledger{})
	live(t, configFor(broker.url()), &ledger{})
	one.await(connectors.Down, `another client probably uses the client id "fildefer-test"`)
}
