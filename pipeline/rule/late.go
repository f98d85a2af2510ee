package rule

import (
	"cmp"
	"container/heap"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// latePrefix starts the key of the state of an event that waits; no rule has it
// as its id.
const latePrefix = "@late"

// room is where the events of sources that may be late wait for those that
// happened before them. They are met at a tick, all that are due in the order
// in which they happened. Each is state until then, so that a restart loses and
// repeats nothing.
type room struct {
	waiting queue
	known   map[string]*waiter // by key of the state
	dirty   []*waiter
	counts  map[string]int // events that came too late, by source
	full    bool           // that was remarked
}

// waiter is an event that waits.
type waiter struct {
	key   string
	event pipeline.Event
	at    time.Time // when it happened, as far as its source can be believed
	came  time.Time // stream time
	due   time.Time // stream time
	dirty bool
	gone  bool
}

// waiterRecord is the state of an event that waits.
type waiterRecord struct {
	At    time.Time       `json:"at"`
	Came  time.Time       `json:"came"`
	Event json.RawMessage `json:"event"`
}

// waits takes in an event of a source that may be late, and tells whether it is
// not to be met now: it waits, or came too late and is counted.
func (e *Engine) waits(ev *pipeline.Event, m moment) bool {
	lateness := e.set.lateness[ev.Source]
	if lateness == 0 {
		return false
	}
	if now := e.agenda.clock.Now; !m.at.After(now.Add(-lateness)) {
		e.tooLate(ev, lateness)
		return true
	}
	w := &waiter{key: waiterKey(ev, m.at), event: *ev, at: m.at, came: m.now}
	switch {
	case e.room.known[w.key] != nil:
		return true // the same event again
	case len(e.room.waiting) >= e.set.maxKeys:
		e.room.crowded(e, ev)
		return false
	}
	e.room.add(w, lateness)
	e.room.touch(w)
	return true
}

func waiterKey(ev *pipeline.Event, at time.Time) string {
	sum := sha256.Sum256([]byte(ev.ID))
	return latePrefix + "\t" + string(ev.Asset) + "\t" + strconv.FormatInt(at.UnixNano(), 10) + "-" + hex.EncodeToString(sum[:12])
}

func (e *Engine) tooLate(ev *pipeline.Event, lateness time.Duration) {
	if e.room.counts[ev.Source] == 0 {
		text := fmt.Sprintf("events of source %s come more than %s late, and are not judged any more", ev.Source, lateness)
		e.remarks = append(e.remarks, Remark{Asset: ev.Asset, Text: text})
	}
	e.room.counts[ev.Source]++
}

// crowded says once that events do not wait as they should: whoever lets a
// source be very late, or names a busy one, has more of them than can be kept.
func (r *room) crowded(e *Engine, ev *pipeline.Event) {
	if !r.full {
		r.full = true
		text := fmt.Sprintf("%d events wait for what may come late, which is all that are kept: others are met as they come; shorten the lateness of %s", len(r.waiting), ev.Source)
		e.remarks = append(e.remarks, Remark{Asset: ev.Asset, Text: text})
	}
}

// Late is how many events of each source came too late to be judged since the
// engine was made.
func (e *Engine) Late() map[string]int { return maps.Clone(e.room.counts) }

// add lets w wait until nothing that happened before it is awaited. A source
// whose clock is ahead does not wait longer than any other.
func (r *room) add(w *waiter, lateness time.Duration) {
	first := w.at
	if w.came.Before(first) {
		first = w.came
	}
	w.due = first.Add(lateness)
	r.known[w.key] = w
	heap.Push(&r.waiting, w)
}

func (r *room) touch(w *waiter) {
	if !w.dirty {
		w.dirty = true
		r.dirty = append(r.dirty, w)
	}
}

// release takes out what is due, in the order in which it happened.
func (r *room) release(now time.Time) []*waiter {
	var list []*waiter
	for len(r.waiting) > 0 && !r.waiting[0].due.After(now) {
		w := heap.Pop(&r.waiting).(*waiter)
		w.gone = true
		r.touch(w)
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b *waiter) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.event.ID, b.event.ID))
	})
	return list
}

// readdress counts anew how long everything waits.
func (e *Engine) readdress() {
	waiting := e.room.waiting
	e.room.waiting = nil
	for _, w := range waiting {
		e.room.add(w, e.set.lateness[w.event.Source])
	}
}

func (e *Engine) restoreWaiter(key string, blob []byte) error {
	var rec waiterRecord
	if err := json.Unmarshal(blob, &rec); err != nil {
		return err
	}
	ev, err := pipeline.Decode(rec.Event)
	if err != nil {
		return err
	}
	e.room.add(&waiter{key: key, event: ev, at: rec.At, came: rec.Came}, e.set.lateness[ev.Source])
	return nil
}

// states lists what changed since the last call.
func (r *room) states() []State {
	list := make([]State, 0, len(r.dirty))
	for _, w := range r.dirty {
		s := State{Key: w.key, asset: w.event.Asset}
		if w.dirty = false; w.gone {
			delete(r.known, w.key)
		} else {
			s.Blob = encode(waiterRecord{At: w.at, Came: w.came, Event: pipeline.Append(nil, &w.event)})
		}
		list = append(list, s)
	}
	r.dirty = nil
	return list
}

// queue is a heap of waiters by when they are due.
type queue []*waiter

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].due.Before(q[j].due) }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }

// Push is for container/heap.
func (q *queue) Push(x any) { *q = append(*q, x.(*waiter)) }

// Pop is for container/heap.
func (q *queue) Pop() any {
	last := len(*q) - 1
	w := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return w
}
