package rule

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

const maxTimes = 64 // events that a count can wait for: what it remembers is a list of them

// count holds while at least so many events matched within the window: three
// rejects in ten minutes. Events are counted at their own stamps, whatever the
// order in which they come, and for as long after the last as is left of the
// window then.
type count struct {
	Equals []string `yaml:"equals"` // values that count; empty: every one
	Times  int      `yaml:"times"`
	Window Delay    `yaml:"window"`
}

// countMemory is the latest events that matched, as many as are needed: any
// that is older decides nothing, and none is in it twice. So the order in which
// they come, and how often, makes no difference.
type countMemory struct {
	Latest []counted `json:"latest,omitempty"` // oldest first
	Until  time.Time `json:"until,omitzero"`   // awake time: when the window has passed
}

type counted struct {
	At time.Time `json:"at"`
	ID []byte    `json:"id"` // its receipt
}

func (a counted) compare(b counted) int {
	if a.At.Equal(b.At) {
		return bytes.Compare(a.ID, b.ID)
	}
	return a.At.Compare(b.At)
}

func (count) traits() traits {
	return traits{
		author: byMachine, values: []string{"count", "times", "window_min", "value"},
		memory: func() any { return &countMemory{} }, ownRepeats: true,
	}
}

func (k count) check(*Rule) []fault {
	switch {
	case k.Times < 2 || k.Times > maxTimes:
		return []fault{{"times", fmt.Sprintf("write how many events make it worth telling: 2 to %d", maxTimes)}}
	case k.Window.Duration == 0:
		return []fault{{"window", "say within what time they must come, for example 10m"}}
	}
	return nil
}

func (k count) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	s := mem.(*countMemory)
	if !ev.Usable() || !k.matches(ev) || m.baseline || !s.add(counted{m.at, receipt(ev.ID)}, k) {
		return silent, false
	}
	first, last := s.Latest[0], s.Latest[len(s.Latest)-1]
	if len(s.Latest) < k.Times {
		s.Until = time.Time{}
		return fine, true
	}
	s.Until = m.awake.Add(k.Window.Duration - last.At.Sub(first.At))
	return holds, true
}

func (k count) matches(ev *pipeline.Event) bool {
	return len(k.Equals) == 0 || among(k.Equals, ev.Value.String())
}

// add notes an event, and tells whether that makes a difference. One from long
// before the last means that the source's clock was set back.
func (s *countMemory) add(c counted, k count) bool {
	if n := len(s.Latest); n > 0 {
		switch behind := s.Latest[n-1].At.Sub(c.At); {
		case behind >= max(k.Window.Duration, clockSlack):
			*s = countMemory{}
		case behind >= k.Window.Duration:
			return false
		}
	}
	place, known := slices.BinarySearchFunc(s.Latest, c, counted.compare)
	if known || place == 0 && len(s.Latest) == k.Times {
		return false
	}
	s.Latest = slices.Insert(s.Latest, place, c)
	last := s.Latest[len(s.Latest)-1].At
	s.Latest = slices.DeleteFunc(s.Latest, func(c counted) bool { return last.Sub(c.At) >= k.Window.Duration })
	s.Latest = s.Latest[max(0, len(s.Latest)-k.Times):]
	return true
}

func (count) due(mem any, _ bool) time.Time { return mem.(*countMemory).Until }

func (count) wake(mem any, _ moment) verdict {
	mem.(*countMemory).Until = time.Time{}
	return fine
}

func (count) face(_ any, ev *pipeline.Event) face {
	return face{PostKind: postAlert, Value: reading{ev.Value}}
}

func (k count) describe(_ any, e *Effect) {
	e.Values["count"], e.Values["times"] = float64(k.Times), float64(k.Times)
	e.Values["value"] = e.Value.String()
	e.Values["window_min"] = k.Window.Minutes()
}
