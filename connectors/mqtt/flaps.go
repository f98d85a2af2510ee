package mqtt

import "time"

// Losses of the link that are too many to be chance.
const (
	flapCount  = 3
	flapWithin = 5 * time.Minute
)

// flaps are the latest losses of links that had been granted, without a failed
// attempt between them: a broker that restarts refuses for a while, one that
// throws us out does not.
type flaps struct{ latest []time.Time }

func (f *flaps) add(now time.Time) {
	f.latest = append(f.latest, now)
	if len(f.latest) > flapCount {
		f.latest = f.latest[1:]
	}
}

func (f *flaps) tooMany(now time.Time) bool {
	return len(f.latest) == flapCount && now.Sub(f.latest[0]) < flapWithin
}

func (f *flaps) clear() { f.latest = nil }
