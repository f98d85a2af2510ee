package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Farewell is somebody who asked to be forgotten.
type Farewell struct {
	ID   string    `json:"id"`
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

type farewellList struct {
	Body struct {
		Farewells []Farewell `json:"farewells" nullable:"false"`
	}
}

// farewellRoutes let somebody ask to be forgotten, and an auditor approve it.
func (s *server) farewellRoutes() {
	bid := func(on bool) func(context.Context, *struct{}) (*struct{}, error) {
		return func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			v := visitorOf(ctx)
			if !v.person {
				return nil, errNobodyHere
			}
			return nil, s.Roster.Bid(ctx, v.member, on)
		}
	}
	route(s, signedIn, huma.Operation{
		OperationID: "ask-to-be-forgotten", Method: http.MethodPut, Path: "/api/v1/me/farewell", DefaultStatus: http.StatusNoContent,
		Summary: "Ask to be forgotten: an auditor approves it",
	}, bid(true))
	route(s, signedIn, huma.Operation{
		OperationID: "stay", Method: http.MethodDelete, Path: "/api/v1/me/farewell", DefaultStatus: http.StatusNoContent,
		Summary: "No longer ask to be forgotten",
	}, bid(false))
	route(s, feed.Audit, huma.Operation{
		OperationID: "list-farewells", Method: http.MethodGet, Path: "/api/v1/farewells",
		Summary: "Who asked to be forgotten, of the reader's places",
	}, s.farewells)
	route(s, feed.Audit, huma.Operation{
		OperationID: "erase-member", Method: http.MethodPost, Path: "/api/v1/farewells/{id}", DefaultStatus: http.StatusNoContent,
		Summary: "Approve that somebody who asked for it is forgotten, for good", Errors: []int{http.StatusNotFound},
	}, s.erase)
}

func (s *server) farewells(ctx context.Context, _ *struct{}) (*farewellList, error) {
	asked, err := s.Trail.Farewells(ctx)
	if err != nil {
		return nil, err
	}
	accounts, err := s.Members.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	out := &farewellList{}
	out.Body.Farewells = []Farewell{}
	for _, a := range accounts {
		at, leaving := asked[a.ID]
		for _, g := range a.Grants {
			if leaving && feed.Can(visitorOf(ctx).member, feed.Audit, g.Territory) {
				out.Body.Farewells = append(out.Body.Farewells, Farewell{ID: string(a.ID), Name: a.Name, At: utc(at)})
				break
			}
		}
	}
	return out, nil
}

func (s *server) erase(ctx context.Context, in *memberID) (*struct{}, error) {
	asked, err := s.Trail.Farewells(ctx)
	if err != nil {
		return nil, err
	}
	if _, leaving := asked[feed.MemberID(in.ID)]; !leaving || s.Erasures == nil {
		return nil, feed.ErrNotFound
	}
	return nil, s.Roster.Erase(ctx, visitorOf(ctx).member, feed.MemberID(in.ID), s.Erasures)
}
