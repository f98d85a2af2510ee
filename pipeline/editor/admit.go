package editor

import (
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline/rule"
)

// admitAll lets the conditions that began in this step ask for a post, in the
// order in which they happened.
func (e *Editor) admitAll() {
	slices.SortFunc(e.raised, inOrder)
	for _, c := range slices.Compact(e.raised) {
		e.admit(c)
	}
}

// admit finds the place of a condition that has no post: none, as long as a
// person or a parent silences it; under the umbrella in a flood; in the post of
// its group; or in one of its own, as soon as its territory has budget.
func (e *Editor) admit(c *condition) {
	if !c.Told {
		return
	}
	if e.silence(c) {
		return
	}
	t := e.threadOf(c)
	p := e.place(t.Place)
	attention := e.attention(c)
	if attention {
		e.ask(p, t, c)
	}
	switch {
	case t.Phase == open:
		e.join(t, c)
		if attention && p.Flooded {
			e.shelter(e.umbrella(p), c)
		}
	case attention && p.Flooded:
		e.drown(p, c)
		e.dropIdle(t)
	default:
		e.wait(t, c)
	}
}

// silence holds c back if it must not be posted for now.
func (e *Editor) silence(c *condition) bool {
	if c.Shows.Shelved {
		e.shelve(c)
		return true
	}
	parent := e.suppressor(c)
	if parent == nil {
		return false
	}
	e.detach(c)
	e.suppress(c, parent)
	return true
}

// shelve holds back what a person silenced before it had a post.
func (e *Editor) shelve(c *condition) {
	e.detach(c)
	e.hold(c, Held{Reason: Shelved, Until: c.Shows.Until})
}

// join adds c to a post that is open, in silence. A long time after people were
// told, or when they think that it is solved, they are told again.
func (e *Editor) join(t *thread, c *condition) {
	if t.add(c) {
		t.Total++
	}
	until := t.rule.Group.Until.Duration
	if until == 0 {
		until = joinUntil
	}
	if t.Resolved || e.awake.Sub(t.Latest) > until {
		e.again(t)
	}
	e.hold(c, Held{Reason: Grouped, By: t.key})
	e.touch(t)
}

// again opens a post that is open: it calls people, if they had their rest and
// the budget allows.
func (e *Editor) again(t *thread) {
	t.Latest = e.awake
	if t.Resolved {
		t.restart(e.awake)
	}
	e.edit(rule.Raise, t, t.head(), e.rested(t) && e.pay(t) && e.alert(t))
	e.keep(t)
}

// wait puts c into what becomes a post when its rule has waited long enough for
// others, or for a parent.
func (e *Editor) wait(t *thread, c *condition) {
	t.add(c)
	e.keep(c)
	switch {
	case t.Phase == queued:
		e.hold(c, Held{Reason: Budget, Until: e.instant(e.place(t.Place).nextGrant())})
		if c.Shows.Severity == critical {
			e.tryOpen(t)
		}
		return
	case t.Phase == closed && t.rule.Group.Wait.Duration == 0:
		e.tryOpen(t)
		return
	case t.Phase == closed:
		t.Phase, t.Opens = waiting, e.awake.Add(t.rule.Group.Wait.Duration)
		e.keep(t)
	}
	e.hold(c, Held{Reason: Grouped, By: t.key, Until: e.instant(t.Opens)})
}

// tryOpen opens t if its territory has budget, with those of its conditions
// that nobody and nothing silences by now. What continues a post adds none:
// without budget it does so in silence.
func (e *Editor) tryOpen(t *thread) {
	for _, c := range slices.Clone(t.members) {
		e.silence(c)
	}
	if len(t.members) == 0 {
		return
	}
	paid := e.pay(t)
	if !paid && !e.continues(t) {
		e.queue(t)
		return
	}
	e.open(t, paid)
}

// pay takes what a call of t costs from the budget of its territory, and tells
// whether there was enough. What is critical is never short of it, and an
// umbrella, or what asks nobody for anything, costs nothing.
func (e *Editor) pay(t *thread) bool {
	if t.Form == umbrella || !slices.ContainsFunc(t.members, e.attention) {
		return true
	}
	p := e.place(t.Place)
	if !p.grants(e.awake) && gravest(t.told()) != critical {
		return false
	}
	p.spend(e.awake)
	e.keep(p)
	return true
}

// queue has t wait for the budget of its territory.
func (e *Editor) queue(t *thread) {
	p := e.place(t.Place)
	t.Phase, t.Opens = queued, time.Time{}
	p.queue[t.key] = t
	for _, c := range t.members {
		if c.Held == nil || c.Held.Reason != Flood {
			e.hold(c, Held{Reason: Budget, Until: e.instant(p.nextGrant())})
		}
	}
	e.keep(t)
	e.keep(p)
}

// hold puts c on the list of what was held back. What is on it already is there
// for another reason from now on.
func (e *Editor) hold(c *condition, h Held) {
	if c.Held != nil && c.Held.Reason == h.Reason && c.Held.By == h.By && c.Held.Until.Equal(h.Until) {
		return
	}
	h.Key, h.Since = c.key, e.now
	c.Held = &h
	if h.Reason != Suppressed {
		c.Parent, c.Settle = "", time.Time{}
	}
	e.note(Hold, &c.Shows.Effect).Held = &h
	e.keep(c)
}

// release takes c off the list.
func (e *Editor) release(c *condition) {
	if c.Held == nil {
		return
	}
	e.note(Release, &c.Shows.Effect).Held = c.Held
	c.Held, c.Parent, c.Settle = nil, "", time.Time{}
	e.keep(c)
}
