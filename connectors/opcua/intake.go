package opcua

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/gopcua/opcua/ua"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// maxBatch is how many events are gathered before they are offered.
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

// change is what a server says of an item at once.
type change struct {
	item
	raw      any // *ua.DataValue or *ua.EventFieldList; nil when there is none
	received time.Time
}

// take stores changes. It returns nil only when the sink has them all, and an
// error only when ctx ends before or the sink refuses for ever what it was not
// offered.
func (in *intake) take(ctx context.Context, changes []*ua.MonitoredItemNotification, received time.Time) error {
	var parcel connectors.Parcel[change]
	for _, notification := range changes {
		it, ok := in.item(notification.ClientHandle)
		if !ok {
			in.log.WarnContext(ctx, "change of an unknown item", "handle", notification.ClientHandle)
			continue
		}
		c := change{item: it, received: received}
		if notification.Value != nil {
			c.raw = notification.Value
		}
		events, err := in.mapper.events(it, notification.Value, received)
		if err != nil {
			if err := in.reject(ctx, c, err); err != nil {
				return err
			}
			continue
		}
		parcel.Add(c, events...)
		if parcel.Len() >= maxBatch {
			if err := in.accept(ctx, &parcel); err != nil {
				return err
			}
		}
	}
	return in.accept(ctx, &parcel)
}

func (in *intake) accept(ctx context.Context, parcel *connectors.Parcel[change]) error {
	return parcel.Store(
		func(events []pipeline.Event) error {
			return in.persist(ctx, func() error { return in.sink.Accept(ctx, events) })
		},
		func(c change, reason error) error { return in.reject(ctx, c, reason) },
	)
}

// reject puts a value that cannot become an event where people see it. A type
// that cannot be read will not change with the next value: it is told once.
func (in *intake) reject(ctx context.Context, c change, reason error) error {
	letter := pipeline.DeadLetter{
		Source: in.mapper.source, Origin: c.node, Reason: reason.Error(), Received: c.received.UTC(),
		Attr: map[string]string{"node": c.node, "asset": string(c.asset), "signal": c.signal},
	}
	if errors.Is(reason, errStructure) {
		if in.told[c.node] {
			return nil
		}
		in.told[c.node] = true
	} else if c.raw != nil {
		if body, err := ua.Encode(c.raw); err == nil {
			letter.Body = body[:min(len(body), pipeline.MaxDeadLetterBytes)]
		}
	}
	return in.persist(ctx, func() error { return in.sink.Reject(ctx, letter) })
}

// lost declares that what happened between two sessions may not have been
// read: one gap event for each asset.
func (in *intake) lost(ctx context.Context, assets []pipeline.AssetPath, from, to time.Time) error {
	var parcel connectors.Parcel[change]
	for _, gap := range in.mapper.gaps(assets, "the link to the server was cut", from, to) {
		cut := change{item: item{node: in.mapper.endpoint, asset: gap.Asset}, received: to}
		parcel.Add(cut, gap)
	}
	return in.accept(ctx, &parcel)
}

// persist repeats store until it succeeds, never can, or ctx ends. Meanwhile
// nothing is acknowledged, and the server's queues hold what they can.
func (in *intake) persist(ctx context.Context, store func() error) error {
	backoff := connectors.Backoff{Min: 50 * time.Millisecond, Max: 5 * time.Second}
	for failed := false; ; failed = true {
		err := store()
		if err == nil || errors.Is(err, pipeline.ErrInvalid) {
			if failed {
				in.report()
			}
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		in.status.Down(fmt.Errorf("what was read cannot be stored, it is offered again: %w", err))
		if err := backoff.Wait(ctx); err != nil {
			return err
		}
	}
}
