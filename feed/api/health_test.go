package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed/api"
)

func TestReadinessNamesWhatFails(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	h.ask(t, "", http.MethodGet, "/healthz", nil).is(http.StatusOK)
	var r api.Ready
	h.ask(t, "", http.MethodGet, "/readyz", nil).is(http.StatusOK).into(&r)
	require.Equal(t, api.Ready{Ready: true, Checks: map[string]string{"database": "ok", "bus": "ok"}}, r)

	h.checks["bus"] = errAway
	a := h.ask(t, "", http.MethodGet, "/readyz", nil).is(http.StatusServiceUnavailable)
	a.into(&r)
	require.Equal(t, api.Ready{Checks: map[string]string{"database": "ok", "bus": "failed"}}, r)
	require.NotContains(t, string(a.Body), "10.0.0.7")
	h.ask(t, "", http.MethodGet, "/healthz", nil).is(http.StatusOK)
}
