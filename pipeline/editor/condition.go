package editor

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// condition is one that the rules told and that did not end yet, or that ended
// and is still listed in a post.
type condition struct {
	key   string
	timer timer
	conditionRecord
}

type conditionRecord struct {
	Shows clipping  `json:"shows"`
	At    time.Time `json:"at"`             // when it began, by its source
	Asked time.Time `json:"asked,omitzero"` // awake time: when it last asked for a post
	Told  bool      `json:"told,omitempty"` // it did not end

	Stale    bool `json:"stale,omitempty"`
	Unstable bool `json:"unstable,omitempty"`
	Latched  bool `json:"latched,omitempty"`
	Retired  bool `json:"retired,omitempty"` // it ended with its rule

	Thread string    `json:"thread,omitempty"` // where it is a member, of a post or of what may become one
	Flood  string    `json:"flood,omitempty"`  // umbrella that lists it
	Held   *Held     `json:"held,omitempty"`
	Parent string    `json:"parent,omitempty"` // key of the condition that suppresses it
	Settle time.Time `json:"settle,omitzero"`  // awake time: when a suppression that ended is over
}

// active tells whether c holds: a latched condition does not, and is told.
func (c *condition) active() bool { return c.Told && !c.Latched }

func (c *condition) row() string { return rowCondition + "\t" + c.key }

func (c *condition) alarm() *timer { return &c.timer }

func (c *condition) blob() []byte {
	if !c.Told && c.Thread == "" && c.Flood == "" {
		return nil
	}
	return encode(&c.conditionRecord)
}

func (c *condition) due() time.Time {
	if c.Parent == "" {
		return time.Time{}
	}
	return c.Settle
}

// wake ends a suppression: c asks for its post afresh.
func (c *condition) wake(e *Editor) {
	c.Settle = time.Time{}
	e.raised = append(e.raised, c)
}

func (e *Editor) restoreCondition(key string, blob []byte) error {
	c := &condition{key: key}
	if err := decode(blob, &c.conditionRecord); err != nil {
		return err
	}
	e.conditions[key] = c
	for _, name := range []string{c.Thread, c.Flood} {
		if name != "" {
			t := e.thread(name)
			t.members = append(t.members, c)
		}
	}
	if c.active() {
		e.ground.add(c)
	}
	return nil
}

// sortedConditions lists those that want is true of, by key.
func (e *Editor) sortedConditions(want func(*condition) bool) []*condition {
	var list []*condition
	for c := range maps.Values(e.conditions) {
		if want(c) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *condition) int { return cmp.Compare(a.key, b.key) })
	return list
}

// inOrder compares conditions by when they happened.
func inOrder(a, b *condition) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.key, b.key))
}

// take takes in one effect.
func (e *Editor) take(x *rule.Effect) {
	c := e.conditions[x.Key]
	switch {
	case unasked(x.PostKind) || x.Kind != rule.Raise && (c == nil || !c.Told):
		e.pass(x)
	case x.Kind == rule.Raise:
		e.raise(c, x)
	case x.Kind == rule.Clear || x.Kind == rule.Retire:
		e.end(c, x)
	default:
		e.change(c, x)
	}
}

// unasked tells of posts that ask nobody for anything: they go their way.
func unasked(postKind string) bool {
	return postKind == "production" || postKind == "good-news"
}

// pass makes an edit of an effect that is nothing to decide about: of a thread
// that only tells, or of a condition from before there was an editor.
func (e *Editor) pass(x *rule.Effect) {
	n := e.note(x.Kind, x)
	n.At, n.Total, n.Bump = x.At, 1, x.Kind == rule.Raise && x.PostKind == "good-news"
}

// began is when it happened, by its source: first-out is asked of that. The event
// that ends a delay is only the last to say so.
func began(x *rule.Effect) time.Time {
	if x.Began.IsZero() {
		return pipeline.Believed(x.Event.At, x.Event.Received)
	}
	return x.Began
}

