package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOtherSitesCannotActThroughABrowser(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	for name, header := range map[string][]string{
		"cross-site": {"Sec-Fetch-Site", "cross-site"},
		"same site":  {"Sec-Fetch-Site", "same-site"},
		"origin":     {"Origin", "https://evil.example"},
		"no origin":  {"Origin", "null"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := h.ask(t, "", http.MethodPost, "/api/v1/session", fields{"member": "operator", "pin": pin}, header...)
			require.Equal(t, "Cette demande vient d’un autre site.", a.is(http.StatusForbidden).detail())
		})
	}
	h.ask(t, "", http.MethodPost, "/api/v1/session", fields{"member": "operator", "pin": pin}, "Sec-Fetch-Site", "same-origin").is(http.StatusCreated)
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	for _, path := range []string{"/", "/post/1", "/api/v1/posts", "/api/none", "/api/openapi.json", "/healthz"} {
		a := h.ask(t, "", http.MethodGet, path, nil)
		csp := a.Header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} {
			require.Contains(t, csp, part, path)
		}
		require.NotContains(t, csp, "unsafe-inline")
		require.NotContains(t, csp, "'unsafe-eval'", "WebAssembly alone is compiled, for the reader of bar codes")
		require.Equal(t, "nosniff", a.Header.Get("X-Content-Type-Options"), path)
		require.Equal(t, "no-referrer", a.Header.Get("Referrer-Policy"), path)
	}
	require.Equal(t, "no-store", h.ask(t, "operator", http.MethodGet, "/api/v1/posts", nil).Header.Get("Cache-Control"))
}

func TestWhatIsNotTheAPIIsTheApp(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	require.Equal(t, "app /post/1", string(h.ask(t, "", http.MethodGet, "/post/1", nil).is(http.StatusOK).Body))
}
