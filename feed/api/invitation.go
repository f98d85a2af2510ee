package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Welcome invites people by a code on paper, and takes them in.
type Welcome interface {
	Invite(ctx context.Context, by feed.Member, i feed.Invitation) (kept feed.Invitation, code string, err error)
	Look(ctx context.Context, code string) (feed.Invitation, error)
	Accept(ctx context.Context, code string, n feed.Newcomer) (feed.Member, error)
	Import(ctx context.Context, by feed.Member, rows []feed.Row, dry bool) (feed.Intake, error)
}

// Invitation asks somebody to a role at a place.
type Invitation struct {
	ID        string    `json:"id"`
	Member    string    `json:"member,omitempty" doc:"Whom it gives a way to sign in; without, it makes a member."`
	Name      string    `json:"name"`
	Lang      string    `json:"lang" enum:"fr,en"`
	Place     string    `json:"place"`
	PlaceName string    `json:"place_name"`
	Role      string    `json:"role" enum:"operator,staff,lead,manager,animator,admin,auditor"`
	Expires   time.Time `json:"expires"`
	Code      string    `json:"code,omitempty" doc:"What to hand over; told once."`
	Digits    int       `json:"digits" doc:"How many digits the PIN has at least."`
}

type newInvitation struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"60"`
		Place string `json:"place" minLength:"1"`
		Role  string `json:"role" enum:"operator,staff,lead,manager,animator,admin,auditor"`
		Lang  string `json:"lang,omitempty" enum:"fr,en" default:"fr"`
	}
}

type oneInvitation struct{ Body Invitation }

type invitationList struct {
	Body struct {
		Invitations []Invitation `json:"invitations" nullable:"false"`
	}
}

type invitationID struct {
	ID string `path:"id"`
}

func (s *server) invitationRoutes() {
	route(s, feed.Invite, huma.Operation{
		OperationID: "list-invitations", Method: http.MethodGet, Path: "/api/v1/invitations",
		Summary: "The invitations that wait, to places that the reader invites to",
	}, s.invitations)
	route(s, feed.Invite, huma.Operation{
		OperationID: "invite", Method: http.MethodPost, Path: "/api/v1/invitations", DefaultStatus: http.StatusCreated,
		Summary: "Invite somebody to a role at a place, with a code to hand over on paper",
		Errors:  []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, s.invite)
	route(s, feed.Invite, huma.Operation{
		OperationID: "withdraw-invitation", Method: http.MethodDelete, Path: "/api/v1/invitations/{id}",
		Summary: "Take an invitation back", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *invitationID) (*struct{}, error) {
		return nil, s.Roster.Withdraw(ctx, visitorOf(ctx).member, in.ID)
	})
}

func (s *server) invitations(ctx context.Context, _ *struct{}) (*invitationList, error) {
	all, err := s.Trail.Invitations(ctx, time.Now())
	if err != nil {
		return nil, err
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	out := &invitationList{}
	out.Body.Invitations = []Invitation{}
	for _, i := range all {
		if feed.Can(visitorOf(ctx).member, feed.Invite, i.Grant.Territory) {
			out.Body.Invitations = append(out.Body.Invitations, invitation(tree, i, ""))
		}
	}
	return out, nil
}

func (s *server) invite(ctx context.Context, in *newInvitation) (*oneInvitation, error) {
	i, code, err := s.Welcome.Invite(ctx, visitorOf(ctx).member, feed.Invitation{
		Name: in.Body.Name, Lang: feed.Lang(in.Body.Lang), Grant: feed.Grant{Territory: feed.Path(in.Body.Place), Role: feed.Role(in.Body.Role)},
	})
	if err != nil {
		return nil, err
	}
	return s.oneInvitation(ctx, i, code)
}

func (s *server) oneInvitation(ctx context.Context, i feed.Invitation, code string) (*oneInvitation, error) {
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	return &oneInvitation{Body: invitation(tree, i, code)}, nil
}

func invitation(tree *feed.Tree, i feed.Invitation, code string) Invitation {
	digits := 4
	if i.Grant.Role.LongPIN() {
		digits = 6
	}
	return Invitation{
		ID: i.ID, Member: string(i.Member), Name: i.Name, Lang: string(i.Lang), Place: string(i.Grant.Territory), PlaceName: tree.Name(i.Grant.Territory),
		Role: string(i.Grant.Role), Expires: utc(i.Expires), Code: code, Digits: digits,
	}
}

type welcomeCode struct {
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"32" doc:"As it stands on the invitation."`
	}
}

type welcomed struct {
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"32"`
		Name string `json:"name" minLength:"1" maxLength:"60"`
		Lang string `json:"lang" enum:"fr,en"`
		PIN  string `json:"pin" minLength:"1" maxLength:"64"`
	}
}

// welcomeRoutes are for who has an invitation in hand and nothing else. Codes
// stand in the body: addresses end up in logs.
func (s *server) welcomeRoutes() {
	errs := []int{http.StatusUnauthorized, http.StatusUnprocessableEntity, http.StatusTooManyRequests}
	route(s, anyone, huma.Operation{
		OperationID: "look-at-invitation", Method: http.MethodPost, Path: "/api/v1/welcome/look",
		Summary: "What an invitation is to", Errors: errs,
	}, func(ctx context.Context, in *welcomeCode) (*oneInvitation, error) {
		if err := s.slow(visitorOf(ctx)); err != nil {
			return nil, err
		}
		i, err := s.Welcome.Look(ctx, in.Body.Code)
		if err != nil {
			return nil, err
		}
		return s.oneInvitation(ctx, i, "")
	})
	route(s, anyone, huma.Operation{
		OperationID: "welcome", Method: http.MethodPost, Path: "/api/v1/welcome", DefaultStatus: http.StatusCreated,
		Summary: "Accept an invitation and sign in", Errors: errs,
	}, s.welcome)
}

func (s *server) welcome(ctx context.Context, in *welcomed) (*newSession, error) {
	v := visitorOf(ctx)
	if err := s.slow(v); err != nil {
		return nil, err
	}
	m, err := s.Welcome.Accept(ctx, in.Body.Code, feed.Newcomer{Name: in.Body.Name, Lang: feed.Lang(in.Body.Lang), PIN: in.Body.PIN})
	if err != nil {
		return nil, err
	}
	token, session, err := s.Sessions.SignIn(ctx, m.ID, in.Body.PIN, v.on())
	if err != nil {
		return nil, fmt.Errorf("sign in %s, who was just welcomed: %w", m.ID, err)
	}
	return s.begin(ctx, token, session)
}
