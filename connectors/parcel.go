package connectors

import (
	"errors"
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

// Parcel gathers the events of some inputs, which are then stored together.
// One that can never be stored costs its own input and nothing else. The zero
// Parcel is empty.
type Parcel[Input any] struct {
	inputs []Input
	ends   []int // of each input's events
	events []pipeline.Event
}

// Add adds an input with the events that it became.
func (p *Parcel[Input]) Add(input Input, events ...pipeline.Event) {
	p.events = append(p.events, events...)
	p.inputs, p.ends = append(p.inputs, input), append(p.ends, len(p.events))
}

// Len is the number of events.
func (p *Parcel[Input]) Len() int { return len(p.events) }

// Store offers all events to accept. An input of which accept says that an
// event is invalid is given to reject, with the reason, and the rest is offered
// again. After nil the parcel is empty; every other error ends it at once.
func (p *Parcel[Input]) Store(accept func([]pipeline.Event) error, reject func(Input, error) error) error {
	for len(p.events) > 0 {
		err := accept(p.events)
		if err == nil {
			break
		}
		invalid, named := errors.AsType[*pipeline.InvalidError](err)
		if !named {
			return err
		}
		at := slices.IndexFunc(p.events, func(e pipeline.Event) bool { return e.ID == invalid.ID })
		if at < 0 {
			return err
		}
		if err := reject(p.remove(at), invalid); err != nil {
			return err
		}
	}
	*p = Parcel[Input]{} // the sink may keep the events
	return nil
}

// remove takes the input out to which the event at that place belongs.
func (p *Parcel[Input]) remove(at int) Input {
	i, _ := slices.BinarySearch(p.ends, at+1)
	from, to := 0, p.ends[i]
	if i > 0 {
		from = p.ends[i-1]
	}
	removed := p.inputs[i]
	p.events = slices.Concat(p.events[:from], p.events[to:])
	p.inputs, p.ends = slices.Delete(p.inputs, i, i+1), slices.Delete(p.ends, i, i+1)
	for ; i < len(p.ends); i++ {
		p.ends[i] -= to - from
	}
	return removed
}
