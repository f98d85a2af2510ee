package rule

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// lastStamp is the latest time of the stream: any delay may follow, and can be
// counted in nanoseconds and written.
func lastStamp() time.Time { return time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC) }

// Engine runs rules over the events of some shards, in the order of the
// stream. It is not safe for concurrent use; engines of different shards are
// independent of each other, and conditions of different assets too, until an
// engine has as many keys as it may.
type Engine struct {
	set        *Set
	agenda     agenda
	shards     map[int]bool // of which a tick, or the clock, was met
	assets     map[pipeline.AssetPath]*asset
	room       room
	screen     screen
	remarks    []Remark
	overflowed map[string]bool // rules of which that was remarked
}

// NewEngine returns an engine without a past.
func NewEngine(set *Set) *Engine {
	return &Engine{
		set: set, shards: map[int]bool{}, assets: map[pipeline.AssetPath]*asset{}, overflowed: map[string]bool{},
		room: room{known: map[string]*waiter{}, counts: map[string]int{}},
	}
}

// Time is the stream time, and the awake time on which timers run.
func (e *Engine) Time() (now, awake time.Time) { return e.agenda.clock.Now, e.agenda.clock.awake() }

// Restore gives back one state that [Engine.Dirty] gave out. All of a shard's
// states come before its first Step. A condition that its rule no longer
// covers is told at that step that its rule is no more.
func (e *Engine) Restore(key string, blob []byte) error {
	if err := e.restore(key, blob); err != nil {
		return fmt.Errorf("restore rule state %q: %w", key, err)
	}
	return nil
}

func (e *Engine) restore(key string, blob []byte) error {
	if n, err := strconv.Atoi(key); err == nil && n >= 0 && n < e.set.shards {
		return e.restoreClock(n, blob)
	}
	id, path, sub, ok := splitKey(key)
	switch {
	case !ok:
		return fmt.Errorf("is no key of a rule state")
	case id == modePrefix:
		return e.restoreMode(key, path, sub, blob)
	case id == latePrefix:
		return e.restoreWaiter(key, blob)
	}
	rec, err := decodeRecord(blob)
	if err != nil {
		return err
	}
	r := e.set.byID[id]
	if !e.set.covers(r, rec, path, sub) {
		o, err := orphanOf(id, key, path, sub, rec)
		e.agenda.orphans = append(e.agenda.orphans, o)
		return err
	}
	a := e.asset(path)
	c := a.watch(r).condition(sub)
	if err := c.restore(rec); err != nil {
		return err
	}
	e.keep(a)
	c.stand()
	e.agenda.unarmed = append(e.agenda.unarmed, c)
	return nil
}

// restoreClock takes the clock that is furthest: those of shards that were held
// by different engines may differ.
func (e *Engine) restoreClock(shard int, blob []byte) error {
	var c clock
	if err := json.Unmarshal(blob, &c); err != nil {
		return err
	}
	if e.shards[shard] = true; c.Now.After(e.agenda.clock.Now) {
		e.agenda.clock = c
	}
	return nil
}

// Step takes in one event and returns what it, or the time that it brings,
// changed. The effects are valid until the next Step. stored serves as stamp
// for an event without one.
func (e *Engine) Step(seq uint64, stored time.Time, ev *pipeline.Event) []Effect {
	stamp := ev.Received
	if stamp.IsZero() {
		stamp = stored
	}
	stamp = stamp.Round(0).UTC()
	if last := lastStamp(); stamp.After(last) {
		stamp = last
	}
	if ev.Kind == pipeline.Tick {
		n, err := strconv.Atoi(ev.Attr["shard"])
		if err != nil || n < 0 || n >= e.set.shards {
			return nil
		}
		e.known(n)
		e.tick(stamp)
	} else {
		if e.agenda.clock.Now.IsZero() { // the first event of all, before any tick
			e.known(ev.Asset.Shard(e.set.shards))
		}
		m := e.agenda.begin(stamp)
		m.at = pipeline.Believed(ev.At, stamp)
		if ev.Kind != pipeline.Gap && !e.waits(ev, m) {
			e.meet(ev, m)
		}
	}
	for i := range e.agenda.effects {
		e.agenda.effects[i].ID = fmt.Sprintf("%d.%d", seq, i)
	}
	return e.agenda.effects
}

