package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// charterType is the kind of refusal that waits for a charter: the screens lead
// to it.
const charterType = "charter"

// CharterCounts is what the API reads of charters.
type CharterCounts interface {
	// CharterCount counts who was asked to accept a version, and who did.
	CharterCount(ctx context.Context, place feed.Path, version int) (feed.CharterCount, error)
}

// OpenCharter is a charter that the reader has yet to accept.
type OpenCharter struct {
	Place   NamedPlace `json:"place" doc:"Whose it is."`
	FR      string     `json:"fr"`
	EN      string     `json:"en"`
	Version int        `json:"version"`
	Until   time.Time  `json:"until" doc:"From then on one reads there, and writes once it is accepted."`
	Late    bool       `json:"late"`
}

type openCharters struct {
	Body struct {
		Charters []OpenCharter `json:"charters" nullable:"false"`
	}
}

type acceptedCharter struct {
	Territory string `query:"territory" required:"true" minLength:"1"`
	Body      struct {
		Version int `json:"version" minimum:"1"`
	}
}

type charterFigures struct {
	Body struct {
		Accepted int `json:"accepted"`
		Asked    int `json:"asked"`
	}
}

func (s *server) charterRoutes() {
	route(s, inPerson, huma.Operation{
		OperationID: "list-open-charters", Method: http.MethodGet, Path: "/api/v1/me/charters",
		Summary: "The charters that one has yet to accept",
	}, s.openCharters)
	route(s, inPerson, huma.Operation{
		OperationID: "accept-charter", Method: http.MethodPut, Path: "/api/v1/me/charters",
		Summary: "Accept the charter of a place, in the version that one read",
		Errors:  []int{http.StatusNotFound, http.StatusConflict},
	}, func(ctx context.Context, in *acceptedCharter) (*struct{}, error) {
		return nil, s.Charters.Accept(ctx, visitorOf(ctx).member, feed.Path(in.Territory), in.Body.Version)
	})
	route(s, feed.Animate, huma.Operation{
		OperationID: "count-charter", Method: http.MethodGet, Path: "/api/v1/charter/figures",
		Summary: "How many of those who were asked accepted the charter that holds at a place", Errors: []int{http.StatusNotFound},
	}, s.charterFigures)
}

func (s *server) openCharters(ctx context.Context, _ *struct{}) (*openCharters, error) {
	m := visitorOf(ctx).member
	asked, err := s.Charters.Asked(ctx, m)
	if err != nil {
		return nil, fmt.Errorf("charters of %s: %w", m.ID, err)
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	out := &openCharters{}
	out.Body.Charters = make([]OpenCharter, 0, len(asked))
	for _, a := range asked {
		out.Body.Charters = append(out.Body.Charters, OpenCharter{
			Place: placeNamed(tree, a.Place), FR: a.Text.FR, EN: a.Text.EN, Version: a.Version, Until: utc(a.Until), Late: !time.Now().Before(a.Until),
		})
	}
	return out, nil
}

// charterFigures counts; there is no way from it to a person.
func (s *server) charterFigures(ctx context.Context, in *placeQuery) (*charterFigures, error) {
	p := feed.Path(in.Territory)
	if err := feed.Require(visitorOf(ctx).member, feed.Animate, p); err != nil {
		return nil, err
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	c, from := tree.Charter(p)
	if c == nil {
		return nil, feed.ErrNotFound
	}
	n, err := s.CharterCounts.CharterCount(ctx, from, c.Version)
	if err != nil {
		return nil, err
	}
	out := &charterFigures{}
	out.Body.Accepted, out.Body.Asked = n.Accepted, n.Asked
	return out, nil
}
