package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

func TestATeamIsAskedFromTheTeamsOfThePost(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		id := h.raise(t, "weight/filler", time.Now())
		require.Equal(t, []string{"lead", "maintenance", "quality"}, h.detail(t, "manager", id).Teams)
		var p api.PostDetail
		h.ask(t, "manager", http.MethodPost, "/api/v1/posts/"+id+"/assign", fields{"role": "maintenance", "text": "Buse 3"}).is(http.StatusOK).into(&p)
		require.Equal(t, []string{"maintenance", "Ana"}, []string{p.Asked, p.AskedBy})
		require.Equal(t, "Buse 3", p.Thread[0].Text)
		require.Equal(t, []string{"opened", "assigned"}, kindsOf(&p))
		require.Equal(t, "Ana", h.list(t, "operator", "state=open")[0].AskedBy, "lists say it too")
		h.ask(t, "manager", http.MethodPost, "/api/v1/posts/"+id+"/assign", fields{"role": ""}).is(http.StatusUnprocessableEntity)
	})
}

func TestThePulseOfAPlaceIsThatOfItsReader(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.raise(t, "weight/filler", time.Now().Add(-time.Minute))
		pulse := func(as feed.MemberID, query string) map[string]api.Pulse {
			var list struct{ Territories []api.Pulse }
			h.ask(t, as, http.MethodGet, "/api/v1/pulse"+query, nil).is(http.StatusOK).into(&list)
			out := map[string]api.Pulse{}
			for _, p := range list.Territories {
				out[p.Territory] = p
			}
			return out
		}
		all := pulse("manager", "")
		require.Len(t, all, len(places)-1, "a machine has no pulse of its own")
		line := all[string(line3)]
		require.Len(t, line.Beats, feed.PulseHours)
		require.Equal(t, []any{1, 1, 1, false}, []any{line.Beats[feed.PulseHours-1], line.Waiting, line.Open, line.Flat})
		require.Nil(t, line.TakenP50)
		require.True(t, all[string(aisle1)].Flat)
		require.Len(t, pulse("operator", ""), 1)
		require.Len(t, pulse("manager", "?territory=paris"), 4)
	})
}
