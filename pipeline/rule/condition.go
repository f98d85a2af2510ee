package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// condition is one rule on one asset and sub-key: its memory, its life, and
// the effects of both. There are very many, nearly all of them quiet: what few
// need is behind pointers.
type condition struct {
	watch  *watch
	key    string
	memory any // of the rule's kind
	life   life
	hand   *hand           // what people did to it; nil where they did nothing
	seen   []mark          // last event that changed something, by signal of the rule
	last   *pipeline.Event // the deciding event; nil while nothing holds, unless the kind keeps it
	used   int64           // stream time when the state last changed, in Unix seconds

	due      time.Time // awake time of the next timer
	place    int32     // in the shard's timers, -1 outside
	standing standing
	dirty    bool
	gone     bool // there is no state to keep: not yet, or no more
}

func newCondition(w *watch, sub string) *condition {
	r := w.rule
	c := &condition{watch: w, key: keyOf(r, w.asset.path, sub), place: -1, gone: true}
	if !r.traits.ownRepeats {
		c.seen = make([]mark, 1+len(r.traits.moreSignals))
	}
	if r.traits.memory != nil {
		c.memory = r.traits.memory()
	}
	return c
}

func (c *condition) rule() *Rule { return c.watch.rule }

func (c *condition) agenda() *agenda { return c.watch.asset.agenda }

// sub is what tells the condition from others of its rule and asset.
func (c *condition) sub() string {
	return c.key[len(c.watch.rule.ID)+len(c.watch.asset.path)+2:]
}

// meet takes in one event of the rule's signal number slot.
func (c *condition) meet(slot int, ev *pipeline.Event, m moment) {
	traits := &c.watch.rule.traits
	ordered := !traits.ownRepeats
	if ordered && c.seen[slot].covers(ev, m.at) {
		return
	}
	m = c.view(m)
	says, changed := c.watch.rule.kind.observe(c.memory, ev, m)
	quiet := (c.life.Phase == normal || c.life.Phase == latched) && says != holds
	if says == silent {
		return
	}
	if quiet && !changed && !c.life.Muted && len(traits.moreSignals) == 0 {
		if ordered && c.seen[slot].pass(m.at) {
			c.keep(m)
		}
		return
	}
	if says != unusable && (!quiet || traits.keepsEvent) {
		kept := *ev
		c.last = &kept
	}
	if ordered {
		c.seen[slot] = mark{ID: ev.ID, At: m.at, Value: reading{ev.Value}}
	}
	if c.watch.looks(m.awake) {
		if says != unusable {
			c.tell(c.life.hear(m), m)
		}
		c.judge(says, m)
	}
	c.settle(m)
}

// view is the moment as the kind of c sees it.
func (c *condition) view(m moment) moment {
	m.holding, m.told = c.life.holding(), c.life.told()
	m.from, _ = c.watch.looksFrom()
	return m
}

func (c *condition) judge(says verdict, m moment) {
	if c.mutes(says, m) {
		return
	}
	c.life.flip(says, c.rule(), m)
	c.tell(c.life.shake(c.rule(), m), m)
	c.tell(c.life.judge(says, c.rule(), m), m)
}

// mutes keeps silent about what held before anybody looked, until it changes.
func (c *condition) mutes(says verdict, m moment) bool {
	if c.life.Phase != normal || says == unusable {
		return false
	}
	if says == holds {
		face := c.face()
		if m.baseline || c.life.Muted && face == c.life.shown() {
			c.life.Muted = true
			c.life.show(face, m)
			return true
		}
	}
	c.life.Muted = false
	return false
}

// blink notes that the mode changed that its rule depends on: where it looks no
// more, or not yet, what was to begin does not, and what is told is frozen.
func (c *condition) blink(m moment) {
	switch {
	case c.gone:
		return
	case c.watch.looks(m.awake):
		c.arm()
		return
	}
	phase, until := c.life.Phase, c.life.Until
	if c.life.Phase == pending {
		c.life.retreat()
	}
	c.life.freeze()
	if c.life.Phase == normal && !c.rule().traits.keepsEvent {
		c.last = nil
	}
	c.arm()
	if c.life.Phase != phase || c.life.Until != until || c.life.Flap != nil {
		c.keep(m)
	}
}

// settle ends every change: the post is refreshed when it is time, what is no
// longer needed is dropped, and the next timer is set.
func (c *condition) settle(m moment) {
	if c.life.told() && c.watch.looks(m.awake) {
		c.tell(c.life.shake(c.rule(), m), m)
		c.refresh(m)
	}
	if c.life.Phase == normal && !c.rule().traits.keepsEvent {
		c.last = nil
	}
	c.arm()
	c.keep(m)
}

// refresh tells at once that what holds has become worse, and anything else
// when it is time.
func (c *condition) refresh(m moment) {
	face := c.face()
	if c.life.Phase == active && graver(face.Severity, c.life.shown().Severity) {
		c.tell(Worsen, m)
	} else if at := c.life.refreshAt(face); !at.IsZero() && !m.awake.Before(at) {
		c.tell(Update, m)
	}
}

// keep notes that there is state to be written.
func (c *condition) keep(m moment) {
	c.gone, c.used = false, m.now.Unix()
	c.stand()
	c.agenda().touch(c)
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
	c.drop()
}

// drop leaves nothing of the condition but that its state is to be deleted.
func (c *condition) drop() {
	fresh := newCondition(c.watch, c.sub())
	c.agenda().arm(c, time.Time{})
	c.memory, c.life, c.hand, c.seen, c.last, c.used, c.gone = fresh.memory, life{}, nil, fresh.seen, nil, 0, true
	c.stand()
	c.agenda().touch(c)
}

// face is what the post shows now: of a condition that does not hold any more,
// what it showed.
func (c *condition) face() face {
	if c.last == nil {
		return c.life.shown()
	}
	f := c.rule().kind.face(c.memory, c.last)
	if f.PostKind == "" {
		f.PostKind = c.life.shown().PostKind
	}
	f.Severity = c.severity(f.Severity)
	return f
}
