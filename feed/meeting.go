package feed

import "time"

// Span is what a short meeting looks back on.
type Span string

// Spans.
const (
	OfShift Span = "shift"
	OfDay   Span = "day"
)

// Concern is one of the five that a short meeting goes through, in this order.
type Concern string

// Concerns: SQCDP, as the boards in workshops have it.
const (
	OnSafety   Concern = "safety"
	OnQuality  Concern = "quality"
	OnCost     Concern = "cost"
	OnDelivery Concern = "delivery"
	OnPeople   Concern = "people"
)

// Concerns lists all five in their order.
var Concerns = []Concern{OnSafety, OnQuality, OnCost, OnDelivery, OnPeople}

// Meeting is what people wrote on the sheet of a place and a shift or day.
type Meeting struct {
	Territory Path                   `json:"territory"`
	Span      Span                   `json:"span"`
	Shift     string                 `json:"shift,omitempty"`
	From      time.Time              `json:"from"`
	To        time.Time              `json:"to"`
	Corrected map[Concern]Correction `json:"corrected,omitempty"`
	Tasks     []MeetingTask          `json:"tasks,omitempty"`
	Raised    []RaisedLine           `json:"raised,omitempty"` // to the place above
	Done      *MeetingEnd            `json:"done,omitempty"`
	Cells     []MeetingCell          `json:"cells,omitempty"` // as they were then
}

// Correction is a figure that people know better, and why.
type Correction struct {
	Value    float64   `json:"value"`
	Abnormal bool      `json:"abnormal"`
	Reason   string    `json:"reason"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
}

// MeetingTask is what somebody will do until a day.
type MeetingTask struct {
	ID      string  `json:"id"`
	Concern Concern `json:"concern" enum:"safety,quality,cost,delivery,people"`
	Text    string  `json:"text"`
	Owner   string  `json:"owner"`
	Due     string  `json:"due" doc:"2026-11-30"`
	Done    bool    `json:"done"`
}

// RaisedLine is what a place cannot settle and asks the one above for.
type RaisedLine struct {
	ID        string    `json:"id"`
	Concern   Concern   `json:"concern" enum:"safety,quality,cost,delivery,people"`
	Text      string    `json:"text"`
	Territory Path      `json:"territory" doc:"Where it comes from."`
	Name      string    `json:"name"`
	By        string    `json:"by"`
	At        time.Time `json:"at"`
}

// MeetingEnd says who ended a meeting.
type MeetingEnd struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// MeetingCell is what the feed says of one concern.
type MeetingCell struct {
	Concern   Concern     `json:"concern" enum:"safety,quality,cost,delivery,people"`
	Value     *float64    `json:"value,omitempty" doc:"Absent when the feed says nothing of it."`
	Unit      string      `json:"unit" enum:"posts,pieces,minutes,percent,people" doc:"What it counts."`
	Abnormal  bool        `json:"abnormal"`
	Posts     []PostID    `json:"posts" nullable:"false" doc:"At most three behind it, the gravest first."`
	Corrected *Correction `json:"corrected,omitempty"`
}

// MeetingSheet is the sheet of a place for a shift or day: what the feed says, and
// what people wrote on it.
type MeetingSheet struct {
	Territory Path          `json:"territory"`
	Name      string        `json:"name"`
	Above     string        `json:"above,omitempty" doc:"Name of the place that lines are raised to; absent at the top."`
	Span      Span          `json:"span" enum:"shift,day"`
	Shift     string        `json:"shift,omitempty"`
	From      time.Time     `json:"from"`
	To        time.Time     `json:"to"`
	Cells     []MeetingCell `json:"cells" nullable:"false"`
	Tasks     []MeetingTask `json:"tasks" nullable:"false"`
	Raised    []RaisedLine  `json:"raised" nullable:"false" doc:"By this place, to the one above."`
	Below     []RaisedLine  `json:"below" nullable:"false" doc:"By the places below, to this one."`
	Done      *MeetingEnd   `json:"done,omitempty" doc:"The figures no longer change."`
}

// MeetingChange is one thing that somebody writes on a sheet; one of its parts is
// there.
type MeetingChange struct {
	Correct *Correcting  `json:"correct,omitempty"`
	Task    *MeetingTask `json:"task,omitempty" doc:"One without an id is new."`
	Raise   *Raising     `json:"raise,omitempty"`
	End     bool         `json:"end,omitempty" doc:"The meeting is over."`
}

// Correcting replaces a figure.
type Correcting struct {
	Concern  Concern `json:"concern" enum:"safety,quality,cost,delivery,people"`
	Value    float64 `json:"value"`
	Abnormal bool    `json:"abnormal"`
	Reason   string  `json:"reason" maxLength:"200"`
}

// Raising asks the place above.
type Raising struct {
	Concern Concern `json:"concern" enum:"safety,quality,cost,delivery,people"`
	Text    string  `json:"text" maxLength:"200"`
}
