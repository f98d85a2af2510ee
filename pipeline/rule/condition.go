package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// condition is one rule on one asset and sub-key: its memory, its life, and
// the effects of both.
type condition struct {
	rule   *Rule
	asset  pipeline.AssetPath
	sub    string
	key    string
	agenda *agenda
	memory any // of the rule's kind
	life   life
	seen   []mark          // last event that changed something, by signal of the rule
	last   *pipeline.Event // the deciding event; nil while nothing holds, unless the kind keeps it

	dirty bool
	gone  bool      // forgotten: there is no state to keep
	due   time.Time // awake time of the next timer
	place int       // in the shard's timers, -1 outside
}

func newCondition(r *Rule, asset pipeline.AssetPath, sub string, s *agenda) *condition {
	c := &condition{rule: r, asset: asset, sub: sub, key: keyOf(r, asset, sub), seen: make([]mark, len(r.signals())), agenda: s, place: -1}
	if r.traits.memory != nil {
		c.memory = r.traits.memory()
	}
	return c
}

// meet takes in one event of the rule's signal number slot.
func (c *condition) meet(slot int, ev *pipeline.Event, m moment) {
	ordered := !c.rule.traits.ownRepeats
	if ordered && c.seen[slot].covers(ev, m.at) {
		return
	}
	m.holding = c.life.holding()
	says, changed := c.rule.kind.observe(c.memory, ev, m)
	quiet := c.life.Phase == normal && says != holds
	if says == silent {
		return
	}
	if quiet && !changed && !c.life.Muted && len(c.rule.traits.moreSignals) == 0 {
		if ordered && c.seen[slot].pass(m.at) {
			c.keep()
		}
		return
	}
	if says != unusable && (!quiet || c.rule.traits.keepsEvent) {
		kept := *ev
		c.last = &kept
	}
	if ordered {
		c.seen[slot] = mark{ID: ev.ID, At: m.at, Value: reading{ev.Value}}
	}
	if says != unusable {
		c.tell(c.life.hear(m), m)
	}
	c.judge(says, m)
	c.settle(m)
}

func (c *condition) judge(says verdict, m moment) {
	if !c.mutes(says, m) {
		c.tell(c.life.judge(says, c.rule, m), m)
	}
}

// mutes keeps silent about what held before anybody looked, until it changes.
func (c *condition) mutes(says verdict, m moment) bool {
	if c.life.Phase != normal || says == unusable {
		return false
	}
	if says == holds {
		face := c.face()
		if m.baseline || c.life.Muted && face == c.life.Shown {
			c.life.Muted, c.life.Shown = true, face
			return true
		}
	}
	c.life.Muted = false
	return false
}

// wake takes in that time has passed: the earliest of the timers that are due.
func (c *condition) wake(m moment) {
	m.holding = c.life.holding()
	switch c.due {
	case c.kindDue():
		c.judge(c.rule.kind.(sleeper).wake(c.memory, m), m)
	case c.life.Until:
		c.tell(c.life.expire(c.rule, m), m)
	case c.life.staleAt(c.rule):
		c.tell(c.life.spoil(), m)
	}
	c.settle(m)
}

// settle ends every change: the post is refreshed when it is time, what is no
// longer needed is dropped, and the next timer is set.
func (c *condition) settle(m moment) {
	if at := c.refreshAt(); !at.IsZero() && !m.awake.Before(at) {
		c.tell(Update, m)
	}
	if c.life.Phase == normal && !c.rule.traits.keepsEvent {
		c.last = nil
	}
	c.keep()
	c.arm()
}

// keep notes that there is state to be written.
func (c *condition) keep() {
	c.gone = false
	c.agenda.touch(c)
}

// arm sets the timer to whatever is due first.
func (c *condition) arm() {
	c.agenda.arm(c, earliest(c.kindDue(), c.life.Until, c.life.staleAt(c.rule), c.refreshAt()))
}

func (c *condition) refreshAt() time.Time {
	if !c.life.told() {
		return time.Time{}
	}
	return c.life.refreshAt(c.face())
}

func (c *condition) kindDue() time.Time {
	if k, ok := c.rule.kind.(sleeper); ok {
		return k.due(c.memory, c.life.holding())
	}
	return time.Time{}
}

// forget drops the condition because its source says that the thing is gone.
func (c *condition) forget(ev *pipeline.Event, m moment) {
	if c.gone {
		return
	}
	kept := *ev
	c.last = &kept
	if c.life.told() {
		c.tell(Clear, m)
	}
	fresh := newCondition(c.rule, c.asset, c.sub, c.agenda)
	c.memory, c.life, c.seen, c.last, c.gone = fresh.memory, life{}, fresh.seen, nil, true
	c.agenda.touch(c)
	c.agenda.arm(c, time.Time{})
}

// face is what the post shows now.
func (c *condition) face() face {
	f := c.rule.kind.face(c.memory, c.last)
	if f.PostKind == "" {
		f.PostKind = c.life.Shown.PostKind
	}
	if f.Severity == "" {
		f.Severity = c.rule.Severity
	}
	return f
}

// tell makes an effect of kind, unless that is empty.
func (c *condition) tell(kind EffectKind, m moment) {
	if kind == "" {
		return
	}
	face := c.face()
	if kind == Raise || kind == Update {
		c.life.Shown, c.life.ShownAt = face, m.awake
	}
	r, ev := c.rule, c.last
	e := Effect{
		Kind: kind, Rule: r.ID, Key: c.key, Episode: c.life.Episode, At: m.now,
		PostKind: face.PostKind, Topic: r.Topic, Severity: face.Severity,
		Territory: r.territory(c.asset, ev.Attr), Asset: c.asset,
		Author: r.traits.author, AuthorName: authorName(r, ev),
		TitleFR: r.Title.FR, TitleEN: r.Title.EN,
		Value: face.Value.Value, Unit: unitOf(r, ev), Event: *ev, Since: c.life.Since,
	}
	e.Values = map[string]any{"asset": c.asset.Base(), "signal": r.Signal, "unit": e.Unit}
	if !c.life.Since.IsZero() {
		e.Values["since_min"] = max(0, m.now.Sub(c.life.Since).Minutes())
	}
	if r.Key == "" {
		e.Signal = r.Signal
	} else {
		e.article(r, c.sub)
	}
	r.kind.describe(c.memory, &e)
	e.dropInfinite()
	c.agenda.effects = append(c.agenda.effects, e)
}

// article names what the sub-key stands for. The asset's curve would mix all
// its articles, so none is shown.
func (e *Effect) article(r *Rule, sub string) {
	if r.Key == "sku" {
		e.SKU = sub
	}
	e.Values["sku"], e.Values["article"] = sub, sub
	if label := e.Event.Attr["label"]; label != "" {
		e.Values["article"] = label
	}
}

func authorName(r *Rule, ev *pipeline.Event) string {
	switch name := ev.Attr["name"]; {
	case r.traits.author == byERP:
		return "ERP"
	case name != "":
		return name
	}
	return ev.Asset.Base()
}

func unitOf(r *Rule, ev *pipeline.Event) string {
	if ev.Unit != "" {
		return ev.Unit
	}
	return r.Unit
}

// earliest is the first of the times that are set.
func earliest(times ...time.Time) time.Time {
	var first time.Time
	for _, t := range times {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}
