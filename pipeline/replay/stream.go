package replay

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// Stream is the event stream that holds the past.
type Stream interface {
	Identity(ctx context.Context) (pipeline.StreamIdentity, error)
	// Since is the place of the first event that was stored at t or later; one
	// after the last when there is none.
	Since(ctx context.Context, t time.Time) (uint64, error)
	// Read calls fn with messages in stream order, from after+1 on, until ctx
	// ends or fn fails. A *pipeline.GapError comes before any message.
	Read(ctx context.Context, shards []int, after uint64, fn func(context.Context, []pipeline.Message) error) error
}

// Past is what a stream holds between two times. It ends where the stream ended
// when the reading began.
type Past struct {
	stream   Stream
	shards   []int
	from, to time.Time

	first, last, at atomic.Uint64
}

// NewPast returns what stream holds of all its shards from one time on until
// before another; the zero time is no bound.
func NewPast(stream Stream, shards int, from, to time.Time) *Past {
	p := &Past{stream: stream, from: from, to: to}
	for n := range shards {
		p.shards = append(p.shards, n)
	}
	return p
}

// Share is how much was read.
func (p *Past) Share() float64 {
	first, last := p.first.Load(), p.last.Load()
	if last <= first {
		return 0
	}
	return min(1, float64(p.at.Load()-min(first, p.at.Load()))/float64(last-first))
}

var errRead = errors.New("everything was read")

// Read reads the stream, without moving on whoever decides on it.
func (p *Past) Read(ctx context.Context, fn func([]pipeline.Message) error) error {
	id, err := p.stream.Identity(ctx)
	if err != nil {
		return err
	}
	after, last, err := p.bounds(ctx, id)
	if err != nil {
		return err
	}
	if after >= last {
		return nil
	}
	p.first.Store(after)
	p.last.Store(last)
	for {
		err = p.stream.Read(ctx, p.shards, after, func(_ context.Context, messages []pipeline.Message) error {
			return p.take(messages, last, fn)
		})
		var gap *pipeline.GapError
		switch {
		case errors.Is(err, errRead):
			return nil
		case errors.As(err, &gap) && gap.First > after+1 && gap.First <= last: // trimmed since
			after = gap.First - 1
		case err == nil:
			return ctx.Err()
		default:
			return fmt.Errorf("read the stream: %w", err)
		}
	}
}

// bounds are the places between which to read.
func (p *Past) bounds(ctx context.Context, id pipeline.StreamIdentity) (after, last uint64, err error) {
	after, last = max(id.First, 1)-1, id.Last
	if !p.from.IsZero() {
		first, err := p.stream.Since(ctx, p.from)
		if err != nil {
			return 0, 0, err
		}
		after = max(after, first-1)
	}
	return after, last, nil
}

// take passes on what is between the bounds. It is a tick that tells that the
// end was reached, since an event may be stored long after it happened.
func (p *Past) take(messages []pipeline.Message, last uint64, fn func([]pipeline.Message) error) error {
	end := slices.IndexFunc(messages, func(m pipeline.Message) bool {
		return m.Seq > last || !p.to.IsZero() && m.Event.Kind == pipeline.Tick && !m.Event.Received.Before(p.to)
	})
	if end < 0 {
		end = len(messages)
	}
	if err := fn(slices.Clone(messages[:end])); err != nil {
		return err
	}
	at := messages[len(messages)-1].Seq
	p.at.Store(at)
	if end < len(messages) || at >= last {
		return errRead
	}
	return nil
}
