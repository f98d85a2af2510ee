package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/synadia-io/orbit.go/jetstreamext"
	"golang.org/x/sync/errgroup"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
)

const benchBatch = 500

// publishing measures durable publishes: many callers of our bus, beside
// atomic batches published to an equal server by nobody but the client library.
type publishing struct {
	bus     *bus.Bus
	js      jetstream.JetStream
	batches int
	sent    atomic.Int64 // so that no event is like another
}

func (b *bench) publish(ctx context.Context) (figures []figure, err error) {
	js, stop, err := bareStream(ctx, filepath.Join(b.dir, "bare-stream"))
	if err != nil {
		return nil, err
	}
	defer stop()
	stream, err := bus.Open(ctx, bus.Options{
		Shards: shards, Embedded: &bus.Embedded{Dir: filepath.Join(b.dir, "stream")}, Logger: b.log, Registerer: prometheus.NewRegistry(),
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stream.Close()) }()

	p := &publishing{bus: stream, js: js, batches: b.size(64, 16)}
	b.say("publish: %d durable events, in atomic batches of %d and through the bus in turn", p.batches*benchBatch, benchBatch)
	medians, err := b.interleave(ctx, b.size(7, 3), "events/s",
		contender{"bare atomic batches", p.bare},
		contender{"16 callers of 500", p.callers(16, benchBatch)},
		contender{"256 callers of one", p.callers(256, 1)})
	if err != nil {
		return nil, err
	}
	return []figure{
		{name: "publish: 16 callers with 500 events each, on disk", unit: "events/s", bare: medians[0], ours: medians[1], goal: goal{ratioAtLeast: 0.9}},
		{name: "publish: 256 callers with 1 event each, on disk", unit: "events/s", bare: medians[0], ours: medians[2]},
	}, nil
}

// bareStream is a server and a stream set up like those of the bus.
func bareStream(ctx context.Context, dir string) (js jetstream.JetStream, stop func(), err error) {
	srv, err := server.NewServer(&server.Options{
		ServerName: "bare", DontListen: true, NoSigs: true, NoLog: true, JetStream: true, StoreDir: dir, SyncAlways: true,
	})
	if err != nil {
		return nil, nil, fmt.Errorf("bare nats server: %w", err)
	}
	srv.Start()
	stop = func() {
		srv.Shutdown()
		srv.WaitForShutdown()
	}
	defer func() {
		if err != nil {
			stop()
		}
	}()
	if !srv.ReadyForConnections(patience) {
		return nil, nil, errors.New("bare nats server does not start")
	}
	conn, err := nats.Connect("", nats.InProcessServer(srv))
	if err != nil {
		return nil, nil, fmt.Errorf("bare nats server: %w", err)
	}
	if js, err = jetstream.New(conn); err != nil {
		return nil, nil, err
	}
	_, err = js.CreateStream(ctx, jetstream.StreamConfig{
		Name: "BARE", Subjects: []string{"bare.>"}, AllowAtomicPublish: true, AllowDirect: true,
		Discard: jetstream.DiscardNew, MaxBytes: 4 << 30, Duplicates: 2 * time.Minute,
	})
	return js, stop, err
}

// bare publishes batches of the same bytes, each after the one before.
func (p *publishing) bare(ctx context.Context) (float64, error) {
	start := time.Now()
	for range p.batches {
		batch := make([]*nats.Msg, benchBatch)
		for i := range batch {
			e := p.event()
			batch[i] = &nats.Msg{
				Subject: "bare." + bus.Subject(&e, shards), Data: pipeline.Append(nil, &e),
				Header: nats.Header{jetstream.MsgIDHeader: {string(e.ID)}, jetstream.ExpectedStreamHeader: {"BARE"}},
			}
		}
		if _, err := jetstreamext.PublishMsgBatch(ctx, p.js, batch); err != nil {
			return 0, fmt.Errorf("publish a bare batch: %w", err)
		}
	}
	return p.rate(start), nil
}

// callers brings the same number of events to the bus, shared by that many
// callers with so many events a call.
func (p *publishing) callers(callers, each int) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		var left atomic.Int64
		left.Store(int64(p.batches * benchBatch / each))
		start := time.Now()
		g, ctx := errgroup.WithContext(ctx)
		for range callers {
			g.Go(func() error {
				for left.Add(-1) >= 0 {
					events := make([]pipeline.Event, each)
					for i := range events {
						events[i] = p.event()
					}
					if err := p.bus.Accept(ctx, events); err != nil {
						return err
					}
				}
				return nil
			})
		}
		err := g.Wait()
		return p.rate(start), err
	}
}

func (p *publishing) rate(start time.Time) float64 {
	return float64(p.batches*benchBatch) / time.Since(start).Seconds()
}

func (p *publishing) event() pipeline.Event {
	n := int(p.sent.Add(1))
	return pipeline.Event{
		ID: pipeline.EventID(fmt.Sprintf("bench:%d", n)), Source: "bench", Asset: pipeline.AssetPath("plant/" + benchAsset(n)),
		Signal: "weight", Kind: pipeline.Measure, Value: pipeline.Number(float64(n)), Unit: "g", Received: time.Now().UTC(),
		Attr: map[string]string{"topic": "plant/" + benchAsset(n) + "/telemetry"},
	}
}
