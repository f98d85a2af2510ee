package api_test

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/feed/auth"
)

func TestATabletIsPairedByACodeAndIsItsStation(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		d := h.enrol(t, feed.StationDevice)
		require.Regexp(t, `^\w{4}-\w{4}$`, d.Code)
		require.WithinDuration(t, time.Now().Add(auth.CodeFor), *d.CodeExpires, time.Minute)
		require.Nil(t, d.PairedAt)

		b := h.browser()
		b.ask(t, http.MethodGet, "/api/v1/session", nil).is(http.StatusUnauthorized)
		a := b.ask(t, http.MethodPost, "/api/v1/device", fields{"code": strings.ToLower(d.Code)}).is(http.StatusCreated)
		for _, part := range []string{"fildefer-device=", "Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=34560000"} {
			require.Contains(t, a.Header.Get("Set-Cookie"), part)
		}
		var paired api.Me
		a.into(&paired)
		require.Equal(t, api.Me{
			ID: "device:" + d.ID, Name: "Tablette L3", Lang: "fr", Station: true, Seal: paired.Seal,
			Grants: []api.Grant{{Territory: string(line3), Name: "Ligne 3", Kind: "line", Role: "station"}},
			Device: &api.OwnDevice{ID: d.ID, Name: "Tablette L3", Place: string(line3), PlaceName: "Ligne 3", PlaceKind: "line", Kind: "station"},
		}, paired)
		require.NotEmpty(t, paired.Seal.Key)
		require.Equal(t, paired, b.me(t))
		again := b.ask(t, http.MethodGet, "/api/v1/session", nil)
		require.Contains(t, again.Header.Get("Set-Cookie"), "Max-Age=34560000", "who uses it keeps it")

		var list struct{ Devices []api.Device }
		h.ask(t, "admin", http.MethodGet, "/api/v1/devices", nil).is(http.StatusOK).into(&list)
		require.Len(t, list.Devices, 1)
		require.Empty(t, list.Devices[0].Code, "told once")
		require.Nil(t, list.Devices[0].CodeExpires)
		require.WithinDuration(t, time.Now(), *list.Devices[0].PairedAt, time.Minute)
		require.WithinDuration(t, time.Now(), *list.Devices[0].SeenAt, 2*time.Minute)
	})
}

func TestAPersonComesAndGoesOnAStation(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		b, d := h.pair(t, feed.StationDevice)
		station := b.me(t)
		b.signIn(t, "operator")
		me := b.me(t)
		require.Equal(t, "operator", me.ID)
		require.False(t, me.Station)
		require.Equal(t, d.ID, me.Device.ID)
		require.NotEqual(t, station.Seal, me.Seal)

		stolen := h.browser()
		stolen.cookies["fildefer"] = b.cookies["fildefer"]
		stolen.ask(t, http.MethodGet, "/api/v1/session", nil).is(http.StatusUnauthorized)
		stranger, _ := h.pair(t, feed.StationDevice)
		stranger.cookies["fildefer"] = b.cookies["fildefer"]
		require.True(t, stranger.me(t).Station, "a session holds on its own device only")

		b.ask(t, http.MethodDelete, "/api/v1/session", nil).is(http.StatusNoContent)
		require.Equal(t, station, b.me(t))
	})
}

func TestABadgeSwitchesAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.ask(t, "admin", http.MethodPut, "/api/v1/members/operator/badge", fields{"badge": "KARIM-0001"}).is(http.StatusNoContent)
		h.ask(t, "admin", http.MethodPut, "/api/v1/members/admin/badge", fields{"badge": "ROOT-0001"}).is(http.StatusNoContent)
		h.ask(t, "admin", http.MethodPut, "/api/v1/members/admin/badge", fields{"badge": "KARIM-0001"}).is(http.StatusConflict)
		b, _ := h.pair(t, feed.StationDevice)
		require.Contains(t, b.badge(t, "KARIM-0002").is(http.StatusUnauthorized).detail(), "Badge inconnu")
		require.True(t, b.me(t).Station)

		var in api.SignedIn
		b.badge(t, "KARIM-0001").is(http.StatusCreated).into(&in)
		require.Equal(t, "operator", in.Member.ID)
		require.NotNil(t, in.Member.Device)
		first := b.cookies["fildefer"]
		b.badge(t, "ROOT-0001").is(http.StatusCreated)
		require.Equal(t, "admin", b.me(t).ID)
		b.cookies["fildefer"] = first
		require.True(t, b.me(t).Station, "whoever was there before is signed out")
		h.ask(t, "operator", http.MethodGet, "/api/v1/session", nil).is(http.StatusOK)

		b.badge(t, "KARIM-0001").is(http.StatusCreated)
		h.ask(t, "admin", http.MethodDelete, "/api/v1/members/operator/badge", nil).is(http.StatusNoContent)
		require.True(t, b.me(t).Station, "a lost badge opens nothing any more")
		b.badge(t, "KARIM-0001").is(http.StatusUnauthorized)
	})
}

