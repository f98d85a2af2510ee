package feed

import (
	"slices"
	"strings"
	"time"
)

// A course is moved by words, answers and time, and by nothing else:
//
//	         answer            word                 word
//	Begin ─► step 0 ─────► … ─► step n ──► accepted, refused, merged
//	           ▲ │ time: escalate, remind      │
//	           │ ▼                             ▼
//	         step 0 (level 1)             deferred ── time ──► step n
//
// These functions are pure: who decides is told by a [Bench], what follows is
// left to the caller.

// Bench tells who sits at a step of a circuit at a level of escalation: who is
// away is replaced there, or missing.
type Bench func(step, level int) []Seat

// Effect is what a move makes of a course, besides the course itself.
type Effect string

// Effects of a move.
const (
	Seated   Effect = "seated"   // others sit than before
	Voted    Effect = "voted"    // a word was kept, and decides nothing yet
	Advanced Effect = "advanced" // it came to its next step
	Late     Effect = "late"     // its step is not decided in time
	Reminded Effect = "reminded"
	Settled  Effect = "settled" // it came to its outcome
	CameBack Effect = "back"    // it was deferred until now
	TaskLate Effect = "task-late"
	AskHelp  Effect = "ask-effect" // whether what was done helped
)

// Ruling is a word of somebody who sits.
type Ruling struct {
	Member  MemberID
	Name    string
	Outcome Outcome
	Reason  string
	Into    PostID    // of Merged
	Until   time.Time // of Deferred
	Owner   Author    // of Accepted: who sees to it; zero: who decided
	Due     time.Time // of Accepted: until when; zero: in a month
	Answer  CommentID // of an accepted question: the answer that is kept
}

// Begin puts a post at the first step of the circuit.
func (c *Circuit) Begin(bench Bench, at time.Time) *Course {
	co := &Course{Circuit: c.Name}
	c.enter(co, 0, bench, at)
	return co
}

// enter begins a step: its time runs from now. Where nobody sits, the next level
// is asked at once.
func (c *Circuit) enter(co *Course, step int, bench Bench, at time.Time) {
	co.Step, co.Steps = min(step, len(c.Stages)-1), len(c.Stages)
	s := c.stage(co)
	co.Name, co.Since, co.Level, co.Overdue, co.Votes = s.Name, at, 0, false, nil
	co.Due, co.Raise, co.Remind = after(at, s.Within), after(at, s.Within), after(at, s.Remind)
	co.Outcome, co.Reason, co.By, co.For, co.At, co.Into, co.Again, co.Task = "", "", Author{}, "", time.Time{}, "", time.Time{}, nil
	c.seat(co, bench)
}

// seat writes who sits now, at the first level from the course's own at which
// somebody does; it tells whether that changed anything.
func (c *Circuit) seat(co *Course, bench Bench) bool {
	s, before, level := c.stage(co), co.Deciders, co.Level
	co.Deciders, co.Roles = nil, nil
	for ; ; co.Level++ {
		if co.Deciders = bench(co.Step, co.Level); len(co.Deciders) > 0 || co.Level >= s.top() {
			break
		}
	}
	co.Quorum = 0
	if n := s.needs(c.base(co, bench)); n > 1 && !s.asks() {
		co.Quorum = min(n, len(co.Deciders))
	}
	if len(co.Deciders) == 0 {
		co.Roles = s.asked(co.Level)
	}
	if s.asks() && len(co.Deciders) > maxSeats {
		co.Deciders = co.Deciders[:maxSeats]
	}
	return level != co.Level || !slices.Equal(before, co.Deciders)
}

// base is how many sit without those who were asked too: one of those may speak
// for one who does not, and makes no step harder.
func (c *Circuit) base(co *Course, bench Bench) int {
	if n := len(bench(co.Step, 0)); n > 0 {
		return n
	}
	return len(co.Deciders)
}

// Hear adds the word of somebody who sits. It refuses who does not, and whoever
// speaks after the end.
func (c *Circuit) Hear(co *Course, r Ruling, bench Bench, at time.Time) (Effect, error) {
	if co.decided() {
		return "", errDecided.With(Values{"who": co.By.Name})
	}
	seats := c.sitting(co, bench, r.Member)
	if len(seats) == 0 {
		return "", errNoSeat.With(Values{"who": namesOf(co.Deciders)})
	}
	switch r.Outcome {
	case Merged:
		if c.NoMerge {
			return "", errNoMerge
		}
		return c.settle(co, r, seats, at), nil
	case Deferred:
		switch {
		case c.Defer == 0:
			return "", errNoDefer
		case !r.Until.After(at):
			return "", errPastDate
		case r.Until.After(at.Add(c.Defer + shelfGoodwill)):
			return "", errFarDate.With(Values{"days": c.Defer.Hours() / 24})
		}
		return c.settle(co, r, seats, at), nil
	}
	for _, seat := range seats {
		co.Votes = slices.DeleteFunc(co.Votes, func(v Vote) bool { return v.owner() == seat.owner() })
		co.Votes = append(co.Votes, Vote{
			Member: r.Member, Name: r.Name, For: seat.For, ForName: seat.ForName, Yes: r.Outcome == Accepted, Reason: r.Reason, At: at,
		})
	}
	return c.count(co, r, bench, at), nil
}

