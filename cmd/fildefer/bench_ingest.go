package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
)

const ingestConfig = `
sources:
  - name: machines
    mqtt:
      url: tcp://%s
      subscriptions:
        - topic: ours/{family}/{asset}/telemetry
          asset: plant/{family}/{asset}
          time: ts
          seq: n
          values: {value: weight}
rules: [rules.yaml]
`

// What asks nobody for anything is never held back.
const ingestRule = `
  - id: %[1]s
    kind: limit
    signal: weight
    match: {asset: "plant/%[1]s/*"}
    high: 1000
    topic: quality
    severity: info
    title: {fr: "{asset} : {value|1}", en: "{asset}: {value|1}"}
`

// ingestion measures events a second from Mosquitto at QoS 1 to committed by
// the desk, beside a receiver that does nothing with the same messages.
type ingestion struct {
	broker   string
	machines *part
	house    *house
	count    int
	sent     int // so that no message is like another
}

func (b *bench) ingest(ctx context.Context) (figures []figure, err error) {
	broker, stop, err := b.startBroker(ctx)
	if err != nil {
		return nil, err
	}
	defer stop()
	machines, err := b.startPart(ctx, "machines", "--broker", broker)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstOf(err, machines.stop()) }()
	rules := "rules:"
	for _, family := range benchFamilies() {
		rules += fmt.Sprintf(ingestRule, family)
	}
	h, err := b.openHouse(ctx, "ingest", fmt.Sprintf(ingestConfig, broker), rules)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstOf(err, h.close()) }()

	in := &ingestion{broker: broker, machines: machines, house: h, count: b.size(100_000, 20_000)}
	if err := await(ctx, "the subscription", func() bool { return h.supervisor.Health()[0].State == "up" }); err != nil {
		return nil, err
	}
	b.say("ingest: %d messages of %d bytes at QoS 1, for a bare receiver and for Fildefer in turn", in.count, benchPayload)
	if _, err := in.ours(ctx); err != nil { // the first time fills caches
		return nil, err
	}
	medians, err := b.interleave(ctx, b.size(5, 3), "events/s", contender{"bare receiver", in.bare}, contender{"here", in.ours})
	if err != nil {
		return nil, err
	}
	return []figure{{
		name: "ingest: Mosquitto QoS 1 to committed, fsynced before PUBACK", unit: "events/s",
		bare: medians[0], ours: medians[1], goal: goal{ratioAtLeast: 0.6},
	}}, nil
}

// bare receives the messages with paho, in order, acknowledged as they come.
func (in *ingestion) bare(ctx context.Context) (float64, error) {
	var got atomic.Int64
	done := make(chan struct{})
	client, err := benchClient(ctx, in.broker, "bench-receiver", func(paho.Client, paho.Message) {
		if got.Add(1) == int64(in.count) {
			close(done)
		}
	})
	if err != nil {
		return 0, err
	}
	defer client.Disconnect(250)
	if err := settled(ctx, client.Subscribe("bare/#", 1, nil)); err != nil {
		return 0, err
	}
	return in.flood(ctx, "bare", func(ctx context.Context) error {
		return await(ctx, "the last message", func() bool { return got.Load() >= int64(in.count) })
	})
}

// ours waits until the desk has committed the last of the messages.
func (in *ingestion) ours(ctx context.Context) (float64, error) {
	accepted := func() uint64 { return in.house.supervisor.Health()[0].Accepted }
	want := accepted() + uint64(in.count)
	return in.flood(ctx, "ours", func(ctx context.Context) error {
		if err := await(ctx, "the last event to be stored", func() bool { return accepted() >= want }); err != nil {
			return err
		}
		stream, err := in.house.bus.Identity(ctx)
		if err != nil {
			return err
		}
		return await(ctx, "the last event to be committed", func() bool { return in.house.desk.Position() >= stream.Last })
	})
}

// flood returns messages a second from the first publish to the end of wait.
func (in *ingestion) flood(ctx context.Context, root string, wait func(context.Context) error) (float64, error) {
	published := make(chan error, 1)
	first := in.sent
	in.sent += in.count
	start := time.Now()
	go func() {
		_, err := in.machines.ask("%s %d %d", root, first, in.count)
		published <- err
	}()
	err := wait(ctx)
	elapsed := time.Since(start)
	return float64(in.count) / elapsed.Seconds(), firstOf(err, <-published)
}
