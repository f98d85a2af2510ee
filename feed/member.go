package feed

import (
	"slices"
	"time"
)

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
	Auditor  Role = "auditor"  // data protection: reads the audit log, approves erasures
	// An ambassador of a place helps its people along, because they said yes to
	// that: nobody is given the role, and whoever has it may lay it down.
	Ambassador Role = "ambassador"
	// In a group, which is a place of its own, one is a member of it or keeps it.
	Insider Role = "member"
	Keeper  Role = "keeper"
	// A paired device is somebody too: a tablet that nobody is signed in on, a
	// display that whoever passes reads.
	AtStation Role = "station"
	OnWall    Role = "wall"
)

// Roles lists every role that a person may have, for checks and messages.
var Roles = []Role{Operator, Staff, Lead, Manager, Animator, Admin, Auditor}

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
	// Functions are what the person does there, in words that rules and
	// mentions call them by: "maintenance", "quality".
	Functions []string
}

// Plays tells whether the person has a role, or a function of that name.
func (m Member) Plays(role Role) bool {
	return slices.Contains(m.Functions, string(role)) || slices.ContainsFunc(m.Grants, func(g Grant) bool { return g.Role == role })
}

// Session is a signed-in member on one device. Only a hash of its token is
// kept.
type Session struct {
	Member  Member
	Device  DeviceID // paired device that it was opened on; empty elsewhere
	Expires time.Time
	// SeenAt is when its member last did something, to the minute; ProvedAt when
	// they last showed who they are.
	SeenAt, ProvedAt time.Time
}
