package pipeline

import "time"

// How far a source's clock may be off before its stamps are not believed.
const (
	MaxAhead  = 5 * time.Minute
	MaxBehind = 24 * time.Hour
)

// Believed is when something happened: at, the source's own stamp, unless it is
// missing or so far from received that the source's clock must be wrong.
func Believed(at, received time.Time) time.Time {
	if at.IsZero() || at.Sub(received) > MaxAhead || received.Sub(at) > MaxBehind {
		return received
	}
	return at
}
