package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// LaunchStep is one step of a place on its way to Fildefer.
type LaunchStep struct {
	Step string     `json:"step" enum:"sources,rules,baseline,animator,people,charter,tablet,team,pilot,open"`
	Done bool       `json:"done"`
	Hand bool       `json:"hand" doc:"Somebody may tick it; the others tick themselves."`
	By   string     `json:"by,omitempty" doc:"Who ticked it."`
	At   *time.Time `json:"at,omitempty"`
	N    int        `json:"n" doc:"How much there is of what it asks for: machines, people, days."`
	Of   int        `json:"of" doc:"How much it asks for; 0: it is there or not."`
}

type launch struct {
	Body struct {
		Steps []LaunchStep `json:"steps" nullable:"false"`
	}
}

type launchTick struct {
	Territory string `query:"territory" required:"true" minLength:"1"`
	Body      struct {
		Step string `json:"step" enum:"sources,rules,baseline,animator,people,charter,tablet,team,pilot,open"`
		Done bool   `json:"done"`
	}
}

// launchRoutes take their place in the query: a path has slashes.
func (s *server) launchRoutes() {
	route(s, feed.Animate, huma.Operation{
		OperationID: "read-launch", Method: http.MethodGet, Path: "/api/v1/launch",
		Summary: "The steps of a place on its way to Fildefer, as they stand", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *placeQuery) (*launch, error) {
		return launchOf(s.Launches.Of(ctx, visitorOf(ctx).member, feed.Path(in.Territory)))
	})
	route(s, feed.Animate, huma.Operation{
		OperationID: "tick-launch", Method: http.MethodPost, Path: "/api/v1/launch",
		Summary: "Tick a step that no data tells, or take that back", Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, func(ctx context.Context, in *launchTick) (*launch, error) {
		return launchOf(s.Launches.Tick(ctx, visitorOf(ctx).member, feed.Path(in.Territory), feed.LaunchStep(in.Body.Step), in.Body.Done))
	})
}

// launchOf answers with steps, or with why there are none.
func launchOf(states []feed.LaunchState, err error) (*launch, error) {
	if err != nil {
		return nil, fmt.Errorf("launch: %w", err)
	}
	out := &launch{}
	out.Body.Steps = make([]LaunchStep, 0, len(states))
	for _, st := range states {
		one := LaunchStep{Step: string(st.Step), Done: st.Done, Hand: st.Hand, N: st.N, Of: st.Of}
		if st.Mark != nil {
			one.By, one.At = st.Mark.Name, instant(st.Mark.At)
		}
		out.Body.Steps = append(out.Body.Steps, one)
	}
	return out, nil
}
