package opcua

import (
	"context"
	"log/slog"
	"time"

	"github.com/gopcua/opcua/ua"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// Ears hear one notifier without a server.
type Ears struct {
	hearing *hearing
	events  []pipeline.Event
	letters []pipeline.DeadLetter
	wanted  int
	accept  func([]pipeline.Event) error
	list    []byte // the roll, as it was written last
	target  target
}

// NewEars listens to the alarms of an entry, on a server with one namespace.
func NewEars(alarm Alarm, namespace string) (*Ears, error) {
	t, err := alarm.target([]string{"http://opcfoundation.org/UA/", namespace})
	if err != nil {
		return nil, err
	}
	e := &Ears{target: t, accept: func([]pipeline.Event) error { return nil }}
	return e, e.Awake()
}

// Awake begins a new life of the program, with the list that the last one left.
func (e *Ears) Awake() error {
	r := newRoll(func(list []byte) error {
		e.list = list
		return nil
	})
	if e.list != nil {
		if err := r.load(e.list); err != nil {
			return err
		}
	}
	e.hearing = newHearing(&intake{
		sink: e, mapper: &Mapper{source: "press", endpoint: "opc.tcp://plc:4840", server: "urn:plc"},
		status: connectors.NewStatus("press", "opcua"), log: slog.New(slog.DiscardHandler), report: func() {},
		item: func(uint32) (item, bool) { return e.target.item, true }, told: make(map[string]bool),
	}, r, func() { e.wanted++ })
	return nil
}

// OnAccept is asked before events are taken.
func (e *Ears) OnAccept(accept func([]pipeline.Event) error) { e.accept = accept }

// Accept is the sink's.
func (e *Ears) Accept(_ context.Context, events []pipeline.Event) error {
	if err := e.accept(events); err != nil {
		return err
	}
	e.events = append(e.events, events...)
	return nil
}

// Reject is the sink's.
func (e *Ears) Reject(_ context.Context, letter pipeline.DeadLetter) error {
	e.letters = append(e.letters, letter)
	return nil
}

// Hear returns what became of one event.
func (e *Ears) Hear(ctx context.Context, fields []*ua.Variant, received time.Time) ([]pipeline.Event, []pipeline.DeadLetter, error) {
	e.events, e.letters = nil, nil
	err := e.hearing.hear(ctx, []*ua.EventFieldList{{ClientHandle: 1, EventFields: fields}}, received)
	return e.events, e.letters, err
}

// Wanted is how many refreshes were asked for.
func (e *Ears) Wanted() int { return e.wanted }

// EventFields puts what is said, by path, in the order in which it is asked.
func EventFields(said map[string]any) []*ua.Variant {
	var list []*ua.Variant
	for _, f := range fields() {
		v := &ua.Variant{}
		if said[f.path] != nil {
			v = ua.MustVariant(said[f.path])
		}
		list = append(list, v)
	}
	return list
}

// Listed names the conditions on the list that the next life would read.
func (e *Ears) Listed() (conditions []string, err error) {
	r := newRoll(nil)
	if e.list != nil {
		err = r.load(e.list)
	}
	for key := range r.open {
		conditions = append(conditions, key.condition)
	}
	return conditions, err
}

// OpenRoll reads a list of active alarms, as a program that starts does.
func OpenRoll(file string) error {
	_, err := openRoll(file)
	return err
}
