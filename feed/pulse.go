package feed

import "time"

// PulseHours is how many hours a pulse tells of.
const PulseHours = 24

// Pulse is how a place lives: what was done there hour by hour, and what waits.
// What was done below a place was done there too.
type Pulse struct {
	Territory Path
	Beats     [PulseHours]int // posts, acts and answers of people, the oldest hour first
	Waiting   int             // open posts that ask for somebody and that nobody has
	Open      int
	Takes     []time.Duration // from opening to the first who took it, shortest first
	New       bool            // people made the place in these hours: it had less time to live
}

// Still tells whether nothing at all was done.
func (p Pulse) Still() bool { return p.Beats == [PulseHours]int{} }

// Flat tells whether nothing was done in all of these hours. A place that is
// younger has not gone flat.
func (p Pulse) Flat() bool { return p.Still() && !p.New }

// TakenP50 is the time in which half of the posts were taken, and whether any
// was.
func (p Pulse) TakenP50() (time.Duration, bool) {
	if len(p.Takes) == 0 {
		return 0, false
	}
	return p.Takes[(len(p.Takes)-1)/2], true
}
