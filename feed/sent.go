package feed

import (
	"context"
	"time"
)

// Sent is what goes with whatever a person sends. It travels in the context of
// the request, since it says how often and when something was done, and never
// what: no method of [Service] can forget to ask for it.
type Sent struct {
	Key     string    // idempotency: under the same key the same is done once
	TypedAt time.Time // when the person did it; zero: now
}

type sentKey struct{}

// With is the context of what was sent with s.
func (s Sent) With(ctx context.Context) context.Context { return context.WithValue(ctx, sentKey{}, s) }

// SentWith is what the request of ctx was sent with.
func SentWith(ctx context.Context) Sent {
	s, _ := ctx.Value(sentKey{}).(Sent)
	return s
}

// Bounds of the time between doing and arriving.
const (
	MaxSentAge   = 14 * 24 * time.Hour
	sentGoodwill = 2 * time.Minute // between a client's clock and ours
	sentApart    = 5 * time.Second // what is less is the way here
)

// typed is when the person did what arrives now, zero when that is about now,
// and when the person's clock is not to be believed.
func (s Sent) typed(now time.Time) (time.Time, error) {
	switch late := now.Sub(s.TypedAt); {
	case s.TypedAt.IsZero(), late < -sentGoodwill, late.Abs() < sentApart:
		return time.Time{}, nil
	case late > MaxSentAge:
		return time.Time{}, errTooLate
	}
	return s.TypedAt.UTC().Truncate(time.Millisecond), nil
}

// When is when the person did what arrives now.
func (s Sent) When(now time.Time) time.Time {
	if typed, err := s.typed(now); err == nil && !typed.IsZero() {
		return typed
	}
	return now.UTC()
}

var errTooLate = Refuse(Invalid, "Ce geste date de plus de 14 jours : refaites-le si c’est encore utile.",
	"This was done more than 14 days ago: do it again if it still helps.")
