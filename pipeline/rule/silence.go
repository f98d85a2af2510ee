package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	// clockSlack is how far a source's clock may be set back before its events
	// are taken as new ones with a corrected clock, and not as old ones repeated.
	clockSlack = 5 * time.Minute
	// ahead is how long before its hour something may come and still be what was
	// expected then; what comes earlier is what was expected the time before.
	ahead = 12 * time.Hour
	// lookAgain is how often the hour is looked at, since it is one of the clock
	// on the wall and timers run on awake time.
	lookAgain = 10 * time.Minute
)

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
// written: it is never early, and late by half of expect_every at most. With
// expect_by it is written once for each hour that is kept.
type silenceMemory struct {
	Heard  time.Time `json:"heard,omitzero"` // awake time
	At     time.Time `json:"at,omitzero"`    // source time of the same event
	Silent bool      `json:"silent,omitempty"`
	By     time.Time `json:"by,omitzero"`   // stream time: the hour that is waited for
	Look   time.Time `json:"look,omitzero"` // awake time: when to see whether it has passed
}

func (silence) traits() traits {
	return traits{
		author: byMachine, memory: func() any { return &silenceMemory{} },
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
	s := mem.(*silenceMemory)
	if k.ExpectBy != nil {
		return k.arrive(s, ev, m)
	}
	later := m.at.Sub(s.At)
	if !s.At.IsZero() && later < k.ExpectEvery.Duration/2 && later > -clockSlack {
		return silent, false
	}
	*s = silenceMemory{Heard: m.awake, At: m.at}
	return fine, true
}

// arrive finds the hour that comes after the one for which the event came. What
// counts is when it was received: the rows of a file may be of any age.
func (k silence) arrive(s *silenceMemory, ev *pipeline.Event, m moment) (verdict, bool) {
	came := m.now
	if !ev.Received.IsZero() && ev.Received.Before(came) {
		came = ev.Received
	}
	by := k.ExpectBy.after(came)
	if by.Sub(came) <= ahead {
		by = k.ExpectBy.after(by)
	}
	if !by.After(s.By) {
		return silent, false
	}
	*s = silenceMemory{By: by, Look: k.look(by, m)}
	return fine, true
}

func (k silence) look(by time.Time, m moment) time.Time {
	return m.awake.Add(min(max(0, by.Add(k.Grace.Duration).Sub(m.now)), lookAgain))
}

func (k silence) due(mem any, _ bool) time.Time {
	s := mem.(*silenceMemory)
	switch {
	case k.ExpectBy != nil:
		return s.Look
	case s.Silent || s.Heard.IsZero():
		return time.Time{}
	}
	return s.Heard.Add(k.ExpectEvery.Duration + k.ExpectEvery.Duration/2 + k.Grace.Duration)
}

func (k silence) wake(mem any, m moment) verdict {
	s := mem.(*silenceMemory)
	if k.ExpectBy != nil && m.now.Before(s.By.Add(k.Grace.Duration)) {
		s.Look = k.look(s.By, m)
		return fine
	}
	s.Silent, s.Look = true, time.Time{}
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
