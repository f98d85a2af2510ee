package pipeline

import (
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

// EventID identifies an event for ever. The same input, read again after any
// crash, gives the same ID; each connector documents its recipe.
type EventID string

// Kind says what an event is about.
type Kind string

// Kinds of events.
const (
	Measure   Kind = "measure"   // a reading of a quantity
	State     Kind = "state"     // a machine state or mode
	Condition Kind = "condition" // an alarm that the source itself raises
	Record    Kind = "record"    // a row or document of a business system, or a person's report
	Gap       Kind = "gap"       // the source knows that it lost events
	Tick      Kind = "tick"      // the clock of the stream, one a second in every shard
)

func (k Kind) valid() bool {
	switch k {
	case Measure, State, Condition, Record, Gap, Tick:
		return true
	}
	return false
}

// Quality is the trust that the source itself puts in a value.
type Quality string

// Qualities, after OPC UA Part 8 §A.4.3: the two top bits of a status code.
const (
	Good      Quality = "good"
	Uncertain Quality = "uncertain"
	Bad       Quality = "bad"
)

func (q Quality) valid() bool { return q == Good || q == Uncertain || q == Bad }

// Event is one thing that a source said, once. It is immutable after it was
// accepted by a [Sink]; its maps must not be written to.
type Event struct {
	ID      EventID
	Source  string    // name of the connector, as configured
	Asset   AssetPath // what it is about
	Signal  string    // which of the asset's signals ("weight", "stock")
	Kind    Kind
	Value   Value
	Unit    string  // UCUM code ("g", "Cel", "1/min"), or empty
	Quality Quality // empty counts as Good
	Status  string  // the source's own quality code ("0x80050000"), or empty

	At       time.Time // source time; zero when the source gives none
	Received time.Time // when the connector got it, UTC

	// Attr holds provenance and keys: topic, node, file, row, sku, order, lot…
	Attr map[string]string
}

// Bounds of an event: of its texts, in bytes, and of how many attributes it has.
const (
	MaxIDBytes        = 256
	MaxSignalBytes    = 256
	MaxTextBytes      = 64 << 10
	MaxAttributes     = 64
	MaxAttrKeyBytes   = 128
	MaxAttrValueBytes = 8 << 10
)

// Bounds of an event's times, in Unix seconds: the years 1970 to 9999 in UTC.
// Others have no RFC 3339 form, or none that is sure to be read again.
const (
	minUnix = 0
	maxUnix = 253402300799
)

// Validate reports the first fault that would make e unusable downstream: a
// missing key, an unknown kind, a time outside the years 1970 to 9999, too many
// attributes, a text that is too long or not UTF-8.
func (e *Event) Validate() error {
	switch {
	case e.ID == "":
		return errors.New("event has no id")
	case len(e.ID) > MaxIDBytes:
		return fmt.Errorf("event id has %d bytes, at most %d are allowed", len(e.ID), MaxIDBytes)
	case e.Source == "":
		return fmt.Errorf("event %q has no source", e.ID)
	case !e.Kind.valid():
		return fmt.Errorf("event %q has the unknown kind %q", e.ID, e.Kind)
	case e.Quality != "" && !e.Quality.valid():
		return fmt.Errorf("event %q has the unknown quality %q", e.ID, e.Quality)
	case len(e.Signal) > MaxSignalBytes:
		return fmt.Errorf("event %q: signal has %d bytes, at most %d are allowed", e.ID, len(e.Signal), MaxSignalBytes)
	case len(e.Value.text) > MaxTextBytes:
		return fmt.Errorf("event %q: text value has %d bytes, at most %d are allowed", e.ID, len(e.Value.text), MaxTextBytes)
	case e.Received.IsZero():
		return fmt.Errorf("event %q has no received time", e.ID)
	case !inRange(e.Received):
		return fmt.Errorf("event %q: its received time is outside the years 1970 to 9999", e.ID)
	case !e.At.IsZero() && !inRange(e.At):
		return fmt.Errorf("event %q: its source time is outside the years 1970 to 9999", e.ID)
	}
	if e.Kind != Tick {
		if err := checkPath(string(e.Asset)); err != nil {
			return fmt.Errorf("event %q: %w", e.ID, err)
		}
	}
	if err := e.validateText(); err != nil {
		return err
	}
	return e.validateAttr()
}

func inRange(t time.Time) bool { return minUnix <= t.Unix() && t.Unix() <= maxUnix }

func (e *Event) validateText() error {
	for _, s := range []string{string(e.ID), e.Source, e.Signal, e.Unit, e.Status, e.Value.text} {
		if !utf8.ValidString(s) {
			return fmt.Errorf("event %q holds a text that is not valid UTF-8", e.ID)
		}
	}
	return nil
}

func (e *Event) validateAttr() error {
	if n := len(e.Attr); n > MaxAttributes {
		return fmt.Errorf("event %q has %d attributes, at most %d are allowed", e.ID, n, MaxAttributes)
	}
	for k, v := range e.Attr {
		switch {
		case len(k) > MaxAttrKeyBytes:
			return fmt.Errorf("event %q: the name of attribute %.40q… has %d bytes, at most %d are allowed", e.ID, k, len(k), MaxAttrKeyBytes)
		case len(v) > MaxAttrValueBytes:
			return fmt.Errorf("event %q: attribute %q has %d bytes, at most %d are allowed", e.ID, k, len(v), MaxAttrValueBytes)
		case !utf8.ValidString(k) || !utf8.ValidString(v):
			return fmt.Errorf("event %q: attribute %q is not valid UTF-8", e.ID, k)
		}
	}
	return nil
}

// Usable tells whether the value may be compared with a limit: there is one
// and its source does not call it bad.
func (e *Event) Usable() bool { return e.Quality != Bad && !e.Value.IsNone() }
