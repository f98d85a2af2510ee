package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// shifts are those of line 3 only, which works at all hours.
func shifts(place feed.Path, at time.Time) (feed.Sheet, bool) {
	return feed.Sheet{Shift: "matin", Next: "après-midi", Start: at.Add(-time.Hour), End: at.Add(7 * time.Hour)}, place.Within(line3)
}

func TestCausesOfAMachineComeFirst(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		for _, key := range []string{"one", "two"} {
			id := h.raise(t, key, time.Now())
			h.ask(t, "operator", http.MethodPost, "/api/v1/posts/"+id+"/resolve", fields{"cause": "Buse bouchée", "action": "Nettoyée"}).is(http.StatusOK)
		}
		for _, cause := range []string{"Mauvais format", "Mauvais format", "Mauvais format"} {
			var p api.PostDetail
			h.ask(t, "operator", http.MethodPost, "/api/v1/posts", fields{"kind": "quality-point", "territory": line3, "text": "x"}).is(http.StatusCreated).into(&p)
			h.ask(t, "operator", http.MethodPost, "/api/v1/posts/"+p.ID+"/resolve", fields{"cause": cause}).is(http.StatusOK)
		}
		const path = "/api/v1/causes?topic=quality&territory=lyon/bottling/line-3"
		var machine, line, speed struct{ Causes, Actions []string }
		h.ask(t, "operator", http.MethodGet, path+"&asset="+string(filler), nil).is(http.StatusOK).into(&machine)
		require.Equal(t, []string{"Buse bouchée", "Mauvais format"}, machine.Causes)
		require.Equal(t, []string{"Nettoyée"}, machine.Actions)
		h.ask(t, "operator", http.MethodGet, path, nil).is(http.StatusOK).into(&line)
		require.Equal(t, []string{"Mauvais format", "Buse bouchée"}, line.Causes)
		h.ask(t, "operator", http.MethodGet, "/api/v1/causes?topic=speed&territory=lyon/bottling/line-3", nil).is(http.StatusOK).into(&speed)
		require.Empty(t, speed.Causes)
		require.NotNil(t, speed.Causes, "a list is a list, even when it is empty")
		h.ask(t, "operator", http.MethodGet, "/api/v1/causes?topic=quality&territory=lyon", nil).is(http.StatusNotFound)
	})
}

func TestTheSheetOfTheRunningShiftIsLive(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		const path = "/api/v1/sheet?territory=lyon/bottling/line-3"
		var before, after api.Sheet
		h.ask(t, "operator", http.MethodGet, path, nil).is(http.StatusOK).into(&before)
		require.Empty(t, before.Unanswered)
		require.Equal(t, []string{"matin", "après-midi"}, []string{before.Shift, before.Next})
		id := h.raise(t, "weight/filler", time.Now())
		h.ask(t, "operator", http.MethodGet, path, nil).is(http.StatusOK).into(&after)
		require.Len(t, after.Unanswered, 1)
		require.Equal(t, id, after.Unanswered[0].Post)
		require.Equal(t, 1, after.Opened)
		require.Contains(t, h.ask(t, "manager", http.MethodGet, "/api/v1/sheet?territory=lyon/bottling", nil).is(http.StatusNotFound).detail(), "shift")
	})
}

func TestTwoPeopleSignAHandover(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		id := h.handOver(t)
		path := "/api/v1/posts/" + id + "/sign"
		h.ask(t, "operator", http.MethodPost, path, fields{"side": "both"}).is(http.StatusUnprocessableEntity)
		h.ask(t, "operator", http.MethodPost, path, fields{"side": "given", "text": "Surveillez la buse 4"}).is(http.StatusOK)
		h.ask(t, "operator", http.MethodPost, path, fields{"side": "given", "text": "Surveillez la buse 4"}).is(http.StatusOK)
		require.Contains(t, h.ask(t, "operator", http.MethodPost, path, fields{"side": "received"}).is(http.StatusConflict).detail(), "Deux personnes")
		require.Contains(t, h.ask(t, "manager", http.MethodPost, path, fields{"side": "given"}).is(http.StatusConflict).detail(), "Karim")
		var p api.PostDetail
		h.ask(t, "manager", http.MethodPost, path, fields{"side": "received"}).is(http.StatusOK).into(&p)
		require.Len(t, p.Sheet.Signed, 2)
		require.Equal(t, []string{"given", "Karim", "received", "Ana"},
			[]string{p.Sheet.Signed[0].Side, p.Sheet.Signed[0].Name, p.Sheet.Signed[1].Side, p.Sheet.Signed[1].Name})
		require.Len(t, p.Thread, 1, "a word is said once")
		require.Equal(t, "signed", p.Timeline[len(p.Timeline)-1].Kind)
	})
}

// handOver writes the sheet of line 3's shift and returns its post.
func (h *house) handOver(t *testing.T) string {
	t.Helper()
	at := time.Now()
	sheet, _ := shifts(line3, at)
	n := feed.Notice{
		Effect: "handover", Kind: feed.HandOver, Key: "handover\t" + string(line3), Episode: 1, At: at, Bump: true,
		PostKind: feed.Handover, Topic: feed.Maintenance, Severity: feed.Info, Territory: line3,
		Author: feed.Author{Kind: feed.ByMachine, Name: "line-3"}, Title: feed.Text{FR: "Relève", EN: "Handover"}, Sheet: &sheet,
	}
	require.NoError(t, h.store.InTx(t.Context(), func(tx feed.Tx) error { return n.Apply(t.Context(), tx) }))
	page, err := h.store.Feed(t.Context(), feed.Scope{Roots: []feed.Path{line3}}, feed.Query{Kind: feed.Handover})
	require.NoError(t, err)
	require.Len(t, page.Posts, 1)
	return string(page.Posts[0].ID)
}
