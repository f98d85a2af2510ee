package pipeline

import (
	"context"
	"errors"
	"time"
)

// Sink takes what connectors read.
//
// Both methods return nil only after durable storage, so a connector may then
// settle with its source (PUBACK, file move). After an error nothing is known:
// the connector must offer the same events again, under the same IDs. Both may
// be called by several goroutines; order is kept within one call.
type Sink interface {
	// Accept stores events. [ErrBacklog] asks the caller to wait and retry. An
	// error that is [ErrInvalid] is an [*InvalidError] that names an event
	// which can never be stored: nothing of the call is stored, and the caller
	// rejects the input of that event and offers the rest.
	Accept(ctx context.Context, events []Event) error
	// Reject stores input that cannot become an event, with the reason and
	// its original bytes, where people can see it and replay it.
	Reject(ctx context.Context, letter DeadLetter) error
}

// ErrBacklog says that events are stored faster than they are consumed and
// that more would endanger those not yet read.
var ErrBacklog = errors.New("the event stream is full of events not yet read")

// ErrInvalid says that an event can never be stored, however often it is
// offered.
var ErrInvalid = errors.New("the event can never be stored")

// InvalidError is an [ErrInvalid] that names its event.
type InvalidError struct {
	ID  EventID
	Err error // why
}

// Error says why the event can never be stored.
func (e *InvalidError) Error() string { return ErrInvalid.Error() + ": " + e.Err.Error() }

// Unwrap makes the error an [ErrInvalid].
func (e *InvalidError) Unwrap() []error { return []error{ErrInvalid, e.Err} }

// DeadLetter is input that could not become an event.
type DeadLetter struct {
	Source   string    // connector
	Origin   string    // topic, node, file and line
	Reason   string    // one sentence: what is wrong and where
	Body     []byte    // as received, cut at MaxDeadLetterBytes
	Received time.Time // UTC
	// Attr holds what is needed to read the body again (topic, content type…).
	Attr map[string]string
}

// MaxDeadLetterBytes bounds the body that is kept of a dead letter.
const MaxDeadLetterBytes = 256 << 10
