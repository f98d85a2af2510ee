package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// idea is posted by the operator of line 3.
func (h *house) idea(t *testing.T, text string) string {
	t.Helper()
	var p api.PostDetail
	h.ask(t, "operator", http.MethodPost, "/api/v1/posts", fields{"kind": "idea", "territory": line3, "text": text}).is(http.StatusCreated).into(&p)
	return p.ID
}

func (h *house) says(t *testing.T, as feed.MemberID, id, text string) api.Comment {
	t.Helper()
	var c api.Comment
	h.ask(t, as, http.MethodPost, "/api/v1/posts/"+id+"/comments", fields{"text": text}).is(http.StatusCreated).into(&c)
	return c
}

func TestHiddenWordsAreSentByNoRoute(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		const secret = "Zébulon"
		id := h.idea(t, secret+" dort #"+secret)
		c := h.says(t, "operator", id, secret+" ronfle")
		path := "/api/v1/posts/" + id
		h.ask(t, "manager", http.MethodPut, path+"/hidden", fields{"comment": c.ID, "reason": "Vise une personne"}).is(http.StatusOK)
		h.ask(t, "manager", http.MethodPut, path+"/hidden", fields{"reason": "Vise une personne"}).is(http.StatusOK)

		h.join(t, feed.Member{ID: "mate", Name: "Paul", Lang: feed.French, Grants: []feed.Grant{{Territory: line3, Role: feed.Operator}}})
		for _, as := range []feed.MemberID{"operator", "mate"} {
			for _, read := range []string{path, "/api/v1/posts?limit=100", "/api/v1/posts?kind=idea", "/api/v1/posts?tag=" + feed.Fold(secret), "/api/v1/sheet?territory=" + string(line3)} {
				got := h.ask(t, as, http.MethodGet, read, nil).is(http.StatusOK)
				require.NotContains(t, strings.ToLower(string(got.Body)), strings.ToLower(secret), "%s as %s", read, as)
			}
		}
		h.ask(t, "operator", http.MethodGet, path+"/versions?comment="+c.ID, nil).is(http.StatusForbidden)
		seen := h.detail(t, "operator", id)
		require.Equal(t, "Retiré par la modération : Vise une personne", seen.Title)
		require.Equal(t, "Vise une personne", seen.Thread[0].Hidden.Reason)
		whole := h.detail(t, "manager", id)
		require.Contains(t, whole.Text, secret, "who moderates reads what was hidden")
		require.Contains(t, whole.Thread[0].Text, secret)

		post, err := h.store.Post(t.Context(), feed.Scope{Roots: []feed.Path{line3}}, feed.PostID(id))
		require.NoError(t, err)
		streamed, err := api.NewRenderer(h.store).JSON(t.Context(), feed.French, post)
		require.NoError(t, err)
		require.NotContains(t, string(streamed), secret)

		h.ask(t, "operator", http.MethodPost, path+"/contest", fields{"comment": c.ID, "text": "Une blague"}).is(http.StatusOK)
		h.ask(t, "operator", http.MethodPost, path+"/contest", fields{"comment": c.ID, "text": "Encore"}).is(http.StatusConflict)
		require.Equal(t, "Une blague", h.detail(t, "manager", id).Thread[0].Hidden.Answer)
		require.Equal(t, "Une blague", h.detail(t, "operator", id).Thread[0].Hidden.Answer)
		require.Empty(t, h.detail(t, "mate", id).Thread[0].Hidden.Answer)
		h.ask(t, "manager", http.MethodDelete, path+"/hidden", fields{}).is(http.StatusOK)
		require.Contains(t, h.detail(t, "operator", id).Title, secret)
	})
}

