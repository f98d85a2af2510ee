package feed

import "time"

// ByMail is the channel of what leaves by mail; that of a webhook is "hook:" and
// its name.
const (
	ByMail = "mail"
	ByHook = "hook:"
)

// Dispatch is one thing that has to leave, until it has left.
type Dispatch struct {
	N        int64
	Channel  string
	Subject  string // the notification's id; the entry's number for a webhook
	Revision int    // of the notification
	At       time.Time
	Digest   time.Time // when the digest that it goes with leaves; zero: it goes alone
	Tries    int       // with this one

	To    Recipient    // by mail
	What  Notification // by mail
	Entry Entry        // to a webhook
	Post  *Post        // that it is about; nil when there is none
}

// Recipient is a member as one writes to them.
type Recipient struct {
	Member
	Email  string
	Wishes Wishes
}

// Fate is what became of a try.
type Fate struct {
	N        int64
	Revision int       // that was tried
	Gone     bool      // it left, or need not leave
	Later    time.Time // when it is tried again
	// Digest is the digest that it goes with from now on.
	Digest time.Time
	Dead   bool   // it is given up
	Fault  string // why it did not leave
}

// Backlog is how a channel is.
type Backlog struct {
	Channel string
	Waiting int
	Dead    int
	Fault   string    // of the last that was given up
	Oldest  time.Time // queued and not gone
}

// Tried is what became of a notification that was sent to see whether it comes.
type Tried struct {
	Channel string // "app" or "mail"
	To      string
	At      time.Time
	Answer  string // of the server that took it
	Fault   Text   // why it did not leave
	Detail  string // of the fault, in the words of who refused
}
