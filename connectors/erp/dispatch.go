package erp

import (
	"context"
	"errors"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

const batchSize = 500 // events offered at once

// dispatch offers the news of one file to the sink, in batches.
type dispatch struct {
	*importer
	sink   pipeline.Sink
	result *Import
	parcel connectors.Parcel[origin]
}

// origin is what an event was made of.
type origin struct {
	line int    // 0 for a row that is gone
	raw  string // its text
	what string // what the event says something about
}

func (d *dispatch) add(ctx context.Context, r row, e pipeline.Event) error {
	e.Source, e.Received = d.source, d.result.At
	e.Attr["file"] = d.result.Name
	d.parcel.Add(origin{line: r.line, raw: r.raw, what: string(e.Asset) + " " + e.Signal}, e)
	if d.parcel.Len() < batchSize {
		return nil
	}
	return d.flush(ctx)
}

func (d *dispatch) flush(ctx context.Context) error {
	accept := func(events []pipeline.Event) error {
		if err := d.sink.Accept(ctx, events); err != nil {
			return err
		}
		d.result.Events += len(events)
		d.step(ctx, "events accepted", d.result.Name)
		return nil
	}
	return d.parcel.Store(accept, func(o origin, reason error) error { return d.refuse(ctx, o, reason) })
}

// refuse puts a row aside, once, of which the sink will never take an event. Its
// other events flow. A file that has too many of them is refused like one of
// which too many rows cannot be read.
func (d *dispatch) refuse(ctx context.Context, o origin, reason error) error {
	if n := len(d.result.Rejects); n > 0 && o.line > 0 && d.result.Rejects[n-1].Fault.Line == o.line {
		return nil
	}
	if invalid, named := errors.AsType[*pipeline.InvalidError](reason); named {
		reason = invalid.Err
	}
	fault := newFault("ne pourra jamais être enregistré : %v", "can never be stored: %v", reason).at(o.line, 0, o.what)
	r := Reject{Fault: fault, Row: cutText(o.raw, maxRejectBytes)}
	d.result.Rejects = append(d.result.Rejects, r)
	d.result.Rejected = len(d.result.Rejects)
	if d.result.Rejected > maxRejects {
		return tooMany(d.result.Rejects[0].Fault)
	}
	if err := d.sink.Reject(ctx, d.letter(d.result.Name, d.result, r)); err != nil {
		return err
	}
	d.step(ctx, "row rejected", d.result.Name)
	return nil
}
