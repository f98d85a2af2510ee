package replay

import (
	"context"
	"iter"
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

// Source is a stream that was recorded.
type Source interface {
	// Read calls fn with messages in stream order until there are no more, ctx
	// ends or fn fails, and returns fn's error. Fn may keep what it is given. It
	// can be read again from the start.
	Read(ctx context.Context, fn func([]pipeline.Message) error) error
}

// measured is a source that knows how far it was read: 0 to 1.
type measured interface{ Share() float64 }

// faulty is a source that sets aside what it cannot read.
type faulty interface{ Faults() Faults }

// Faults is input that could not be read.
type Faults struct {
	Count int      `json:"count"`
	First []string `json:"first,omitempty"` // sentences with file and line
}

const maxFaults = 20

func (f *Faults) add(text string) {
	if f.Count++; len(f.First) < maxFaults {
		f.First = append(f.First, text)
	}
}

// Slice is a source in memory.
type Slice []pipeline.Message

// Read hands out everything.
func (s Slice) Read(ctx context.Context, fn func([]pipeline.Message) error) error {
	for part := range slices.Chunk(s, blockSize) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := fn(slices.Clone(part)); err != nil {
			return err
		}
	}
	return nil
}

// Played is a stream that is made while it is read. Reading it again plays it
// again.
type Played iter.Seq[pipeline.Event]

// Read hands out the events as they are made.
func (p Played) Read(ctx context.Context, fn func([]pipeline.Message) error) error {
	part := make([]pipeline.Message, 0, blockSize)
	for ev := range p {
		part = append(part, pipeline.Message{Stored: ev.Received, Event: ev})
		if len(part) < blockSize {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := fn(part); err != nil {
			return err
		}
		part = make([]pipeline.Message, 0, blockSize)
	}
	return fn(part)
}
