package api_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

func (h *house) importTree(t *testing.T, as feed.MemberID, text string, apply bool) api.TreePlan {
	t.Helper()
	var plan api.TreePlan
	body := fields{"name": "arbre.csv", "data": base64.StdEncoding.EncodeToString([]byte(text)), "apply": apply}
	h.ask(t, as, http.MethodPost, "/api/v1/tree", body).is(http.StatusOK).into(&plan)
	return plan
}

func (h *house) place(t *testing.T, as feed.MemberID, path string) api.PlaceDetail {
	t.Helper()
	var out api.PlaceDetail
	h.ask(t, as, http.MethodGet, "/api/v1/place?territory="+url.QueryEscape(path), nil).is(http.StatusOK).into(&out)
	return out
}

func TestATreeIsImportedOnceItIsRight(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		const head = "path;name;kind;target\n"
		wrong := h.importTree(t, "manager", head+"lyon/x/y;Y;line;\nlyon/z;Z;garage;\n", true)
		require.False(t, wrong.Applied)
		require.Equal(t, []int{2, 1, 3, 3}, []int{wrong.Faults[0].Line, wrong.Faults[0].Column, wrong.Faults[1].Line, wrong.Faults[1].Column})
		require.Contains(t, wrong.Faults[0].Text, "has no place above it")
		h.ask(t, "manager", http.MethodGet, "/api/v1/place?territory=lyon/z", nil).is(http.StatusNotFound)

		right := head + "lyon/z;Zone <b>Z</b>;workshop;\nlyon/z/y;Y;line;210\n"
		seen := h.importTree(t, "manager", right, false)
		require.Len(t, seen.New, 2)
		require.False(t, seen.Applied)
		h.ask(t, "manager", http.MethodGet, "/api/v1/place?territory=lyon/z", nil).is(http.StatusNotFound)
		require.True(t, h.importTree(t, "manager", right, true).Applied)
		require.Equal(t, "Zone <b>Z</b>", h.place(t, "manager", "lyon/z").Name)
		require.Equal(t, 2, h.importTree(t, "manager", right, true).Same)

		for format, mark := range map[string]string{"csv": "lyon/z/y;Y;line;210", "yaml": "path: lyon/z/y"} {
			got := h.ask(t, "manager", http.MethodGet, "/api/v1/tree?format="+format, nil).is(http.StatusOK)
			require.Contains(t, string(got.Body), mark)
			require.Contains(t, got.Header.Get("Content-Disposition"), "territoires."+format)
		}
	})
}

func TestAPlaceSaysWhatItHasFromAbove(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		edit := fields{"calendar": "3x8", "animator": "operator", "charter": fields{"fr": "Nous répondons.", "en": "We answer."}, "words": fields{"line": fields{"fr": "Îlot", "en": "Cell"}}}
		h.ask(t, "manager", http.MethodPut, "/api/v1/place?territory=lyon", edit).is(http.StatusOK)
		h.ask(t, "manager", http.MethodPut, "/api/v1/place?territory="+string(line3), fields{"language": "en"}).is(http.StatusOK)
		p := h.place(t, "operator", string(line3))
		require.Equal(t, []string{"3x8", "lyon", "en", string(line3)}, []string{p.Calendar.Value, p.Calendar.From.Path, p.Language.Value, p.Language.From.Path})
		require.Equal(t, []string{"Karim", "Nous répondons.", "lyon", "Îlot"}, []string{p.Lead, p.Charter.FR, p.Charter.From.Path, p.Words[0].FR})
		require.Equal(t, 1, p.Charter.Version)
		require.False(t, p.Arrange)
		require.Empty(t, p.Candidates, "who may not change it has nobody to choose from")
		require.NotEmpty(t, h.place(t, "manager", string(line3)).Candidates)
		bad := h.ask(t, "manager", http.MethodPut, "/api/v1/place?territory=lyon", fields{"name": strings.Repeat("é", 201)}).is(http.StatusUnprocessableEntity)
		require.Contains(t, bad.detail(), "200")
	})
}

func TestANeighbourIsSeenWhereItLetsItself(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.raise(t, "weight/filler", time.Now())
		h.ask(t, "operator", http.MethodPost, "/api/v1/posts", fields{"kind": "quality-point", "territory": line3, "text": "secret de la ligne"}).is(http.StatusCreated)
		h.ask(t, "manager", http.MethodPost, "/api/v1/place", fields{"parent": "lyon", "name": "Quai", "kind": "line"}).is(http.StatusCreated)
		h.ask(t, "manager", http.MethodPut, "/api/v1/place?territory=lyon/quai", fields{"before": []any{line3}}).is(http.StatusOK)
		docker := feed.Member{ID: "docker", Name: "Dora", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/quai", Role: feed.Operator}}}
		h.join(t, docker)
		beside := func() api.Neighbour {
			var list struct{ Neighbours []api.Neighbour }
			got := h.ask(t, "docker", http.MethodGet, "/api/v1/neighbours?territory=lyon/quai", nil).is(http.StatusOK)
			require.NotContains(t, string(got.Body), "secret", "what people wrote never goes sideways")
			got.into(&list)
			require.Len(t, list.Neighbours, 1)
			return list.Neighbours[0]
		}
		require.Equal(t, []any{string(line3), "before", false}, []any{beside().Path, beside().Way, beside().Shown})
		require.Empty(t, beside().Open, "off unless it says so")
		h.ask(t, "manager", http.MethodPut, "/api/v1/place?territory="+string(line3), fields{"sideways": true}).is(http.StatusOK)
		require.Equal(t, "major", beside().Open[0].Severity)
		require.Len(t, beside().Open, 1)
		h.ask(t, "docker", http.MethodGet, "/api/v1/neighbours?territory="+string(line3), nil).is(http.StatusNotFound)
	})
}

func TestWhatOneFollowsIsAFeed(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		id := h.raise(t, "weight/filler", time.Now())
		require.Empty(t, h.list(t, "operator", "followed=true"))
		h.ask(t, "operator", http.MethodPut, "/api/v1/follows?kind=machine&target="+string(filler), nil).is(http.StatusNoContent)
		require.Equal(t, id, h.list(t, "operator", "followed=true")[0].ID)
		require.Empty(t, h.list(t, "manager", "followed=true"), "each for themselves")
		var list struct{ Follows []api.Follow }
		h.ask(t, "operator", http.MethodGet, "/api/v1/follows", nil).is(http.StatusOK).into(&list)
		require.Equal(t, string(filler), list.Follows[0].Target)
		h.ask(t, "operator", http.MethodDelete, "/api/v1/follows?kind=machine&target="+string(filler), nil).is(http.StatusNoContent)
		require.Empty(t, h.list(t, "operator", "followed=true"))
	})
}
