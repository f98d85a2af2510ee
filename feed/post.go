package feed

import "time"

// PostID identifies a post for ever.
type PostID string

// Kind says what a post is.
type Kind string

// Kinds of posts. Rules open those up to Flood, people the others and, by
// reporting an article, StockOut, PhantomStock and SellingWell too.
const (
	Alert        Kind = "alert"
	StockOut     Kind = "stock-out"
	PhantomStock Kind = "phantom-stock"
	SellingWell  Kind = "selling-well"
	Production   Kind = "production" // an order, or a line and shift, live
	GoodNews     Kind = "good-news"
	Handover     Kind = "handover"
	Flood        Kind = "flood" // stands for many conditions at once
	QualityPoint Kind = "quality-point"
	SpeedPoint   Kind = "speed-point"
	StopPoint    Kind = "stop-point"
	Shortage     Kind = "shortage" // of material at a line
	SafetyPoint  Kind = "safety-point"
	PricePoint   Kind = "price-point" // a price or label in an aisle
	OtherPoint   Kind = "other-point"
	Idea         Kind = "idea"
	Question     Kind = "question"     // put to a population
	Announcement Kind = "announcement" // to know
	MustRead     Kind = "must-read"    // to know, and to say so, each person in each shift
	HelpWanted   Kind = "help-wanted"
	Note         Kind = "note"     // words in a group
	Practice     Kind = "practice" // a good-practice card
)

// Topic is the concern of a post.
type Topic string

// Topics.
const (
	Quality     Topic = "quality"
	Speed       Topic = "speed"
	Stop        Topic = "stop"
	Maintenance Topic = "maintenance"
	Safety      Topic = "safety"
	Stock       Topic = "stock"
	Sales       Topic = "sales"
	Material    Topic = "material"
	Price       Topic = "price"
	Other       Topic = "other"
	Ideas       Topic = "idea"
	Life        Topic = "life" // of the people of a place: questions, announcements, help
)

// Topics lists every topic, for checks and messages.
var Topics = []Topic{Quality, Speed, Stop, Maintenance, Safety, Stock, Sales, Material, Price, Other, Ideas, Life}

// Severity ranks what is abnormal. Info is not.
type Severity string

// Severities.
const (
	Critical Severity = "critical"
	Major    Severity = "major"
	Minor    Severity = "minor"
	Info     Severity = "info"
)

// Severities lists every severity, gravest first.
var Severities = []Severity{Critical, Major, Minor, Info}

// State is where a post is in its life: New → Taken → OnSite → Resolved →
// Closed. A post whose condition ended by itself is Closed with BackToNormal.
type State string

// States.
const (
	New      State = "new"
	Taken    State = "taken"
	OnSite   State = "onsite"
	Resolved State = "resolved"
	Closed   State = "closed"
)

// Open tells whether somebody still has something to do.
func (s State) Open() bool { return s == New || s == Taken || s == OnSite }

// AuthorKind says who speaks.
type AuthorKind string

// Kinds of authors.
const (
	ByMachine AuthorKind = "machine"
	ByERP     AuthorKind = "erp"
	ByPerson  AuthorKind = "person"
)

// Author is who opened a post or wrote a comment.
type Author struct {
	Kind   AuthorKind
	Name   string
	Member MemberID // empty for machines and the ERP
}

// Provenance says where a machine's post comes from.
type Provenance struct {
	Source   string            `json:"source"`             // connector, as configured
	Rule     string            `json:"rule,omitempty"`     // rule that opened it
	Event    string            `json:"event,omitempty"`    // id of the last deciding event
	Quality  string            `json:"quality,omitempty"`  // good, uncertain or bad
	Status   string            `json:"status,omitempty"`   // the source's own quality code
	At       *time.Time        `json:"at,omitempty"`       // source time
	Received *time.Time        `json:"received,omitempty"` // received time
	Attr     map[string]string `json:"attr,omitempty"`     // topic, node, file, row…
}

