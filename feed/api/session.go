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
// feed.Locked. A session that is opened on a device ends with the device.
type Sessions interface {
	SignIn(ctx context.Context, id feed.MemberID, pin string, on feed.DeviceID) (token string, s feed.Session, err error)
	SignInByBadge(ctx context.Context, badge string, on feed.DeviceID) (token string, s feed.Session, err error)
	// Vouch opens a session for who showed elsewhere, at an instant, who they are.
	Vouch(ctx context.Context, m feed.MemberID, provedAt time.Time) (token string, s feed.Session, err error)
	Session(ctx context.Context, token string) (feed.Session, error)
	// Visit is Session for somebody who does something, which keeps it open.
	Visit(ctx context.Context, token string) (feed.Session, error)
	// Prove takes a PIN as proof that it is still the same person.
	Prove(ctx context.Context, token, pin string) error
	SignOutElsewhere(ctx context.Context, token string) error
	SignOut(ctx context.Context, token string) error
}

// Person is somebody to sign in as.
type Person struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Role  string `json:"role" enum:"operator,staff,lead,manager,animator,admin,auditor"`
	Place string `json:"place"`
	// Digits is told in the demo only, whose codes are no secret.
	Digits int `json:"digits,omitempty" doc:"How many digits the PIN has, where everybody knows."`
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

type badge struct {
	Body struct {
		Badge string `json:"badge" minLength:"4" maxLength:"128" pattern:"^[^\\x00-\\x1f]*$" doc:"What the badge says."`
	}
}

type newSession struct {
	Cookie http.Cookie `header:"Set-Cookie"`
	Body   SignedIn
}

type endedSession struct {
	Cookie http.Cookie `header:"Set-Cookie"`
}

type personList struct {
	Body struct {
		Members []Person `json:"members" nullable:"false"`
	}
}

func (s *server) sessionRoutes() {
	route(s, anyone, huma.Operation{
		OperationID: "sign-in", Method: http.MethodPost, Path: "/api/v1/session", DefaultStatus: http.StatusCreated,
		Summary: "Sign in by name and PIN", Errors: []int{http.StatusUnauthorized, http.StatusLocked, http.StatusTooManyRequests},
	}, s.signIn)
	route(s, anyone, huma.Operation{
		OperationID: "sign-in-by-badge", Method: http.MethodPost, Path: "/api/v1/session/badge", DefaultStatus: http.StatusCreated,
		Summary: "Sign in by badge on a paired station",
		Errors:  []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusLocked, http.StatusTooManyRequests},
	}, s.signInByBadge)
	route(s, signedIn, huma.Operation{
		OperationID: "prove", Method: http.MethodPost, Path: "/api/v1/session/proof", DefaultStatus: http.StatusNoContent,
		Summary: "Show again who one is, before acts that ask for it",
		Errors:  []int{http.StatusLocked, http.StatusTooManyRequests},
	}, s.prove)
	route(s, signedIn, huma.Operation{
		OperationID: "me", Method: http.MethodGet, Path: "/api/v1/session", Summary: "Who is signed in, else which paired device asks",
	}, s.whoami)
	route(s, anyone, huma.Operation{
		OperationID: "sign-out", Method: http.MethodDelete, Path: "/api/v1/session", Summary: "Sign out",
	}, s.signOut)
	route(s, anyone, huma.Operation{
		OperationID: "people", Method: http.MethodGet, Path: "/api/v1/session/members",
		Summary: "Whom to sign in as: the people of a paired station, and those of the demo", Errors: []int{http.StatusNotFound},
	}, s.faces)
}

// maxFaces bounds whom a station offers to sign in as.
const maxFaces = 60