// known notes a shard: each keeps the clock.
func (e *Engine) known(shard int) {
	if !e.shards[shard] {
		e.shards[shard], e.agenda.moved = true, true
	}
}

// tick lets time pass: first for the events that waited for it, then for what
// is due.
func (e *Engine) tick(stamp time.Time) {
	m, on := e.agenda.tick(stamp)
	if !on {
		return
	}
	for _, w := range e.room.release(m.now) {
		late := m
		late.at = w.at
		e.meet(&w.event, late)
	}
	for _, c := range e.agenda.wake(m) {
		e.restless(c)
	}
}

func (e *Engine) meet(ev *pipeline.Event, m moment) {
	if act, ok := pipeline.ActOf(ev); ok {
		e.act(act, ev, m)
		return
	}
	a := e.asset(ev.Asset)
	list := a.meets(e.set, ev.Signal)
	if len(list) > 0 && !a.kept && len(e.assets) < e.set.maxKeys {
		e.keep(a)
	}
	if len(list) > 0 && list[0].slot == modeSlot {
		e.turn(a, list, ev, m)
	}
	m.baseline = ev.Attr["baseline"] == "true"
	e.screen.empty()
	for _, h := range list {
		if h.slot != modeSlot && e.listens(h.watch, ev, m) {
			e.deliver(h, ev, m)
		}
	}
}

// listens tells whether the event is for the rule, and the rule looks.
func (e *Engine) listens(w *watch, ev *pipeline.Event, m moment) bool {
	r := w.rule
	switch {
	case r.Match.Source != "" && r.Match.Source != ev.Source, !e.unitFits(w, ev):
		return false
	case !w.looks(m.awake) && !r.traits.always && ev.Attr["removed"] != "true":
		return false
	case ev.Attr["removed"] != "true" && !r.shows(w.asset.path, ev.Attr):
		return false
	}
	return r.where == nil || e.screen.passes(r.where, ev)
}

// deliver gives the event to the condition that it is about.
func (e *Engine) deliver(h hook, ev *pipeline.Event, m moment) {
	sub, ok := "", true
	if key := h.watch.rule.Key; key != "" {
		sub, ok = subKey(ev.Attr[key])
	}
	switch {
	case !ok:
		return
	case ev.Attr["removed"] == "true" && !h.watch.rule.traits.ownRemovals:
		if c := h.watch.known(sub); c != nil {
			c.forget(ev, m)
		}
		return
	}
	c := e.admit(h.watch, sub)
	if c == nil {
		return
	}
	if c.meet(h.slot, ev, m); c.gone && !c.dirty {
		h.watch.remove(c) // there is nothing to remember of it
	}
}

// Dirty returns the states that changed since the last call, by key.
func (e *Engine) Dirty() []State {
	s := &e.agenda
	states := append(e.room.states(), s.dropped...)
	for _, c := range s.dirty {
		c.dirty = false
		states = append(states, State{Key: c.key, asset: c.watch.asset.path, Blob: c.blob()})
		if c.gone {
			e.lose(c)
		}
	}
	for _, d := range s.modes {
		d.dirty = false
		states = append(states, State{Key: modeKey(d.asset.path, d.signal), asset: d.asset.path, Blob: encode(d)})
	}
	for i := range states {
		states[i].Shard = states[i].asset.Shard(e.set.shards)
	}
	if s.moved {
		s.moved = false
		for n := range e.shards {
			states = append(states, State{Key: strconv.Itoa(n), Shard: n, Blob: encode(s.clock)})
		}
	}
	clear(s.dirty)
	s.dirty, s.dropped, s.modes = s.dirty[:0], nil, nil
	return inOrder(states)
}

// inOrder sorts states by key. Of one that was forgotten and came back, that it
// was forgotten is left out.
func inOrder(states []State) []State {
	slices.SortFunc(states, func(a, b State) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(len(b.Blob), len(a.Blob)))
	})
	return slices.CompactFunc(states, func(a, b State) bool { return a.Key == b.Key })
}

// lose forgets a condition of which there is no state, and its asset when that
// was the last.
func (e *Engine) lose(c *condition) {
	a := c.watch.asset
	c.watch.remove(c)
	if e.assets[a.path] == a && a.idle() {
		delete(e.assets, a.path)
	}
}
