package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

type newRollout struct {
	Territory string `query:"territory" required:"true" minLength:"1"`
	Body      struct {
		Rollout string `json:"rollout" enum:"ghost,pilot,open"`
	}
}

type rolledOut struct{ Body Territory }

// rolloutRoute takes its place as the reads do, in the query: a path has
// slashes.
func (s *server) rolloutRoute() {
	route(s, feed.Animate, huma.Operation{
		OperationID: "set-rollout", Method: http.MethodPut, Path: "/api/v1/rollout",
		Summary: "Say how far a place and what lies below it is with Fildefer",
		Errors:  []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, func(ctx context.Context, in *newRollout) (*rolledOut, error) {
		m, place := visitorOf(ctx).member, feed.Path(in.Territory)
		if err := s.People.SetRollout(ctx, m, place, feed.Rollout(in.Body.Rollout)); err != nil {
			return nil, fmt.Errorf("rollout of %s: %w", place, err)
		}
		return s.territory(ctx, m.Scope(), place)
	})
}

// territory is one place as the list of places has it.
func (s *server) territory(ctx context.Context, scope feed.Scope, place feed.Path) (*rolledOut, error) {
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	open, err := s.Places.OpenCounts(ctx, scope)
	if err != nil {
		return nil, fmt.Errorf("open posts by territory: %w", err)
	}
	node, known := tree.Get(place)
	if !known {
		return nil, feed.ErrNotFound
	}
	return &rolledOut{Body: territory(tree, node, open)}, nil
}
