package api

import (
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// ReplayReport is what rules would have done between two instants.
type ReplayReport struct {
	From       time.Time   `json:"from"`
	To         time.Time   `json:"to"`
	Events     int64       `json:"events" doc:"That were read again."`
	Threads    []DayCount  `json:"threads" nullable:"false" doc:"Posts by day and place."`
	Chatter    int         `json:"chatter" doc:"Conditions that came and went too fast."`
	FloodShare float64     `json:"flood_share" doc:"Part of the time in flood, 0 to 1."`
	Top        []RuleShare `json:"top" nullable:"false" doc:"The rules that spoke most."`
	Diff       *Diff       `json:"diff,omitempty" doc:"Against the rules that speak now."`
	Pictures   []Picture   `json:"pictures" nullable:"false"`
}

// keptBy is the report without the places whose rules m does not keep: a trial
// reads the stream of the whole house. What is counted of all places together
// stays.
func (r ReplayReport) keptBy(m feed.Member) ReplayReport {
	r.Threads = kept(m, r.Threads, func(d DayCount) string { return d.Territory })
	r.Pictures = kept(m, r.Pictures, func(p Picture) string { return p.Asset })
	if r.Diff != nil {
		about := func(o Opening) string { return o.Asset }
		r.Diff = &Diff{Same: r.Diff.Same, Added: kept(m, r.Diff.Added, about), Removed: kept(m, r.Diff.Removed, about)}
	}
	return r
}

// kept are those of a list at places whose rules m keeps.
func kept[T any](m feed.Member, all []T, place func(T) string) []T {
	return slices.DeleteFunc(slices.Clone(all), func(one T) bool { return !feed.Can(m, feed.Animate, feed.Path(place(one))) })
}

// complete is the report with a list wherever one is promised: what was not
// found is an empty one.
func (r ReplayReport) complete() *ReplayReport {
	r.Threads, r.Top, r.Pictures = list(r.Threads), list(r.Top), slices.Clone(list(r.Pictures))
	for i := range r.Pictures {
		p := &r.Pictures[i]
		p.Limits, p.Points, p.Opens = list(p.Limits), list(p.Points), list(p.Opens)
	}
	if r.Diff != nil {
		r.Diff = &Diff{Same: r.Diff.Same, Added: list(r.Diff.Added), Removed: list(r.Diff.Removed)}
	}
	return &r
}

func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// DayCount is the posts of one day at one place.
type DayCount struct {
	Day       string `json:"day" format:"date"`
	Territory string `json:"territory"`
	Posts     int    `json:"posts"`
	Bumps     int    `json:"bumps" doc:"How often people would have been told."`
}

// RuleShare is what one rule had of all posts.
type RuleShare struct {
	Rule  string  `json:"rule"`
	Posts int     `json:"posts"`
	Share float64 `json:"share"`
}

// Picture is a signal as it was, with the limits of a rule, and where the rule
// would have opened a post.
type Picture struct {
	Rule   string    `json:"rule"`
	Asset  string    `json:"asset"`
	Signal string    `json:"signal"`
	Unit   string    `json:"unit,omitempty"`
	Limits []float64 `json:"limits" nullable:"false"`
	Points []Point   `json:"points" nullable:"false" doc:"Thinned so that peaks are kept."`
	Opens  []Span    `json:"opens" nullable:"false"`
}

// Span is the time of one post.
type Span struct {
	At    time.Time  `json:"at"`
	Until *time.Time `json:"until,omitempty" doc:"Absent: it was still open at the end."`
}
