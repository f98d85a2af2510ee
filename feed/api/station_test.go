package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

func TestAStationTakesInItsOwnNameAndAPersonTakesOver(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		path := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now())
		b, d := h.pair(t, feed.StationDevice)
		var p api.PostDetail
		b.ask(t, http.MethodPost, path+"/take", nil).is(http.StatusOK).into(&p)
		require.Equal(t, &api.Author{Kind: "person", Name: "Tablette L3", Member: "device:" + d.ID}, p.Taker)
		require.Equal(t, api.Can{}, p.Can)
		b.signIn(t, "operator")
		b.ask(t, http.MethodPost, path+"/take", nil).is(http.StatusOK).into(&p)
		require.Equal(t, "operator", p.Taker.Member)
		require.True(t, p.Can.Handle)
	})
}

func TestADeviceSeesItsPlaceAndNoOther(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		b, _ := h.pair(t, feed.WallDevice)
		_, _, err := h.people.Report(t.Context(), members[1], feed.Draft{Kind: feed.Idea, Territory: aisle1, Text: "ailleurs"})
		require.NoError(t, err)
		h.raise(t, "weight/filler", time.Now())
		var page api.PostPage
		b.ask(t, http.MethodGet, "/api/v1/posts", nil).is(http.StatusOK).into(&page)
		require.Len(t, page.Posts, 1)
		b.ask(t, http.MethodGet, "/api/v1/posts?territory="+string(aisle1), nil).is(http.StatusNotFound)
	})
}

func TestAStationOffersItsPeopleToSignInAs(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		require.NoError(t, h.store.AddMember(t.Context(), feed.Member{ID: "colleague", Name: "Yanis", Lang: feed.French, Grants: members[0].Grants}, ""))
		b, _ := h.pair(t, feed.StationDevice)
		var list struct{ Members []api.Person }
		b.ask(t, http.MethodGet, "/api/v1/session/members", nil).is(http.StatusOK).into(&list)
		require.Equal(t, []api.Person{
			{ID: "operator", Name: "Karim", Role: "operator", Place: "Ligne 3"},
			{ID: "manager", Name: "Ana", Role: "manager", Place: "Lyon"},
		}, list.Members, "nobody of elsewhere, nobody who only administers, nobody without a PIN")
		wall, _ := h.pair(t, feed.WallDevice)
		for _, b := range []*browser{wall, h.browser()} {
			b.ask(t, http.MethodGet, "/api/v1/session/members", nil).is(http.StatusNotFound)
		}
	})
}

func TestAnAdministratorMindsTheirOwnPlaces(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		foreign := feed.Device{ID: "foreign", Name: "Zebra", Place: aisle1, Kind: feed.StationDevice}
		require.NoError(t, h.store.AddDevice(t.Context(), "", foreign, "code"))
		var devices struct{ Devices []api.Device }
		h.ask(t, "admin", http.MethodGet, "/api/v1/devices", nil).is(http.StatusOK).into(&devices)
		require.Empty(t, devices.Devices)
		h.ask(t, "admin", http.MethodPost, "/api/v1/devices/foreign/code", nil).is(http.StatusNotFound)
		h.ask(t, "admin", http.MethodDelete, "/api/v1/devices/foreign", nil).is(http.StatusNotFound)

		add := func(change fields) answer {
			in := fields{"name": "Tablette", "place": line3, "kind": "station"}
			for k, v := range change {
				in[k] = v
			}
			return h.ask(t, "admin", http.MethodPost, "/api/v1/devices", in)
		}
		add(fields{"place": aisle1}).is(http.StatusNotFound)
		add(fields{"place": "lyon/nowhere"}).is(http.StatusNotFound)
		add(fields{"place": filler}).is(http.StatusUnprocessableEntity)
		add(fields{"name": " "}).is(http.StatusUnprocessableEntity)
		add(fields{"name": "Ligne 3\u202e"}).is(http.StatusUnprocessableEntity)
		add(fields{"kind": "admin"}).is(http.StatusUnprocessableEntity)

		var people struct{ Members []api.Member }
		h.ask(t, "admin", http.MethodGet, "/api/v1/members", nil).is(http.StatusOK).into(&people)
		require.Equal(t, []api.Member{
			{ID: "admin", Name: "Root", Entry: true, Grants: []api.Grant{{Territory: "lyon", Name: "Lyon", Kind: "site", Role: "admin"}}},
			{ID: "manager", Name: "Ana", Entry: true, Grants: []api.Grant{{Territory: "lyon", Name: "Lyon", Kind: "site", Role: "manager"}}},
			{ID: "operator", Name: "Karim", Entry: true, Grants: []api.Grant{{Territory: string(line3), Name: "Ligne 3", Kind: "line", Role: "operator"}}},
		}, people.Members)
		badge := fields{"badge": "MINE-0001"}
		h.ask(t, "admin", http.MethodPut, "/api/v1/members/staff/badge", badge).is(http.StatusNotFound)
		h.ask(t, "admin", http.MethodPut, "/api/v1/members/nobody/badge", badge).is(http.StatusNotFound)
		require.Contains(t, h.ask(t, "admin", http.MethodPut, "/api/v1/members/manager/badge", badge).is(http.StatusForbidden).detail(),
			"hors de votre périmètre", "or an administrator of Lyon would be manager of Paris")
		h.ask(t, "admin", http.MethodPut, "/api/v1/members/operator/badge", fields{"badge": "a\x00bc"}).is(http.StatusUnprocessableEntity)
	})
}
