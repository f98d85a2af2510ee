package feed

import (
	"context"
	"time"
)

// AmbassadorCall asks somebody to be an ambassador of a place.
type AmbassadorCall struct {
	Place      Path
	Member     MemberID
	By         MemberID
	At         time.Time
	DeclinedAt time.Time // when they said no; zero: they have not answered
}

// Arrival is a member's first coming to a place.
type Arrival struct {
	Member Member
	Place  Path
}

// Embassy is who helps the people of a place along, and who might; whoever does
// not animate the place is told of its ambassadors alone.
type Embassy struct {
	Place       Path
	Ambassadors []Member
	Asked       []Member // who has not answered
	Suggested   []Member // whose words or deeds others found useful lately, by name
	Others      []Member // who works there besides, by name
	Mine        bool     // the reader is one of them
	Called      bool     // the reader is asked to be
	Animate     bool     // the reader may ask people
}

// HelpfulFor is for how long what helped counts, and for how long nobody who
// said no is asked again.
const HelpfulFor = 90 * 24 * time.Hour

// ambassadorTx is what a transaction keeps of ambassadors.
type ambassadorTx interface {
	// AmbassadorCall is what somebody is asked at a place, nil when nothing.
	AmbassadorCall(ctx context.Context, place Path, m MemberID) (*AmbassadorCall, error)
	SetAmbassadorCall(ctx context.Context, c AmbassadorCall) error
	DropAmbassadorCall(ctx context.Context, place Path, m MemberID) error
	// AmbassadorCalls are those at a place; those of a member everywhere.
	AmbassadorCalls(ctx context.Context, place Path) ([]AmbassadorCall, error)
	AmbassadorCallsOf(ctx context.Context, m MemberID) ([]AmbassadorCall, error)
	// Helpful lists whose answers were accepted, or whose posts and solutions
	// others found useful, at or below a place since an instant. Who is not
	// listed in the directory is left out.
	Helpful(ctx context.Context, place Path, since time.Time) ([]MemberID, error)
	// Arrivals lists who signed in for the first time with a part at a place;
	// Arrive keeps that they have come.
	Arrivals(ctx context.Context, limit int) ([]Arrival, error)
	Arrive(ctx context.Context, m MemberID, place Path) error
}

func callKey(place Path, m MemberID) string { return "ambassador/" + string(place) + "/" + string(m) }

func mayAsk(m Member, place Path) bool { return Can(m, Animate, place) && Can(m, Read, place) }

// represents tells whether m is an ambassador of that very place.
func represents(m Member, place Path) bool {
	for _, g := range m.Grants {
		if g.Role == Ambassador && g.Territory == place {
			return true
		}
	}
	return false
}
