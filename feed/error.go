package feed

import "errors"

// Problem is the class of an error: what the caller can do about it.
type Problem string

// Problems. An error that carries none is Internal.
const (
	Internal     Problem = "internal"     // our fault; the cause is logged, not shown
	Invalid      Problem = "invalid"      // the request cannot be understood or is out of bounds
	NotFound     Problem = "not_found"    // it does not exist, or not for this person
	Forbidden    Problem = "forbidden"    // seen, but not allowed
	Conflict     Problem = "conflict"     // it is no longer in a state that allows this
	Unauthorized Problem = "unauthorized" // nobody is signed in, or the name or PIN is wrong
	Locked       Problem = "locked"       // too many tries; wait
	Gone         Problem = "gone"         // it was there, and will not be again
)

// Error is a refusal that a person can read in French and English.
type Error struct {
	Problem Problem
	Text    Text
	Values  Values
	Err     error // cause, for logs
}

// Refuse returns an error with a sentence in French and in English.
func Refuse(p Problem, fr, en string) *Error {
	return &Error{Problem: p, Text: Text{FR: fr, EN: en}}
}

// With returns a copy of e whose sentence is filled with values.
func (e *Error) With(v Values) *Error {
	c := *e
	c.Values = v
	return &c
}

func (e *Error) Error() string {
	s := string(e.Problem) + ": " + e.Text.Render(English, e.Values)
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// ProblemOf returns the class of err; an unclassified error is Internal.
func ProblemOf(err error) Problem {
	var e *Error
	if errors.As(err, &e) {
		return e.Problem
	}
	return Internal
}

// ErrNotFound is what a reader gets for what does not exist and for what lies
// outside the reader's scope: the two cannot be told apart.
var ErrNotFound = Refuse(NotFound, "Introuvable, ou hors de votre périmètre.", "Not found, or outside your scope.")

// ErrSignedOut is what nobody in particular gets, and a session that is over.
var ErrSignedOut = Refuse(Unauthorized, "Identifiez-vous d’abord.", "Sign in first.")