// faces are the people of the station that asks, else those of the demo.
func (s *server) faces(ctx context.Context, _ *struct{}) (*personList, error) {
	out := &personList{}
	v := visitorOf(ctx)
	switch {
	case v.device != nil && v.device.Kind == feed.StationDevice:
		accounts, err := s.Members.Accounts(ctx)
		if err != nil {
			return nil, fmt.Errorf("people of %s: %w", v.device.Name, err)
		}
		tree, err := s.Places.Tree(ctx)
		if err != nil {
			return nil, fmt.Errorf("territory tree: %w", err)
		}
		out.Body.Members = []Person{}
		for _, c := range feed.Colleagues(accounts, v.device.Place, maxFaces) {
			out.Body.Members = append(out.Body.Members, Person{ID: string(c.ID), Name: c.Name, Role: string(c.Role), Place: tree.Name(c.Territory), Digits: s.digits(c.ID)})
		}
	case len(s.Demo) > 0:
		out.Body.Members = s.Demo
	default:
		return nil, errNoRoute
	}
	return out, nil
}

// digits is how many digits a PIN has that everybody knows, zero elsewhere.
func (s *server) digits(id feed.MemberID) int {
	for _, p := range s.Demo {
		if p.ID == string(id) {
			return p.Digits
		}
	}
	return 0
}

// slow refuses an address that tries too often.
func (s *server) slow(v *visitor) error {
	if seconds, ok := s.throttle.try(v.addr); !ok {
		return &late{error: errTooMany, status: http.StatusTooManyRequests, seconds: seconds}
	}
	return nil
}

func (s *server) signIn(ctx context.Context, in *credentials) (*newSession, error) {
	v := visitorOf(ctx)
	if err := s.slow(v); err != nil {
		return nil, err
	}
	token, session, err := s.Sessions.SignIn(ctx, feed.MemberID(in.Body.Member), in.Body.PIN, v.on())
	if err != nil {
		s.signInFailed(ctx, feed.MemberID(in.Body.Member), err)
		return nil, lockTime(err)
	}
	return s.begin(ctx, token, session)
}

func (s *server) signInByBadge(ctx context.Context, in *badge) (*newSession, error) {
	v := visitorOf(ctx)
	if err := s.slow(v); err != nil {
		return nil, err
	}
	if v.device == nil || v.device.Kind != feed.StationDevice {
		return nil, errNoReader
	}
	token, session, err := s.Sessions.SignInByBadge(ctx, in.Body.Badge, v.on())
	if err != nil {
		return nil, lockTime(err)
	}
	return s.begin(ctx, token, session)
}

// begin answers with a new session, and ends the one that this browser had.
func (s *server) begin(ctx context.Context, token string, session feed.Session) (*newSession, error) {
	v := visitorOf(ctx)
	if v.token != "" {
		if err := s.Sessions.SignOut(ctx, v.token); err != nil {
			return nil, fmt.Errorf("end the session before that of %s: %w", session.Member.ID, err)
		}
	}
	s.attendance.forget(session.Member.ID)
	me, err := s.me(ctx, &visitor{member: session.Member, person: true, device: v.device})
	if err != nil {
		return nil, err
	}
	s.note(ctx, feed.AuditEntry{Actor: session.Member.ID, Subject: session.Member.ID, Action: "session.open", Object: string(session.Device)})
	cookie := v.cookie(cookieName, token)
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
	return &endedSession{Cookie: v.noCookie(cookieName)}, nil
}

func (v *visitor) cookie(name, token string) http.Cookie {
	return http.Cookie{
		Name: name, Value: token, Path: "/", HttpOnly: true, Secure: v.secure, SameSite: http.SameSiteLaxMode,
	}
}

func (v *visitor) noCookie(name string) http.Cookie {
	cookie := v.cookie(name, "")
	cookie.MaxAge = -1
	return cookie
}

var (
	errTooMany  = feed.Refuse(feed.Unauthorized, "Trop d’essais depuis ce poste : patientez un instant.", "Too many tries from here: wait a moment.")
	errNoReader = feed.Refuse(feed.Forbidden, "Un badge ne se lit que sur un poste appairé : tapez votre code PIN.", "Badges are read on a paired station only: type your PIN.")
)
