package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
)

// The machines of the bench: families of assets that report one number each
// time, in a payload of some 256 bytes.
const (
	benchAssets  = 200
	benchPayload = 256
	// benchWindow is how many messages wait for the broker at once.
	benchWindow = 1000
	// benchRarely is one message in how many is beyond its limit.
	benchRarely = 20_000
)

func benchFamilies() []string { return []string{"filler", "capper", "labeller", "packer"} }

// benchAsset is "family/asset" of the message number n.
func benchAsset(n int) string {
	families := benchFamilies()
	return fmt.Sprintf("%s/a%03d", families[n%len(families)], n%benchAssets)
}

type benchMachinesCmd struct {
	Broker string `required:""`
}

// run obeys "<root of the topics> <first number> <count>" by publishing that
// many messages at QoS 1; it answers when the broker has acknowledged all.
func (m *benchMachinesCmd) run(ctx context.Context, c console) error {
	client, err := benchClient(ctx, m.Broker, "bench-machines", nil)
	if err != nil {
		return err
	}
	defer client.Disconnect(250)
	return obey(c, func(order string) (string, error) {
		var root string
		var first, count int
		if _, err := fmt.Sscan(order, &root, &first, &count); err != nil {
			return "", fmt.Errorf("order %q: %w", order, err)
		}
		return "published", flood(ctx, client, root, first, count)
	})
}

func flood(ctx context.Context, client paho.Client, root string, first, count int) error {
	var flying [benchWindow]paho.Token
	for i := range count + benchWindow {
		slot := i % benchWindow
		if flying[slot] != nil {
			if err := settled(ctx, flying[slot]); err != nil {
				return err
			}
			flying[slot] = nil
		}
		if i < count {
			n := first + i
			flying[slot] = client.Publish(root+"/"+benchAsset(n)+"/telemetry", 1, false, benchMessage(n))
		}
	}
	return nil
}

// benchMessage holds one number that is asked for, one that tells it from all
// others, and what machines add besides.
func benchMessage(n int) []byte {
	value := 500 + float64(n%100)/10
	if n%benchRarely == benchRarely-1 {
		value = 5000
	}
	b := fmt.Appendf(make([]byte, 0, benchPayload), `{"ts":%d,"n":%d,"value":%.1f,"note":"`, time.Now().UnixMilli(), n, value)
	b = append(b, strings.Repeat("x", benchPayload-len(b)-2)...)
	return append(b, `"}`...)
}

// benchClient connects to the broker of the bench. Got is called with every
// message, in order; paho acknowledges after it returns.
func benchClient(ctx context.Context, broker, id string, got paho.MessageHandler) (paho.Client, error) {
	client := paho.NewClient(paho.NewClientOptions().
		AddBroker("tcp://" + broker).SetClientID(id).SetDefaultPublishHandler(got).SetAutoReconnect(false))
	return client, settled(ctx, client.Connect())
}

// settled waits for what the broker says of a packet. Without a connection,
// paho says so.
func settled(ctx context.Context, token paho.Token) error {
	select {
	case <-token.Done():
		return token.Error()
	case <-ctx.Done():
		return ctx.Err()
	}
}
