package opcua_test

import (
	"context"
	"slices"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// unprimed hides what a server tells of a variable that has no value yet:
// nobody emitted it.
type unprimed struct{ connectors.Connector }

func (u unprimed) Run(ctx context.Context, s pipeline.Sink, status *connectors.Status) error {
	return u.Connector.Run(ctx, valuesOnly{s}, status)
}

type valuesOnly struct{ pipeline.Sink }

func (v valuesOnly) Accept(ctx context.Context, events []pipeline.Event) error {
	events = slices.DeleteFunc(slices.Clone(events), func(e pipeline.Event) bool { return e.Value.IsNone() })
	if len(events) == 0 {
		return nil
	}
	return v.Sink.Accept(ctx, events)
}
