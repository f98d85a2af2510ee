package mqtt_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/connectortest"
	"github.com/fildefer/fildefer/connectors/mqtt"
	"github.com/fildefer/fildefer/pipeline"
)

func TestTheConnectorKeepsTheContract(t *testing.T) {
	t.Parallel()
	for qos := byte(1); qos <= 2; qos++ {
		t.Run(fmt.Sprintf("QoS %d", qos), func(t *testing.T) {
			t.Parallel()
			connectortest.Run(t, func(t *testing.T) connectortest.Harness {
				broker := newMosquitto(t)
				wire := newTap(t, broker.addr)
				machine := newMachine(t, broker.addr)
				cfg := configFor("mqtt://" + wire.addr)
				cfg.Subscriptions[0].QoS = &qos
				return connectortest.Harness{
					Connector: func() connectors.Connector {
						c, err := mqtt.New("line-3", cfg, logOf(t))
						require.NoError(t, err)
						return c
					},
					Emit:    func(keys ...string) { machine.emit(qos, keys...) },
					Key:     keyOf,
					Settled: wire.list,
					Poison:  func() { machine.publish(topic, qos, false, `{"key":`) },
				}
			})
		})
	}
}

func keyOf(e *pipeline.Event) string {
	key, _ := e.Value.Text()
	return key
}
