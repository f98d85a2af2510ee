package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// cookieName is the cookie that holds a browser's session token.
const cookieName = "fildefer"

// Sessions signs people in and knows who is. Refusals are feed.Unauthorized or
// feed.Locked.
type Sessions interface {
	SignIn(ctx context.Context, id feed.MemberID, pin string) (token string, s feed.Session, err error)
	Session(ctx context.Context, token string) (feed.Session, error)
	SignOut(ctx context.Context, token string) error
}

// DemoMember is a person to sign in as in the demo.
type DemoMember struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Role  string `json:"role" enum:"operator,staff,lead,manager,animator,admin"`
	Place string `json:"place"`
}

// Me is the member who is signed in.
type Me struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Lang   string  `json:"lang" enum:"fr,en"`
	Grants []Grant `json:"grants" nullable:"false"`

	Device  *OwnDevice `json:"device,omitempty" doc:"The paired device that one stands before."`
	Station bool       `json:"station" doc:"Nobody is signed in: the device itself reads, and on a station takes posts."`
	Seal    *Seal      `json:"seal,omitempty" doc:"With what the browser closes unsent words, so that only their author reads them."`
}

// OwnDevice is the paired device that the request came from.
type OwnDevice struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Place     string `json:"place"`
	PlaceName string `json:"place_name"`
	Kind      string `json:"kind" enum:"station,wall"`
}

// Seal closes what a member wrote and has not sent yet.
type Seal struct {
	ID  string `json:"id"`
	Key string `json:"key" doc:"AES-256-GCM, base64."`
}

// Grant is a role at a place and everything below it.
type Grant struct {
	Territory string `json:"territory"`
	Name      string `json:"name"`
	Kind      string `json:"kind"`
	Role      string `json:"role" enum:"operator,staff,lead,manager,animator,admin,station,wall"`
}

type credentials struct {
	Body struct {
		Member string `json:"member" minLength:"1" maxLength:"200" pattern:"^[^\\x00-\\x1f]*$"`
		PIN    string `json:"pin" minLength:"1" maxLength:"64" pattern:"^[^\\x00-\\x1f]*$"`
	}
}

// SignedIn is a new session.
type SignedIn struct {
	Token   string    `json:"token"`
	Member  Me        `json:"member"`
	Expires time.Time `json:"expires"`
}

type newSession struct {
	Cookie http.Cookie `header:"Set-Cookie"`
	Body   SignedIn
}

type endedSession struct {
	Cookie http.Cookie `header:"Set-Cookie"`
}

type oneMember struct{ Body Me }

type demoMembers struct {
	Body struct {
		Members []DemoMember `json:"members" nullable:"false"`
	}
}

func (s *server) sessionRoutes() {
	route(s, anyone, huma.Operation{
		OperationID: "sign-in", Method: http.MethodPost, Path: "/api/v1/session", DefaultStatus: http.StatusCreated,
		Summary: "Sign in by name and PIN", Errors: []int{http.StatusUnauthorized, http.StatusLocked, http.StatusTooManyRequests},
	}, s.signIn)
	route(s, signedIn, huma.Operation{
		OperationID: "me", Method: http.MethodGet, Path: "/api/v1/session", Summary: "Who is signed in",
	}, func(ctx context.Context, _ *struct{}) (*oneMember, error) {
		me, err := s.me(ctx, visitorOf(ctx).member)
		return &oneMember{Body: me}, err
	})
	route(s, anyone, huma.Operation{
		OperationID: "sign-out", Method: http.MethodDelete, Path: "/api/v1/session", Summary: "Sign out",
	}, s.signOut)
	route(s, anyone, huma.Operation{
		OperationID: "demo-members", Method: http.MethodGet, Path: "/api/v1/session/members",
		Summary: "People of the demo", Errors: []int{http.StatusNotFound},
	}, func(context.Context, *struct{}) (*demoMembers, error) {
		if len(s.Demo) == 0 {
			return nil, errNoRoute
		}
		out := &demoMembers{}
		out.Body.Members = s.Demo
		return out, nil
	})
}

func (s *server) signIn(ctx context.Context, in *credentials) (*newSession, error) {
	v := visitorOf(ctx)
	if seconds, ok := s.throttle.try(v.addr); !ok {
		return nil, &late{error: errTooMany, status: http.StatusTooManyRequests, seconds: seconds}
	}
	token, session, err := s.Sessions.SignIn(ctx, feed.MemberID(in.Body.Member), in.Body.PIN)
	if err != nil {
		return nil, lockTime(err)
	}
	if v.member.ID != "" { // who signs in on a shared tablet ends the session before
		if err := s.Sessions.SignOut(ctx, v.token); err != nil {
			return nil, fmt.Errorf("end the session of %s: %w", v.member.ID, err)
		}
	}
	me, err := s.me(ctx, session.Member)
	if err != nil {
		return nil, err
	}
	cookie := s.cookie(v, token)
	cookie.Expires = session.Expires
	return &newSession{Cookie: cookie, Body: SignedIn{Token: token, Member: me, Expires: utc(session.Expires)}}, nil
}

// lockTime says when a locked member may try again.
func lockTime(err error) error {
	var e *feed.Error
	if !errors.As(err, &e) || e.Problem != feed.Locked {
		return err
	}
	minutes, ok := e.Values["minutes"].(float64)
	if !ok {
		minutes = 15
	}
	return &late{error: err, status: http.StatusLocked, seconds: int(minutes * 60)}
}

func (s *server) signOut(ctx context.Context, _ *struct{}) (*endedSession, error) {
	v := visitorOf(ctx)
	if v.token != "" {
		if err := s.Sessions.SignOut(ctx, v.token); err != nil && feed.ProblemOf(err) == feed.Internal {
			return nil, fmt.Errorf("sign out: %w", err)
		}
	}
	cookie := s.cookie(v, "")
	cookie.MaxAge = -1
	return &endedSession{Cookie: cookie}, nil
}

func (s *server) cookie(v *visitor, token string) http.Cookie {
	return http.Cookie{
		Name: cookieName, Value: token, Path: "/", HttpOnly: true, Secure: v.secure, SameSite: http.SameSiteLaxMode,
	}
}

func (s *server) me(ctx context.Context, m feed.Member) (Me, error) {
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return Me{}, fmt.Errorf("territory tree: %w", err)
	}
	me := Me{ID: string(m.ID), Name: m.Name, Lang: string(m.Lang), Grants: make([]Grant, 0, len(m.Grants))}
	for _, g := range m.Grants {
		node, _ := tree.Get(g.Territory)
		me.Grants = append(me.Grants, Grant{
			Territory: string(g.Territory), Name: tree.Name(g.Territory), Kind: string(node.Kind), Role: string(g.Role),
		})
	}
	return me, nil
}

var errTooMany = feed.Refuse(feed.Unauthorized, "Trop d’essais depuis ce poste : patientez un instant.", "Too many tries from here: wait a moment.")
