package feed

import (
	"context"
	"time"
)

// Balance is the activity report of a place and everything below it in a period:
// what came up, how soon somebody had it and it was solved, what it cost, and
// whether that is better than before. Its posts are those that opened in the
// period, unless a figure says otherwise; times are in minutes.
type Balance struct {
	Territory Path      `json:"territory"`
	Name      string    `json:"name"`
	Period    Period    `json:"period"`
	Previous  string    `json:"previous" doc:"Id of the period before."`
	Next      string    `json:"next,omitempty" doc:"Id of the period after, where that has begun."`
	Zone      string    `json:"zone" doc:"Time zone that the period is cut in."`
	At        time.Time `json:"at" doc:"When the figures were counted."`
	Kept      bool      `json:"kept" doc:"They were sent, and no longer change."`

	Now      Figures    `json:"now"`
	Before   *Figures   `json:"before,omitempty" doc:"Of the period before; absent when nothing was there yet."`
	Baseline *Baseline  `json:"baseline,omitempty" doc:"Of the time in which the place was a ghost."`
	Trend    []Beat     `json:"trend" nullable:"false" doc:"This period and those before it, the oldest first."`
	Causes   []Bar      `json:"causes" nullable:"false" doc:"Causes that people gave, the most frequent first."`
	Stops    []Bar      `json:"stops" nullable:"false" doc:"Minutes stopped by cause, the longest first."`
	Noise    []Noisy    `json:"noise" nullable:"false" doc:"Rules of which people said that a post is noise."`
	Places   []Placed   `json:"places" nullable:"false" doc:"The places right below this one."`
	Life     Engagement `json:"life"`
	Cost     *Cost      `json:"cost,omitempty" doc:"What the site says that a loss costs; absent: nobody said."`
}

// Figures are what became of the posts of a place in a period.
type Figures struct {
	Posts      int            `json:"posts" doc:"Everything that opened."`
	Alerts     int            `json:"alerts" doc:"Of those, what asks for somebody."`
	ByKind     map[string]int `json:"by_kind" nullable:"false"`
	ByTopic    map[string]int `json:"by_topic" nullable:"false"`
	BySeverity map[string]int `json:"by_severity" nullable:"false"`
	Take       Delay          `json:"take" doc:"From opening to the first who took it."`
	Solve      Delay          `json:"solve" doc:"From opening to the cause that somebody gave."`
	Last       Delay          `json:"last" doc:"From opening to the end, whoever or whatever ended it."`
	Solved     Share          `json:"solved" doc:"Alerts that ended with a cause, of those that ended."`
	Again24    Share          `json:"again_24h" doc:"Posts of rules about what had opened a post of the same rule within 24 hours before."`
	Again7     Share          `json:"again_7d" doc:"The same within 7 days before."`
	Stopped    float64        `json:"stopped" doc:"Minutes of stops in the production runs that began."`
	Lost       float64        `json:"lost" doc:"Pieces not made in those runs."`
	ShelfEmpty float64        `json:"shelf_empty" doc:"Minutes out of stock within the period, of all articles together."`
	Decided    int            `json:"decided" doc:"Ideas that were decided in the period."`
	Deciding   Delay          `json:"deciding" doc:"Minutes from idea to decision."`
	Money      *float64       `json:"money,omitempty" doc:"What the losses cost, where the site says what a loss costs."`
}

// Delay is how long something took: half of the times at most P50 minutes, nine in
// ten at most P90.
type Delay struct {
	Count int      `json:"count"`
	P50   *float64 `json:"p50,omitempty"`
	P90   *float64 `json:"p90,omitempty"`
}

// Share is a part of a whole.
type Share struct {
	Part  int `json:"part"`
	Whole int `json:"whole"`
}

// Baseline are the figures of the time in which rules ran and nobody was told,
// brought to the length of the period.
type Baseline struct {
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	Scale   float64   `json:"scale" doc:"What counts were multiplied by, to compare with the period."`
	Figures Figures   `json:"figures"`
}

// Beat is one period of the trend.
type Beat struct {
	Period     string   `json:"period"`
	Alerts     int      `json:"alerts"`
	Take       *float64 `json:"take,omitempty"`
	Stopped    float64  `json:"stopped"`
	ShelfEmpty float64  `json:"shelf_empty"`
}

// Bar is one bar of a Pareto. The same answer is one bar, in whichever language
// people gave it.
type Bar struct {
	Name    string  `json:"name" doc:"What people said; empty: all other bars together."`
	English string  `json:"english,omitempty" doc:"The same in English, where that was offered."`
	Value   float64 `json:"value"`
}

// In is the name of the bar in a language.
func (b Bar) In(lang Lang) string { return Text{FR: b.Name, EN: b.English}.Render(lang, nil) }

