package plantsim

import (
	"context"
	"fmt"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
)

// broker is the line's connection to an MQTT broker.
type broker struct{ client paho.Client }

// dial connects, for as long as ctx lasts. Later the connection comes back by
// itself.
func dial(ctx context.Context, url string) (*broker, error) {
	options := paho.NewClientOptions().AddBroker(url).SetClientID("plantsim").
		SetConnectTimeout(5 * time.Second).SetConnectRetry(true).SetConnectRetryInterval(time.Second).
		SetMaxReconnectInterval(5 * time.Second).SetWriteTimeout(5 * time.Second)
	client := paho.NewClient(options)
	token := client.Connect()
	select {
	case <-token.Done():
	case <-ctx.Done():
		client.Disconnect(0)
		return nil, fmt.Errorf("connect to %s: %w", url, ctx.Err())
	}
	if err := token.Error(); err != nil {
		return nil, fmt.Errorf("connect to %s: %w", url, err)
	}
	return &broker{client: client}, nil
}

// publish sends a message that the broker must confirm. Nobody waits for it:
// the client sends it again until it is.
func (b *broker) publish(m MQTT) {
	if b.client.IsConnectionOpen() {
		b.client.Publish(m.Topic, 1, false, m.Payload)
	}
}

// close gives what is under way a moment to arrive.
func (b *broker) close() { b.client.Disconnect(500) }
