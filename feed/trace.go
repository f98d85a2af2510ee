package feed

import "time"

// Point is one sample of a curve.
type Point struct {
	At    time.Time
	Value float64
}

// Trace is the recent past of one signal of an asset, oldest sample first:
// at most TraceLen samples, TraceStep apart.
type Trace struct {
	Asset  Path
	Signal string
	Unit   string
	Text   string // last value of a signal that is not a number
	Points []Point
	At     time.Time // of the last sample
}

// A trace covers thirty minutes.
const (
	TraceStep = 15 * time.Second
	TraceLen  = 120
)