// count tells what the words so far decide. Where nobody is left who could make
// the quorum full, it is refused.
func (c *Circuit) count(co *Course, last Ruling, bench Bench, at time.Time) Effect {
	yes, no := 0, 0
	for _, v := range co.Votes {
		if v.Yes {
			yes++
		} else {
			no++
		}
	}
	s, sits, needs := c.stage(co), max(len(co.Deciders), yes+no), max(co.Quorum, 1)
	if s.asks() || s.Mode != ByQuorum && s.Mode != ByAll {
		sits = 1 // the first word decides
	}
	switch {
	case yes >= needs && co.Step+1 < len(c.Stages) && !s.asks():
		c.enter(co, co.Step+1, bench, at)
		return Advanced
	case yes >= needs:
		last.Outcome, last.Reason = Accepted, reasons(co.Votes, true)
	case sits-no < needs:
		last.Outcome, last.Reason = Refused, reasons(co.Votes, false)
	default:
		return Voted
	}
	return c.settle(co, last, seatsOf(co.Votes, last.Member), at)
}

// settle writes how it ended. What is merged or deferred is so for whoever sits,
// whatever the others said.
func (c *Circuit) settle(co *Course, r Ruling, seats []Seat, at time.Time) Effect {
	by := Author{Kind: ByPerson, Name: r.Name, Member: r.Member}
	co.Outcome, co.Reason, co.By, co.At, co.Into, co.Again = r.Outcome, r.Reason, by, at, r.Into, r.Until
	co.For = ""
	if len(seats) > 0 && !slices.ContainsFunc(seats, func(s Seat) bool { return s.For == "" }) {
		co.For = seats[0].ForName
	}
	co.Deciders, co.Roles, co.Overdue, co.Raise, co.Remind, co.Due = nil, nil, false, time.Time{}, time.Time{}, time.Time{}
	if r.Outcome != Deferred {
		co.Again = time.Time{}
	}
	if r.Outcome == Accepted && c.Effect > 0 {
		co.Task = &Task{Owner: r.Owner, Due: r.Due}
		if r.Owner.Member == "" {
			co.Task.Owner = by
		}
		if r.Due.IsZero() {
			co.Task.Due = at.Add(taskTime)
		}
	}
	return Settled
}

// Answered is an answer to what asks for one: it is for others to keep it.
func (c *Circuit) Answered(co *Course, bench Bench, at time.Time) (Effect, bool) {
	if co.decided() || !c.stage(co).asks() || co.Step+1 >= len(c.Stages) {
		return "", false
	}
	c.enter(co, co.Step+1, bench, at)
	return Advanced, true
}

// Again opens what was decided once more, at the step that decided it.
func (c *Circuit) Again(co *Course, bench Bench, at time.Time) { c.enter(co, co.Step, bench, at) }

// sitting lists the seats of a member. Where an answer is waited for, those who
// would keep it may do so at once.
func (c *Circuit) sitting(co *Course, bench Bench, m MemberID) []Seat {
	seats := co.Deciders
	if s := c.stage(co); s.asks() {
		seats = nil
		if co.Step+1 < len(c.Stages) {
			seats = append(seats, bench(co.Step+1, co.Level)...)
		}
	}
	return slices.DeleteFunc(slices.Clone(seats), func(s Seat) bool { return s.Member != m })
}

func (v Vote) owner() MemberID { return Seat{Member: v.Member, For: v.For}.owner() }

// seatsOf are the seats for which a member spoke.
func seatsOf(votes []Vote, m MemberID) []Seat {
	var out []Seat
	for _, v := range votes {
		if v.Member == m {
			out = append(out, Seat{Member: v.Member, Name: v.Name, For: v.For, ForName: v.ForName})
		}
	}
	return out
}

// reasons are those of one side, each once.
func reasons(votes []Vote, yes bool) string {
	var all []string
	for _, v := range votes {
		if v.Yes == yes && !slices.Contains(all, v.Reason) {
			all = append(all, v.Reason)
		}
	}
	return strings.Join(all, " · ")
}

func namesOf(seats []Seat) string {
	var all []string
	for _, s := range seats {
		if !slices.Contains(all, s.Name) {
			all = append(all, s.Name)
		}
	}
	return strings.Join(all, ", ")
}

var (
	errDecided  = Refuse(Conflict, "C’est déjà décidé, par {who}.", "This is decided already, by {who}.")
	errNoSeat   = Refuse(Forbidden, "Cette étape attend une autre personne : {who}.", "This step waits for somebody else: {who}.")
	errNoMerge  = Refuse(Invalid, "Ce circuit ne permet pas de fusionner.", "This circuit does not allow to merge.")
	errNoDefer  = Refuse(Invalid, "Ce circuit ne permet pas de reporter.", "This circuit does not allow to defer.")
	errPastDate = Refuse(Invalid, "Indiquez une date à venir.", "Give a date to come.")
	errFarDate  = Refuse(Invalid, "Le report est limité à {days|0} jours.", "It may be deferred by {days|0} days at most.")
)
