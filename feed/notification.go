package feed

import "time"

// Why says why somebody is told.
type Why string

// Reasons to tell somebody.
const (
	Mentioned   Why = "mentioned"   // by name, role or skill
	AskedFor    Why = "asked"       // their role is asked to take a post
	Grave       Why = "critical"    // something critical began where they lead
	ToDecide    Why = "decide"      // a step of a circuit waits for them
	Decided     Why = "decided"     // what they wrote or voted on has its outcome
	ToRead      Why = "read"        // a must-read notice is for them
	HelpNear    Why = "help"        // somebody near wants help that they can give
	Answered    Why = "answered"    // somebody answered what they wrote
	Followed    Why = "followed"    // something new about what they follow
	Recommended Why = "recommended" // somebody recommends them a post
	Flat        Why = "flat"        // a territory that they look after went flat
	Unled       Why = "unled"       // a territory that they arrange has lost its animator
	Arrived     Why = "arrived"     // somebody is new where they welcome people
	Invited     Why = "invited"     // to a group, a place, a role
	Moderated   Why = "moderated"   // what they wrote was hidden, and why
	Reported    Why = "report"      // a report they asked for is ready
	ToConfirm   Why = "confirm"     // whether a good practice still holds
	Trial       Why = "trial"       // they tried whether notifications come
)

// Notification tells one member one thing. There is one per member and key:
// told again under the same key it is the same one, unread again when its text
// changed. What clears the key clears it for everybody.
type Notification struct {
	ID     string
	Member MemberID
	Key    string // what it is about: the post's id, with the circuit's step where there is one
	Why    Why
	Post   PostID // that it opens; empty when it opens a page
	Page   string // address in the screens, where there is no post: "/groups/…"
	Text   Text
	Values Values
	Urgent bool // told also off shift: who is asked for a critical post, by their own rules
	At     time.Time
	ReadAt time.Time
	// Where the post stands and of which machine it is, where it is read.
	Place, Asset Path
}

// TrialOf is a notification that only shows whether notifications come. It is
// read on the screens: the letter that tries the mail server is sent beside it.
func TrialOf(m MemberID, at time.Time) Notification {
	return Notification{
		ID: newID(at), Member: m, Key: "trial", Why: Trial, Page: "/me", At: at,
		Text:   Text{FR: "Votre notification d’essai est arrivée.", EN: "Your trial notification has arrived."},
		Values: Values{"at": at.Format(time.RFC3339Nano)}, // each trial is another
	}
}
