package rule

import "time"

// alarms are the times at which a condition changes without an event, in awake
// time; zero means never.
type alarms struct {
	kind    time.Time // its kind judges anew
	delay   time.Time // on_delay or off_delay ends
	stale   time.Time
	rise    time.Time // it becomes graver by lasting
	steady  time.Time
	refresh time.Time // the post may show what is new
	shelf   time.Time // what a person silenced is heard again
}

// alarms lists what is ahead. While its rule does not look, nothing but a shelf
// ends, and what was due in between follows when it looks again.
func (c *condition) alarms() alarms {
	list := alarms{shelf: c.shelfEnd()}
	from, looks := c.watch.looksFrom()
	if !looks {
		return list
	}
	r, l := c.rule(), &c.life
	list.kind = notBefore(c.kindDue(), from)
	list.delay = notBefore(l.Until, from)
	list.stale = l.staleAt(r, from)
	if l.told() {
		list.rise = notBefore(l.riseAt(r), from)
		list.steady = notBefore(l.steadyAt(r), from)
		list.refresh = notBefore(l.refreshAt(c.face()), from)
	}
	return list
}

// arm sets the timer to whatever is due first.
func (c *condition) arm() {
	a := c.alarms()
	c.agenda().arm(c, earliest(a.kind, a.delay, a.stale, a.rise, a.steady, a.refresh, a.shelf))
}

// wake takes in that time has passed: the earliest of the timers that are due.
func (c *condition) wake(m moment) {
	m = c.view(m)
	switch a := c.alarms(); c.due {
	case a.kind:
		c.judge(c.rule().kind.(sleeper).wake(c.memory, m), m)
	case a.delay:
		c.tell(c.life.expire(c.rule(), m), m)
	case a.stale:
		c.tell(c.life.spoil(), m)
	case a.rise:
		c.life.Risen++
	case a.steady:
		c.tell(c.life.steady(c.rule(), m), m)
	case a.shelf:
		c.unshelve(m)
	}
	c.settle(m)
}

func (c *condition) kindDue() time.Time {
	if k, ok := c.rule().kind.(sleeper); ok {
		return k.due(c.memory, c.life.holding())
	}
	return time.Time{}
}

// notBefore puts off t, if it is set, until from.
func notBefore(t, from time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return later(t, from)
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

// later is the later of two times.
func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