// Noisy is a rule and how many of its posts somebody called noise.
type Noisy struct {
	Rule  string `json:"rule"`
	Posts int    `json:"posts"`
	Noise int    `json:"noise"`
}

// Placed are the main figures of a place right below.
type Placed struct {
	Territory  Path     `json:"territory"`
	Name       string   `json:"name"`
	Alerts     int      `json:"alerts"`
	Take       *float64 `json:"take,omitempty"`
	Solve      *float64 `json:"solve,omitempty"`
	Stopped    float64  `json:"stopped"`
	ShelfEmpty float64  `json:"shelf_empty"`
}

// Engagement tells how people of a place took part in a month. What fewer than
// five people did is not told, and neither is what would tell it by subtraction;
// see package report for the policy.
type Engagement struct {
	Month    string `json:"month"`
	People   int    `json:"people,omitempty" doc:"At least so many took part, rounded down to five; absent: fewer than five, or it would tell of fewer."`
	Answered *int   `json:"answered,omitempty" doc:"Percent of alerts that a person answered."`
	Useful   *int   `json:"useful,omitempty" doc:"Reactions in a hundred alerts solved."`
}

// Cost is what a loss costs at a place and below it, in the words of the site.
type Cost struct {
	Territory  Path    `json:"territory" doc:"Where it was said."`
	Minute     float64 `json:"minute" minimum:"0" doc:"Of a minute stopped."`
	Part       float64 `json:"part" minimum:"0" doc:"Of a piece not made."`
	ShelfEmpty float64 `json:"shelf_empty" minimum:"0" doc:"Of a minute out of stock."`
	Currency   string  `json:"currency" pattern:"^[A-Z]{3}$" doc:"ISO 4217, such as EUR."`
}

// Of is what the losses of figures cost.
func (c *Cost) Of(f Figures) *float64 {
	if c == nil {
		return nil
	}
	sum := f.Stopped*c.Minute + f.Lost*c.Part + f.ShelfEmpty*c.ShelfEmpty
	return &sum
}

// Fact is what reports read of one post.
type Fact struct {
	Post      PostID
	Kind      Kind
	Topic     Topic
	Severity  Severity
	Territory Path
	Asset     Path
	SKU       string
	Rule      string
	Audience  Audience
	Cause     string
	Offered   []Text // causes that its rule offers
	Noise     int
	OpenedAt  time.Time
	TakenAt   time.Time // by the first who did; zero: nobody
	ClosedAt  time.Time
	Run       *Run
	Course    *Course
}

// Asks tells whether the post asks for somebody: what goes well, is made, handed
// over or talked about does not.
func (f Fact) Asks() bool {
	switch f.Kind {
	case Production, Handover, GoodNews, SellingWell, Idea, Question, Announcement, MustRead, HelpWanted, Practice:
		return false
	}
	return f.Severity != Info
}

// DecidedAt is when an idea came to its outcome, zero when it has not.
func (f Fact) DecidedAt() time.Time {
	switch {
	case f.Kind != Idea:
		return time.Time{}
	case f.Course != nil && f.Course.Outcome != "" && f.Course.Outcome != Deferred:
		return f.Course.At
	case f.Course == nil && f.Cause != "":
		return f.ClosedAt
	}
	return time.Time{}
}

// Deeds are who took part at one place in a month, and in what. They never leave
// the room that counts them.
type Deeds struct {
	Territory Path
	Actors    []MemberID // who did or said anything
	Answerers []MemberID // who did or said something on an alert of the month
	Reactors  []MemberID // who reacted to an alert of the month that was solved
	Alerts    int
	Answered  int // alerts that somebody answered
	Solved    int
	Reactions int // to those that were solved
}

// Subscription asks for the reports of a place as soon as a period is over.
type Subscription struct {
	Member    MemberID
	Territory Path
	Unit      PeriodUnit
}

// balanceTx is what reports keep.
type balanceTx interface {
	// SetCost keeps what a loss costs at a place.
	SetCost(ctx context.Context, c Cost) error
	// KeepBalance keeps a report as it is sent, and tells whether it is the first
	// time.
	KeepBalance(ctx context.Context, b *Balance) (fresh bool, err error)
	// Subscribe keeps that a member asks for reports, or no longer does.
	Subscribe(ctx context.Context, s Subscription, on bool) error
	// KeepEngagements keeps how people took part in a month, unless that is known.
	KeepEngagements(ctx context.Context, month string, all map[Path]Engagement, at time.Time) error
	// Meeting is what was written on a sheet, nil when nothing was.
	Meeting(ctx context.Context, place Path, span Span, from time.Time) (*Meeting, error)
	// KeepMeeting keeps what was written on a sheet.
	KeepMeeting(ctx context.Context, m *Meeting) error
}
