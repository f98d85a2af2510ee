package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

func TestAMachinesPostIsReadInTheReadersLanguage(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		at := time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)
		id := h.raise(t, "weight/filler", at)
		var fr, en api.PostDetail
		h.ask(t, "operator", http.MethodGet, "/api/v1/posts/"+id, nil).is(http.StatusOK).into(&fr)
		h.ask(t, "manager", http.MethodGet, "/api/v1/posts/"+id, nil).is(http.StatusOK).into(&en)
		require.Equal(t, "Remplisseuse <b>3</b> : 1\u202f012,5 g", fr.Title)
		require.Equal(t, "Remplisseuse <b>3</b>: 1,012.5 g", en.Title)
		require.Equal(t, "Ligne 3", fr.TerritoryName)
		require.Equal(t, "Remplisseuse <b>3</b>", fr.AssetName)
		require.Equal(t, "machine", fr.Author.Kind)
		require.Equal(t, at, fr.OpenedAt)
		require.InDelta(t, 1012.5, *fr.Value, 0)
		require.Equal(t, "<script>alert(1)</script>", fr.Provenance.Attr["topic"])
		require.Equal(t, "opened", fr.Timeline[0].Kind)
		require.Equal(t, api.Can{Write: true, Handle: true, Shelve: true, Accept: true}, fr.Can)
		h.ask(t, "admin", http.MethodGet, "/api/v1/posts/"+id, nil).is(http.StatusForbidden)
	})
}

func (h *house) detail(t *testing.T, as feed.MemberID, id string) api.PostDetail {
	t.Helper()
	var p api.PostDetail
	h.ask(t, as, http.MethodGet, "/api/v1/posts/"+id, nil).is(http.StatusOK).into(&p)
	return p
}

func TestAPostLivesThroughTheAPI(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		path := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now())
		var p api.PostDetail
		h.ask(t, "operator", http.MethodPost, path+"/take", nil).is(http.StatusOK).into(&p)
		require.Equal(t, "taken", p.State)
		require.Equal(t, &api.Author{Kind: "person", Name: "Karim", Member: "operator"}, p.Taker)
		require.NotNil(t, p.TakenAt)

		var c, reply api.Comment
		h.ask(t, "operator", http.MethodPost, path+"/comments", fields{"text": "J’y vais"}).is(http.StatusCreated).into(&c)
		h.ask(t, "manager", http.MethodPost, path+"/comments", fields{"text": "Merci", "parent": c.ID}).is(http.StatusCreated).into(&reply)
		require.Equal(t, c.ID, reply.Parent)

		h.ask(t, "operator", http.MethodPost, path+"/onsite", nil).is(http.StatusOK)
		for range 2 { // a double tap is one reaction
			h.ask(t, "manager", http.MethodPut, path+"/reactions/useful", nil).is(http.StatusOK).into(&p)
		}
		require.Equal(t, 1, p.Reactions.Useful)
		require.Equal(t, []string{"useful"}, p.Mine)
		h.ask(t, "manager", http.MethodDelete, path+"/reactions/useful", nil).is(http.StatusOK).into(&p)
		require.Zero(t, p.Reactions.Useful)

		h.ask(t, "operator", http.MethodPost, path+"/resolve", fields{"cause": "Réglage fait"}).is(http.StatusOK).into(&p)
		require.Equal(t, "resolved", p.State)
		require.Equal(t, "Réglage fait", p.Cause)
		require.Len(t, p.Thread, 2)
		require.Equal(t, "Merci", p.LastComment.Text)
		detail := h.ask(t, "operator", http.MethodPost, path+"/take", nil).is(http.StatusConflict).detail()
		require.Contains(t, detail, "déjà terminée")
		h.ask(t, "operator", http.MethodPost, path+"/reopen", nil).is(http.StatusOK).into(&p)
		require.Equal(t, "new", p.State)
		var kinds []string
		for _, e := range p.Timeline {
			kinds = append(kinds, e.Kind)
		}
		require.Equal(t, []string{"opened", "taken", "onsite", "resolved", "reopened"}, kinds)
	})
}

func TestTheSameKeyPostsAndCommentsOnce(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		send := func(path string, body fields, key string) answer {
			return h.ask(t, "operator", http.MethodPost, path, body, "Idempotency-Key", key)
		}
		idea := fields{"kind": "idea", "territory": line3, "text": "Un bac de plus\nprès du poste"}
		var first, again api.PostDetail
		a := send("/api/v1/posts", idea, "k1").is(http.StatusCreated)
		a.into(&first)
		send("/api/v1/posts", idea, "k1").is(http.StatusCreated).into(&again)
		require.Equal(t, first.ID, again.ID)
		require.Equal(t, "Un bac de plus", first.Title)
		require.Equal(t, "/api/v1/posts/"+first.ID, a.Header.Get("Location"))
		idea["text"] = "Autre chose"
		send("/api/v1/posts", idea, "k1").is(http.StatusConflict)

		var c, same api.Comment
		send("/api/v1/posts/"+first.ID+"/comments", fields{"text": "Oui"}, "k2").is(http.StatusCreated).into(&c)
		send("/api/v1/posts/"+first.ID+"/comments", fields{"text": "Oui"}, "k2").is(http.StatusCreated).into(&same)
		require.Equal(t, c, same)
		require.Equal(t, 1, h.detail(t, "operator", first.ID).Comments)
	})
}