func TestAnAnswerIsAcceptedAndWordsAreChangedThroughTheAPI(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		id := h.idea(t, "Pourquoi #Buse ?")
		path := "/api/v1/posts/" + id
		c := h.says(t, "manager", id, "Parce que")
		var p api.PostDetail
		h.ask(t, "operator", http.MethodPut, path+"/accepted", fields{"comment": c.ID}).is(http.StatusOK).into(&p)
		require.Equal(t, c.ID, p.Talk.Accepted)
		h.ask(t, "manager", http.MethodPatch, path+"/comments/"+c.ID, fields{"text": "Voilà"}).is(http.StatusOK).into(&p)
		require.Equal(t, "Voilà", p.Thread[0].Text)
		h.ask(t, "operator", http.MethodPatch, path+"/comments/"+c.ID, fields{"text": "Non"}).is(http.StatusForbidden)
		h.ask(t, "operator", http.MethodPatch, path, fields{"text": "Comment ? #buse"}).is(http.StatusOK).into(&p)
		require.Equal(t, "Comment ? #buse", p.Title)
		var page api.PostPage
		h.ask(t, "operator", http.MethodGet, "/api/v1/posts?tag=%23B%C3%BBse", nil).is(http.StatusOK).into(&page)
		require.Len(t, page.Posts, 1)
		h.ask(t, "manager", http.MethodDelete, path+"/comments/"+c.ID, nil).is(http.StatusOK).into(&p)
		p = h.detail(t, "operator", id)
		require.True(t, p.Thread[0].Deleted)
		require.Empty(t, p.Thread[0].Text)
		require.Empty(t, p.Talk.Accepted)
	})
}

func TestMentionsAreOfferedToWhoTypes(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		id := h.idea(t, "Une idée")
		var m api.Mentionable
		h.ask(t, "operator", http.MethodGet, "/api/v1/posts/"+id+"/mentionable?q=an", nil).is(http.StatusOK).into(&m)
		require.Equal(t, []api.Named{{ID: "manager", Name: "Ana"}}, m.People)
		h.ask(t, "operator", http.MethodGet, "/api/v1/posts/"+id+"/mentionable?q=resp", nil).is(http.StatusOK).into(&m)
		require.Equal(t, []api.Callable{{Role: "manager", Name: "responsable", Total: 1}}, m.Roles)
		c := h.says(t, "operator", id, "@ana et @responsable, @Léa")
		require.Equal(t, []api.Mention{{As: "ana", Member: "manager", Told: 1}, {As: "responsable", Role: "manager", Told: 1, Absent: true}, {As: "Léa"}}, c.Mentions)
	})
}

func TestAGuestReadsOneThreadAndNothingElse(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		id, other := h.idea(t, "À montrer"), h.idea(t, "À garder")
		c := h.says(t, "operator", id, "Une réponse")
		hidden := h.says(t, "operator", id, "Zébulon dort")
		h.ask(t, "manager", http.MethodPut, "/api/v1/posts/"+id+"/hidden", fields{"comment": hidden.ID, "reason": "x"}).is(http.StatusOK)
		var g api.Guest
		h.ask(t, "manager", http.MethodPost, "/api/v1/posts/"+id+"/guests", fields{"name": "Jean Dupont", "days": 7}).is(http.StatusCreated).into(&g)
		token := strings.TrimPrefix(g.Path, "/guest/")
		got := h.ask(t, "", http.MethodGet, "/api/v1/guests/"+token, nil).is(http.StatusOK)
		require.NotContains(t, string(got.Body), "Zébulon", "a guest moderates nothing")
		var seen api.GuestThread
		got.into(&seen)
		require.Equal(t, "Jean Dupont", seen.Name)
		require.Equal(t, id, seen.Post.ID)
		require.Equal(t, c.Text, seen.Thread[0].Text)
		for name := range h.operations(t) {
			method, path, _ := strings.Cut(name, " ")
			r := routes[name]
			if !strings.HasPrefix(r.cells, cell(http.StatusUnauthorized, http.StatusOK)) {
				continue
			}
			path = strings.NewReplacer("{id}", other, "{reaction}", "useful", "{comment}", c.ID, "{guest}", g.ID, "{step}", "backroom").Replace(path)
			for _, header := range [][]string{{"Authorization", "Bearer " + token}, {"Cookie", "fildefer=" + token}} {
				status := h.ask(t, "", method, path, r.body, header...).Status
				require.Equal(t, http.StatusUnauthorized, status, "%s %s: a guest's token opens nothing else", method, path)
			}
		}
		h.ask(t, "manager", http.MethodDelete, "/api/v1/posts/"+other+"/guests/"+g.ID, nil).is(http.StatusNotFound)
		h.ask(t, "manager", http.MethodDelete, "/api/v1/posts/"+id+"/guests/"+g.ID, nil).is(http.StatusNoContent)
		h.ask(t, "", http.MethodGet, "/api/v1/guests/"+token, nil).is(http.StatusGone)
	})
}
