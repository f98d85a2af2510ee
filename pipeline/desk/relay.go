package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
)

// Outbox holds what left the feed in a commit and has not arrived yet.
type Outbox interface {
	// Pending returns the oldest messages not yet sent, in order.
	Pending(ctx context.Context, limit int) ([]feed.Outgoing, error)
	Sent(ctx context.Context, ids []string) error
}

// Relay brings what people report into the event stream, so that rules can
// compare it with what machines and the ERP say. Delivery is at least once
// under a fixed event ID, which makes it once in effect.
type Relay struct {
	outbox Outbox
	sink   pipeline.Sink
	log    *slog.Logger
	wake   chan struct{}
}

// NewRelay returns a relay from outbox to sink.
func NewRelay(outbox Outbox, sink pipeline.Sink, log *slog.Logger) *Relay {
	return &Relay{outbox: outbox, sink: sink, log: log, wake: make(chan struct{}, 1)}
}

// Wake asks the relay to look at once. It never blocks.
func (r *Relay) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

const (
	relayBatch = 100
	relayPace  = 2 * time.Second
)

// Run relays until ctx ends, then returns nil. Faults are logged and tried
// again.
func (r *Relay) Run(ctx context.Context) error {
	ticker := time.NewTicker(relayPace)
	defer ticker.Stop()
	for {
		if err := r.Flush(ctx); err != nil && ctx.Err() == nil {
			r.log.LogAttrs(ctx, slog.LevelWarn, "people's reports wait to enter the event stream", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-r.wake:
		case <-ticker.C:
		}
	}
}

// Flush relays everything that is pending now.
func (r *Relay) Flush(ctx context.Context) error {
	for {
		pending, err := r.outbox.Pending(ctx, relayBatch)
		if err != nil {
			return fmt.Errorf("read the outbox: %w", err)
		}
		if len(pending) == 0 {
			return nil
		}
		events := make([]pipeline.Event, 0, len(pending))
		ids := make([]string, 0, len(pending))
		for _, m := range pending {
			ids = append(ids, m.ID)
			e, err := event(m)
			if err == nil {
				err = e.Validate()
			}
			if err == nil {
				events = append(events, e)
				continue
			}
			// One report that cannot be an event must not hold back the others.
			letter := pipeline.DeadLetter{Source: pipeline.People, Origin: "report " + m.ID, Reason: err.Error(), Body: m.Payload, Received: m.At}
			if err := r.sink.Reject(ctx, letter); err != nil {
				return fmt.Errorf("set aside report %s: %w", m.ID, err)
			}
		}
		if err := r.sink.Accept(ctx, events); err != nil {
			return fmt.Errorf("publish people's reports: %w", err)
		}
		if err := r.outbox.Sent(ctx, ids); err != nil {
			return fmt.Errorf("mark the outbox: %w", err)
		}
	}
}

func event(m feed.Outgoing) (pipeline.Event, error) {
	switch m.Kind {
	case "shelf":
		return shelfEvent(m)
	case "act":
		return actEvent(m)
	}
	return pipeline.Event{}, fmt.Errorf("outgoing message %s has the unknown kind %q", m.ID, m.Kind)
}

func shelfEvent(m feed.Outgoing) (pipeline.Event, error) {
	var r feed.ShelfReport
	if err := json.Unmarshal(m.Payload, &r); err != nil {
		return pipeline.Event{}, fmt.Errorf("outgoing message %s: %w", m.ID, err)
	}
	return pipeline.Event{
		ID: pipeline.EventID("shelf:" + m.ID), Source: pipeline.People, Asset: pipeline.AssetPath(r.Store),
		Signal: "shelf", Kind: pipeline.Record, Value: pipeline.Text(r.State), At: r.At, Received: r.At,
		Attr: map[string]string{"sku": r.SKU, "aisle": strings.TrimPrefix(string(r.Aisle), string(r.Store)+"/"), "post": string(r.Post)},
	}, nil
}

func actEvent(m feed.Outgoing) (pipeline.Event, error) {
	var a feed.Act
	if err := json.Unmarshal(m.Payload, &a); err != nil {
		return pipeline.Event{}, fmt.Errorf("outgoing message %s: %w", m.ID, err)
	}
	act := pipeline.Act{
		Kind: pipeline.ActKind(a.Kind), Asset: pipeline.AssetPath(a.Asset), Thread: a.Thread, Key: a.Key,
		Until: a.Until, OneShot: a.OneShot, Reason: a.Reason, Member: string(a.Member),
	}
	return act.Event(pipeline.EventID("act:"+m.ID), m.At), nil
}
