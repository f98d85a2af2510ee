package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

const (
	companyPath = "/api/v1/session/oidc"
	// errandCookie holds what a browser keeps while somebody is at the
	// company's identity provider.
	errandCookie = "fildefer-oidc"
	errandAge    = 10 * 60
)

// Company signs people in with the company's account.
type Company interface {
	Title() feed.Text
	Issuer() string
	// Begin returns where to send somebody, and what their browser keeps until
	// they come back.
	Begin(ctx context.Context, sent feed.CompanyErrand) (address, kept string, err error)
	// Finish returns whose account it is, and for what they were sent, as long as
	// it is known who asked.
	Finish(ctx context.Context, kept string, answer url.Values) (a feed.CompanyAccount, sent feed.CompanyErrand, err error)
}

// CompanyKey is what the sign-in screen says of the company's account.
type CompanyKey struct {
	Title   string `json:"title,omitempty" doc:"What the key says; none where the account is not offered."`
	Linked  bool   `json:"linked,omitempty" doc:"Who is signed in has such an account."`
	Refusal string `json:"refusal,omitempty" doc:"Why the last try did not let somebody in, or linked nothing."`
}

type companyAsked struct {
	Refused string `query:"refused" doc:"Word that the screens were opened with after a refusal."`
}

type companyKey struct{ Body CompanyKey }

type companyLeave struct {
	To    string `query:"to" doc:"Page to open in the end."`
	Again bool   `query:"again" doc:"Ask the person to show who they are though they did before."`
}

type companyReturn struct {
	Kept   string `cookie:"fildefer-oidc"`
	State  string `query:"state"`
	Code   string `query:"code"`
	Issuer string `query:"iss"`
	Error  string `query:"error"`
}

// elsewhere sends a browser to another address.
type elsewhere struct {
	Status   int
	Location string        `header:"Location"`
	Cookies  []http.Cookie `header:"Set-Cookie"`
}

func (s *server) companyRoutes() {
	route(s, anyone, huma.Operation{
		OperationID: "company-account", Method: http.MethodGet, Path: "/api/v1/session/company",
		Summary: "Whether one may sign in with the company's account, and why the last try failed",
	}, s.companyKey)
	route(s, anyone, huma.Operation{
		OperationID: "leave-for-company", Method: http.MethodGet, Path: companyPath, DefaultStatus: http.StatusSeeOther,
		Summary: "Go and sign in with the company's account", Errors: []int{http.StatusNotFound},
	}, s.leaveForCompany)
	route(s, anyone, huma.Operation{
		OperationID: "return-from-company", Method: http.MethodGet, Path: companyPath + "/callback", DefaultStatus: http.StatusSeeOther,
		Summary: "Come back from the company's identity provider", Errors: []int{http.StatusNotFound},
	}, s.returnFromCompany)
	route(s, inPerson, huma.Operation{
		OperationID: "link-company", Method: http.MethodPost, Path: "/api/v1/me/company",
		Summary: "Go and make the company's account one's own, besides PIN and badge",
		Errors:  []int{http.StatusNotFound, http.StatusConflict, http.StatusServiceUnavailable},
	}, s.leaveToLink)
}

// companyKey offers the account to whoever is not at a shared device.
func (s *server) companyKey(ctx context.Context, in *companyAsked) (*companyKey, error) {
	out, v := &companyKey{}, visitorOf(ctx)
	if s.Company != nil && v.device == nil {
		out.Body.Title = s.Company.Title().Render(v.lang, nil)
		if v.person {
			var err error
			if out.Body.Linked, err = s.Members.HasAccount(ctx, s.Company.Issuer(), v.member.ID); err != nil {
				return nil, err
			}
		}
	}
	for _, r := range companyRefusals() {
		if r.word == in.Refused {
			out.Body.Refusal = r.why.Text.Render(v.lang, nil)
		}
	}
	return out, nil
}

func (s *server) leaveForCompany(ctx context.Context, in *companyLeave) (*elsewhere, error) {
	v := visitorOf(ctx)
	if s.Company == nil {
		return nil, errNoRoute
	}
	if v.device != nil { // nobody should leave a session with the company on it
		return s.companyRefused(ctx, feed.CompanyErrand{}, feed.ErrSharedDevice)
	}
	sent := feed.CompanyErrand{Redirect: s.callback(v), To: ownAddress(in.To), Again: in.Again}
	address, kept, err := s.Company.Begin(ctx, sent)
	if err != nil {
		// Each refusal is written down: nobody fills the audit log with them.
		return s.companyRefused(ctx, sent, cmp.Or(s.slow(v), err))
	}
	return &elsewhere{Status: http.StatusSeeOther, Location: address, Cookies: []http.Cookie{v.errand(kept, errandAge)}}, nil
}

