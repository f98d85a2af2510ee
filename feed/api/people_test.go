package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

type colleague struct {
	ID      string
	Present bool
	Skills  []struct{ Name string }
}

// colleague is the operator as a member sees them.
func (h *house) colleague(t *testing.T, as feed.MemberID) (c colleague) {
	t.Helper()
	h.ask(t, as, http.MethodGet, "/api/v1/people/operator", nil).is(http.StatusOK).into(&c)
	return c
}

func TestThePresentAreThoseWhoActAndNobodyIsToldSinceWhen(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	h.ask(t, "operator", http.MethodGet, "/api/v1/posts", nil).is(http.StatusOK)
	require.False(t, h.colleague(t, "manager").Present, "a page that reads by itself is no sign of anybody")
	h.ask(t, "operator", http.MethodPost, "/api/v1/seen", fields{"posts": []string{"none"}}).is(http.StatusNoContent)
	require.True(t, h.colleague(t, "manager").Present)
	h.ask(t, "operator", http.MethodDelete, "/api/v1/presence", nil).is(http.StatusNoContent)
	require.False(t, h.colleague(t, "manager").Present)
	h.ask(t, "operator", http.MethodGet, "/api/v1/session", nil).is(http.StatusOK)
	require.True(t, h.colleague(t, "manager").Present, "whoever opens the app is back")
	answer := h.ask(t, "manager", http.MethodGet, "/api/v1/people/operator", nil)
	require.NotRegexp(t, `\d\d:\d\d`, string(answer.Body))
}

func TestSkillsAreShownToColleaguesByConsentOnly(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	h.ask(t, "operator", http.MethodPut, "/api/v1/people/operator/skills/Soudure", fields{"level": 2}).is(http.StatusOK)
	require.Len(t, h.colleague(t, "operator").Skills, 1)
	require.Empty(t, h.colleague(t, "manager").Skills, "not even to a manager")
	h.ask(t, "operator", http.MethodPatch, "/api/v1/people/operator", fields{"open": true}).is(http.StatusOK)
	require.Len(t, h.colleague(t, "manager").Skills, 1)
	h.ask(t, "operator", http.MethodPatch, "/api/v1/people/operator", fields{"listed": false}).is(http.StatusOK)
	h.ask(t, "manager", http.MethodGet, "/api/v1/people/operator", nil).is(http.StatusNotFound)
}
