package rule

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

// Adopt goes on with other rules, between two batches, as a restart with them
// would: a condition whose rule still covers it (same id, kind and key, and its
// match takes in the asset) keeps its state, and what is new counts from the
// next event on. The post of any other is told at the next step that its rule
// is no more. The set must be for as many shards.
func (e *Engine) Adopt(set *Set) error {
	if set.shards != e.set.shards {
		return fmt.Errorf("adopt rules for %d shards where there are %d", set.shards, e.set.shards)
	}
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
		if err := e.adoptAsset(a, same); err != nil {
			return err
		}
	}
	e.readdress()
	return nil
}

// adoptAsset takes over what is known of one asset.
func (e *Engine) adoptAsset(old *asset, same map[*Rule]*Rule) error {
	a := &asset{path: old.path, agenda: &e.agenda}
	for _, d := range old.modes {
		if d.asset = a; e.set.dependsOn(a.path, d.signal) {
			a.modes = append(a.modes, d)
			continue
		}
		e.agenda.modes = slices.DeleteFunc(e.agenda.modes, func(o *mode) bool { return o == d })
		e.agenda.dropped = append(e.agenda.dropped, State{Key: modeKey(a.path, d.signal), asset: a.path})
	}
	var err error
	for _, w := range old.watches {
		w.all(func(c *condition) {
			if err == nil && !c.gone {
				err = e.adoptCondition(a, c, same[w.rule])
			}
		})
	}
	if !a.idle() {
		e.keep(a)
	}
	return err
}

// adoptCondition takes over one condition: as it is when its rule is the same,
// by way of its state when that changed.
func (e *Engine) adoptCondition(a *asset, c *condition, same *Rule) error {
	was := c.dirty
	c.place, c.standing, c.dirty = -1, absent, false
	now := c
	if same != nil {
		w := a.watch(same)
		w.put(c.sub(), c)
		c.watch = w
	} else {
		rec, err := decodeRecord(c.blob())
		if err != nil {
			return fmt.Errorf("adopt %q: %w", c.key, err)
		}
		id, path, sub, _ := splitKey(c.key)
		r := e.set.byID[id]
		if !r.covers(rec, path, sub) {
			return e.disown(c, was, rec)
		}
		now = a.watch(r).condition(sub)
		if err := now.restore(rec); err != nil {
			return fmt.Errorf("adopt %q: %w", c.key, err)
		}
	}
	now.stand()
	e.agenda.unarmed = append(e.agenda.unarmed, now)
	if was {
		e.agenda.touch(now)
	}
	return nil
}

// disown leaves a condition without a rule. Its state is as it was until the
// step at which that is told.
func (e *Engine) disown(c *condition, dirty bool, rec *record) error {
	id, path, sub, _ := splitKey(c.key)
	o, err := orphanOf(id, c.key, path, sub, rec)
	if err != nil {
		return fmt.Errorf("adopt %q: %w", c.key, err)
	}
	o.self = c
	e.agenda.orphans = append(e.agenda.orphans, o)
	if dirty {
		e.agenda.touch(c)
	}
	return nil
}

// same tells whether the rule says what r says. (What is
// made of the rest, such as the program of where, is not compared.)
func (r *Rule) same(other *Rule) bool {
	a, b := *r, *other
	a.File, a.Line, a.where, a.traits = "", 0, nil, traits{}
	b.File, b.Line, b.where, b.traits = "", 0, nil, traits{}
	return reflect.DeepEqual(a, b)
}

// covers tells whether a state that was written is one of this rule; r may be
// nil.
func (r *Rule) covers(rec *record, path pipeline.AssetPath, sub string) bool {
	switch {
	case r == nil, r.KindName != rec.Kind, !r.glob.matches(path), (r.Key == "") != (sub == ""):
		return false
	}
	return sub == "" || rec.By == "" || rec.By == r.Key
}
