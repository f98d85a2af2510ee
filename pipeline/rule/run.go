package rule

import "time"

// Run is the state of a production thread: of an order, or of a line in a
// shift.
type Run struct {
	Order       string
	Product     string
	Shift       string
	Count       float64
	Target      float64
	Scrap       float64
	Pace        float64 // pieces a minute, lately
	Ideal       float64 // pieces a minute
	Lost        float64 // pieces not made in stops and by slowness
	Stops       []Halt  // by cause, longest first
	Stopped     bool
	StartedAt   time.Time
	ExpectedEnd time.Time
}

// Halt is the stops of one cause.
type Halt struct {
	Cause   string
	Count   int
	Minutes float64
}