func TestAReportOnAnArticleJoinsThePostThatIsOpen(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		report := func(as feed.MemberID, aisle feed.Path, key string) answer {
			return h.ask(t, as, http.MethodPost, "/api/v1/posts",
				fields{"kind": "stock-out", "territory": aisle, "sku": "3017620422003", "text": "Plus rien"}, "Idempotency-Key", key)
		}
		var first, joined api.PostDetail
		a := report("staff", aisle1, "k1").is(http.StatusCreated)
		a.into(&first)
		require.Empty(t, a.Header.Get("Joined"))
		require.Equal(t, "Rupture signalée : 3017620422003", first.Title)

		for range 2 { // sent again after a lost answer
			a = report("manager", aisle1, "k2").is(http.StatusOK)
			require.Equal(t, "true", a.Header.Get("Joined"))
			a.into(&joined)
		}
		require.Equal(t, first.ID, joined.ID)
		require.Equal(t, 2, joined.MeToo)
		require.Len(t, joined.Thread, 1)

		// From another aisle of the store: it joins too, and shows no conversation.
		var glimpse api.PostDetail
		report("staff2", aisle2, "k3").is(http.StatusOK).into(&glimpse)
		require.Equal(t, first.ID, glimpse.ID)
		require.Empty(t, glimpse.Thread)
		require.Nil(t, glimpse.LastComment)
		h.ask(t, "staff2", http.MethodGet, "/api/v1/posts/"+first.ID, nil).is(http.StatusNotFound)
	})
}

func TestTheFeedIsReadPageByPage(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		start := time.Now().Add(-time.Hour)
		for i := range 7 {
			h.raise(t, fmt.Sprint("key-", i), start.Add(time.Duration(i)*time.Minute))
		}
		var seen []time.Time
		for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
			var page api.PostPage
			h.ask(t, "operator", http.MethodGet, "/api/v1/posts?limit=3&state=open&kind=alert&topic=quality&cursor="+cursor, nil).is(http.StatusOK).into(&page)
			for _, p := range page.Posts {
				seen = append(seen, p.BumpedAt)
			}
			require.Positive(t, page.Change)
			cursor = page.Next
			require.Less(t, pages, 4)
		}
		require.Len(t, seen, 7)
		for i := range seen[1:] {
			require.True(t, seen[i].After(seen[i+1]))
		}
		var none api.PostPage
		h.ask(t, "staff", http.MethodGet, "/api/v1/posts", nil).is(http.StatusOK).into(&none)
		require.NotNil(t, none.Posts)
		require.Empty(t, none.Posts)
		h.ask(t, "operator", http.MethodGet, "/api/v1/posts?cursor=%27%3B--", nil).is(http.StatusUnprocessableEntity)
	})
}

func TestMarkupComesBackAsData(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		const markup = `<img src=x onerror="alert(1)">'); DROP TABLE posts;-- {asset}`
		var p api.PostDetail
		a := h.ask(t, "operator", http.MethodPost, "/api/v1/posts", fields{"kind": "quality-point", "territory": line3, "asset": filler, "text": markup + " \u202e"})
		a.is(http.StatusCreated).into(&p)
		require.Equal(t, markup, p.Text)
		require.NotContains(t, p.Title, "\u202e")
		require.Contains(t, p.Title, `<img src=x onerror="alert(1)">`)
		require.Equal(t, "application/json", a.Header.Get("Content-Type"))
		require.Equal(t, "nosniff", a.Header.Get("X-Content-Type-Options"))
		var c api.Comment
		h.ask(t, "operator", http.MethodPost, "/api/v1/posts/"+p.ID+"/comments", fields{"text": markup}).is(http.StatusCreated).into(&c)
		require.Equal(t, markup, c.Text)
	})
}

func TestPlacesAndMachinesOfTheScope(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.raise(t, "weight/filler", time.Now())
		var tree struct{ Territories []api.Territory }
		h.ask(t, "operator", http.MethodGet, "/api/v1/territories", nil).is(http.StatusOK).into(&tree)
		var seen []string
		for _, n := range tree.Territories {
			seen = append(seen, fmt.Sprint(n.Path, " ", n.Open))
		}
		require.Equal(t, []string{"lyon 0", "lyon/bottling 0", "lyon/bottling/line-3 1", "lyon/bottling/line-3/filler 0"}, seen)

		var list struct{ Machines []api.Machine }
		h.ask(t, "manager", http.MethodGet, "/api/v1/machines?territory=lyon", nil).is(http.StatusOK).into(&list)
		require.Len(t, list.Machines, 1)
		m := list.Machines[0]
		require.Equal(t, string(line3), m.Territory)
		require.Equal(t, "major", m.Severity)
		require.InDelta(t, 18000, *m.Target, 0)
		h.ask(t, "staff", http.MethodGet, "/api/v1/machines", nil).is(http.StatusOK).into(&list)
		require.Empty(t, list.Machines)
	})
}

func TestLongAnswersAreCompressed(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	for i := range 20 {
		h.raise(t, fmt.Sprint("key-", i), time.Now())
	}
	// The client asks for gzip by itself and unpacks it.
	plain := h.ask(t, "operator", http.MethodGet, "/api/v1/posts", nil, "Accept-Encoding", "identity").is(http.StatusOK)
	packed := h.ask(t, "operator", http.MethodGet, "/api/v1/posts", nil, "Accept-Encoding", "gzip").is(http.StatusOK)
	require.Equal(t, "gzip", packed.Header.Get("Content-Encoding"))
	require.Less(t, len(packed.Body), len(plain.Body)/4)
	require.Equal(t, plain.Body, h.ask(t, "operator", http.MethodGet, "/api/v1/posts", nil).Body)
	short := h.ask(t, "operator", http.MethodGet, "/api/v1/session", nil, "Accept-Encoding", "gzip").is(http.StatusOK)
	require.Empty(t, short.Header.Get("Content-Encoding"))
	require.True(t, strings.HasPrefix(string(short.Body), "{"))
}
