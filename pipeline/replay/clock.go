package replay

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	// blockSize is how many messages go from hand to hand at once.
	blockSize = 4096

	tickEvery = time.Second
	// A live stream has a tick in every second. One that has none in its first
	// minute, or in that many events, was recorded without.
	tickless      = time.Minute
	ticklessCount = 1 << 16
	// longPause is a hole in a recording without ticks that counts as a pause,
	// in which nobody listened: the stamps on its sides may be of two recordings,
	// or one of them may be wrong.
	longPause = 7 * 24 * time.Hour
)

// clock gives a recording the ticks that it lacks: one before the first event
// of each second. A recording that has ticks keeps its own.
type clock struct {
	from, to time.Time // what is outside is left out; zero: no bound
	emit     func([]pipeline.Message) error

	decided bool
	makes   bool
	waiting []pipeline.Message // until it is decided
	out     []pipeline.Message
	seq     uint64
	ticked  time.Time         // the last tick that was made
	shard   map[string]string // of a tick: the first, whoever listens
}

func newClock(from, to time.Time, emit func([]pipeline.Message) error) *clock {
	return &clock{from: from, to: to, emit: emit, shard: map[string]string{"shard": "0"}}
}

// stampOf is when the message entered the stream.
func stampOf(m *pipeline.Message) time.Time {
	if m.Event.Received.IsZero() {
		return m.Stored
	}
	return m.Event.Received
}

func (c *clock) outside(stamp time.Time) bool {
	return !c.from.IsZero() && stamp.Before(c.from) || !c.to.IsZero() && !stamp.Before(c.to)
}

// take passes messages on, with ticks.
func (c *clock) take(messages []pipeline.Message) error {
	if c.decided {
		return c.pass(messages)
	}
	for i := range messages {
		if m := &messages[i]; m.Event.ID != "" && !c.outside(stampOf(m)) {
			c.waiting = append(c.waiting, *m)
			c.decided = c.decided || m.Event.Kind == pipeline.Tick
		}
	}
	if !c.decided && len(c.waiting) > 0 {
		first, last := stampOf(&c.waiting[0]), stampOf(&c.waiting[len(c.waiting)-1])
		c.makes = len(c.waiting) > ticklessCount || last.Sub(first) > tickless
		c.decided = c.makes
	}
	if !c.decided {
		return nil
	}
	return c.release()
}

func (c *clock) release() error {
	messages := c.waiting
	c.waiting = nil
	return c.pass(messages)
}

// end passes on what is left, and the time up to the end.
func (c *clock) end() error {
	if !c.decided {
		c.decided, c.makes = true, true
		if err := c.release(); err != nil {
			return err
		}
	}
	if c.makes && !c.ticked.IsZero() {
		last := c.ticked.Add(tickEvery)
		if end := c.to.Add(-1); end.After(last) && end.Sub(last) < longPause {
			last = end
		}
		if err := c.tickTo(last); err != nil {
			return err
		}
	}
	return c.flush()
}

func (c *clock) pass(messages []pipeline.Message) error {
	for i := range messages {
		m := &messages[i]
		stamp := stampOf(m)
		if m.Event.ID == "" || c.outside(stamp) {
			continue
		}
		if !c.makes {
			c.out = append(c.out, *m)
			continue
		}
		if err := c.tickTo(stamp); err != nil {
			return err
		}
		c.seq++
		m.Seq = c.seq
		c.out = append(c.out, *m)
	}
	if len(c.out) < blockSize {
		return nil
	}
	return c.flush()
}

// tickTo makes the ticks up to stamp.
func (c *clock) tickTo(stamp time.Time) error {
	last := stamp.UTC().Truncate(tickEvery)
	if c.ticked.IsZero() || last.Sub(c.ticked) > longPause {
		c.ticked = last.Add(-tickEvery)
	}
	for c.ticked.Before(last) {
		c.ticked = c.ticked.Add(tickEvery)
		c.seq++
		c.out = append(c.out, pipeline.Message{Seq: c.seq, Stored: c.ticked, Event: pipeline.Event{
			ID: "tick", Source: "replay", Kind: pipeline.Tick, At: c.ticked, Received: c.ticked, Attr: c.shard,
		}})
		if len(c.out) >= blockSize {
			if err := c.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *clock) flush() error {
	if len(c.out) == 0 {
		return nil
	}
	out := c.out
	c.out = make([]pipeline.Message, 0, blockSize)
	return c.emit(out)
}
