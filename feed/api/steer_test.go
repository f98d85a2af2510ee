package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// notice lets a rule say something of the filler's weight.
func (h *house) notice(t *testing.T, n feed.Notice) {
	t.Helper()
	n.Effect = string(n.Kind) + n.Key + n.At.String()
	n.PostKind, n.Topic, n.Severity, n.Asset = feed.Alert, feed.Quality, feed.Major, filler
	n.Author = feed.Author{Kind: feed.ByMachine, Name: "Remplisseuse 3"}
	n.Title = feed.Text{FR: "Poids trop faible", EN: "Weight too low"}
	n.Provenance = feed.Provenance{Source: "mqtt", Rule: strings.Split(n.Key, "/")[0]}
	require.NoError(t, h.store.InTx(t.Context(), func(tx feed.Tx) error { return n.Apply(t.Context(), tx) }))
}

func (h *house) list(t *testing.T, as feed.MemberID, query string) []api.Post {
	t.Helper()
	var page api.PostPage
	h.ask(t, as, http.MethodGet, "/api/v1/posts?"+query, nil).is(http.StatusOK).into(&page)
	return page.Posts
}

func kindsOf(p *api.PostDetail) []string {
	var kinds []string
	for _, e := range p.Timeline {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func TestAPostIsSilencedAndHeardAgain(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		path := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now())
		var p api.PostDetail
		h.ask(t, "operator", http.MethodPost, path+"/shelve", fields{"minutes": 60, "reason": "Essai en cours"}).is(http.StatusOK).into(&p)
		require.WithinDuration(t, time.Now().Add(time.Hour), *p.Shelf.Until, time.Minute)
		require.Equal(t, "Essai en cours", p.Shelf.Reason)
		require.Equal(t, "Karim", p.Shelf.By.Name)
		require.False(t, p.Shelf.Once)
		require.NotNil(t, h.list(t, "manager", "state=open")[0].Shelf, "lists say it too")
		long := h.ask(t, "operator", http.MethodPost, path+"/shelve", fields{"minutes": 4320, "reason": "x"}).is(http.StatusUnprocessableEntity)
		require.Contains(t, long.detail(), "8 heures")
		h.ask(t, "operator", http.MethodPost, path+"/unshelve", nil).is(http.StatusOK).into(&p)
		require.Nil(t, h.detail(t, "operator", p.ID).Shelf)
		require.Equal(t, []string{"opened", "shelved", "unshelved"}, kindsOf(&p))
	})
}

func TestNoiseIsCountedOncePerPerson(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		path := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now()) + "/noise"
		var p api.PostDetail
		for range 2 {
			h.ask(t, "operator", http.MethodPut, path, nil).is(http.StatusOK).into(&p)
		}
		require.Equal(t, 1, p.Noise)
		require.True(t, p.MineNoise)
		require.False(t, h.detail(t, "manager", p.ID).MineNoise)

		var list struct{ Rules []api.Rule }
		h.ask(t, "manager", http.MethodGet, "/api/v1/rules", nil).is(http.StatusOK).into(&list)
		require.Equal(t, []int{1, 1, 1}, []int{list.Rules[0].Posts, list.Rules[0].Noise, list.Rules[0].People})

		h.ask(t, "operator", http.MethodDelete, path, nil).is(http.StatusOK)
		p = h.detail(t, "operator", p.ID)
		require.Zero(t, p.Noise)
		require.False(t, p.MineNoise)
	})
}

func TestWhatOneTookIsGivenBack(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		path := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now())
		h.ask(t, "operator", http.MethodPost, path+"/take", nil).is(http.StatusOK)
		var p api.PostDetail
		h.ask(t, "operator", http.MethodPost, path+"/release", nil).is(http.StatusOK).into(&p)
		require.Equal(t, "new", p.State)
		require.Nil(t, p.Taker)
		require.Equal(t, []string{"opened", "taken", "released"}, kindsOf(&p))
	})
}

func TestTheNextOccurrenceShowsWhatWasDone(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		start := time.Now().Add(-time.Hour)
		h.notice(t, feed.Notice{Kind: feed.Raise, Key: "weight/filler", Episode: 1, At: start})
		first := h.list(t, "operator", "state=open")[0]
		h.ask(t, "operator", http.MethodPost, "/api/v1/posts/"+first.ID+"/resolve", fields{"cause": "Buse usée", "action": "Buse changée"}).is(http.StatusOK)
		h.notice(t, feed.Notice{Kind: feed.Clear, Key: "weight/filler", Episode: 1, At: start.Add(time.Minute)})
		h.notice(t, feed.Notice{
			Kind: feed.Raise, Key: "weight/filler", Episode: 2, At: start.Add(2 * time.Minute), Owner: "@maintenance",
			Question: feed.Text{FR: "Quelle buse ?", EN: "Which nozzle?"}, Causes: []feed.Text{{FR: "Réglage dérivé", EN: "Drifted"}},
		})
		next := h.detail(t, "operator", h.list(t, "operator", "state=open")[0].ID)
		require.NotEqual(t, first.ID, next.ID)
		require.Equal(t, []string{first.ID, "Buse usée", "Buse changée", "Karim"}, []string{next.Past.Post, next.Past.Cause, next.Past.Action, next.Past.By})
		require.Equal(t, []string{"Réglage dérivé", "Buse usée"}, next.Causes, "the rule's own come first")
		require.Equal(t, []string{"Buse changée"}, next.Actions)
		require.Equal(t, []string{"Quelle buse ?", "@maintenance"}, []string{next.Question, next.Owner})
	})
}

