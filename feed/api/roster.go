package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Roster is who has which role where.
type Roster interface {
	Give(ctx context.Context, by feed.Member, id feed.MemberID, g feed.Grant) error
	Take(ctx context.Context, by feed.Member, id feed.MemberID, g feed.Grant) error
	Dismiss(ctx context.Context, by feed.Member, id feed.MemberID) error
	Admit(ctx context.Context, a feed.CompanyAccount) (feed.Member, error)
	Link(ctx context.Context, id feed.MemberID, a feed.CompanyAccount) error
	Withdraw(ctx context.Context, by feed.Member, id string) error
	Bid(ctx context.Context, m feed.Member, on bool) error
	Erase(ctx context.Context, by feed.Member, id feed.MemberID, keep func(feed.Erasure) error) error
}

type memberRole struct {
	ID   string `path:"id"`
	Body struct {
		Territory string `json:"territory" minLength:"1"`
		Role      string `json:"role" enum:"operator,staff,lead,manager,animator,admin,auditor"`
		On        bool   `json:"on" doc:"Whether the person has it from now on."`
	}
}

func (s *server) rosterRoutes() {
	route(s, feed.Appoint, huma.Operation{
		OperationID: "set-role", Method: http.MethodPut, Path: "/api/v1/members/{id}/roles", DefaultStatus: http.StatusNoContent,
		Summary: "Give somebody a role at a place, or take it", Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, func(ctx context.Context, in *memberRole) (*struct{}, error) {
		change := s.Roster.Take
		if in.Body.On {
			change = s.Roster.Give
		}
		g := feed.Grant{Territory: feed.Path(in.Body.Territory), Role: feed.Role(in.Body.Role)}
		return nil, change(ctx, visitorOf(ctx).member, feed.MemberID(in.ID), g)
	})
	route(s, feed.Appoint, huma.Operation{
		OperationID: "revoke-member", Method: http.MethodDelete, Path: "/api/v1/members/{id}",
		Summary: "End everything that somebody may do, at once and everywhere", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *memberID) (*struct{}, error) {
		return nil, s.Roster.Dismiss(ctx, visitorOf(ctx).member, feed.MemberID(in.ID))
	})
}
