package rule

import (
	"container/heap"
	"slices"
	"time"
)

// agenda is what the conditions of an engine share: the clock, the timers that
// run on it, and what the current step changes.
type agenda struct {
	clock   clock
	moved   bool          // the clock, since the last Dirty
	paused  time.Duration // of the clock, when the timers of shelves were set
	timers  timers
	unarmed []*condition // whose timers are not set yet, since not all is restored
	census  census
	dirty   []*condition
	modes   []*mode  // that are dirty
	dropped []State  // to be forgotten
	orphans []orphan // of conditions without a rule, to be told at the next step
	effects []Effect // of the current step
}

// begin starts a step at an event with that stamp.
func (s *agenda) begin(stamp time.Time) moment {
	if s.clock.Now.IsZero() {
		s.moved = s.clock.tick(stamp)
	}
	m := moment{now: s.clock.at(stamp), awake: s.clock.awake()}
	s.effects = s.effects[:0]
	s.bury(m)
	for _, c := range s.unarmed {
		c.arm()
	}
	s.unarmed = nil
	return m
}

// tick starts a step at a tick, and tells whether it brings the clock on: one
// that says the same again, as those of other shards do, wakes nothing.
func (s *agenda) tick(stamp time.Time) (m moment, on bool) {
	on = s.clock.tick(stamp)
	s.moved = on || s.moved
	if s.paused != s.clock.Paused {
		s.paused = s.clock.Paused
		for _, c := range slices.Clone(s.timers) {
			if c.hand.silent() {
				c.arm()
			}
		}
	}
	m = s.begin(s.clock.Now)
	m.at = m.now
	return m, on
}

// soon is the next tick, and not the one that is being stepped: it may be told
// again.
const soon = time.Nanosecond

// mostTurns is how often one tick wakes a condition. It has seven timers; those
// that stay due beyond that are a fault of ours, and must not stop the stream.
const mostTurns = 16

// wake wakes what is due, in the order of deadlines and then keys, and returns
// what would have been woken without end. Only ticks wake: an event of one asset
// must not change when those of another are told.
func (s *agenda) wake(m moment) (restless []*condition) {
	turns := map[*condition]int{} // of those that are due again at once
	for len(s.timers) > 0 && !m.awake.Before(s.timers[0].due) {
		c := s.timers[0]
		c.wake(m)
		if c.place < 0 || m.awake.Before(c.due) {
			continue
		}
		if turns[c]++; turns[c] >= mostTurns {
			s.arm(c, m.awake.Add(soon))
			restless = append(restless, c)
		}
	}
	return restless
}

// touch notes that the state of c must be written.
func (s *agenda) touch(c *condition) {
	if !c.dirty {
		c.dirty = true
		s.dirty = append(s.dirty, c)
	}
}

// arm sets the timer of c; the zero time stops it.
func (s *agenda) arm(c *condition, due time.Time) {
	c.due = due
	switch {
	case due.IsZero() && c.place >= 0:
		heap.Remove(&s.timers, int(c.place))
	case due.IsZero():
	case c.place >= 0:
		heap.Fix(&s.timers, int(c.place))
	default:
		heap.Push(&s.timers, c)
	}
}

// timers is a heap of conditions by deadline and key.
type timers []*condition

func (t timers) Len() int { return len(t) }

func (t timers) Less(i, j int) bool {
	if !t[i].due.Equal(t[j].due) {
		return t[i].due.Before(t[j].due)
	}
	return t[i].key < t[j].key
}

func (t timers) Swap(i, j int) {
	t[i], t[j] = t[j], t[i]
	t[i].place, t[j].place = int32(i), int32(j)
}

// Push is for container/heap.
func (t *timers) Push(x any) {
	c := x.(*condition)
	c.place = int32(len(*t))
	*t = append(*t, c)
}

// Pop is for container/heap.
func (t *timers) Pop() any {
	last := len(*t) - 1
	c := (*t)[last]
	c.place = -1
	(*t)[last] = nil
	*t = (*t)[:last]
	return c
}
