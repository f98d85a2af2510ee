package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Pulses is how places live.
type Pulses interface {
	// Pulses tells of each place in scope what was done there in the hours
	// before an instant, and what waits there then.
	Pulses(ctx context.Context, scope feed.Scope, at time.Time) ([]feed.Pulse, error)
}

// Pulse is how a place lives.
type Pulse struct {
	Territory string   `json:"territory"`
	Beats     []int    `json:"beats" nullable:"false" doc:"Posts, acts and answers at or below it in each of the last 24 hours, the oldest first."`
	Waiting   int      `json:"waiting" doc:"Open posts that ask for somebody and that nobody has."`
	Open      int      `json:"open"`
	TakenP50  *float64 `json:"taken_p50,omitempty" doc:"Minutes in which half of the posts were taken."`
	Flat      bool     `json:"flat" doc:"Nothing was done there for a day, though it is no ghost."`
	New       bool     `json:"new,omitempty" doc:"It was made less than a day ago, and nothing was done there yet."`
}

type pulseList struct {
	Body struct {
		Territories []Pulse `json:"territories" nullable:"false"`
	}
}

func (s *server) pulseRoute() {
	route(s, feed.Read, huma.Operation{
		OperationID: "read-pulse", Method: http.MethodGet, Path: "/api/v1/pulse",
		Summary: "How the places that the reader may see live", Errors: []int{http.StatusNotFound},
	}, s.pulse)
}

func (s *server) pulse(ctx context.Context, in *territoryQuery) (*pulseList, error) {
	scope, err := visitorOf(ctx).within(in.Territory)
	if err != nil {
		return nil, err
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	pulses, err := s.Places.Pulses(ctx, scope, time.Now())
	if err != nil {
		return nil, fmt.Errorf("pulse of %q: %w", in.Territory, err)
	}
	out := &pulseList{}
	out.Body.Territories = make([]Pulse, 0, len(pulses))
	for _, p := range pulses {
		one := Pulse{
			Territory: string(p.Territory), Beats: p.Beats[:], Waiting: p.Waiting, Open: p.Open,
			Flat: p.Flat() && tree.Rollout(p.Territory) != feed.RolloutGhost,
			New:  p.Still() && p.New,
		}
		if half, ok := p.TakenP50(); ok {
			one.TakenP50 = new(half.Minutes())
		}
		out.Body.Territories = append(out.Body.Territories, one)
	}
	return out, nil
}
