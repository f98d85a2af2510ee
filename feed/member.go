package feed

import "time"

// MemberID is the name a person signs in with.
type MemberID string

// Role is what a person is in a territory.
type Role string

// Roles. What each may do is written in [Can].
const (
	Operator Role = "operator" // a line
	Staff    Role = "staff"    // an aisle
	Lead     Role = "lead"     // a team
	Manager  Role = "manager"  // a plant or store
	Animator Role = "animator" // community lead
	Admin    Role = "admin"    // technical
)

// Roles lists every role, for checks and messages.
var Roles = []Role{Operator, Staff, Lead, Manager, Animator, Admin}

// Grant gives a role in a territory and everything below it.
type Grant struct {
	Territory Path
	Role      Role
}

// Member is a person.
type Member struct {
	ID     MemberID
	Name   string
	Lang   Lang
	Grants []Grant
}

// Scope is the set of territories a reader may see, with everything below
// them. The zero Scope sees nothing. Every query takes one.
type Scope struct{ Roots []Path }

// Contains tells whether p is in scope.
func (s Scope) Contains(p Path) bool {
	for _, r := range s.Roots {
		if p.Within(r) {
			return true
		}
	}
	return false
}

// Narrow is the part of the scope at or below p: p itself when it is in scope,
// the roots below it otherwise. An empty p leaves the scope as it is.
func (s Scope) Narrow(p Path) Scope {
	if p == "" {
		return s
	}
	if s.Contains(p) {
		return Scope{Roots: []Path{p}}
	}
	var below []Path
	for _, r := range s.Roots {
		if r.Within(p) {
			below = append(below, r)
		}
	}
	return Scope{Roots: below}
}

// Scope is what m may read: the granted territories, without those that lie in
// another.
func (m Member) Scope() Scope {
	var roots []Path
	for i, g := range m.Grants {
		covered := false
		for j, h := range m.Grants {
			if g.Territory == h.Territory && j < i || g.Territory != h.Territory && g.Territory.Within(h.Territory) {
				covered = true
				break
			}
		}
		if !covered {
			roots = append(roots, g.Territory)
		}
	}
	return Scope{Roots: roots}
}

// Session is a signed-in member on one device. Only a hash of its token is
// kept.
type Session struct {
	Member  Member
	Expires time.Time
}
