package feed

import (
	"slices"
	"time"
)

// Outcome is how a question or idea ended.
type Outcome string

// Outcomes. Each has a reason.
const (
	Accepted Outcome = "accepted"
	Refused  Outcome = "refused"
	Merged   Outcome = "merged"
	Deferred Outcome = "deferred"
)

// Course is how far a question or idea is on its way through a circuit.
type Course struct {
	Circuit  string    `json:"circuit"`
	Step     int       `json:"step"` // from 0
	Steps    int       `json:"steps"`
	Name     Text      `json:"name"`               // of the step
	Deciders []Seat    `json:"deciders,omitempty"` // whom the step waits for now
	Roles    []string  `json:"roles,omitempty"`    // whom it waits for, where nobody of them exists
	Since    time.Time `json:"since"`
	Due      time.Time `json:"due,omitzero"`
	Overdue  bool      `json:"overdue,omitempty"`
	Level    int       `json:"level,omitempty"` // of escalation
	Votes    []Vote    `json:"votes,omitempty"` // of this step, where it asks for more than one
	Quorum   int       `json:"quorum,omitempty"`
	Raise    time.Time `json:"raise,omitzero"`  // when somebody else is asked too
	Remind   time.Time `json:"remind,omitzero"` // when those who sit are told again

	Outcome Outcome   `json:"outcome,omitempty"` // empty: it is still decided
	Reason  string    `json:"reason,omitempty"`
	By      Author    `json:"by,omitzero"`
	For     string    `json:"for,omitempty"` // name of whom By stood for
	At      time.Time `json:"at,omitzero"`
	Into    PostID    `json:"into,omitempty"` // merged into
	With    []PostID  `json:"with,omitempty"` // those that were merged into it
	Again   time.Time `json:"again,omitzero"` // deferred until
	Task    *Task     `json:"task,omitempty"` // what an accepted idea became
}

// Seat is one who decides. Who is away is replaced by a delegate.
type Seat struct {
	Member  MemberID `json:"member"`
	Name    string   `json:"name"`
	For     MemberID `json:"for,omitempty"` // whom the member stands for, who is away
	ForName string   `json:"for_name,omitempty"`
}

// owner is whose seat it is, whoever sits on it.
func (s Seat) owner() MemberID {
	if s.For != "" {
		return s.For
	}
	return s.Member
}

// Vote is one decider's word in a step.
type Vote struct {
	Member  MemberID  `json:"member"`
	Name    string    `json:"name"`
	For     MemberID  `json:"for,omitempty"` // whom it stands for, who is away
	ForName string    `json:"for_name,omitempty"`
	Yes     bool      `json:"yes"`
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
}

// Task is what becomes of an accepted idea, and whether it helped.
type Task struct {
	Owner  Author    `json:"owner"`
	Due    time.Time `json:"due"`
	Late   bool      `json:"late,omitempty"` // it was not done in time
	Done   time.Time `json:"done,omitzero"`
	AskAt  time.Time `json:"ask_at,omitzero"` // when its effect is asked for
	Asked  bool      `json:"asked,omitempty"`
	Effect string    `json:"effect,omitempty"` // yes, partly or no
	Words  string    `json:"words,omitempty"`
}

// decided tells whether nobody has anything to decide.
func (co *Course) decided() bool { return co.Outcome != "" }

// wake is the next instant at which time itself changes something; zero: none.
func (co *Course) wake(at time.Time) time.Time {
	switch t := co.Task; {
	case co.Outcome == Deferred:
		return co.Again
	case !co.decided():
		return earliest(co.Raise, co.Remind, at.Add(lookAgain))
	case t == nil || t.Effect != "":
		return time.Time{}
	case t.Done.IsZero() && !t.Late:
		return t.Due
	case !t.Done.IsZero() && !t.Asked:
		return t.AskAt
	}
	return time.Time{}
}

// waitsFor lists whose list the course stands on: who decides, else who has to
// see to what was decided.
func (co *Course) waitsFor(author MemberID) []MemberID {
	var out []MemberID
	if !co.decided() {
		for _, s := range co.Deciders {
			if !slices.ContainsFunc(co.Votes, func(v Vote) bool { return v.owner() == s.owner() }) {
				out = append(out, s.Member)
			}
		}
		return out
	}
	if t := co.Task; t != nil && t.Effect == "" && co.Outcome == Accepted {
		switch {
		case t.Done.IsZero():
			out = append(out, t.Owner.Member)
		case t.Asked:
			out = append(out, t.Owner.Member, author)
		}
	}
	return out
}

func earliest(times ...time.Time) time.Time {
	var first time.Time
	for _, t := range times {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}
