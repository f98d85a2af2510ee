package rule

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

// Adopt goes on with other rules, between two batches, as a restart with them
// would: a condition whose rule still covers it (same id, kind and key, and its
// match takes in the asset, and the same people see it) keeps its state, and what is new counts from the
// next event on. The post of any other is told at the next step that its rule
// is no more. The set is for as many shards.
func (e *Engine) Adopt(set *Set) {
	before, old := e.set, e.assets
	e.set, e.assets, e.overflowed = set, map[pipeline.AssetPath]*asset{}, map[string]bool{}
	e.agenda.census, e.agenda.timers, e.agenda.unarmed = census{}, nil, nil
	dirty := e.agenda.dirty
	e.agenda.dirty = nil
	for _, c := range dirty {
		if c.gone {
			e.agenda.dropped = append(e.agenda.dropped, State{Key: c.key, asset: c.watch.asset.path})
		}
	}
	same := map[*Rule]*Rule{}
	for _, r := range before.rules {
		if now := set.byID[r.ID]; now != nil && now.same(r) {
			same[r] = now
		}
	}
	for _, a := range old {
		e.adoptAsset(a, same)
	}
	e.readdress()
}

// adoptAsset takes over what is known of one asset.
func (e *Engine) adoptAsset(old *asset, same map[*Rule]*Rule) {
	a := &asset{path: old.path, agenda: &e.agenda}
	for _, d := range old.modes {
		if d.asset = a; e.set.dependsOn(a.path, d.signal) {
			a.modes = append(a.modes, d)
			continue
		}
		e.agenda.modes = slices.DeleteFunc(e.agenda.modes, func(o *mode) bool { return o == d })
		e.agenda.dropped = append(e.agenda.dropped, State{Key: modeKey(a.path, d.signal), asset: a.path})
	}
	for _, w := range old.watches {
		kept := same[w.rule]
		if kept != nil && !e.set.Speaks(kept, a.path) {
			kept = nil // another rule does now
		}
		w.all(func(c *condition) {
			if !c.gone {
				e.adoptCondition(a, c, kept)
			}
		})
	}
	if !a.idle() {
		e.keep(a)
	}
}

// adoptCondition takes over one condition: as it is when its rule is the same,
// by way of its state when that changed.
func (e *Engine) adoptCondition(a *asset, c *condition, same *Rule) {
	dirty := c.dirty
	c.place, c.standing, c.dirty = -1, absent, false
	now := c
	if same != nil {
		c.watch = a.watch(same)
		c.watch.put(c.sub(), c)
	} else if now = e.reread(a, c); now == nil {
		e.disown(c, dirty)
		return
	}
	now.stand()
	e.agenda.unarmed = append(e.agenda.unarmed, now)
	if dirty {
		e.agenda.touch(now)
	}
}

// reread makes of c what a restart would make of its state; nil when no rule
// covers it.
func (e *Engine) reread(a *asset, c *condition) *condition {
	rec, id, path, sub := c.written()
	r := e.set.byID[id]
	if !e.set.covers(r, rec, path, sub) {
		return nil
	}
	w := a.watch(r)
	now := w.condition(sub)
	if err := now.restore(rec); err != nil { // its memory is of another shape
		w.remove(now)
		return nil
	}
	return now
}

// disown leaves a condition without a rule. Its state is as it was until the
// step at which that is told.
func (e *Engine) disown(c *condition, dirty bool) {
	rec, id, path, sub := c.written()
	o, err := orphanOf(id, c.key, path, sub, rec)
	if err != nil {
		panic(fmt.Sprintf("rule: read state %q that was written: %v", c.key, err))
	}
	o.self = c
	e.agenda.orphans = append(e.agenda.orphans, o)
	if dirty {
		e.agenda.touch(c)
	}
}

// written is the state of c as it would be read again.
func (c *condition) written() (rec *record, id string, path pipeline.AssetPath, sub string) {
	rec, err := decodeRecord(c.blob())
	if err != nil {
		panic(fmt.Sprintf("rule: read state %q that was written: %v", c.key, err))
	}
	return rec, c.rule().ID, c.watch.asset.path, c.sub()
}

// same tells whether the rule says what r says. (What is
// made of the rest, such as the program of where, is not compared.)
func (r *Rule) same(other *Rule) bool {
	a, b := *r, *other
	a.File, a.Line, a.where, a.traits = "", 0, nil, traits{}
	b.File, b.Line, b.where, b.traits = "", 0, nil, traits{}
	return reflect.DeepEqual(a, b)
}
