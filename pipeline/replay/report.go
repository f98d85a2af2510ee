package replay

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// Report is what people would have seen.
type Report struct {
	From   time.Time `json:"from"` // of the stream
	To     time.Time `json:"to"`
	Events int64     `json:"events"` // ticks left out

	Threads     []Threads             `json:"threads"` // by day, then territory
	Posts       int                   `json:"posts"`
	Openings    []Opening             `json:"openings"` // the first hundred thousand posts
	Bumps       int                   `json:"bumps"`
	Held        map[editor.Reason]int `json:"held"`
	Chatter     []Chatter             `json:"chatter"`     // worst first
	FloodShare  float64               `json:"floodShare"`  // of the time, in any territory
	Top         []Share               `json:"top"`         // ten rules at most
	Excesses    []Excess              `json:"excesses"`    // rules that post more than was expected of them
	Escalations []Escalation          `json:"escalations"` // most frequent first
	Standing    int                   `json:"standing"`    // posts open for longer than a day, which ISA-18.2 calls stale alarms
	Severities  map[string]int        `json:"severities"`  // posts

	Detections  []Detection `json:"detections,omitempty"` // of labels, in their order
	FalseOpens  int         `json:"falseOpens"`           // openings outside of every label, when there are labels
	FalsePerDay float64     `json:"falsePerDay"`

	Pictures []Picture `json:"pictures,omitempty"`
	Remarks  []string  `json:"remarks,omitempty"` // rules that could not be applied
	Faults   Faults    `json:"faults"`            // input that could not be read

	// Digest is the same for runs in which the same was decided.
	Digest string `json:"digest"`
}

// Threads is the posts of one day in one territory.
type Threads struct {
	Day       string             `json:"day"` // 2026-01-05, in the zone of the territory's calendar
	Territory pipeline.AssetPath `json:"territory"`
	Posts     int                `json:"posts"`
	Bumps     int                `json:"bumps"`
}

// Opening is one post that would have been opened.
type Opening struct {
	Rule      string             `json:"rule"`
	Key       string             `json:"key"` // of the thread
	Asset     pipeline.AssetPath `json:"asset"`
	Territory pipeline.AssetPath `json:"territory"`
	Signal    string             `json:"signal,omitempty"`
	Unit      string             `json:"unit,omitempty"`
	Limit     *float64           `json:"limit,omitempty"`
	PostKind  string             `json:"kind"`
	Severity  string             `json:"severity"`
	Title     rule.Title         `json:"title"` // filled in
	At        time.Time          `json:"at"`
	Until     time.Time          `json:"until,omitzero"` // zero: it was open at the end
	Bumps     int                `json:"bumps"`
	Unstable  bool               `json:"unstable,omitempty"`

	episode int64
	others  []pipeline.AssetPath // that it was about as well
	told    []time.Time          // when people were told: the opening, and bumps
	since   time.Time            // when it was opened last
	stood   bool                 // was counted as standing
}

// attention tells whether the post asks people for something.
func (o *Opening) attention() bool { return o.Severity != "info" }

// Share is the part of one rule in all posts.
type Share struct {
	Rule  string  `json:"rule"`
	Posts int     `json:"posts"`
	Share float64 `json:"share"`
}

const topRules = 10

// Excess is a rule that posts more than its owner expects.
type Excess struct {
	Rule     string  `json:"rule"`
	PerDay   float64 `json:"perDay"`
	Expected float64 `json:"expected"`
}

func (r *Report) remark(list []rule.Remark) {
	for _, m := range list {
		r.Remarks = append(r.Remarks, m.Rule+" on "+string(m.Asset)+": "+m.Text)
	}
}

// Days is how long the stream was.
func (r *Report) Days() float64 { return r.To.Sub(r.From).Hours() / 24 }