// Post is one condition, report or idea, and its life. It is written through
// [Service] and [Notice.Apply] only.
type Post struct {
	ID       PostID
	Kind     Kind
	Topic    Topic
	State    State
	Severity Severity

	Territory Path // where it stands, for people
	Asset     Path // what it is about; empty when it is about the place
	Store     Path // with SKU: the article it is about
	SKU       string

	// Key is what the post is about, for machines: rule, asset and sub-key.
	// At most one post with a given key is open.
	Key    string
	Author Author
	Text   string // a person's words
	Photos []Photo
	Title  Text // template of the sentence that heads the post
	Values Values
	Signal string // signal whose curve the post shows
	Value  *float64
	Unit   string
	Limit  *float64

	Active       bool // the condition still holds
	Stale        bool // its source is silent or its data bad
	BackToNormal bool // the condition ended by itself
	Occurrences  int
	MeToo        int

	Taker   Author
	TakenAt time.Time
	Cause   string // why, in the words of whoever resolved it
	Action  string // what was done about it

	// What a rule asks for its posts.
	Owner    string // who keeps the rule
	Question Text   // what people are asked
	Causes   []Text // answers offered when it is closed
	Actions  []Text

	Members  []Condition // of a post that stands for several conditions, first-out first
	Total    int         // conditions ever in it; 0 or 1: a post of one
	Holding  int         // conditions that hold now
	Unstable bool        // it comes and goes: Flips changes lately
	Flips    int
	Latched  bool   // it ended, and waits for somebody to say so
	Shelf    *Shelf // silenced by a person
	Asked    string // role that was asked: by a person, or because nobody answered; see Level
	AskedBy  string // person who asked last; see Asker
	Level    int    // of escalation; 0: none
	Noise    int    // people who said "C'est du bruit"
	Past     *Past  // what was done last time
	Previous PostID // the post that this one goes on from

	// Audience is who sees the post: everybody in scope, or few.
	Audience  Audience
	ShadowFor MemberID // of a shadow: its only reader

	Steps []Step // how far a stock-out is
	Talk  *Talk  // what people put into it

	Run   *Run   // of a production thread
	Sheet *Sheet // of a handover

	Comments    int
	LastComment *Comment
	Reactions   map[Reaction]int
	Provenance  *Provenance
	Series      []Point // frozen when the post ends; see Trace for open ones

	OpenedAt  time.Time
	Since     time.Time // opened, or the last time that it came back
	UpdatedAt time.Time // any change
	BumpedAt  time.Time // opened, worse, reopened or taken: what orders the feed
	ClosedAt  time.Time // zero while open
	TypedAt   time.Time // when a person wrote it, where that is not when it arrived
	HeardAt   time.Time // stream time of the notice that it shows; zero for people's

	// Change is the number of the last committed change, set by the store.
	Change int64
}

// Condition is one condition under a post of several.
type Condition struct {
	Key      string    `json:"key"`
	Rule     string    `json:"rule"`
	Asset    Path      `json:"asset"`
	SKU      string    `json:"sku,omitempty"`
	Name     string    `json:"name"` // of the asset, for people
	At       time.Time `json:"at"`   // when it happened, by its source
	First    bool      `json:"first,omitempty"`
	Active   bool      `json:"active,omitempty"`
	Severity Severity  `json:"severity"`
	Title    Text      `json:"title"`
	Values   Values    `json:"values,omitempty"`
}

// Shelf says who silenced a condition, why and for how long.
type Shelf struct {
	Until   time.Time `json:"until,omitzero"` // zero: until the condition ends, or out of service
	OneShot bool      `json:"one_shot,omitempty"`
	By      Author    `json:"by"`
	Reason  string    `json:"reason"`
}

// OutOfService tells whether nothing but a person ends the shelf.
func (s *Shelf) OutOfService() bool { return s.Until.IsZero() && !s.OneShot }

