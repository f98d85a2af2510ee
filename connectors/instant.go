package connectors

import "time"

// TimeFault is the attribute that keeps, as text, a source time which cannot be
// one.
const TimeFault = "time_fault"

// Instant is the time of a source in UTC. A clock that stands outside of the
// years 1970 to 9999 tells nothing: there is then no time, and fault is what it
// said. The zero time is how sources say that they have none.
func Instant(t time.Time) (at time.Time, fault string) {
	if t.IsZero() {
		return time.Time{}, ""
	}
	at = t.UTC()
	if at.Year() < 1970 || at.Year() > 9999 {
		return time.Time{}, t.Format(time.RFC3339Nano)
	}
	return at, ""
}
