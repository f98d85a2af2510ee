package api_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// closed is the company's account while its provider does not answer.
type closed struct{ company }

func (closed) Begin(context.Context, feed.CompanyErrand) (address, kept string, err error) {
	return "", "", errors.Join(feed.ErrNoProvider, errors.New("connection refused"))
}

// forgetful is the company's account after a restart: what browsers kept is
// unreadable.
type forgetful struct{ company }

func (forgetful) Finish(context.Context, string, url.Values) (a feed.CompanyAccount, sent feed.CompanyErrand, err error) {
	return a, sent, feed.ErrAskedLongAgo
}

// sends is a company that tells what it was asked for.
type sends struct {
	company
	sent *feed.CompanyErrand
}

func (s sends) Begin(ctx context.Context, sent feed.CompanyErrand) (address, kept string, err error) {
	*s.sent = sent
	return s.company.Begin(ctx, sent)
}

const linkRoute = "/api/v1/me/company"

func TestWhoLinksAnAccountShowsAgainWhoTheyAreHereAndThere(t *testing.T) {
	t.Parallel()
	var sent feed.CompanyErrand
	h := onSQLite(t, func(o *api.Options) { o.Company = sends{sent: &sent} })
	h.proved = time.Now().Add(-time.Hour)
	late := feed.Member{ID: "late", Name: "Zoé", Lang: feed.French, Grants: []feed.Grant{{Territory: line3, Role: feed.Operator}}}
	h.join(t, late)
	var problem struct{ Type string }
	h.ask(t, late.ID, http.MethodPost, linkRoute, nil).is(http.StatusForbidden).into(&problem)
	require.Equal(t, "step-up", problem.Type)
	h.ask(t, late.ID, http.MethodPost, "/api/v1/session/proof", fields{"pin": pin}).is(http.StatusNoContent)
	a := h.ask(t, late.ID, http.MethodPost, linkRoute, nil).is(http.StatusOK)
	var start struct{ Address string }
	a.into(&start)
	require.Contains(t, start.Address, "https://login.example/auth?")
	require.Equal(t, "fildefer-oidc=kept; Path=/api/v1/session/oidc; Max-Age=600; HttpOnly; SameSite=Lax", a.Header.Get("Set-Cookie"))
	require.Equal(t, feed.CompanyErrand{Redirect: h.srv.URL + "/api/v1/session/oidc/callback", To: "/me", Again: true, Link: late.ID}, sent)
}

func TestAnAccountIsLinkedOnceAndOnAnOwnDeviceOnly(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		o := h.options(t)
		o.Company = company{}
		h.srv.Config.Handler = api.New(o)
		var key api.CompanyKey
		h.ask(t, "operator", http.MethodGet, "/api/v1/session/company", nil).is(http.StatusOK).into(&key)
		require.Equal(t, api.CompanyKey{Title: "Compte Verrier"}, key)
		account := feed.CompanyAccount{Issuer: company{}.Issuer(), Subject: "s-1", Name: "Karim"}
		require.NoError(t, feed.NewRoster(h.store, time.Now).Link(t.Context(), "operator", account))
		h.ask(t, "operator", http.MethodGet, "/api/v1/session/company", nil).is(http.StatusOK).into(&key)
		require.Equal(t, api.CompanyKey{Title: "Compte Verrier", Linked: true}, key)
		require.Equal(t, feed.ErrHasAccount.Text.FR, h.ask(t, "operator", http.MethodPost, linkRoute, nil).is(http.StatusConflict).detail())

		station, _ := h.pair(t, feed.StationDevice)
		station.ask(t, http.MethodPost, linkRoute, nil).is(http.StatusForbidden)
		station.signIn(t, "staff")
		require.Contains(t, station.ask(t, http.MethodPost, linkRoute, nil).is(http.StatusForbidden).detail(), "partagé")
	})
}

func TestAnErrandThatIsForgottenIsToldOfWhereOneLinks(t *testing.T) {
	t.Parallel()
	h := onSQLite(t, func(o *api.Options) { o.Company = forgetful{} })
	h.srv.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for as, want := range map[feed.MemberID]string{"operator": "/me#refused=late", "": "/#refused=late"} {
		a := h.ask(t, as, http.MethodGet, "/api/v1/session/oidc/callback?code=x", nil).is(http.StatusSeeOther)
		require.Equal(t, want, a.Header.Get("Location"))
	}
}

func TestAProviderThatIsAwaySignsNobodyOut(t *testing.T) {
	t.Parallel()
	h := onSQLite(t, func(o *api.Options) { o.Company = closed{} })
	a := h.ask(t, "operator", http.MethodPost, linkRoute, nil).is(http.StatusServiceUnavailable)
	require.Equal(t, feed.ErrNoProvider.Text.FR, a.detail())
	require.Empty(t, a.Header.Get("Set-Cookie"))
	h.ask(t, "operator", http.MethodGet, "/api/v1/session", nil).is(http.StatusOK)
}
