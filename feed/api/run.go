package api

import (
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Run is the state of a production thread.
type Run struct {
	Order       string     `json:"order,omitempty"`
	Product     string     `json:"product,omitempty"`
	Shift       string     `json:"shift,omitempty"`
	Count       float64    `json:"count"`
	Target      float64    `json:"target,omitempty"`
	Scrap       float64    `json:"scrap"`
	Pace        float64    `json:"pace" doc:"Pieces a minute, lately."`
	Ideal       float64    `json:"ideal,omitempty" doc:"Pieces a minute."`
	Lost        float64    `json:"lost" doc:"Pieces not made in stops and by slowness."`
	Stops       []Halt     `json:"stops" nullable:"false" doc:"By cause, the longest first."`
	Stopped     bool       `json:"stopped"`
	StartedAt   time.Time  `json:"started_at"`
	ExpectedEnd *time.Time `json:"expected_end,omitempty"`
}

// Halt is the stops of one cause.
type Halt struct {
	Cause   string  `json:"cause"`
	Count   int     `json:"count"`
	Minutes float64 `json:"minutes"`
}

func run(r *feed.Run) *Run {
	if r == nil {
		return nil
	}
	out := &Run{
		Order: r.Order, Product: r.Product, Shift: r.Shift, Count: number(r.Count), Target: number(r.Target),
		Scrap: number(r.Scrap), Pace: number(r.Pace), Ideal: number(r.Ideal), Lost: number(r.Lost), Stops: make([]Halt, 0, len(r.Stops)), Stopped: r.Stopped,
		StartedAt: utc(r.StartedAt), ExpectedEnd: instant(r.ExpectedEnd),
	}
	for _, h := range r.Stops {
		out.Stops = append(out.Stops, Halt{Cause: h.Cause, Count: h.Count, Minutes: number(h.Minutes)})
	}
	return out
}