func TestABadgeIsReadOnAPairedStationOnly(t *testing.T) {
	t.Parallel()
	h := onSQLite(t)
	h.ask(t, "admin", http.MethodPut, "/api/v1/members/operator/badge", fields{"badge": "KARIM-0001"}).is(http.StatusNoContent)
	wall, _ := h.pair(t, feed.WallDevice)
	forged := h.browser()
	forged.cookies["fildefer-device"] = strings.Repeat("a", 64)
	for _, b := range []*browser{h.browser(), wall, forged} {
		require.Contains(t, b.badge(t, "KARIM-0001").is(http.StatusForbidden).detail(), "poste appairé")
	}
}

func TestNoCodeWorksTwiceOrTooLate(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		_, d := h.pair(t, feed.StationDevice)
		code := fields{"code": d.Code}
		thief := h.browser()
		require.Contains(t, thief.ask(t, http.MethodPost, "/api/v1/device", code).is(http.StatusUnauthorized).detail(), "Code inconnu")
		require.Empty(t, thief.cookies)

		kept, err := h.store.Device(t.Context(), feed.DeviceID(d.ID))
		require.NoError(t, err)
		_, late, err := h.earlier(auth.CodeFor+time.Second).Renew(t.Context(), "", kept)
		require.NoError(t, err)
		thief.ask(t, http.MethodPost, "/api/v1/device", fields{"code": late}).is(http.StatusUnauthorized)
	})
}

func TestOneAddressMayNotTryCodesOrBadgesWithoutEnd(t *testing.T) {
	t.Parallel()
	for path, body := range map[string]fields{
		"/api/v1/device":        {"code": "0000"}, // too short to be worth a slow hash
		"/api/v1/session/badge": {"badge": "GUESS-0001"},
	} {
		h := onSQLite(t, func(o *api.Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
		last := answer{}
		for range 200 {
			if last = h.ask(t, "", http.MethodPost, path, body, "X-Forwarded-For", "198.51.100.7"); last.Status == http.StatusTooManyRequests {
				break
			}
		}
		require.Equal(t, http.StatusTooManyRequests, last.Status, path)
		require.NotEmpty(t, last.Header.Get("Retry-After"))
		require.NotEqual(t, http.StatusTooManyRequests, h.ask(t, "", http.MethodPost, path, body, "X-Forwarded-For", "192.0.2.1").Status)
	}
}

func TestARevokedDeviceKnowsNobodyAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		station, d := h.pair(t, feed.StationDevice)
		person := &browser{h: h, cookies: map[string]string{"fildefer-device": station.cookies["fildefer-device"]}}
		person.signIn(t, "operator")
		streams := []chan struct{}{station.listen(t), person.listen(t)}
		other, _ := h.pair(t, feed.WallDevice)
		stays := other.listen(t)

		h.ask(t, "admin", http.MethodDelete, "/api/v1/devices/"+d.ID, nil).is(http.StatusNoContent)
		start := time.Now()
		for _, b := range []*browser{station, person} {
			for _, path := range []string{"/api/v1/session", "/api/v1/posts", "/api/v1/stream"} {
				b.ask(t, http.MethodGet, path, nil).is(http.StatusUnauthorized)
			}
		}
		for _, ended := range streams {
			<-ended
		}
		require.Less(t, time.Since(start), 10*time.Second)
		h.ask(t, "operator", http.MethodGet, "/api/v1/session", nil).is(http.StatusOK)
		select {
		case <-stays:
			require.Fail(t, "another device's stream ended too")
		default:
		}
		h.ask(t, "admin", http.MethodDelete, "/api/v1/devices/"+d.ID, nil).is(http.StatusNotFound)
	})
}

func TestAnotherCodeMovesTheStationToAnotherTablet(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		old, d := h.pair(t, feed.StationDevice)
		ended := old.listen(t)
		var again api.Device
		h.ask(t, "admin", http.MethodPost, "/api/v1/devices/"+d.ID+"/code", nil).is(http.StatusOK).into(&again)
		require.NotEqual(t, d.Code, again.Code)
		require.True(t, old.me(t).Station)
		b := h.browser()
		b.ask(t, http.MethodPost, "/api/v1/device", fields{"code": again.Code}).is(http.StatusCreated)
		require.Equal(t, d.ID, b.me(t).Device.ID)
		old.ask(t, http.MethodGet, "/api/v1/session", nil).is(http.StatusUnauthorized)
		<-ended
	})
}

func TestPairingSignsOutWhoeverWasThere(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		b, d := h.browser(), h.enrol(t, feed.StationDevice)
		b.signIn(t, "admin")
		before := b.cookies["fildefer"]
		b.ask(t, http.MethodPost, "/api/v1/device", fields{"code": d.Code}).is(http.StatusCreated)
		require.NotContains(t, b.cookies, "fildefer")
		b.cookies["fildefer"] = before
		require.True(t, b.me(t).Station)
	})
}