// Past is how the same thing was solved the last time.
type Past struct {
	Post    PostID    `json:"post"`
	Cause   string    `json:"cause"`
	Action  string    `json:"action,omitempty"`
	At      time.Time `json:"at"`
	Minutes float64   `json:"minutes"` // from opening to solution
	By      string    `json:"by"`
}

// Run is the state of a production thread.
type Run struct {
	Order       string    `json:"order,omitempty"`
	Product     string    `json:"product,omitempty"`
	Shift       string    `json:"shift,omitempty"`
	Count       float64   `json:"count"`
	Target      float64   `json:"target,omitempty"`
	Scrap       float64   `json:"scrap"`
	Pace        float64   `json:"pace"`            // pieces a minute, lately
	Ideal       float64   `json:"ideal,omitempty"` // pieces a minute
	Lost        float64   `json:"lost"`            // pieces not made in stops and by slowness
	Stops       []Halt    `json:"stops,omitempty"` // by cause, longest first
	Stopped     bool      `json:"stopped,omitempty"`
	StartedAt   time.Time `json:"started_at"`
	ExpectedEnd time.Time `json:"expected_end,omitzero"`
}

// Halt is the stops of one cause.
type Halt struct {
	Cause   string  `json:"cause"`
	Count   int     `json:"count"`
	Minutes float64 `json:"minutes"`
}

// Sheet is what a shift hands over: it fills itself when it is opened.
type Sheet struct {
	Shift      string      `json:"shift"`
	Next       string      `json:"next,omitempty"`
	Start      time.Time   `json:"start"`
	End        time.Time   `json:"end"`
	Open       []SheetLine `json:"open"`
	Unanswered []SheetLine `json:"unanswered"`
	Shelved    []SheetLine `json:"shelved"`
	Unstable   []SheetLine `json:"unstable"`
	Runs       []SheetLine `json:"runs"`
	Opened     int         `json:"opened"` // posts in the shift
	Solved     int         `json:"solved"`
	Held       int         `json:"held"` // conditions held back in the shift
	Signed     []Signature `json:"signed,omitempty"`
}

// SheetLine is one post on a sheet.
type SheetLine struct {
	Post     PostID   `json:"post"`
	Title    Text     `json:"title"`
	Values   Values   `json:"values,omitempty"`
	Severity Severity `json:"severity"`
	State    State    `json:"state"`
	Note     string   `json:"note,omitempty"` // taker, reason of the shelf
	Run      *Run     `json:"run,omitempty"`
}

// Reaction is one of the three reactions.
type Reaction string

// Reactions.
const (
	Useful    Reaction = "useful"
	Like      Reaction = "like"
	Recommend Reaction = "recommend"
)

// Reactions lists the three reactions.
var Reactions = []Reaction{Useful, Like, Recommend}

// CommentID identifies a comment.
type CommentID string

// Comment is a person's answer. Replies have a parent that has none.
type Comment struct {
	ID     CommentID
	Post   PostID
	Parent CommentID
	Author Author
	Text   string
	At     time.Time

	TypedAt time.Time // when it was written, where that is not when it arrived
	Photos  []Photo

	Mentions  []Mention // whom its words call
	EditedAt  time.Time
	DeletedAt time.Time // its words are gone, its place stays
	Hidden    *Hidden   // by a moderator
}

// Mention is one @ in what somebody wrote: a person, or whoever of a role or
// skill is present. One that names none of them reached nobody who may read the
// post.
type Mention struct {
	As     string   `json:"as"` // as written, without the @
	Member MemberID `json:"member,omitempty"`
	Role   string   `json:"role,omitempty"`
	Skill  string   `json:"skill,omitempty"`
	Told   int      `json:"told,omitempty"`   // people who were told
	Absent bool     `json:"absent,omitempty"` // nobody of them was present, so all were told
}
