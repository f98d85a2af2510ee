package plantsim

import (
	"math/rand/v2"
	"time"
)

// FaultKind says what goes wrong.
type FaultKind string

// Kinds of faults. A fast seller is no fault to its seller, but planted alike.
const (
	Drift      FaultKind = "drift"        // a filler's nozzle doses less and less
	PressStop  FaultKind = "press-stop"   // a press stands still
	LineStop   FaultKind = "line-stop"    // a machine of the line stands, and its neighbours with it
	Silence    FaultKind = "silence"      // a machine says nothing any more
	OutOfStock FaultKind = "out-of-stock" // an article has run out
	Phantom    FaultKind = "phantom"      // the ERP counts pieces that nobody can buy
	FastSeller FaultKind = "fast-seller"  // an article sells at several times its pace
)

// Fault is one planted event, in the time of the messages.
type Fault struct {
	Kind     FaultKind
	Asset    string // path of the machine, or of the store
	SKU      string // article, in a store
	From, To time.Time
}

// span is a range of durations.
type span struct{ min, max time.Duration }

func (s span) draw(r *rand.Rand) time.Duration {
	return s.min + time.Duration(r.Int64N(int64(s.max-s.min)+1))
}

// habit says how often a kind of fault comes and how long it stays.
type habit struct {
	kind          FaultKind
	past, pastGap span          // length and pause in history: files come every five minutes
	live, liveGap span          // length and pause live
	lead          time.Duration // from going live to the first one
	spanning      time.Duration // how long before the end of history one begins that goes on live; 0: none
}

func habits() []habit {
	m := time.Minute
	return []habit{
		{kind: FastSeller, past: span{25 * m, 35 * m}, pastGap: span{50 * m, 90 * m}, live: span{3 * m, 6 * m}, liveGap: span{7 * m, 15 * m}, lead: time.Second, spanning: 270 * time.Second},
		{kind: Drift, past: span{5 * m, 9 * m}, pastGap: span{45 * m, 75 * m}, live: span{3 * m, 6 * m}, liveGap: span{4 * m, 12 * m}, lead: 2 * time.Second},
		{kind: OutOfStock, past: span{20 * m, 45 * m}, pastGap: span{35 * m, 60 * m}, live: span{2 * m, 6 * m}, liveGap: span{4 * m, 12 * m}, lead: 4 * time.Second},
		{kind: PressStop, past: span{3 * m, 12 * m}, pastGap: span{45 * m, 80 * m}, live: span{2*m + 30*time.Second, 6 * m}, liveGap: span{5 * m, 14 * m}, lead: 6 * time.Second},
		{kind: Phantom, past: span{60 * m, 90 * m}, pastGap: span{120 * m, 180 * m}, live: span{5 * m, 10 * m}, liveGap: span{10 * m, 25 * m}, lead: 3 * time.Second},
		{kind: LineStop, past: span{2 * m, 6 * m}, pastGap: span{70 * m, 110 * m}, live: span{2 * m, 4 * m}, liveGap: span{9 * m, 20 * m}, lead: 10 * time.Second},
		{kind: Silence, past: span{2 * m, 5 * m}, pastGap: span{110 * m, 170 * m}, live: span{2 * m, 4 * m}, liveGap: span{12 * m, 25 * m}, lead: 8 * m},
	}
}

// script plants the faults of one kind, one after the other.
type script struct {
	habit
	next    time.Time
	current int // index in Plant.faults, -1 for none
}

// scripts returns one script for each kind, beginning at irregular times.
func scripts(r *rand.Rand, from time.Time) []*script {
	var all []*script
	for _, h := range habits() {
		first := time.Duration(r.Int64N(int64(h.pastGap.max)))
		all = append(all, &script{habit: h, next: from.Add(first), current: -1})
	}
	return all
}
