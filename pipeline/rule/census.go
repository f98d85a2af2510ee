package rule

import (
	"cmp"
	"fmt"
	"slices"
)

const (
	defaultMaxKeys     = 200_000 // of an engine
	defaultRuleMaxKeys = 20_000  // of a rule on one asset
)

// standing is what a condition counts as when room has to be made.
type standing uint8

const (
	absent standing = iota // it has no state
	quiet                  // its state says that nothing is wrong, and it can be learned again
	busy
)

// census counts conditions by their standing.
type census [3]int

func (n *census) keys() int { return n[quiet] + n[busy] }

func (n *census) move(from, to standing) {
	n[from]--
	n[to]++
}

// stand counts c anew. Whatever holds, waits for a time, or was silenced by a
// person is busy: forgetting it would be noticed.
func (c *condition) stand() {
	now := busy
	switch l := &c.life; {
	case c.gone:
		now = absent
	case l.Phase == normal && !l.Latched && !l.Muted && !c.hand.silent() && c.kindDue().IsZero():
		now = quiet
	}
	if now == c.standing {
		return
	}
	c.agenda().census.move(c.standing, now)
	if c.watch.census != nil {
		c.watch.census.move(c.standing, now)
	}
	c.standing = now
}

// admit finds or makes the condition, or returns nil when there is no room for
// another: a rule on one asset has max_keys, and the engine has its own limit.
// At the limit, the sixteenth of the quiet conditions whose states are the
// oldest are forgotten. Nothing else ever is.
func (e *Engine) admit(w *watch, sub string) *condition {
	if c := w.known(sub); c != nil && !c.gone {
		return c
	}
	if w.census != nil && w.census.keys() >= w.rule.MaxKeys && !evict(w.all, w.census[quiet]) {
		e.overflow(w, fmt.Sprintf("rule overflow: %d keys of this asset hold or wait, which is all that max_keys allows: new ones are not watched", w.census.keys()))
		return nil
	}
	if !e.fits() {
		e.overflow(w, fmt.Sprintf("rule overflow: all %d keys that are kept hold or wait: new ones are not watched", e.set.maxKeys))
		return nil
	}
	if !w.asset.kept {
		e.keep(w.asset)
	}
	return w.condition(sub)
}

// fits tells whether the engine may have another key.
func (e *Engine) fits() bool {
	n := &e.agenda.census
	return n.keys() < e.set.maxKeys || evict(e.all, n[quiet])
}

// overflow says once of a rule that it cannot watch everything.
func (e *Engine) overflow(w *watch, text string) {
	if !e.overflowed[w.rule.ID] {
		e.overflowed[w.rule.ID] = true
		e.remarks = append(e.remarks, Remark{Rule: w.rule.ID, Asset: w.asset.path, Text: text})
	}
}

// all calls fn with every condition, in no order.
func (e *Engine) all(fn func(*condition)) {
	for _, a := range e.assets {
		for _, w := range a.watches {
			w.all(fn)
		}
	}
}

// evict makes room among conditions of which so many are quiet. Which go is
// written in their states, so that a restart before makes no difference.
func evict(all func(func(*condition)), quiets int) bool {
	if quiets == 0 {
		return false
	}
	list := make([]*condition, 0, quiets)
	all(func(c *condition) {
		if c.standing == quiet {
			list = append(list, c)
		}
	})
	slices.SortFunc(list, func(a, b *condition) int {
		return cmp.Or(cmp.Compare(a.used, b.used), cmp.Compare(a.key, b.key))
	})
	for _, c := range list[:max(1, len(list)/16)] {
		c.drop()
	}
	return true
}
