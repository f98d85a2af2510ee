package api_test

import (
	"context"
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

type oneTree struct{ nodes []feed.Territory }

func (t oneTree) Tree(context.Context) (*feed.Tree, error) { return feed.NewTree(t.nodes), nil }

func said(t *testing.T, lang feed.Lang, p *feed.Post) api.Post {
	t.Helper()
	body, err := api.NewRenderer(oneTree{places}).JSON(t.Context(), lang, p)
	require.NoError(t, err)
	var out api.Post
	require.NoError(t, json.Unmarshal(body, &out))
	return out
}

func TestAPostOfSeveralConditionsSaysEachInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 21, 7, 42, 0, 0, time.UTC)
	p := &feed.Post{
		Kind: feed.Flood, Total: 133, Holding: 120, Question: feed.Text{FR: "Coupure de {what} ?", EN: "Loss of {what}?"},
		Values: feed.Values{"what": "courant"}, Audience: feed.Ghost,
		Members: []feed.Condition{
			{
				Key: "stop/filler", Rule: "stop", Asset: filler, Name: "Remplisseuse 2", At: at, First: true, Severity: feed.Critical,
				Title: feed.Text{FR: "{asset} : arrêt {min} min", EN: "{asset}: stopped {min} min"}, Values: feed.Values{"asset": "filler", "min": 6.0},
			},
			{Key: "stop/line", Rule: "stop", Asset: line3, At: at.Add(time.Second), Active: true},
		},
	}
	fr, en := said(t, feed.French, p), said(t, feed.English, p)
	require.Equal(t, "Coupure de courant ?", fr.Question)
	require.Equal(t, "Remplisseuse 2 : arrêt 6 min", fr.Members[0].Title)
	require.Equal(t, "Remplisseuse 2: stopped 6 min", en.Members[0].Title)
	require.Equal(t, "Remplisseuse 2", fr.Members[0].Name)
	require.True(t, fr.Members[0].First)
	require.Equal(t, "Ligne 3", fr.Members[1].Name, "a condition without a name has its asset's")
	require.Equal(t, 133, fr.Total)
	require.Equal(t, "ghost", fr.Audience)
}

func TestWhatPeopleDidToAPostIsSaid(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 21, 7, 42, 0, 0, time.UTC)
	karim := feed.Author{Kind: feed.ByPerson, Name: "Karim", Member: "operator"}
	p := &feed.Post{
		Unstable: true, Flips: 12, Latched: true, Asked: "lead", Level: 1, Noise: 2, Action: "Buse nettoyée", Previous: "m1",
		Shelf: &feed.Shelf{OneShot: true, By: karim, Reason: "Essai en cours"},
		Past:  &feed.Past{Post: "m0", Cause: "courroie retendue", At: at, Minutes: 12, By: "Karim"},
	}
	got := said(t, feed.French, p)
	require.Equal(t, &api.Shelf{Once: true, By: api.Author{Kind: "person", Name: "Karim", Member: "operator"}, Reason: "Essai en cours"}, got.Shelf)
	require.Equal(t, &api.Past{Post: "m0", Cause: "courroie retendue", At: at, Minutes: 12, By: "Karim"}, got.Past)
	require.Equal(t, []any{true, 12, true, "lead", 1, 2, "Buse nettoyée", "m1"},
		[]any{got.Unstable, got.Flips, got.Latched, got.Asked, got.Level, got.Noise, got.Action, got.Previous})
	p.Shelf = &feed.Shelf{Until: at, By: karim, Reason: "Essai en cours"}
	require.Equal(t, at, *said(t, feed.French, p).Shelf.Until)
}

func TestAProductionThreadAndASheetAreSaid(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 21, 5, 0, 0, 0, time.UTC)
	run := &feed.Run{
		Order: "40118", Count: 18240, Target: 26000, Pace: math.NaN(), Ideal: math.Inf(1), StartedAt: at,
		Stops: []feed.Halt{{Cause: "Bourrage", Count: 3, Minutes: 11}},
	}
	got := said(t, feed.French, &feed.Post{Kind: feed.Production, Run: run}).Run
	require.InDelta(t, 18240, got.Count, 0)
	require.Zero(t, got.Pace, "what JSON cannot say is nothing")
	require.Zero(t, got.Ideal)
	require.Nil(t, got.ExpectedEnd)
	require.Equal(t, []api.Halt{{Cause: "Bourrage", Count: 3, Minutes: 11}}, got.Stops)

	sheet := said(t, feed.English, &feed.Post{Kind: feed.Handover, Sheet: &feed.Sheet{
		Shift: "matin", Next: "après-midi", Start: at, End: at.Add(8 * time.Hour), Opened: 14, Solved: 11, Held: 3,
		Open: []feed.SheetLine{{Post: "m1", Title: feed.Text{FR: "Huile à {v} °C", EN: "Oil at {v} °C"}, Values: feed.Values{"v": 82.0}, State: feed.Taken, Note: "Karim"}},
		Runs: []feed.SheetLine{{Post: "m2", Run: run}},
	}}).Sheet
	require.Equal(t, "Oil at 82 °C", sheet.Open[0].Title)
	require.Equal(t, "Karim", sheet.Open[0].Note)
	require.Equal(t, "40118", sheet.Runs[0].Run.Order)
	require.NotNil(t, sheet.Unstable, "a list is a list, even when it is empty")
}
