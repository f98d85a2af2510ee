package pipeline

import (
	"fmt"
	"time"
)

// Message is an event as it stands in the stream.
type Message struct {
	Seq    uint64 // place in the stream; grows, with holes
	Shard  int
	Stored time.Time
	// Event is the zero Event when the stored bytes could not be read; they
	// are then among the dead letters, and the place still counts as read.
	Event Event
}

// StreamIdentity tells one stream from another of the same name.
type StreamIdentity struct {
	Stream      string // name and time of creation
	First, Last uint64 // sequence numbers held now; Last < First when empty
}

// GapError says that the stream no longer holds what a reader asked for.
type GapError struct {
	After uint64 // the reader has read up to here
	First uint64 // the stream begins here
}

func (e *GapError) Error() string {
	return fmt.Sprintf("events %d to %d are no longer in the stream", e.After+1, e.First-1)
}