func (e *Editor) raise(c *condition, x *rule.Effect) {
	if c == nil {
		c = &condition{key: x.Key}
		e.conditions[x.Key] = c
	}
	again := c.Told
	if !again && !e.listed(c) { // a member that holds again is as old as it was
		c.At = began(x)
		if u := e.threads[c.Flood]; u != nil {
			u.sort()
		}
	}
	c.Shows = clipping{*x}
	c.Told, c.Latched, c.Retired = true, false, false
	e.ground.add(c)
	e.keep(c)
	e.stir(c)
	t := e.threads[c.Thread]
	switch {
	case !again:
		e.raised = append(e.raised, c)
	case t != nil && t.Phase == open && t.Form == single:
		t.restart(e.awake)
		e.edit(rule.Raise, t, x, e.bump(t))
		e.keep(t)
	}
}

// listed tells whether c will go on in a post that lists it.
func (e *Editor) listed(c *condition) bool {
	u := e.threads[c.Flood]
	return c.Thread != "" || u != nil && e.place(u.Place).Flooded
}

// change takes in what is neither the beginning nor the end.
func (e *Editor) change(c *condition, x *rule.Effect) {
	value := x.Kind == rule.Update && x.Severity == c.Shows.Severity
	c.Shows = clipping{*x}
	switch x.Kind {
	case rule.Spoil, rule.Freshen:
		c.Stale = x.Kind == rule.Spoil
	case rule.Unstable, rule.Steady:
		c.Unstable = x.Kind == rule.Unstable
	case rule.Latch:
		c.Latched = true
		e.ground.remove(c)
		e.unsuppress(c)
	}
	e.keep(c)
	t := e.threads[c.Thread]
	posted := t != nil && t.Phase == open
	if posted && t.Form == single {
		e.edit(x.Kind, t, x, x.Kind == rule.Worsen && e.worse(t)).At = x.At
		e.keep(t)
	}
	switch {
	case posted:
	case x.Kind == rule.Shelve:
		e.shelve(c)
	case x.Kind == rule.Unshelve && c.Held != nil && c.Held.Reason == Shelved:
		e.raised = append(e.raised, c)
	case x.Kind == rule.Worsen && t != nil && t.Phase == queued && x.Severity == critical:
		e.tryOpen(t)
	}
	if value {
		e.refresh(c)
		return
	}
	e.stir(c)
}

// end takes in that c is over.
func (e *Editor) end(c *condition, x *rule.Effect) {
	c.Told, c.Latched, c.Stale, c.Unstable, c.Retired = false, false, false, false, x.Kind == rule.Retire
	e.release(c)
	e.ground.remove(c)
	if t := e.threads[c.Thread]; t != nil {
		switch {
		case t.Phase != open:
			e.detach(c)
		case t.Form == single:
			e.edit(x.Kind, t, x, false).At = x.At
			e.close(t)
		}
	}
	e.unsuppress(c)
	e.stir(c)
	e.keep(c)
	e.forget(c)
}

// refresh has the posts that list c show its new value at the next tick. Values
// come by the thousand in a flood, so nothing else is looked at.
func (e *Editor) refresh(c *condition) {
	for _, name := range []string{c.Thread, c.Flood} {
		if t := e.threads[name]; t != nil && t.Form != single && t.Phase == open && t.Stirred.IsZero() {
			t.Stirred = e.awake
			e.keep(t)
		}
	}
}

// stir has the posts that list c brought up to date at the end of the step.
func (e *Editor) stir(c *condition) {
	for _, name := range []string{c.Thread, c.Flood} {
		if t := e.threads[name]; t != nil && t.Form != single {
			e.touch(t)
		}
	}
}

// forget drops c when nothing needs it any more.
func (e *Editor) forget(c *condition) {
	if !c.Told && c.Thread == "" && c.Flood == "" {
		delete(e.conditions, c.key)
		e.keep(c)
	}
}

// attention tells whether a post of c asks people for something, and so counts
// on the territory's contract.
func (e *Editor) attention(c *condition) bool {
	return c.Shows.Severity != info && e.rule(c.Shows.Rule).Shadow == nil
}
