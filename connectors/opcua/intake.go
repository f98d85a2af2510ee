package opcua

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/gopcua/opcua/ua"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// maxBatch is how many events are offered to the sink at once.
const maxBatch = 500

// intake brings changes into the pipeline and returns when they are stored.
type intake struct {
	sink   pipeline.Sink
	mapper *Mapper
	status *connectors.Status
	log    *slog.Logger
	item   func(handle uint32) (item, bool)
	report func()          // puts the link's own state back after a backlog
	told   map[string]bool // nodes whose unreadable type was reported
}

// take stores changes. It returns nil only when the sink has them all, and an
// error only when ctx ends before.
func (in *intake) take(ctx context.Context, changes []*ua.MonitoredItemNotification, received time.Time) error {
	var events []pipeline.Event
	for _, change := range changes {
		it, ok := in.item(change.ClientHandle)
		if !ok {
			in.log.WarnContext(ctx, "change of an unknown item", "handle", change.ClientHandle)
			continue
		}
		some, err := in.mapper.events(it, change.Value, received)
		if err != nil {
			if err := in.reject(ctx, it, change.Value, err, received); err != nil {
				return err
			}
		}
		events = append(events, some...)
	}
	return in.accept(ctx, events)
}

func (in *intake) accept(ctx context.Context, events []pipeline.Event) error {
	for batch := range slices.Chunk(events, maxBatch) {
		if err := in.persist(ctx, func() error { return in.sink.Accept(ctx, batch) }); err != nil {
			return err
		}
	}
	return nil
}

// reject puts a value that cannot become an event where people see it. A type
// that cannot be read will not change with the next value: it is told once.
func (in *intake) reject(ctx context.Context, it item, dv *ua.DataValue, reason error, received time.Time) error {
	letter := pipeline.DeadLetter{
		Source: in.mapper.source, Origin: it.node, Reason: reason.Error(), Received: received.UTC(),
		Attr: map[string]string{"node": it.node, "asset": string(it.asset), "signal": it.signal},
	}
	if errors.Is(reason, errStructure) {
		if in.told[it.node] {
			return nil
		}
		in.told[it.node] = true
	} else if body, err := dv.Encode(); err == nil {
		letter.Body = body[:min(len(body), pipeline.MaxDeadLetterBytes)]
	}
	return in.persist(ctx, func() error { return in.sink.Reject(ctx, letter) })
}

// lost declares that what happened between two sessions may not have been
// read: one gap event for each asset.
func (in *intake) lost(ctx context.Context, assets []pipeline.AssetPath, from, to time.Time) error {
	events := make([]pipeline.Event, len(assets))
	for i, asset := range assets {
		since := from.UTC().Format(time.RFC3339Nano)
		events[i] = pipeline.Event{
			ID:     digestID(in.mapper.source, []byte("gap\n"+in.mapper.server+"\n"+string(asset)+"\n"+since)),
			Source: in.mapper.source, Asset: asset, Kind: pipeline.Gap, At: from.UTC(), Received: to.UTC(),
			Attr: map[string]string{
				"endpoint": in.mapper.endpoint, "reason": "the link to the server was cut",
				"from": since, "to": to.UTC().Format(time.RFC3339Nano),
			},
		}
	}
	return in.accept(ctx, events)
}

// persist repeats store until it succeeds or ctx ends. Meanwhile nothing is
// acknowledged, and the server's queues hold what they can.
func (in *intake) persist(ctx context.Context, store func() error) error {
	backoff := connectors.Backoff{Min: 50 * time.Millisecond, Max: 5 * time.Second}
	for failed := false; ; failed = true {
		err := store()
		switch {
		case err == nil && failed:
			in.report()
			return nil
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		}
		in.status.Down(fmt.Errorf("what was read cannot be stored, it is offered again: %w", err))
		if err := backoff.Wait(ctx); err != nil {
			return err
		}
	}
}
