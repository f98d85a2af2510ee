package feed

import "slices"

// Concern is what the reasons to tell somebody come to, where people choose how
// they want to be told.
type Concern string

// Concerns.
const (
	OfMention Concern = "mention"  // they are called
	OfAsking  Concern = "asked"    // their role is asked, or something critical began
	OfChoice  Concern = "decide"   // they decide, or what they wrote was decided
	OfReading Concern = "read"     // they are to read
	OfHelp    Concern = "help"     // somebody near wants help
	OfAnswer  Concern = "answers"  // somebody answered, or has a word for them
	OfFollow  Concern = "followed" // what they follow
	OfReport  Concern = "reports"  // figures that they asked for or look after
)

// Concerns lists every concern, in the order in which people read them.
var Concerns = []Concern{OfAsking, OfMention, OfChoice, OfReading, OfHelp, OfAnswer, OfFollow, OfReport}

// Concern is what the reason comes to.
func (w Why) Concern() Concern {
	switch w {
	case AskedFor, Grave:
		return OfAsking
	case Mentioned:
		return OfMention
	case ToDecide, Decided:
		return OfChoice
	case ToRead:
		return OfReading
	case HelpNear:
		return OfHelp
	case Followed:
		return OfFollow
	case Flat, Reported:
		return OfReport
	}
	return OfAnswer
}

// Pace is how soon somebody is written to.
type Pace string

// Paces.
const (
	AtOnce   Pace = "now"
	InDigest Pace = "digest"
	NoMail   Pace = "never"
)

// Paces lists every pace.
var Paces = []Pace{AtOnce, InDigest, NoMail}

// Wishes are how a member wants to be told beside the screens, which always
// tell.
type Wishes struct {
	Mail map[Concern]Pace `json:"mail,omitempty"` // those that differ from the defaults
	// Urgent lets what is urgent through off shift and on leave.
	Urgent bool `json:"urgent,omitempty"`
	// Weekly has the digest come on Monday morning, else at the end of a shift.
	Weekly bool `json:"weekly,omitempty"`
}

// Pace is how soon the member is written to of a concern.
func (w Wishes) Pace(c Concern) Pace {
	if p, ok := w.Mail[c]; ok {
		return p
	}
	switch c {
	case OfAnswer, OfFollow:
		return InDigest
	}
	return AtOnce
}

// Check refuses what is no concern or no pace.
func (w Wishes) Check() error {
	for c, p := range w.Mail {
		if !slices.Contains(Concerns, c) || !slices.Contains(Paces, p) {
			return Refuse(Invalid, "« {concern} : {pace} » n’est pas un réglage de notification.", "“{concern}: {pace}” is no setting of notifications.").
				With(Values{"concern": string(c), "pace": string(p)})
		}
	}
	return nil
}
