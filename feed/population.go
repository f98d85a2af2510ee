package feed

import (
	"slices"
	"time"
)

// Population is to whom something is put: those who have one of the roles at or
// around one of the places, know one of the skills and work in one of the
// shifts. An empty list asks for nothing; an empty population is nobody.
type Population struct {
	Places []Path     `json:"places,omitempty"` // at or below; a group is a place too
	Roles  []Role     `json:"roles,omitempty"`  // or functions
	Skills []string   `json:"skills,omitempty"`
	Shifts []string   `json:"shifts,omitempty"` // by name, as their calendar calls them
	People []MemberID `json:"people,omitempty"` // besides, by name
}

// IsZero tells whether the population is nobody.
func (p *Population) IsZero() bool {
	return p == nil || len(p.Places)+len(p.Roles)+len(p.Skills)+len(p.Shifts)+len(p.People) == 0
}

// Holds tells whether m is of the population by place, role and name. Skills and
// shifts are asked where they are known.
func (p *Population) Holds(m Member) bool {
	if slices.Contains(p.People, m.ID) {
		return true
	}
	if len(p.Places)+len(p.Roles) == 0 {
		return false
	}
	return slices.ContainsFunc(m.Grants, func(g Grant) bool {
		here := len(p.Places) == 0 || slices.ContainsFunc(p.Places, func(place Path) bool { return g.Territory.Within(place) || place.Within(g.Territory) })
		return here && (len(p.Roles) == 0 || slices.ContainsFunc(p.Roles, func(r Role) bool { return r == g.Role || slices.Contains(m.Functions, string(r)) }))
	})
}

// Works tells whether m has a part in what happens at place: a grant at, above
// or below it that lets m write.
func (m Member) Works(place Path) bool {
	return slices.ContainsFunc(m.Grants, func(g Grant) bool {
		return slices.Contains(allowed[Write], g.Role) && (place.Within(g.Territory) || g.Territory.Within(place))
	})
}

// Presence says that somebody is at work: they were here a moment ago, or said
// so. It is kept as long as it holds and no longer, and shown as "present" to
// colleagues, never as a time.
type Presence struct {
	Member MemberID
	Place  Path // of the device that they stand before; empty: where their grants are
	Until  time.Time
}

// PresentFor is how long somebody counts as present after the last sign of them.
const PresentFor = 45 * time.Minute

// Absence is when somebody is away, and who decides meanwhile.
type Absence struct {
	Member   MemberID
	From     time.Time
	Until    time.Time
	Delegate MemberID // empty: nobody
}
