package opcua

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/gopcua/opcua/id"
	"github.com/gopcua/opcua/ua"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// Reasons of what no event of the server says in so many words.
const (
	reasonNotRefreshed = "the server did not name it when it was asked for all that is active"
	reasonUnconfigured = "its entry under alarms is no longer configured"
	reasonOverflow     = "the server's queue of events overflowed: changes of alarms before this are lost"
)

// hearing brings the events of notifiers into the pipeline, in their order, and
// keeps the roll of what is active.
type hearing struct {
	*intake
	roll *roll
	want func() // asks for a refresh, some time soon

	calls  map[uint32]map[rollKey]bool // by handle: what the refresh that is under way has named
	parcel connectors.Parcel[change]
}

// newHearing begins with what the roll has kept of earlier sessions.
func newHearing(in *intake, roll *roll, want func()) *hearing {
	roll.recall()
	return &hearing{intake: in, roll: roll, want: want, calls: make(map[uint32]map[rollKey]bool)}
}

// hear stores events. Like [intake.take] it returns nil only when the sink has
// them all.
func (h *hearing) hear(ctx context.Context, events []*ua.EventFieldList, received time.Time) error {
	for _, event := range events {
		it, ok := h.item(event.ClientHandle)
		if !ok || it.alarms == nil {
			h.log.WarnContext(ctx, "event of an unknown item", "handle", event.ClientHandle)
			continue
		}
		c := change{item: it, raw: event, received: received}
		s, err := hearFields(event.EventFields)
		if err == nil {
			err = h.sort(ctx, event.ClientHandle, c, s)
		}
		if err != nil {
			if err := h.refuse(ctx, c, s, err); err != nil {
				return err
			}
		}
		if h.parcel.Len() >= maxBatch {
			if err := h.store(ctx); err != nil {
				return err
			}
		}
	}
	return h.store(ctx)
}

// sort tells what concerns the listening itself from what is said of alarms.
func (h *hearing) sort(ctx context.Context, handle uint32, c change, s said) error {
	switch {
	case s.is(id.RefreshStartEventType):
		h.calls[handle] = make(map[rollKey]bool)
	case s.is(id.RefreshEndEventType):
		h.conclude(handle, c, s)
	case s.is(id.RefreshRequiredEventType):
		h.log.InfoContext(ctx, "the server asks to be asked for its alarms", "node", c.node)
		h.want()
	case s.is(id.EventQueueOverflowEventType):
		// What a refresh has not named may be among what was lost.
		delete(h.calls, handle)
		h.overflow(c, s)
		h.want()
	default:
		return h.state(handle, c, s)
	}
	return nil
}

// overflow declares that changes of alarms were lost.
func (h *hearing) overflow(c change, s said) {
	since := s.time("Time")
	if since.IsZero() {
		since = c.received
	}
	h.parcel.Add(c, h.mapper.gaps(h.assets([]*notifier{c.alarms}), reasonOverflow, since, c.received)...)
}

// state takes what is said of one alarm. One below the least severity is let
// go, unless it was told before.
func (h *hearing) state(handle uint32, c change, s said) error {
	e, err := h.mapper.alarm(c.item, s, c.received)
	if err != nil {
		return err
	}
	n := c.alarms
	key := rollKey{n.key, e.Asset, e.Signal, e.Attr["condition"]}
	if severity := s.severity(); severity > 0 && severity < n.least && !h.roll.has(key) {
		return nil
	}
	// A branch is an earlier state that waits to be acknowledged. It goes into
	// the stream and changes nothing of what is active now.
	if e.Attr["branch"] == "" {
		if call := h.calls[handle]; call != nil {
			call[key] = true
		}
		h.roll.meet(n, &e)
	}
	h.parcel.Add(c, e)
	return nil
}

// conclude ends a refresh: what it did not name is active no more.
func (h *hearing) conclude(handle uint32, c change, s said) {
	named, asked := h.calls[handle]
	if !asked {
		return // its start was lost, and perhaps more
	}
	delete(h.calls, handle)
	h.end(c, h.roll.missing(func(a openAlarm) bool {
		return a.Notifier == c.alarms.key && !named[a.key()]
	}), reasonNotRefreshed, s.time("Time"))
}

func (h *hearing) end(c change, missing []openAlarm, reason string, at time.Time) {
	for _, a := range missing {
		h.roll.leave(a.key())
		h.parcel.Add(c, h.mapper.over(a, reason, at, c.received))
	}
}

// forget ends the alarms of entries that the configuration has no longer: no
// refresh will name them.
func (h *hearing) forget(ctx context.Context, alarms []Alarm, now time.Time) error {
	h.end(change{item: item{node: h.mapper.endpoint}, received: now}, h.roll.missing(func(a openAlarm) bool {
		return !slices.ContainsFunc(alarms, func(c Alarm) bool { return c.key() == a.Notifier })
	}), reasonUnconfigured, now)
	return h.store(ctx)
}

// store offers what was gathered, between what the roll promises and settles.
func (h *hearing) store(ctx context.Context) error {
	if err := h.roll.promise(); err != nil {
		return err
	}
	if err := h.accept(ctx, &h.parcel); err != nil {
		return err
	}
	return h.roll.settle()
}

// refuse puts aside what cannot become an event. Events without a state (audit,
// progress, system) are none of ours; a source without an asset is told once.
func (h *hearing) refuse(ctx context.Context, c change, s said, reason error) error {
	if errors.Is(reason, errNoCondition) {
		return nil
	}
	if errors.Is(reason, errUnmapped) {
		source := "source " + s.id("SourceNode", c.alarms.namespaces) + " " + s.source()
		if h.told[source] {
			return nil
		}
		h.told[source] = true
	}
	return h.reject(ctx, c, reason)
}

// assets lists what some notifiers are known to tell of.
func (h *hearing) assets(notifiers []*notifier) []pipeline.AssetPath {
	assets := make(map[pipeline.AssetPath]bool)
	for _, n := range notifiers {
		for _, asset := range n.known() {
			assets[asset] = true
		}
		for _, a := range h.roll.open {
			if a.Notifier == n.key {
				assets[a.Asset] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(assets))
}
