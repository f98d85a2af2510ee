package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Embassy is who helps the people of a place along.
type Embassy struct {
	Ambassadors []Candidate `json:"ambassadors" nullable:"false"`
	Asked       []Candidate `json:"asked" nullable:"false" doc:"Who has not answered yet; for who animates the place."`
	Suggested   []Candidate `json:"suggested" nullable:"false" doc:"Whose answers others found useful lately, by name."`
	Others      []Candidate `json:"others" nullable:"false" doc:"Who works there besides, by name."`
	Mine        bool        `json:"mine" doc:"The reader is an ambassador of the place."`
	Called      bool        `json:"called" doc:"The reader is asked to be one."`
	Animate     bool        `json:"animate" doc:"The reader may ask people."`
}

type oneEmbassy struct{ Body Embassy }

type ambassadorID struct {
	Member    string `path:"member"`
	Territory string `query:"territory" required:"true" minLength:"1"`
}

type ambassadorAnswer struct {
	Territory string `query:"territory" required:"true" minLength:"1"`
	Body      struct {
		Yes bool `json:"yes"`
	}
}

// OwnEmbassies are the places that the reader is an ambassador of, or could be.
type OwnEmbassies struct {
	Of    []NamedPlace `json:"of" nullable:"false"`
	Asked []NamedPlace `json:"asked" nullable:"false"`
}

type ownEmbassies struct{ Body OwnEmbassies }

// ambassadorRoutes are how people become ambassadors, and what these do to posts.
func (s *server) ambassadorRoutes() {
	const path = "/api/v1/ambassadors"
	route(s, feed.Read, huma.Operation{
		OperationID: "list-ambassadors", Method: http.MethodGet, Path: path,
		Summary: "Who helps the people of a place along", Errors: []int{http.StatusNotFound},
	}, s.embassy)
	route(s, feed.Animate, huma.Operation{
		OperationID: "propose-ambassador", Method: http.MethodPut, Path: path + "/{member}", DefaultStatus: http.StatusNoContent,
		Summary: "Ask somebody to be an ambassador of a place", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, func(ctx context.Context, in *ambassadorID) (*struct{}, error) {
		return nil, s.Ambassadors.Propose(ctx, visitorOf(ctx).member, feed.Path(in.Territory), feed.MemberID(in.Member))
	})
	route(s, inPerson, huma.Operation{
		OperationID: "stop-ambassador", Method: http.MethodDelete, Path: path + "/{member}", DefaultStatus: http.StatusNoContent,
		Summary: "Lay the part down, or take it from somebody as who animates the place", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *ambassadorID) (*struct{}, error) {
		return nil, s.Ambassadors.Stop(ctx, visitorOf(ctx).member, feed.Path(in.Territory), feed.MemberID(in.Member))
	})
	route(s, inPerson, huma.Operation{
		OperationID: "own-ambassador", Method: http.MethodGet, Path: "/api/v1/me/ambassador", Summary: "What the reader is an ambassador of, or is asked to be",
	}, s.ownEmbassies)
	route(s, inPerson, huma.Operation{
		OperationID: "answer-ambassador", Method: http.MethodPut, Path: "/api/v1/me/ambassador", DefaultStatus: http.StatusNoContent,
		Summary: "Say yes or no to being an ambassador", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *ambassadorAnswer) (*struct{}, error) {
		return nil, s.Ambassadors.Answer(ctx, visitorOf(ctx).member, feed.Path(in.Territory), in.Body.Yes)
	})
	route(s, feed.Nudge, actOperation("nudge", "Remind those present of a post that nobody answered"), func(ctx context.Context, in *postID) (*onePost, error) {
		_, err := s.People.Nudge(ctx, visitorOf(ctx).member, feed.PostID(in.ID))
		return s.after(ctx, "nudge", in.ID, err)
	})
	s.pinRoute("pin", http.MethodPut, "Have a post stand first for a week", true)
	s.pinRoute("unpin", http.MethodDelete, "Have a post no longer stand first", false)
}

func (s *server) pinRoute(id, method, summary string, on bool) {
	route(s, feed.Pin, huma.Operation{
		OperationID: id, Method: method, Path: "/api/v1/posts/{id}/pin", Summary: summary, DefaultStatus: http.StatusOK,
		Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, func(ctx context.Context, in *postID) (*onePost, error) {
		_, err := s.People.Pin(ctx, visitorOf(ctx).member, feed.PostID(in.ID), on)
		return s.after(ctx, id, in.ID, err)
	})
}

func (s *server) embassy(ctx context.Context, in *placeQuery) (*oneEmbassy, error) {
	e, err := s.Ambassadors.Of(ctx, visitorOf(ctx).member, feed.Path(in.Territory))
	if err != nil {
		return nil, fmt.Errorf("ambassadors of %s: %w", in.Territory, err)
	}
	return &oneEmbassy{Body: Embassy{
		Ambassadors: candidates(e.Ambassadors), Asked: candidates(e.Asked), Suggested: candidates(e.Suggested), Others: candidates(e.Others),
		Mine: e.Mine, Called: e.Called, Animate: e.Animate,
	}}, nil
}

func candidates(members []feed.Member) []Candidate {
	out := make([]Candidate, 0, len(members))
	for _, m := range members {
		out = append(out, Candidate{string(m.ID), m.Name})
	}
	return out
}

func (s *server) ownEmbassies(ctx context.Context, _ *struct{}) (*ownEmbassies, error) {
	of, asked, err := s.Ambassadors.Mine(ctx, visitorOf(ctx).member)
	if err != nil {
		return nil, fmt.Errorf("own part as an ambassador: %w", err)
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	out := &ownEmbassies{Body: OwnEmbassies{Of: []NamedPlace{}, Asked: []NamedPlace{}}}
	for _, p := range of {
		out.Body.Of = append(out.Body.Of, placeNamed(tree, p))
	}
	for _, p := range asked {
		out.Body.Asked = append(out.Body.Asked, placeNamed(tree, p))
	}
	return out, nil
}
