package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// exports commits what an ERP says.
func (h *house) exports(t *testing.T, articles []feed.Article, sales ...feed.Sale) {
	t.Helper()
	claim, err := h.store.Claim(t.Context(), []int{0})
	require.NoError(t, err)
	from := claim.Positions[0]
	require.NoError(t, h.store.Commit(t.Context(), feed.Batch{
		Stream: "one", Epoch: claim.Epoch, Positions: []feed.Position{{Shard: 0, From: from, To: from + 1}},
		Articles: articles, Sales: sales,
	}))
}

func TestAnArticleTellsWhatTheERPSaysAndWhatPeopleDo(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		const path = "/api/v1/articles/3760124500004"
		onHand, price := 14.0, 2.45
		at := time.Now().UTC().Truncate(time.Millisecond)
		today := feed.DayOf(at)
		h.exports(t, []feed.Article{{
			Store: "paris/bastille", SKU: "3760124500004", Label: "Sirop de menthe 70 cl", Aisle: aisle1, OnHand: &onHand, Price: &price,
			Delivery: feed.Delivery{At: at.Add(time.Hour)}, Source: "stock", At: at,
		}}, feed.Sale{Effect: "sold 1", Store: "paris/bastille", SKU: "3760124500004", Day: today, Pieces: 3, At: at},
			feed.Sale{Effect: "sold 2", Store: "paris/bastille", SKU: "3760124500004", Day: feed.DayOf(at.AddDate(0, 0, -20)), Pieces: 9, At: at})
		var post api.PostDetail
		h.ask(t, "staff", http.MethodPost, "/api/v1/posts", fields{"kind": "stock-out", "territory": aisle1, "sku": "3760124500004"}).
			is(http.StatusCreated).into(&post)
		require.Equal(t, "Rupture signalée : Sirop de menthe 70 cl", post.Title)

		var a api.Article
		h.ask(t, "staff", http.MethodGet, path+"?territory="+string(aisle1), nil).is(http.StatusOK).into(&a)
		require.Equal(t, "Bastille", a.StoreName)
		require.Equal(t, "Boissons", a.AisleName)
		require.InDelta(t, 14, *a.OnHand, 0)
		require.Nil(t, a.BackRoom, "what the ERP does not say is absent")
		require.Equal(t, at.Add(time.Hour), a.Delivery.At)
		require.Nil(t, a.Delivery.Quantity)
		require.Equal(t, []api.Sold{{Day: string(today), Pieces: 3}}, a.Sold)
		require.Len(t, a.Threads, 1)
		require.Equal(t, post.ID, a.Threads[0].ID)

		h.ask(t, "staff2", http.MethodGet, path, nil).is(http.StatusOK).into(&a)
		require.Empty(t, a.Threads, "the thread stands in another aisle, outside of the reader's scope")
		require.Equal(t, "L’ERP ne connaît pas l’article 3017620422003 dans ce magasin.",
			h.ask(t, "staff", http.MethodGet, "/api/v1/articles/3017620422003", nil).is(http.StatusNotFound).detail())
		h.ask(t, "staff", http.MethodGet, path+"?territory=lyon", nil).is(http.StatusNotFound)
		h.ask(t, "operator", http.MethodGet, path, nil).is(http.StatusNotFound)

		var list struct{ Articles []api.Found }
		h.ask(t, "staff", http.MethodGet, "/api/v1/articles?q=menthe", nil).is(http.StatusOK).into(&list)
		require.Len(t, list.Articles, 1)
		require.Equal(t, "3760124500004", list.Articles[0].SKU)
		h.ask(t, "operator", http.MethodGet, "/api/v1/articles?q=menthe", nil).is(http.StatusOK).into(&list)
		require.Empty(t, list.Articles)
		h.ask(t, "staff", http.MethodGet, "/api/v1/articles", nil).is(http.StatusUnprocessableEntity)
	})
}

func TestAStockOutGoesStepByStep(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		var post api.PostDetail
		h.ask(t, "staff", http.MethodPost, "/api/v1/posts", fields{"kind": "stock-out", "territory": aisle1, "sku": "3760124500004"}).
			is(http.StatusCreated).into(&post)
		at := "/api/v1/posts/" + post.ID
		h.ask(t, "staff", http.MethodPost, at+"/steps/backroom", nil).is(http.StatusOK)
		h.ask(t, "staff", http.MethodPost, at+"/steps/ordered", nil).is(http.StatusOK).into(&post)
		require.Len(t, post.Steps, 2)
		require.Equal(t, "backroom", post.Steps[0].Step)
		require.Equal(t, "Léa", post.Steps[0].By.Name)
		require.Equal(t, "taken", post.State)
		h.ask(t, "staff", http.MethodPost, at+"/steps/baked", nil).is(http.StatusUnprocessableEntity)
		h.ask(t, "staff2", http.MethodPost, at+"/steps/ordered", nil).is(http.StatusNotFound)
	})
}
