package api_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// company tells where it sends people and where they go in the end.
type company struct{}

func (company) Title() feed.Text { return feed.Text{FR: "Compte Verrier", EN: "Verrier account"} }

func (company) Issuer() string { return "https://login.example" }

func (company) Begin(_ context.Context, sent feed.CompanyErrand) (address, kept string, err error) {
	return "https://login.example/auth?" + url.Values{"redirect": {sent.Redirect}, "to": {sent.To}}.Encode(), "kept", nil
}

func (company) Finish(context.Context, string, url.Values) (a feed.CompanyAccount, sent feed.CompanyErrand, err error) {
	return a, feed.CompanyErrand{To: "/me"}, feed.ErrDeclined
}

// leave goes to the provider and returns what it is told.
func (h *house) leave(t *testing.T, query string, header ...string) (told url.Values, a answer) {
	t.Helper()
	h.srv.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	a = h.ask(t, "", http.MethodGet, "/api/v1/session/oidc"+query, nil, header...).is(http.StatusSeeOther)
	address, err := url.Parse(a.Header.Get("Location"))
	require.NoError(t, err)
	return address.Query(), a
}

func TestNobodyIsLedToAnotherSiteByWayOfOurs(t *testing.T) {
	t.Parallel()
	h := onSQLite(t, behindProxy, func(o *api.Options) { o.Company = company{} })
	for to, want := range map[string]string{
		"/decisions?x=1": "/decisions?x=1", "/post/m1": "/post/m1", "": "/", "members": "/", "//evil.example": "/", "/\\evil.example": "/",
		"/\t/evil.example": "/", "https://evil.example/": "/", "javascript:alert(1)": "/", "/api/v1/session": "/", "/#refused=left": "/",
	} {
		told, _ := h.leave(t, "?"+url.Values{"to": {to}}.Encode())
		require.Equal(t, want, told.Get("to"), "%q", to)
	}
	told, a := h.leave(t, "", "X-Forwarded-Proto", "https")
	require.Equal(t, "https://"+h.srv.Listener.Addr().String()+"/api/v1/session/oidc/callback", told.Get("redirect"))
	require.Equal(t, "fildefer-oidc=kept; Path=/api/v1/session/oidc; Max-Age=600; HttpOnly; Secure; SameSite=Lax", a.Header.Get("Set-Cookie"))
}

func TestARefusalByTheCompanyIsASentenceOnThePageThatOneWanted(t *testing.T) {
	t.Parallel()
	h := onSQLite(t, func(o *api.Options) { o.Company = company{} })
	_, a := h.leave(t, "/callback?error=access_denied")
	require.Equal(t, "/me#refused=declined", a.Header.Get("Location"))
	require.Contains(t, a.Header.Get("Set-Cookie"), "Max-Age=0")
	for lang, want := range map[string]api.CompanyKey{
		"fr": {Title: "Compte Verrier", Refusal: feed.ErrDeclined.Text.FR}, "en": {Title: "Verrier account", Refusal: feed.ErrDeclined.Text.EN},
	} {
		var key api.CompanyKey
		h.ask(t, "", http.MethodGet, "/api/v1/session/company?refused=declined&lang="+lang, nil).is(http.StatusOK).into(&key)
		require.Equal(t, want, key)
	}
	var key api.CompanyKey
	h.ask(t, "", http.MethodGet, "/api/v1/session/company?refused=%3Cb%3E", nil).is(http.StatusOK).into(&key)
	require.Empty(t, key.Refusal, "only our own words are sentences")
}

func TestASharedDeviceOffersNoAccountOfTheCompany(t *testing.T) {
	t.Parallel()
	h := onSQLite(t, func(o *api.Options) { o.Company = company{} })
	h.srv.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	station, _ := h.pair(t, feed.StationDevice)
	var key api.CompanyKey
	station.ask(t, http.MethodGet, "/api/v1/session/company", nil).is(http.StatusOK).into(&key)
	require.Empty(t, key.Title)
	for _, path := range []string{"", "/callback?code=x"} {
		a := station.ask(t, http.MethodGet, "/api/v1/session/oidc"+path, nil).is(http.StatusSeeOther)
		require.Equal(t, "/#refused=shared-device", a.Header.Get("Location"))
	}
}
