package api_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed/store"
)

// Whatever is sent, it is never our fault.
func FuzzRequests(f *testing.F) {
	f.Add([]byte(`{"kind":"idea","territory":"lyon/bottling/line-3","text":"x"}`), "k1", "fr, en;q=0.5", "lyon", "Bearer x")
	f.Add([]byte(`{"kind":"stock-out","territory":"lyon/bottling/line-3","sku":"\u0000","asset":"a"}`), "", "", "%", "")
	f.Add([]byte(`{"kind":"speed-point","territory":"lyon/bottling/line-3","asset":"lyon/bottling/line-3/x","text":"\ud800"}`), "é", ";", "'", "")
	f.Add([]byte(`{"badge":"KARIM-0001","code":"K7QF-3M2P"}`), "k", "", "", "")
	h := build(f, store.SQLiteIn(f.TempDir()))
	f.Fuzz(func(t *testing.T, body []byte, key, langs, territory, token string) {
		for _, path := range []string{"/api/v1/posts", "/api/v1/posts/x/comments", "/api/v1/session", "/api/v1/session/badge", "/api/v1/device"} {
			req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, bytes.NewReader(body))
			h.never5xx(t, req, key, langs, "Bearer "+h.tokens["operator"])
		}
		for _, path := range []string{"/api/v1/posts", "/api/v1/machines"} {
			req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
			req.URL.RawQuery = "limit=3&territory=" + territory + "&cursor=" + key
			h.never5xx(t, req, key, langs, "Bearer "+h.tokens["operator"])
			h.never5xx(t, req, key, langs, token)
		}
	})
}

func (h *house) never5xx(t *testing.T, req *http.Request, key, langs, token string) {
	t.Helper()
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", key)
	req.Header.Set("Accept-Language", langs)
	req.Header.Set("Authorization", token)
	req.Header.Set("X-Forwarded-For", langs)
	req.Header.Set("X-Forwarded-Proto", key)
	w := httptest.NewRecorder()
	h.srv.Config.Handler.ServeHTTP(w, req)
	require.Less(t, w.Code, http.StatusInternalServerError, "%s %s: %s", req.Method, req.URL, w.Body)
}