func (s *server) returnFromCompany(ctx context.Context, in *companyReturn) (*elsewhere, error) {
	v := visitorOf(ctx)
	if s.Company == nil {
		return nil, errNoRoute
	}
	if v.device != nil {
		return s.companyRefused(ctx, feed.CompanyErrand{}, feed.ErrSharedDevice)
	}
	if err := s.slow(v); err != nil {
		return s.companyRefused(ctx, feed.CompanyErrand{}, err)
	}
	answer := url.Values{"state": {in.State}, "code": {in.Code}, "iss": {in.Issuer}, "error": {in.Error}}
	account, sent, err := s.Company.Finish(ctx, in.Kept, answer)
	switch {
	case err != nil:
		return s.companyRefused(ctx, sent, err)
	case sent.Link != "":
		return s.link(ctx, account, sent)
	}
	m, err := s.Roster.Admit(ctx, account)
	if err != nil {
		return s.companyRefused(ctx, sent, err)
	}
	token, session, err := s.Sessions.Vouch(ctx, m.ID, account.ProvedAt)
	if err != nil {
		return nil, fmt.Errorf("sign in %s with the company's account: %w", m.ID, err)
	}
	begun, err := s.begin(ctx, token, session)
	if err != nil {
		return nil, err
	}
	return &elsewhere{Status: http.StatusSeeOther, Location: sent.To, Cookies: []http.Cookie{begun.Cookie, v.errand("", -1)}}, nil
}

// companyRefused sends a browser back to the page that somebody wanted, or to the
// sign-in screen before it, which says why. They wait for a page, not for an
// answer to a program.
func (s *server) companyRefused(ctx context.Context, sent feed.CompanyErrand, why error) (*elsewhere, error) {
	v := visitorOf(ctx)
	for _, r := range companyRefusals() {
		if !errors.Is(why, r.why) {
			continue
		}
		s.Log.LogAttrs(ctx, slog.LevelWarn, "the company's account did not let somebody in", slog.String("why", r.word), slog.Any("error", why))
		if r.why != errTooMany {
			detail, _ := json.Marshal(map[string]string{"reason": r.word}) // of strings: never fails
			line := feed.AuditEntry{Action: "session.refuse", Object: "oidc", Detail: detail}
			if sent.Link != "" {
				line.Action, line.Actor, line.Subject = "link.refuse", v.signedIn(), sent.Link
			}
			s.note(ctx, line)
		}
		return &elsewhere{Status: http.StatusSeeOther, Location: cmp.Or(sent.To, v.tells()) + "#refused=" + r.word, Cookies: []http.Cookie{v.errand("", -1)}}, nil
	}
	return nil, why
}

// tells is the page that says why something was refused, where it is not known
// any more for what somebody was sent.
func (v *visitor) tells() string {
	if v.person && v.device == nil {
		return linkPage
	}
	return "/"
}

type companyRefusal struct {
	word string
	why  *feed.Error
}

// companyRefusals are the refusals by the word that an address carries: a
// sentence in an address could be anybody's.
func companyRefusals() []companyRefusal {
	return []companyRefusal{
		{"no-role", feed.ErrNoRole},
		{"left", feed.ErrLeft},
		{"late", feed.ErrAskedLongAgo},
		{"clock", feed.ErrClocksDiffer},
		{"unreachable", feed.ErrNoProvider},
		{"unverified", feed.ErrNotBelieved},
		{"declined", feed.ErrDeclined},
		{"shared-device", feed.ErrSharedDevice},
		{"taken", feed.ErrAccountTaken},
		{"has-account", feed.ErrHasAccount},
		{"somebody-else", feed.ErrSomebodyElse},
		{"too-many", errTooMany},
	}
}

// site is where people open Fildefer: as configured, else as this browser says.
// The provider sends nobody to an address that was not registered with it.
func (s *server) site(v *visitor) string {
	switch {
	case s.Site != "":
		return s.Site
	case v.secure:
		return "https://" + v.host
	}
	return "http://" + v.host
}

// callback is where the provider sends a browser back to.
func (s *server) callback(v *visitor) string { return s.site(v) + companyPath + "/callback" }

// ownAddress is a page of the screens, the home for anything else: nobody is
// led to another site by way of ours.
func ownAddress(to string) string {
	u, err := url.Parse(to)
	odd := strings.ContainsFunc(to, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f })
	if err != nil || odd || u.Host != "" || u.Scheme != "" || u.Fragment != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(u.Path, "/api/") {
		return "/"
	}
	return to
}

// errand is the cookie that goes to the provider's routes and nowhere else. It
// comes along when another site leads the browser back, as Lax cookies do.
func (v *visitor) errand(kept string, age int) http.Cookie {
	c := v.cookie(errandCookie, kept)
	c.Path, c.MaxAge = companyPath, age
	return c
}
