package editor

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// Kinds of edits, beside those of effects, which mean for the post what they
// mean for its only condition. An update of a post of several conditions has
// its members.
const (
	Escalate rule.EffectKind = "escalate" // nobody answered: To is asked
	Handover rule.EffectKind = "handover" // the shift ends soon: the feed writes its sheet
	Hold     rule.EffectKind = "hold"     // a condition is not posted, or is for another reason; Held says why
	Release  rule.EffectKind = "release"  // it is no longer held back
)

// Edit is one change of one post, or of the list of what was held back.
type Edit struct {
	// Effect says what the post shows: that of the condition which heads it.
	// ID, Kind, Episode and At are the edit's; Key is the post's thread. A Hold
	// and a Release show the condition itself, under its own key.
	rule.Effect

	Bump    bool // people are told; false: a silent edit
	Members []Member
	Total   int // conditions ever in the post; more than len(Members) when those are capped
	Holding int // conditions that hold now

	Held     *Held  // of Hold and Release
	To       string // of Escalate: the role that is asked
	Level    int    // of Escalate: 1 is the first step
	Shift    Shift  // of Handover
	Question string // of Escalate: rule.NotTaken or rule.NotSolved
}

// MaxMembers is how many conditions a post lists, first-out first.
const MaxMembers = 50

// Member is one condition under a post of several.
type Member struct {
	Key              string
	Rule             string
	Asset            pipeline.AssetPath
	SKU              string
	At               time.Time // when it happened, by its source
	First            bool      // nothing in the post happened before it; several may be first
	Active           bool
	Severity         string
	TitleFR, TitleEN string
	Values           map[string]any
}

// Reason says why a condition is not posted.
type Reason string

// Reasons.
const (
	Grouped    Reason = "grouped"    // it is a member of another's post
	Suppressed Reason = "suppressed" // a parent holds
	Shelved    Reason = "shelved"    // a person silenced it
	Flood      Reason = "flood"      // too many at once: it is in the umbrella post
	Budget     Reason = "budget"     // the territory has had its share; it is posted later
)

// Held is one condition that is held back.
type Held struct {
	Key    string // of the condition
	Reason Reason
	By     string // thread of the post that stands for it, if one does
	Since  time.Time
	Until  time.Time // when it is looked at again; zero: when the reason ends
}

// Shift is the shift that a handover is about.
type Shift struct {
	Name       string
	Start, End time.Time
	Next       string
}
