package feed

import (
	"slices"
	"time"
)

// Circuit is the way of a question or idea to its decision: its steps, one after
// the other. It knows nobody by itself; see [Bench].
type Circuit struct {
	Name   string
	Title  Text
	Kinds  []Kind
	Where  Path // at or below; empty: everywhere
	Stages []Stage
	// NoMerge keeps what goes through it from being merged into another.
	NoMerge bool
	// Defer is for how long it may be put off; 0: not at all.
	Defer time.Duration
	// Effect is how long after it was done one is asked whether it helped.
	Effect time.Duration
}

// Stage is one step of a circuit.
type Stage struct {
	Name     Text
	Deciders []string // roles or functions, at the post's place or the nearest above; or TheAsked, TheAuthor
	Members  []MemberID
	Mode     Mode
	Quorum   int           // of ByQuorum
	Within   time.Duration // 0: as long as it takes
	Remind   time.Duration // 0: never
	Escalate []string      // roles that are asked too, one after the other, each time that Within is over
}

// Whom a stage may wait for besides roles and functions.
const (
	TheAsked  = "asked"  // the population that a question is put to: an answer is their word
	TheAuthor = "author" // who opened the post
)

// Mode says how many of those who sit decide.
type Mode string

// Modes.
const (
	BySingle Mode = "single" // whoever speaks first
	ByQuorum Mode = "quorum"
	ByAll    Mode = "all"
)

// Bounds of what a circuit may say.
const (
	MaxStages  = 8
	MaxQuorum  = 20
	MaxPutOff  = 366 * 24 * time.Hour
	taskTime   = 30 * 24 * time.Hour // for what was accepted without a date
	effectTime = 14 * 24 * time.Hour
	lookAgain  = 15 * time.Minute // who sits may have left, or be away by now
	maxSeats   = 30               // shown of those a question is put to
)

// DefaultCircuits are those of an installation that configures none.
func DefaultCircuits() []Circuit {
	const day = 24 * time.Hour
	return []Circuit{
		{
			Name: "idee", Title: Text{FR: "Idée", EN: "Idea"}, Kinds: []Kind{Idea}, Defer: 180 * day, Effect: effectTime,
			Stages: []Stage{{
				Name: Text{FR: "Décision", EN: "Decision"}, Deciders: []string{string(Lead), string(Manager)}, Mode: BySingle,
				Within: 7 * day, Remind: 3 * day, Escalate: []string{string(Manager), string(Animator)},
			}},
		},
		{
			Name: "question", Title: Text{FR: "Question", EN: "Question"}, Kinds: []Kind{Question}, Defer: 30 * day,
			Stages: []Stage{
				{
					Name: Text{FR: "Réponse", EN: "Answer"}, Deciders: []string{TheAsked}, Mode: BySingle,
					Within: 2 * day, Remind: day, Escalate: []string{string(Lead), string(Animator)},
				},
				{
					Name: Text{FR: "Réponse retenue", EN: "Accepted answer"}, Deciders: []string{TheAuthor}, Mode: BySingle,
					Within: 7 * day, Remind: 3 * day, Escalate: []string{string(Lead), string(Animator)},
				},
			},
		},
	}
}

// CircuitOf is the circuit that a kind of post at a place goes through: that of
// the nearest place, and of several there the first; nil when none is for it.
func CircuitOf(circuits []Circuit, kind Kind, place Path) *Circuit {
	var found *Circuit
	for i := range circuits {
		c := &circuits[i]
		if !slices.Contains(c.Kinds, kind) || !place.Within(c.Where) {
			continue
		}
		if found == nil || len(c.Where) > len(found.Where) {
			found = c
		}
	}
	return found
}

// stage is the step that a course is in, also when the circuit has become
// shorter since.
func (c *Circuit) stage(co *Course) *Stage { return &c.Stages[min(co.Step, len(c.Stages)-1)] }

// asks tells whether the stage waits for answers, and not for a decision.
func (s *Stage) asks() bool { return slices.Contains(s.Deciders, TheAsked) }

// asked is whom the stage waits for at a level of escalation.
func (s *Stage) asked(level int) []string {
	return slices.Concat(s.Deciders, s.Escalate[:min(level, len(s.Escalate))])
}

// top is the last level of escalation: above those that the stage names there
// is whoever may decide at all.
func (s *Stage) top() int { return len(s.Escalate) + 1 }

// needs is how many of those who sit have to agree: never more than there are.
func (s *Stage) needs(seats int) int {
	switch s.Mode {
	case ByAll:
		return max(seats, 1)
	case ByQuorum:
		return max(min(s.Quorum, seats), 1)
	}
	return 1
}
