package feed

import "time"

// EntryKind says what happened to a post.
type EntryKind string

// Kinds of timeline entries.
const (
	Opened    EntryKind = "opened"
	Worse     EntryKind = "worse"
	Recovered EntryKind = "recovered"
	Recurred  EntryKind = "recurred"
	WentStale EntryKind = "stale"
	Refreshed EntryKind = "refreshed"
	WasTaken  EntryKind = "taken"
	CameOn    EntryKind = "onsite"
	Solved    EntryKind = "resolved"
	Reopened  EntryKind = "reopened"
	Joined    EntryKind = "joined"

	WentUnstable EntryKind = "unstable"
	WentSteady   EntryKind = "steady"
	WasLatched   EntryKind = "latched"
	WasShelved   EntryKind = "shelved"
	Unshelved    EntryKind = "unshelved"
	Escalated    EntryKind = "escalated"
	WasRetired   EntryKind = "retired" // its rule was changed or removed
	CalledNoise  EntryKind = "noise"
	GaveBack     EntryKind = "released" // by the one who had taken it, or for them
	WasReset     EntryKind = "reset"    // somebody confirmed that it ended
	WasSigned    EntryKind = "signed"   // a shift gave or received its handover
	WasAssigned  EntryKind = "assigned" // a role was asked by a person

	CheckedBackRoom EntryKind = "backroom"
	WasReordered    EntryKind = "ordered"
	WasWithdrawn    EntryKind = "withdrawn" // a report, by the one who had made it

	WasEdited    EntryKind = "edited"   // by its author, after others may have read it
	WasHidden    EntryKind = "hidden"   // by a moderator
	WasShown     EntryKind = "shown"    // again, by a moderator
	WasAccepted  EntryKind = "accepted" // an answer was kept
	WasDecided   EntryKind = "decided"  // a circuit came to its outcome
	CameForward  EntryKind = "step"     // a circuit came to its next step
	WentOverdue  EntryKind = "overdue"  // a step of a circuit was not decided in time
	BecameCard   EntryKind = "card"     // a good practice was made of it
	WasShared    EntryKind = "shared"
	WasHelpful   EntryKind = "helped"    // a good practice did, with this
	WasConfirmed EntryKind = "confirmed" // a good practice still holds
	WasPutAside  EntryKind = "aside"     // a good practice is offered no more
	RanOut       EntryKind = "expired"   // a notice whose time is over
)

// Entry is one line of a post's timeline.
type Entry struct {
	Post   PostID
	Kind   EntryKind
	At     time.Time
	Author Author
	Text   string // cause, report
	Value  *float64
	// Effect makes machine entries unique: the same effect is written once.
	Effect string
	// TypedAt is when the person did it, where that is not when it arrived.
	TypedAt time.Time
}
