package editor

import (
	"cmp"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline/rule"
)

// face is what people were told of the members of a post together.
type face struct {
	Severity string `json:"severity,omitempty"` // of the gravest that holds
	Stale    bool   `json:"stale,omitempty"`    // all that hold are
	Unstable bool   `json:"unstable,omitempty"` // one is
	Latched  bool   `json:"latched,omitempty"`  // none holds, and one waits for a person
	Shelved  bool   `json:"shelved,omitempty"`  // all are
}

// sort puts members in the order in which they happened: the first is the
// first-out, and heads the post.
func (t *thread) sort() { slices.SortFunc(t.members, inOrder) }

func (t *thread) head() *rule.Effect { return &t.members[0].Shows.Effect }

// add takes c in, and tells whether it was no member.
func (t *thread) add(c *condition) bool {
	listed := &c.Thread
	if t.Form == umbrella {
		listed = &c.Flood
	}
	if *listed == t.key {
		return false
	}
	*listed = t.key
	i, _ := slices.BinarySearchFunc(t.members, c, inOrder)
	t.members = slices.Insert(t.members, i, c)
	return true
}

func (t *thread) remove(c *condition) {
	t.members = slices.DeleteFunc(t.members, func(m *condition) bool { return m == c })
	if t.Form == umbrella {
		c.Flood = ""
	} else {
		c.Thread = ""
	}
}

// told lists the members that did not end.
func (t *thread) told() []*condition {
	return slices.DeleteFunc(slices.Clone(t.members), func(c *condition) bool { return !c.Told })
}

// look is the face of t as it is now.
func (t *thread) look() face {
	told := t.told()
	holding := slices.DeleteFunc(slices.Clone(told), func(c *condition) bool { return !c.active() })
	return face{
		Severity: cmp.Or(gravest(holding), t.Face.Severity),
		Stale:    every(holding, func(c *condition) bool { return c.Stale }),
		Unstable: slices.ContainsFunc(told, func(c *condition) bool { return c.Unstable }),
		Latched:  len(holding) == 0,
		Shelved:  every(told, func(c *condition) bool { return c.Shows.Shelved }),
	}
}

// every tells whether there are conditions, and is is true of all.
func every(list []*condition, is func(*condition) bool) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(c *condition) bool { return !is(c) })
}

// list adds to x what a post of several conditions shows.
func (x *Edit) list(t *thread) {
	x.Total, x.Severity, x.Flips = t.Total, t.Face.Severity, 0
	for i, c := range t.members {
		if c.active() {
			x.Holding++
		}
		if c.Unstable {
			x.Flips = max(x.Flips, c.Shows.Flips)
		}
		if i < MaxMembers {
			x.Members = append(x.Members, c.member(t.members[0].At))
		}
	}
	x.shelve(t)
	if t.Form == umbrella {
		x.flood(t)
	}
}

// member is c in the list of a post in which nothing happened before first.
func (c *condition) member(first time.Time) Member {
	s := &c.Shows
	return Member{
		Key: c.key, Rule: s.Rule, Asset: s.Asset, SKU: s.SKU, At: c.At, First: c.At.Equal(first),
		Active: c.active(), Severity: s.Severity, TitleFR: s.TitleFR, TitleEN: s.TitleEN, Values: s.Values,
	}
}

// shelve says until when nothing in the post is heard: until the first shelf
// ends.
func (x *Edit) shelve(t *thread) {
	x.Shelved, x.Until, x.Reason = t.Face.Shelved, time.Time{}, ""
	for _, c := range t.told() {
		if s := &c.Shows; x.Shelved && (x.Until.IsZero() || s.Until.Before(x.Until)) && !s.Until.IsZero() {
			x.Until, x.Reason = s.Until, s.Reason
		}
	}
}

// touch has t brought up to date at the end of the step.
func (e *Editor) touch(t *thread) {
	if !slices.Contains(e.touched, t) {
		e.touched = append(e.touched, t)
	}
}

func (e *Editor) settleAll() {
	slices.SortFunc(e.touched, func(a, b *thread) int { return cmp.Compare(a.key, b.key) })
	for _, t := range e.touched {
		e.settle(t)
	}
}

// settle tells what changed in a post of several conditions. What is no news
// waits for the next tick, so that a post is updated once a second at most.
func (e *Editor) settle(t *thread) {
	told := t.told()
	switch {
	case t.Form == umbrella && t.Phase == closed && len(told) > 0:
		e.open(t, true)
		return
	case t.Phase != open:
		return
	case len(told) == 0:
		e.finish(t)
		return
	}
	e.trim(t)
	was, is := t.Face, t.look()
	t.Face = is
	if t.Stirred.IsZero() {
		t.Stirred = e.awake
	}
	e.news(t, was, is)
	e.keep(t)
}

// news makes the edits that lead from one face to the other.
func (e *Editor) news(t *thread, was, is face) {
	if was.Latched && !is.Latched {
		t.restart(e.awake)
		e.edit(rule.Raise, t, t.head(), e.bump(t))
	} else if rank(is.Severity) < rank(was.Severity) {
		e.edit(rule.Worsen, t, t.head(), e.worse(t))
	}
	turn := func(was, is bool, begins, ends rule.EffectKind) {
		switch {
		case is && !was:
			e.edit(begins, t, t.head(), false)
		case was && !is && ends != "":
			e.edit(ends, t, t.head(), false)
		}
	}
	turn(was.Stale, is.Stale, rule.Spoil, rule.Freshen)
	turn(was.Unstable, is.Unstable, rule.Unstable, rule.Steady)
	turn(was.Shelved, is.Shelved, rule.Shelve, rule.Unshelve)
	turn(was.Latched, is.Latched, rule.Latch, "")
}

// finish ends a post of which no condition is left.
func (e *Editor) finish(t *thread) {
	kind := rule.Clear
	if !slices.ContainsFunc(t.members, func(c *condition) bool { return !c.Retired }) {
		kind = rule.Retire
	}
	e.edit(kind, t, t.head(), false)
	e.close(t)
}

// trim drops members whose rule is gone, and then the last of those that ended,
// when there are more than a post lists. The first-out stays.
func (e *Editor) trim(t *thread) {
	t.sort()
	for i := len(t.members) - 1; i >= 0; i-- {
		c := t.members[i]
		if c.Told || !c.Retired && (i == 0 || len(t.members) <= MaxMembers) {
			continue
		}
		t.remove(c)
		e.keep(c)
		e.forget(c)
	}
}

// detach takes c out of what it waits in, or of the post that it is in.
func (e *Editor) detach(c *condition) {
	t := e.threads[c.Thread]
	if t == nil {
		return
	}
	if t.Phase == open && len(t.members) == 1 { // it ended and began in one step, to be held back
		e.finish(t)
		return
	}
	t.remove(c)
	switch {
	case t.Phase == open:
		e.touch(t)
	case len(t.members) == 0:
		delete(e.place(t.Place).queue, t.key)
		t.Phase, t.Opens = closed, time.Time{}
		e.dropIdle(t)
	}
}
