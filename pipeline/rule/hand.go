package rule

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// hand is what people did to a condition: they shelved it for a while or once,
// or took it out of service (OPC UA Part 9, shelved and out-of-service states).
// It goes on judging all the same; nobody is told. Out of service takes the
// place of a shelf.
type hand struct {
	Until    time.Time        `json:"until,omitzero"` // stream time: end of the shelf; zero: there is none
	Once     bool             `json:"once,omitempty"` // the shelf ends when the condition does, too
	Disabled bool             `json:"disabled,omitempty"`
	Reason   string           `json:"reason,omitempty"`
	At       time.Time        `json:"at"`  // of the last act, to know those before it when they come again
	Act      json.RawMessage  `json:"act"` // wire form of the event that silenced it, or of the last one
	ID       pipeline.EventID `json:"id"`
}

// silent tells whether nobody is to be told.
func (h *hand) silent() bool { return h != nil && (h.Disabled || !h.Until.IsZero()) }

// once tells whether the shelf ends with the condition.
func (h *hand) once() bool { return h != nil && h.Once }

// mark says in e that nobody is to be told.
func (h *hand) mark(e *Effect) {
	if h.silent() {
		e.Shelved, e.Until, e.Reason = true, h.Until, h.Reason
	}
}

// knows tells whether the act was met before, or is from before the last.
func (h *hand) knows(ev *pipeline.Event, at time.Time) bool {
	return h != nil && (h.ID == ev.ID || at.Before(h.At) && h.At.Sub(at) < clockSlack)
}

// event is the last act, as it came from the stream.
func (h *hand) event() *pipeline.Event {
	ev, err := pipeline.Decode(h.Act)
	if err != nil {
		panic(fmt.Sprintf("rule: read an act that was written: %v", err))
	}
	return &ev
}

func (h *hand) clear() { h.Until, h.Once, h.Disabled, h.Reason = time.Time{}, false, false, "" }

// act takes in what a person did to one condition. One that is not known has
// nothing to be silenced, and that of another asset may be in another engine.
func (e *Engine) act(a pipeline.Act, ev *pipeline.Event, m moment) {
	id, path, sub, ok := splitKey(a.Key)
	known := e.assets[ev.Asset]
	if !ok || path != ev.Asset || known == nil {
		return
	}
	for _, w := range known.watches {
		if c := w.known(sub); w.rule.ID == id && c != nil && !c.gone && !c.hand.knows(ev, m.at) {
			c.obey(a, ev, m)
		}
	}
}

// obey does to the condition what a person says, if there is anything to do.
// Either way the act is remembered, so that it does nothing later.
func (c *condition) obey(a pipeline.Act, ev *pipeline.Event, m moment) {
	if c.hand == nil {
		c.hand = &hand{}
	}
	h := c.hand
	h.ID, h.At, h.Act = ev.ID, m.at, pipeline.Append(nil, ev)
	switch a.Kind {
	case pipeline.ActShelve:
		if until := c.rule().shelfEnd(a.Until, m); !h.Disabled && until.After(m.now) {
			h.Until, h.Once, h.Reason = until, a.OneShot, a.Reason
			c.tell(Shelve, m)
		}
	case pipeline.ActDisable:
		h.clear()
		h.Disabled, h.Reason = true, a.Reason
		c.tell(Shelve, m)
	case pipeline.ActUnshelve, pipeline.ActEnable:
		if h.silent() && h.Disabled == (a.Kind == pipeline.ActEnable) {
			c.unshelve(m)
		}
	case pipeline.ActReset:
		c.tell(c.life.reset(m), m)
	}
	c.settle(m)
}

// unshelve lets the condition be heard again.
func (c *condition) unshelve(m moment) {
	c.hand.clear()
	c.tell(Unshelve, m)
}

// shelfEnd is until when a person may silence a condition who asks for that.
func (r *Rule) shelfEnd(asked time.Time, m moment) time.Time {
	last := m.now.Add(r.Shelve.Max.Duration)
	if asked.IsZero() || asked.After(last) {
		return last
	}
	return asked.UTC()
}

// shelfEnd is when the shelf ends, in awake time as it is counted now: people
// mean the time of their clocks, which does not stop when the stream pauses.
func (c *condition) shelfEnd() time.Time {
	if c.hand == nil || c.hand.Until.IsZero() {
		return time.Time{}
	}
	return c.hand.Until.Add(-c.agenda().clock.Paused)
}
