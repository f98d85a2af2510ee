package feed

import "slices"

// Matter is what the reasons to tell somebody come to, where people choose how
// they want to be told.
type Matter string

// Matters to be told of.
const (
	OfMention Matter = "mention"  // they are called
	OfAsking  Matter = "asked"    // their role is asked, or something critical began
	OfChoice  Matter = "decide"   // they decide, or what they wrote was decided
	OfReading Matter = "read"     // they are to read
	OfHelp    Matter = "help"     // somebody near wants help
	OfAnswer  Matter = "answers"  // somebody answered, or has a word for them
	OfFollow  Matter = "followed" // what they follow
	OfReport  Matter = "reports"  // figures that they asked for or look after
)

// Matters lists every matter, in the order in which people read them.
var Matters = []Matter{OfAsking, OfMention, OfChoice, OfReading, OfHelp, OfAnswer, OfFollow, OfReport}

// Matter is what the reason comes to.
func (w Why) Matter() Matter {
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
	case Flat, Unled, Reported:
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
	Mail map[Matter]Pace `json:"mail,omitempty"` // those that differ from the defaults
	// Urgent lets what is urgent through off shift and on leave.
	Urgent bool `json:"urgent,omitempty"`
	// Weekly has the digest come on Monday morning, else at the end of a shift.
	Weekly bool `json:"weekly,omitempty"`
}

// Pace is how soon the member is written to of a concern.
func (w Wishes) Pace(c Matter) Pace {
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
		if !slices.Contains(Matters, c) || !slices.Contains(Paces, p) {
			return Refuse(Invalid, "« {concern} : {pace} » n’est pas un réglage de notification.", "“{concern}: {pace}” is no setting of notifications.").
				With(Values{"concern": string(c), "pace": string(p)})
		}
	}
	return nil
}
