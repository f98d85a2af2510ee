package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Fitting is the good practice that a home shows with a post of its feed.
type Fitting struct {
	Post   string `json:"post"`
	Card   string `json:"card"`
	Cause  string `json:"cause"`
	Action string `json:"action" doc:"What helped."`
}

type fittingPosts struct {
	Posts []string `query:"posts" required:"true" minItems:"1" maxItems:"100" doc:"Posts of the feed; those out of scope are passed over."`
}

type fittingList struct {
	Body struct {
		Fitting []Fitting `json:"fitting" nullable:"false" doc:"In the order of the posts; those that no card fits are left out."`
	}
}

// fittingRoute tells of many posts at once what helped before: the feed itself is
// the same for all of its readers, and a card is not.
func (s *server) fittingRoute() {
	route(s, feed.Read, huma.Operation{
		OperationID: "fitting-practices", Method: http.MethodGet, Path: "/api/v1/practices/fitting",
		Summary: "The best good practice for each of some posts", Errors: []int{http.StatusUnprocessableEntity},
	}, s.fitting)
}

func (s *server) fitting(ctx context.Context, in *fittingPosts) (*fittingList, error) {
	ids := make([]feed.PostID, 0, len(in.Posts))
	for _, id := range in.Posts {
		ids = append(ids, feed.PostID(id))
	}
	best, err := s.Posts.FittingEach(ctx, visitorOf(ctx).member.Scope(), ids)
	if err != nil {
		return nil, err
	}
	out := &fittingList{}
	out.Body.Fitting = []Fitting{}
	for _, id := range ids {
		if o, fits := best[id]; fits && o.Close.Recalls() {
			c := o.Post.Talk.Card
			out.Body.Fitting = append(out.Body.Fitting, Fitting{Post: string(id), Card: string(o.Post.ID), Cause: c.Cause, Action: c.Action})
		}
	}
	return out, nil
}
