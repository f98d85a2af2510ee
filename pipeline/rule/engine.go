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
// independent of each other, and conditions of different assets too.
type Engine struct {
	set     *Set
	agenda  agenda
	shards  map[int]bool // of which a tick, or the clock, was met
	assets  map[pipeline.AssetPath]*asset
	remarks []Remark
}

// NewEngine returns an engine without a past.
func NewEngine(set *Set) *Engine {
	return &Engine{set: set, shards: map[int]bool{}, assets: map[pipeline.AssetPath]*asset{}}
}

// Time is the stream time, and the awake time on which timers run.
func (e *Engine) Time() (now, awake time.Time) { return e.agenda.clock.Now, e.agenda.clock.awake() }

// Restore gives back one state that [Engine.Dirty] gave out. All of a shard's
// states come before its first Step. A condition that its rule no longer
// covers ends at that step.
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
	if !ok {
		return fmt.Errorf("is no key of a rule state")
	}
	rec, err := decodeRecord(blob)
	if err != nil {
		return err
	}
	r, a := e.set.byID[id], e.asset(path)
	if r == nil || r.KindName != rec.Kind || !r.glob.matches(path) || (r.Key == "") != (sub == "") {
		return a.agenda.orphan(id, key, path, sub, rec)
	}
	e.keep(a)
	return a.watch(r).condition(sub).restore(rec)
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
		if !e.shards[n] {
			e.shards[n], e.agenda.moved = true, true // its clock has yet to be written
		}
		e.agenda.tick(stamp)
	} else {
		if e.agenda.clock.Now.IsZero() { // the first event of all, before any tick
			e.shards[ev.Asset.Shard(e.set.shards)] = true
		}
		m := e.agenda.begin(stamp)
		m.at = pipeline.Believed(ev.At, stamp)
		e.meet(e.asset(ev.Asset), ev, m)
	}
	for i := range e.agenda.effects {
		e.agenda.effects[i].ID = fmt.Sprintf("%d.%d", seq, i)
	}
	return e.agenda.effects
}

func (e *Engine) meet(a *asset, ev *pipeline.Event, m moment) {
	if ev.Kind == pipeline.Gap {
		return
	}
	hooks := a.hooks(e.set, ev.Signal)
	if len(hooks) > 0 && !a.kept {
		e.keep(a)
	}
	m.baseline = ev.Attr["baseline"] == "true"
	for _, h := range hooks {
		r := h.watch.rule
		if r.Match.Source != "" && r.Match.Source != ev.Source || !e.unitFits(h.watch, ev) {
			continue
		}
		sub, ok := "", true
		if r.Key != "" {
			sub, ok = subKey(ev.Attr[r.Key])
		}
		switch {
		case !ok:
		case ev.Attr["removed"] == "true" && !r.traits.ownRemovals:
			if c := h.watch.known(sub); c != nil {
				c.forget(ev, m)
			}
		default:
			h.watch.condition(sub).meet(h.slot, ev, m)
		}
	}
}

// Dirty returns the states that changed since the last call, by key.
func (e *Engine) Dirty() []State {
	var states []State
	s := &e.agenda
	if s.moved {
		s.moved = false
		for n := range e.shards {
			states = append(states, State{Key: strconv.Itoa(n), Shard: n, Blob: encode(s.clock)})
		}
	}
	for _, gone := range s.dropped {
		gone.Shard = gone.asset.Shard(e.set.shards)
		states = append(states, gone)
	}
	for _, c := range s.dirty {
		c.dirty = false
		states = append(states, State{Key: c.key, Shard: c.asset.Shard(e.set.shards), Blob: c.blob(), asset: c.asset})
	}
	clear(s.dirty)
	s.dirty, s.dropped = s.dirty[:0], nil
	slices.SortFunc(states, func(a, b State) int { return cmp.Compare(a.Key, b.Key) })
	return states
}
