package feed

import "time"

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
	Circuit  string     `json:"circuit"`
	Step     int        `json:"step"` // from 0
	Steps    int        `json:"steps"`
	Name     Text       `json:"name"`               // of the step
	Deciders []MemberID `json:"deciders,omitempty"` // whom the step waits for now
	Roles    []string   `json:"roles,omitempty"`    // their role, in words, where nobody of them is here
	Since    time.Time  `json:"since"`
	Due      time.Time  `json:"due,omitzero"`
	Overdue  bool       `json:"overdue,omitempty"`
	Level    int        `json:"level,omitempty"` // of escalation
	Votes    []Vote     `json:"votes,omitempty"` // of this step, where it asks for a quorum
	Quorum   int        `json:"quorum,omitempty"`

	Outcome Outcome   `json:"outcome,omitempty"` // empty: it is still decided
	Reason  string    `json:"reason,omitempty"`
	By      Author    `json:"by,omitzero"`
	At      time.Time `json:"at,omitzero"`
	Into    PostID    `json:"into,omitempty"` // merged into
	Again   time.Time `json:"again,omitzero"` // deferred until
	Task    *Task     `json:"task,omitempty"` // what an accepted idea became
}

// Vote is one decider's word in a step.
type Vote struct {
	Member MemberID  `json:"member"`
	Name   string    `json:"name"`
	For    MemberID  `json:"for,omitempty"` // whom it stands for, who is away
	Yes    bool      `json:"yes"`
	At     time.Time `json:"at"`
}

// Task is what becomes of an accepted idea, and whether it helped.
type Task struct {
	Owner  Author    `json:"owner"`
	Due    time.Time `json:"due"`
	Done   time.Time `json:"done,omitzero"`
	AskAt  time.Time `json:"ask_at,omitzero"` // when its effect is asked for
	Effect string    `json:"effect,omitempty"`
}
