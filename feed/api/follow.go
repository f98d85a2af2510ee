package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Follows is what members follow.
type Follows interface {
	Follows(ctx context.Context, m feed.MemberID) ([]feed.Follow, error)
}

// Follow is something that the reader follows.
type Follow struct {
	Kind   string `json:"kind" enum:"place,machine,sku,order"`
	Target string `json:"target"`
	Name   string `json:"name" doc:"What people call it."`
}

type followQuery struct {
	Kind   string `query:"kind" required:"true" enum:"place,machine,sku,order"`
	Target string `query:"target" required:"true" minLength:"1" maxLength:"400" doc:"The path of a place or machine, the code of an article, the number of an order."`
}

type followList struct {
	Body struct {
		Follows []Follow `json:"follows" nullable:"false"`
	}
}

func (s *server) followRoutes() {
	route(s, feed.Read, huma.Operation{
		OperationID: "list-follows", Method: http.MethodGet, Path: "/api/v1/follows", Summary: "What the reader follows",
	}, s.follows)
	wrong := []int{http.StatusNotFound, http.StatusUnprocessableEntity}
	route(s, feed.Read, huma.Operation{
		OperationID: "follow", Method: http.MethodPut, Path: "/api/v1/follows", DefaultStatus: http.StatusNoContent,
		Summary: "Hear of a place with all below it, a machine, an article or an order", Errors: wrong,
	}, s.follow(true))
	route(s, feed.Read, huma.Operation{
		OperationID: "unfollow", Method: http.MethodDelete, Path: "/api/v1/follows", DefaultStatus: http.StatusNoContent,
		Summary: "Hear of it no longer", Errors: wrong,
	}, s.follow(false))
}

// follow is for persons: a device hears of its own place anyway.
func (s *server) follow(on bool) func(context.Context, *followQuery) (*struct{}, error) {
	return func(ctx context.Context, in *followQuery) (*struct{}, error) {
		v := visitorOf(ctx)
		if !v.person {
			return nil, feed.ErrSignedOut
		}
		if _, err := s.Tree.Follow(ctx, v.member, feed.FollowKind(in.Kind), in.Target, on); err != nil {
			return nil, fmt.Errorf("follow %s %s: %w", in.Kind, in.Target, err)
		}
		return nil, nil
	}
}

// follows leaves out the places that the reader reads no more: they hear nothing
// of these, nor what they are called now.
func (s *server) follows(ctx context.Context, _ *struct{}) (*followList, error) {
	m := visitorOf(ctx).member
	list, err := s.Follows.Follows(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	out := &followList{}
	out.Body.Follows = []Follow{}
	for _, f := range list {
		name := f.Target
		if f.Kind == feed.FollowPlace || f.Kind == feed.FollowMachine {
			if !feed.Can(m, feed.Read, feed.Path(f.Target)) {
				continue
			}
			name = tree.Name(feed.Path(f.Target))
		}
		out.Body.Follows = append(out.Body.Follows, Follow{string(f.Kind), f.Target, name})
	}
	return out, nil
}
