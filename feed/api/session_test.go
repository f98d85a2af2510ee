package api_test

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed/api"
)

func TestSigningInGivesATokenAndACookie(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		var in api.SignedIn
		a := h.ask(t, "", http.MethodPost, "/api/v1/session", fields{"member": "operator", "pin": pin}).is(http.StatusCreated)
		a.into(&in)
		require.NotNil(t, in.Member.Seal)
		require.Equal(t, api.Me{ID: "operator", Name: "Karim", Lang: "fr", Grants: []api.Grant{
			{Territory: string(line3), Name: "Ligne 3", Kind: "line", Role: "operator"},
		}, Seal: in.Member.Seal}, in.Member)
		require.WithinDuration(t, time.Now().Add(12*time.Hour), in.Expires, time.Minute)
		cookie := a.Header.Get("Set-Cookie")
		for _, part := range []string{"fildefer=" + in.Token, "Path=/", "HttpOnly", "SameSite=Lax", "Expires="} {
			require.Contains(t, cookie, part)
		}
		require.NotContains(t, cookie, "Secure")

		name, _, _ := strings.Cut(cookie, ";")
		h.ask(t, "", http.MethodGet, "/api/v1/session", nil, "Cookie", name).is(http.StatusOK)
		a = h.ask(t, "", http.MethodDelete, "/api/v1/session", nil, "Cookie", name).is(http.StatusNoContent)
		require.Contains(t, a.Header.Get("Set-Cookie"), "Max-Age=0")
		h.ask(t, "", http.MethodGet, "/api/v1/session", nil, "Cookie", name).is(http.StatusUnauthorized)
	})
}

func TestSigningInEndsTheSessionBefore(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	var in api.SignedIn
	h.ask(t, "operator", http.MethodPost, "/api/v1/session", fields{"member": "staff", "pin": pin}).is(http.StatusCreated).into(&in)
	h.ask(t, "operator", http.MethodGet, "/api/v1/session", nil).is(http.StatusUnauthorized)
	h.ask(t, "", http.MethodGet, "/api/v1/session", nil, "Authorization", "bearer "+in.Token).is(http.StatusOK)
}

func TestFiveWrongPINsLockTheMember(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		try := func(name, with string) answer {
			return h.ask(t, "", http.MethodPost, "/api/v1/session", fields{"member": name, "pin": with})
		}
		wrong := try("operator", "0000").is(http.StatusUnauthorized)
		unknown := try("nobody", "0000").is(http.StatusUnauthorized)
		require.Equal(t, string(unknown.Body), string(wrong.Body))
		for range 4 {
			try("operator", "0000").is(http.StatusUnauthorized)
		}
		locked := try("operator", pin).is(http.StatusLocked)
		require.Equal(t, "900", locked.Header.Get("Retry-After"))
		require.Contains(t, locked.detail(), "15 min")
		try("staff", pin).is(http.StatusCreated)
	})
}

func TestOneAddressMayNotTryWithoutEnd(t *testing.T) {
	t.Parallel()
	h := onSQLite(t, func(o *api.Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	var last answer
	for range 200 {
		last = h.ask(t, "", http.MethodPost, "/api/v1/session", fields{"member": "x", "pin": "0000"}, "X-Forwarded-For", "192.0.2.1, 198.51.100.7")
		if last.Status == http.StatusTooManyRequests {
			break
		}
	}
	require.Equal(t, http.StatusTooManyRequests, last.Status)
	require.Equal(t, "1", last.Header.Get("Retry-After"))
	require.Contains(t, last.detail(), "patientez")
	h.ask(t, "", http.MethodPost, "/api/v1/session", fields{"member": "operator", "pin": pin}, "X-Forwarded-For", "198.51.100.7, 192.0.2.1").is(http.StatusCreated)
}

func TestTheCookieIsSecureBehindATrustedProxyOnly(t *testing.T) {
	t.Parallel()
	in := fields{"member": "operator", "pin": pin}
	plain := onSQLite(t)
	a := plain.ask(t, "", http.MethodPost, "/api/v1/session", in, "X-Forwarded-Proto", "https")
	require.NotContains(t, a.Header.Get("Set-Cookie"), "Secure")
	behind := onSQLite(t, func(o *api.Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} })
	a = behind.ask(t, "", http.MethodPost, "/api/v1/session", in, "X-Forwarded-Proto", "https")
	require.Contains(t, a.Header.Get("Set-Cookie"), "Secure")
}

func TestThePeopleOfTheDemoAreListedInTheDemo(t *testing.T) {
	t.Parallel()
	h := onSQLite(t, func(o *api.Options) {
		o.Demo = []api.Person{{ID: "operator", Name: "Karim", Role: "operator", Place: "Ligne 3"}}
	})
	var list struct{ Members []api.Person }
	h.ask(t, "", http.MethodGet, "/api/v1/session/members", nil).is(http.StatusOK).into(&list)
	require.Len(t, list.Members, 1)
}
