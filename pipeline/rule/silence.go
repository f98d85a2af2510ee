package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// clockSlack is how far a source's clock may be set back before its events are
// taken as new ones with a corrected clock, and not as old ones repeated.
const clockSlack = 5 * time.Minute

// silence holds when nothing was heard for a while: of a signal or, when the
// rule names none, of the asset. Bad data is data: somebody speaks. It watches
// from the first event on. What comes at an hour of the day, such as the files
// of an ERP, is missed at that hour.
type silence struct {
	ExpectEvery Delay        `yaml:"expect_every"`
	ExpectBy    *appointment `yaml:"expect_by"`
	Grace       Delay        `yaml:"grace"`
}

// silenceMemory is written at most every half of expect_every, so that a
// healthy signal costs few writes. The deadline allows for what is not
// written: it is never early, and late by half of expect_every at most.
type silenceMemory struct {
	Heard  time.Time `json:"heard,omitzero"` // awake time
	At     time.Time `json:"at,omitzero"`    // source time of the same event
	Silent bool      `json:"silent,omitempty"`
}

func (k silence) traits() traits {
	memory := func() any { return &silenceMemory{} }
	if k.ExpectBy != nil {
		memory = func() any { return &arrival{} }
	}
	return traits{
		author: byMachine, memory: memory,
		anySignal: true, ownRepeats: true, keepsEvent: true, always: true,
	}
}

func (k silence) check(r *Rule) []fault {
	var faults []fault
	switch {
	case k.ExpectEvery.Duration == 0 && k.ExpectBy == nil:
		faults = append(faults, fault{"expect_every", "say how often data is expected, for example 5s, or with expect_by at what hour"})
	case k.ExpectEvery.set && k.ExpectBy != nil:
		faults = append(faults, fault{"expect_by", "give expect_every or expect_by, not both"})
	}
	if r.OnDelay.set {
		faults = append(faults, fault{"on_delay", "use grace in place of on_delay"})
	}
	if r.StaleAfter.set {
		faults = append(faults, fault{"stale_after", "silence is what this rule is about; remove stale_after"})
	}
	return faults
}

func (k silence) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	if k.ExpectBy != nil {
		return mem.(*arrival).come(k, ev, m)
	}
	s := mem.(*silenceMemory)
	later := m.at.Sub(s.At)
	if !s.At.IsZero() && later < k.ExpectEvery.Duration/2 && later > -clockSlack {
		return silent, false
	}
	*s = silenceMemory{Heard: m.awake, At: m.at}
	return fine, true
}

func (k silence) due(mem any, _ bool) time.Time {
	if k.ExpectBy != nil {
		return mem.(*arrival).Look
	}
	s := mem.(*silenceMemory)
	if s.Silent || s.Heard.IsZero() {
		return time.Time{}
	}
	return s.Heard.Add(k.ExpectEvery.Duration + k.ExpectEvery.Duration/2 + k.Grace.Duration)
}

func (k silence) wake(mem any, m moment) verdict {
	if k.ExpectBy != nil {
		return mem.(*arrival).look(k, m)
	}
	s := mem.(*silenceMemory)
	if m.from.After(s.Heard) { // before, there was nothing to hear
		s.Heard = m.from
		return fine
	}
	s.Silent = true
	return holds
}

func (silence) face(any, *pipeline.Event) face { return face{PostKind: postAlert} }

// describe counts the silence from the last event that is remembered, which at
// the end is the one that broke it.
func (silence) describe(_ any, e *Effect) {
	if e.Kind != Clear {
		e.Values["since_min"] = max(0, e.At.Sub(e.Event.Received).Minutes())
	}
}
