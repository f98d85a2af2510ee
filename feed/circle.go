package feed

import (
	"context"
	"slices"
	"strings"
	"time"
)

// CircleKind says around what people gathered.
type CircleKind string

// Kinds of groups.
const (
	TeamCircle    CircleKind = "team"
	ProjectCircle CircleKind = "project"
	SubjectCircle CircleKind = "subject"
	WatchCircle   CircleKind = "watch" // something that its members keep an eye on for the others
	PlaceCircle   CircleKind = "place" // an informal territory
)

// CircleKinds lists every kind, for checks and messages.
var CircleKinds = []CircleKind{TeamCircle, ProjectCircle, SubjectCircle, WatchCircle, PlaceCircle}

// JoinPolicy says how one comes into a group.
type JoinPolicy string

// Ways into a group.
const (
	JoinOpen    JoinPolicy = "open"    // whoever sees it joins
	JoinAsked   JoinPolicy = "asked"   // a keeper accepts
	JoinInvited JoinPolicy = "invited" // a keeper invites
)

// JoinPolicies lists every way, for checks and messages.
var JoinPolicies = []JoinPolicy{JoinOpen, JoinAsked, JoinInvited}

// Circle is a group as people made it: who is in it, and how others come in.
// What is said in it stands at [Group] of its id.
type Circle struct {
	ID      string
	Name    string
	Purpose string
	Kind    CircleKind
	Join    JoinPolicy
	Hidden  bool   // only who is in it, or invited, knows of it
	Home    Path   // whoever works at, above or below it sees that the group exists
	Pinned  PostID // what its members see first

	MadeAt     time.Time
	ArchivedAt time.Time // zero: it lives; else it is read and takes nothing more

	Fellows []Fellow // by name
	Calls   []Call
	Latest  time.Time // when something was last said in it; zero: never
}

// Fellow is somebody in a group.
type Fellow struct {
	Member MemberID
	Name   string
	Role   Role // Insider or Keeper
	Since  time.Time
}

// Call is a question between a group and somebody who is not in it: whether they
// may come in, or want to.
type Call struct {
	Member  MemberID
	Name    string
	Invited bool // the group asks; else they do
	At      time.Time
}

// circleTx is what a transaction keeps of groups.
type circleTx interface {
	// Circle returns a group with its people, ErrNotFound when there is none.
	Circle(ctx context.Context, id string) (*Circle, error)
	// SaveCircle inserts or replaces what a group is, without its people.
	SaveCircle(ctx context.Context, c Circle) error
	// SetFellow makes somebody of a group what f says; a call between the two
	// is answered by that.
	SetFellow(ctx context.Context, id string, f Fellow) error
	// SetCall keeps a call, in the place of an earlier one.
	SetCall(ctx context.Context, id string, c Call) error
	// Part ends whatever is between a group and somebody.
	Part(ctx context.Context, id string, m MemberID) error
}

// RoleOf is what m is in the group, empty when nothing.
func (c *Circle) RoleOf(m MemberID) Role {
	for _, f := range c.Fellows {
		if f.Member == m {
			return f.Role
		}
	}
	return ""
}

// CallOf is what is asked between the group and m, nil when nothing.
func (c *Circle) CallOf(m MemberID) *Call {
	i := slices.IndexFunc(c.Calls, func(call Call) bool { return call.Member == m })
	if i < 0 {
		return nil
	}
	return &c.Calls[i]
}

// KnownTo tells whether m may know that the group exists.
func (c *Circle) KnownTo(m Member) bool {
	call := c.CallOf(m.ID)
	switch {
	case c.RoleOf(m.ID) != "", call != nil && call.Invited:
		return true
	case c.Hidden, !c.ArchivedAt.IsZero():
		return false
	}
	return m.Around(c.Home)
}

// Around tells whether m reads at, above or below a place that is no group.
func (m Member) Around(place Path) bool {
	return slices.ContainsFunc(m.Grants, func(g Grant) bool {
		return slices.Contains(allowed[Read], g.Role) && !g.Territory.IsGroup() && (place.Within(g.Territory) || g.Territory.Within(place))
	})
}

// keepers counts who keeps the group.
func (c *Circle) keepers() int {
	n := 0
	for _, f := range c.Fellows {
		if f.Role == Keeper {
			n++
		}
	}
	return n
}

// Bounds of what is said of a group, in characters.
const (
	MaxCircleName    = 60
	MaxCirclePurpose = 300
)

// check refuses a group that could not be made.
func (c *Circle) check() error {
	c.Name, c.Purpose = strings.TrimSpace(c.Name), strings.TrimSpace(c.Purpose)
	if err := checkText(c.Name, MaxCircleName, Text{FR: "Le nom du groupe", EN: "The name of the group"}); err != nil {
		return err
	}
	if c.Purpose != "" {
		if err := checkText(c.Purpose, MaxCirclePurpose, Text{FR: "L’objet du groupe", EN: "The purpose of the group"}); err != nil {
			return err
		}
	}
	switch {
	case !slices.Contains(CircleKinds, c.Kind):
		return Refuse(Invalid, "Le type de groupe « {kind} » n’existe pas.", "There is no kind of group “{kind}”.").With(Values{"kind": string(c.Kind)})
	case !slices.Contains(JoinPolicies, c.Join):
		return Refuse(Invalid, "La règle d’entrée « {join} » n’existe pas.", "There is no way to join “{join}”.").With(Values{"join": string(c.Join)})
	}
	return nil
}
