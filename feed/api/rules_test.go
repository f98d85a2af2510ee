package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

func TestRulesAreListedWithTheirSentence(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	var list struct {
		Rules []api.Rule
		Since time.Time
	}
	h.ask(t, "manager", http.MethodGet, "/api/v1/rules", nil).is(http.StatusOK).into(&list)
	require.Len(t, list.Rules, 3)
	require.Equal(t, "…: …, limit …", list.Rules[0].Title)
	require.Nil(t, list.Rules[0].Shadow)
	require.InDelta(t, 2.5, list.Rules[0].Expected, 0)
	require.Equal(t, &api.Shadow{Author: "admin", Of: "weight"}, list.Rules[1].Shadow)
	require.Equal(t, "order", list.Rules[2].Title, "a sentence of nothing but values names nothing")
	require.WithinDuration(t, time.Now().Add(-7*24*time.Hour), list.Since, time.Minute)

	var shadow struct{ Diff api.Diff }
	h.ask(t, "manager", http.MethodGet, "/api/v1/rules/weight-2/shadow", nil).is(http.StatusOK).into(&shadow)
	require.NotNil(t, shadow.Diff.Added)
	h.ask(t, "manager", http.MethodGet, "/api/v1/rules/weight/shadow", nil).is(http.StatusNotFound)
}

func TestAHouseWithoutRulesHasNone(t *testing.T) {
	t.Parallel()
	h := onSQLite(t, func(o *api.Options) { o.Rules, o.Replays = nil, nil })
	var list struct{ Rules []api.Rule }
	h.ask(t, "manager", http.MethodGet, "/api/v1/rules", nil).is(http.StatusOK).into(&list)
	require.Empty(t, list.Rules)
	h.ask(t, "manager", http.MethodPost, "/api/v1/replays", trial).is(http.StatusNotFound)
	h.ask(t, "manager", http.MethodGet, "/api/v1/replays/run-1", nil).is(http.StatusNotFound)
	h.ask(t, "manager", http.MethodDelete, "/api/v1/replays/run-1", nil).is(http.StatusNotFound)
}

func TestATrialIsStartedReadAndForgotten(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	var started struct{ ID string }
	a := h.ask(t, "manager", http.MethodPost, "/api/v1/replays", trial).is(http.StatusAccepted)
	a.into(&started)
	require.Equal(t, "/api/v1/replays/"+started.ID, a.Header.Get("Location"))
	var r api.Replay
	h.ask(t, "manager", http.MethodGet, a.Header.Get("Location"), nil).is(http.StatusOK).into(&r)
	require.Equal(t, api.ReplayDone, r.State)
	require.EqualValues(t, 43_000_000, r.Report.Events)
	require.NotNil(t, r.Report.Top, "a list is a list, even when it is empty")
	require.Equal(t, "Too heavy", r.Report.Diff.Added[0].Title)
	h.ask(t, "manager", http.MethodDelete, a.Header.Get("Location"), nil).is(http.StatusNoContent)
	h.ask(t, "manager", http.MethodGet, "/api/v1/replays/run-2", nil).is(http.StatusNotFound)
}

func TestATrialTellsOfThePlacesWhoseRulesOneKeeps(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	read := func(as feed.MemberID) *api.ReplayReport {
		var r api.Replay
		h.ask(t, as, http.MethodGet, "/api/v1/replays/run-1", nil).is(http.StatusOK).into(&r)
		return r.Report
	}
	all := read("manager")
	require.Equal(t, []int{2, 2, 2}, []int{len(all.Threads), len(all.Diff.Added), len(all.Pictures)})
	lyon := read("admin")
	require.Equal(t, []int{1, 1, 1}, []int{len(lyon.Threads), len(lyon.Diff.Added), len(lyon.Pictures)})
	require.Equal(t, []string{string(line3), string(filler), string(filler)}, []string{lyon.Threads[0].Territory, lyon.Diff.Added[0].Asset, lyon.Pictures[0].Asset})
}

func TestWrongRulesAreSaidLineByLine(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	a := h.ask(t, "admin", http.MethodPost, "/api/v1/replays", fields{"rules": "wrong", "from": trial["from"], "to": trial["to"]})
	require.Equal(t, "Ces règles ne sont pas valables ; fautes trouvées : 2.", a.is(http.StatusUnprocessableEntity).detail())
	var problem struct {
		Errors []struct{ Location, Message string }
	}
	a.into(&problem)
	require.Equal(t, "rules:12", problem.Errors[0].Location)
	require.Contains(t, problem.Errors[0].Message, "is not a number")
	require.Equal(t, "rules", problem.Errors[1].Location)
}

func TestATrialHasAPeriodOfAMonthAtMost(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	for name, to := range map[string]string{"backwards": "2026-10-01T00:00:00Z", "none": "2026-11-01T00:00:00Z", "long": "2026-12-01T00:00:01Z"} {
		a := h.ask(t, "admin", http.MethodPost, "/api/v1/replays", fields{"rules": "rules: []", "from": trial["from"], "to": to})
		require.Contains(t, a.is(http.StatusUnprocessableEntity).detail(), "30 jours au plus", name)
	}
	h.ask(t, "admin", http.MethodPost, "/api/v1/replays", fields{"rules": "rules: []", "from": trial["from"], "to": "hier"}).is(http.StatusUnprocessableEntity)
}

func TestShelvingSaysForHowLongOrForThisTime(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	path := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now()) + "/shelve"
	for name, body := range map[string]fields{
		"neither": {"reason": "x"}, "both": {"reason": "x", "minutes": 5, "once": true},
		"no reason": {"minutes": 5}, "empty reason": {"minutes": 5, "reason": ""}, "too long": {"minutes": 4321, "reason": "x"},
	} {
		require.NotEmpty(t, h.ask(t, "operator", http.MethodPost, path, body).is(http.StatusUnprocessableEntity).detail(), name)
	}
	h.ask(t, "operator", http.MethodPost, path, fields{"reason": "x", "once": true}).is(http.StatusOK)
}
