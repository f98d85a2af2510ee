package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// sequence holds while one thing happened and another did not follow in time:
// an order was released, and not started. It ends when the other comes. With
// missing: false it is the other way round: it holds when the other did follow
// so soon, for as long again.
type sequence struct {
	Equals  []string  `yaml:"equals"`
	Then    following `yaml:"then"`
	Unless  []string  `yaml:"unless"`  // values of the rule's signal that call it off
	Missing *bool     `yaml:"missing"` // true unless written
}

// following is what must come, or must not.
type following struct {
	Signal string   `yaml:"signal"` // empty: the rule's own
	Equals []string `yaml:"equals"`
	Within Delay    `yaml:"within"`
}

type sequenceMemory struct {
	First  time.Time `json:"first,omitzero"` // source time of what began; zero: nothing is waited for
	Until  time.Time `json:"until,omitzero"` // awake time: end of the wait, or of what is told
	Broken bool      `json:"broken,omitempty"`
	Second time.Time `json:"second,omitzero"` // source time of the last that followed
}

func (k sequence) traits() traits {
	t := traits{
		author: byMachine, values: []string{"state", "within_min"},
		memory: func() any { return &sequenceMemory{} }, keepsEvent: true,
	}
	if k.Then.Signal != "" {
		t.moreSignals = []string{k.Then.Signal}
	}
	return t
}

func (k sequence) check(r *Rule) []fault {
	switch {
	case len(k.Equals) == 0:
		return []fault{{"equals", "list the states that begin it, for example [released]"}}
	case len(k.Then.Equals) == 0:
		return []fault{{"then", "say what must follow: {signal: state, equals: [running], within: 15m}"}}
	case k.Then.Within.Duration == 0:
		return []fault{{"then.within", "say within what time it must follow"}}
	case k.Then.Signal == r.Signal:
		return []fault{{"then.signal", "is the rule's own signal; leave it out"}}
	case len(k.Unless) > 0 && !k.missing():
		return []fault{{"unless", "calls off what is waited for; with missing: false nothing is"}}
	}
	return nil
}

func (k sequence) missing() bool { return k.Missing == nil || *k.Missing }

func (k sequence) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	if !ev.Usable() {
		return silent, false
	}
	s := mem.(*sequenceMemory)
	was := *s
	now := ev.Value.String()
	own := ev.Signal != k.Then.Signal
	switch {
	case (k.Then.Signal == "" || !own) && among(k.Then.Equals, now):
		k.follow(s, m)
	case own && among(k.Equals, now):
		k.begin(s, m)
	case own && among(k.Unless, now):
		s.First, s.Until, s.Broken = time.Time{}, time.Time{}, false
	default:
		return silent, false
	}
	if *s == was && s.First.IsZero() && !s.Broken {
		return silent, false
	}
	return s.verdict(), true // noted even when nothing changed: told again after the wait, it would begin another
}

// begin starts the wait, unless it runs or is over already: of two sources the
// one may be heard long after the other, such as the files of an ERP.
func (k sequence) begin(s *sequenceMemory, m moment) {
	if !s.First.IsZero() || s.Broken || m.baseline || k.missing() && !s.Second.Before(m.at) {
		return
	}
	s.First = m.at
	s.Until = m.awake.Add(k.Then.Within.Duration - max(0, m.now.Sub(m.at)))
}

// follow ends the wait. What followed before the wait began counts for another.
func (k sequence) follow(s *sequenceMemory, m moment) {
	if m.at.After(s.Second) {
		s.Second = m.at
	}
	if s.First.IsZero() || m.at.Before(s.First) {
		return
	}
	soon := m.at.Sub(s.First) <= k.Then.Within.Duration
	s.First, s.Until, s.Broken = time.Time{}, time.Time{}, false
	if soon && !k.missing() {
		s.Broken, s.Until = true, m.awake.Add(k.Then.Within.Duration)
	}
}

func (s *sequenceMemory) verdict() verdict {
	if s.Broken {
		return holds
	}
	return fine
}

func (sequence) due(mem any, _ bool) time.Time { return mem.(*sequenceMemory).Until }

// wake ends a wait in vain, or what was told for long enough. While the rule did
// not look, what is waited for may have come.
func (k sequence) wake(mem any, m moment) verdict {
	s := mem.(*sequenceMemory)
	unseen := m.from.After(s.Until.Add(-k.Then.Within.Duration))
	s.Until = time.Time{}
	if s.Broken = k.missing() && !s.First.IsZero() && !unseen; !s.Broken {
		s.First = time.Time{}
	}
	return s.verdict()
}

func (sequence) face(_ any, ev *pipeline.Event) face {
	return face{PostKind: postAlert, Value: reading{ev.Value}}
}

func (k sequence) describe(_ any, e *Effect) {
	e.Values["state"] = e.Value.String()
	e.Values["within_min"] = k.Then.Within.Minutes()
}
