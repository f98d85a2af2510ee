package api

import (
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Course is how far a question or idea is on its way to a decision.
type Course struct {
	Circuit  string     `json:"circuit"`
	Step     int        `json:"step" doc:"From 0."`
	Steps    int        `json:"steps"`
	Name     string     `json:"name" doc:"Of the step."`
	Deciders []Seat     `json:"deciders,omitempty" nullable:"false" doc:"Whom the step waits for."`
	Roles    []string   `json:"roles,omitempty" nullable:"false" doc:"Whom it waits for, where nobody of them exists."`
	Since    time.Time  `json:"since"`
	Due      *time.Time `json:"due,omitempty"`
	Overdue  bool       `json:"overdue,omitempty"`
	Level    int        `json:"level,omitempty" doc:"Of escalation."`
	Votes    []Vote     `json:"votes,omitempty" nullable:"false"`
	Quorum   int        `json:"quorum,omitempty"`
	Outcome  string     `json:"outcome,omitempty" enum:"accepted,refused,merged,deferred" doc:"Absent while it is decided."`
	Reason   string     `json:"reason,omitempty"`
	By       *Author    `json:"by,omitempty"`
	For      string     `json:"for,omitempty" doc:"Name of whom that person stood for, who was away."`
	At       *time.Time `json:"at,omitempty"`
	Into     string     `json:"into,omitempty" doc:"The post that it was merged into."`
	With     []string   `json:"with,omitempty" nullable:"false" doc:"The posts that were merged into it."`
	Again    *time.Time `json:"again,omitempty" doc:"Deferred until."`
	Task     *Task      `json:"task,omitempty" doc:"What an accepted idea became."`
}

// Seat is one who decides.
type Seat struct {
	Member  string `json:"member"`
	Name    string `json:"name"`
	For     string `json:"for,omitempty" doc:"Whom the member stands for, who is away."`
	ForName string `json:"for_name,omitempty"`
}

// Vote is one decider's word in a step.
type Vote struct {
	Member  string    `json:"member"`
	Name    string    `json:"name"`
	For     string    `json:"for,omitempty" doc:"Whom it stands for, who is away."`
	ForName string    `json:"for_name,omitempty"`
	Yes     bool      `json:"yes"`
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
}

// Task is what becomes of an accepted idea.
type Task struct {
	Owner  Author     `json:"owner"`
	Due    time.Time  `json:"due"`
	Late   bool       `json:"late,omitempty" doc:"It was not done in time."`
	Done   *time.Time `json:"done,omitempty"`
	AskAt  *time.Time `json:"ask_at,omitempty" doc:"When its effect is asked for."`
	Asked  bool       `json:"asked,omitempty"`
	Effect string     `json:"effect,omitempty" enum:"yes,partly,no" doc:"Whether it helped."`
	Words  string     `json:"words,omitempty"`
}

// Stage is one step of a circuit, to be shown on the way.
type Stage struct {
	Name  string   `json:"name"`
	Roles []string `json:"roles" nullable:"false" doc:"Whom it waits for, in the circuit's words."`
}

func (v view) course(c *feed.Course) *Course {
	if c == nil {
		return nil
	}
	out := &Course{
		Circuit: c.Circuit, Step: c.Step, Steps: c.Steps, Name: c.Name.Render(v.lang, nil), Roles: c.Roles, Since: utc(c.Since), Due: instant(c.Due),
		Overdue: c.Overdue, Level: c.Level, Quorum: c.Quorum, Outcome: string(c.Outcome), Reason: c.Reason, For: c.For, At: instant(c.At), Into: string(c.Into),
		Again: instant(c.Again), Task: task(c.Task),
	}
	for _, s := range c.Deciders {
		out.Deciders = append(out.Deciders, Seat{Member: string(s.Member), Name: s.Name, For: string(s.For), ForName: s.ForName})
	}
	for _, b := range c.Votes {
		out.Votes = append(out.Votes, Vote{
			Member: string(b.Member), Name: b.Name, For: string(b.For), ForName: b.ForName, Yes: b.Yes, Reason: b.Reason, At: utc(b.At),
		})
	}
	for _, id := range c.With {
		out.With = append(out.With, string(id))
	}
	if c.By.Name != "" {
		out.By = new(author(c.By))
	}
	return out
}

func task(t *feed.Task) *Task {
	if t == nil {
		return nil
	}
	return &Task{
		Owner: author(t.Owner), Due: utc(t.Due), Late: t.Late, Done: instant(t.Done), AskAt: instant(t.AskAt), Asked: t.Asked,
		Effect: t.Effect, Words: t.Words,
	}
}

// stages is the way of a post through its circuit.
func (v view) stages(c *feed.Circuit) []Stage {
	out := []Stage{}
	if c == nil {
		return out
	}
	for _, s := range c.Stages {
		one := Stage{Name: s.Name.Render(v.lang, nil), Roles: []string{}}
		one.Roles = append(one.Roles, s.Deciders...)
		out = append(out, one)
	}
	return out
}
