package api_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

func TestASearchFindsWordsAndPeopleOfTheReadersScope(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	var p api.PostDetail
	h.ask(t, "operator", http.MethodPost, "/api/v1/posts", fields{"kind": "idea", "territory": line3, "text": "Ranger les clés de l’étiqueteuse #rangement"}).is(http.StatusCreated).into(&p)
	h.ask(t, "operator", http.MethodPost, "/api/v1/posts/"+p.ID+"/comments", fields{"text": "Un tableau pour les tournevis"}).is(http.StatusCreated)
	_, err := h.store.IndexSearch(t.Context())
	require.NoError(t, err)
	find := func(as feed.MemberID, query string) (page api.SearchPage) {
		h.ask(t, as, http.MethodGet, "/api/v1/search?"+query, nil).is(http.StatusOK).into(&page)
		return page
	}
	page := find("operator", "q="+url.QueryEscape("cle etiqueteuses"))
	require.Len(t, page.Results, 1)
	require.Equal(t, p.ID, page.Results[0].Post.ID)
	require.Equal(t, "Ranger les clés de l’étiqueteuse #rangement", page.Results[0].Snippet.Text)
	require.Equal(t, []api.SearchMark{{11, 4}, {21, 11}}, page.Results[0].Snippet.Marks)

	page = find("operator", "q=tournevis")
	require.Equal(t, "Un tableau pour les tournevis", page.Results[0].Comment.Text)
	require.Len(t, find("operator", "q="+url.QueryEscape("#Rangement")).Results, 1)
	require.Empty(t, find("staff", "q=tournevis").Results)
	require.Empty(t, find("operator", "q=tournevis&kind=idea").Results, "a comment has no kind")
	require.Len(t, find("operator", "mine=true").Results, 2)
	require.Empty(t, find("operator", "").Results)
	require.NotEmpty(t, find("operator", "q=kar").People)
	h.ask(t, "operator", http.MethodGet, "/api/v1/search?q=x&territory=nowhere", nil).is(http.StatusNotFound)
	h.ask(t, "operator", http.MethodGet, "/api/v1/search?q=mot&cursor=%21", nil).is(http.StatusUnprocessableEntity)
}