func TestGhostsAreSeenByWhoeverKeepsTheRulesAndAsks(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		var place api.Territory
		h.ask(t, "manager", http.MethodPut, "/api/v1/rollout?territory=lyon", fields{"rollout": "ghost"}).is(http.StatusOK).into(&place)
		require.Equal(t, "ghost", place.Rollout)
		var tree struct{ Territories []api.Territory }
		h.ask(t, "operator", http.MethodGet, "/api/v1/territories", nil).is(http.StatusOK).into(&tree)
		require.Equal(t, "ghost", tree.Territories[2].Rollout, "what lies below is as far")

		h.notice(t, feed.Notice{Kind: feed.Raise, Key: "weight/filler", Episode: 1, At: time.Now()})
		require.Empty(t, h.list(t, "manager", ""))
		require.Empty(t, h.list(t, "operator", "audience=ghost"))
		ghosts := h.list(t, "manager", "audience=ghost")
		require.Len(t, ghosts, 1)
		require.Equal(t, "ghost", ghosts[0].Audience)
		h.ask(t, "operator", http.MethodGet, "/api/v1/posts/"+ghosts[0].ID, nil).is(http.StatusNotFound)
		require.Equal(t, "ghost", h.detail(t, "manager", ghosts[0].ID).Audience)
		h.ask(t, "manager", http.MethodPut, "/api/v1/rollout?territory=nowhere", fields{"rollout": "open"}).is(http.StatusNotFound)
		h.ask(t, "manager", http.MethodPut, "/api/v1/rollout?territory=lyon", fields{"rollout": "closed"}).is(http.StatusUnprocessableEntity)
	})
}

func TestAShadowIsReadByItsAuthorAndComparedByWhoeverKeepsTheRules(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		at := time.Now().Add(-time.Minute)
		h.notice(t, feed.Notice{Kind: feed.Raise, Key: "weight-2/filler", Episode: 1, At: at, ShadowFor: "manager"})
		require.Empty(t, h.list(t, "operator", "audience=shadow"))
		shadows := h.list(t, "manager", "audience=shadow")
		require.Len(t, shadows, 1)

		compare := func(as feed.MemberID) api.Diff {
			var shadow struct{ Diff api.Diff }
			h.ask(t, as, http.MethodGet, "/api/v1/rules/weight-2/shadow", nil).is(http.StatusOK).into(&shadow)
			return shadow.Diff
		}
		require.Equal(t, shadows[0].ID, compare("manager").Added[0].Post)
		require.Equal(t, "weight-2", compare("manager").Added[0].Rule)
		require.Empty(t, compare("admin").Added[0].Post, "told, and not opened")
		h.notice(t, feed.Notice{Kind: feed.Raise, Key: "weight/filler", Episode: 1, At: at})
		require.Equal(t, api.Diff{Same: 1, Added: []api.Opening{}, Removed: []api.Opening{}}, compare("manager"))
	})
}

func TestWhatIsHeldBackIsListedWithItsReason(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		stands := h.raise(t, "stop/line", time.Now())
		at := time.Now()
		h.notice(t, feed.Notice{Kind: feed.Hold, Key: "weight/filler", At: at, Held: &feed.Held{
			Key: "weight/filler", Reason: "suppressed", By: "stop/line", Since: at, Until: at.Add(10 * time.Minute),
		}})
		held := func(as feed.MemberID) []api.Held {
			var list struct{ Held []api.Held }
			h.ask(t, as, http.MethodGet, "/api/v1/held", nil).is(http.StatusOK).into(&list)
			return list.Held
		}
		require.Len(t, held("operator"), 1)
		got := held("manager")[0]
		require.Equal(t, []string{"suppressed", stands, "Weight too low", "weight", string(line3)}, []string{got.Reason, got.By, got.Title, got.Rule, got.Territory})
		require.NotNil(t, got.Until)
		require.Empty(t, held("staff"))
		h.notice(t, feed.Notice{Kind: feed.Release, Key: "weight/filler", At: at.Add(time.Minute), Held: &feed.Held{Key: "weight/filler", Reason: "suppressed"}})
		require.Empty(t, held("operator"))
	})
}

func TestALatchedPostIsConfirmed(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		start := time.Now().Add(-time.Minute)
		h.notice(t, feed.Notice{Kind: feed.Raise, Key: "weight/filler", Episode: 1, At: start})
		h.notice(t, feed.Notice{Kind: feed.Latch, Key: "weight/filler", Episode: 1, At: start.Add(time.Second)})
		p := h.list(t, "operator", "state=open")[0]
		require.True(t, p.Latched)
		var d api.PostDetail
		h.ask(t, "operator", http.MethodPost, "/api/v1/posts/"+p.ID+"/reset", nil).is(http.StatusOK).into(&d)
		require.False(t, h.detail(t, "operator", p.ID).Latched)
		require.Contains(t, kindsOf(&d), "reset")
	})
}
