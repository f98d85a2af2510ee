package main_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// write asks the API to do something as a browser does, and returns with which
// status it answered.
func (s *surfer) write(t *testing.T, method, path string, body, into any) int {
	t.Helper()
	text, err := json.Marshal(body)
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), method, s.e.url+path, bytes.NewReader(text))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	res, err := s.Do(req)
	require.NoError(t, err)
	defer func() { require.NoError(t, res.Body.Close()) }()
	if into != nil && res.StatusCode < 300 {
		require.NoError(t, json.NewDecoder(res.Body).Decode(into))
	}
	return res.StatusCode
}

// byPIN signs somebody in here.
func (s *surfer) byPIN(t *testing.T, member string) int {
	t.Helper()
	return s.write(t, http.MethodPost, "/api/v1/session", map[string]string{"member": member, "pin": "1234"}, nil)
}

// forget ends what the provider keeps of who was there before, which it asks a
// page with scripts to do.
func (s *surfer) forget(t *testing.T, cookie string) {
	t.Helper()
	at, err := url.Parse(s.e.issuer)
	require.NoError(t, err)
	s.Jar.SetCookies(at, []*http.Cookie{{Name: cookie, Path: "/", MaxAge: -1}, {Name: cookie + ".sig", Path: "/", MaxAge: -1}})
}

// link goes the whole way to the account of who sits before the screen, and
// returns the end of the address of the page that it ends at.
func (s *surfer) link(t *testing.T) string {
	t.Helper()
	var start struct{ Address string }
	require.Equal(t, http.StatusOK, s.write(t, http.MethodPost, "/api/v1/me/company", nil, &start))
	s.forget(t, "_session")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, start.Address, nil)
	require.NoError(t, err)
	res, err := s.Do(req)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, s.e.url+"/me", res.Request.URL.Scheme+"://"+res.Request.URL.Host+res.Request.URL.Path)
	return res.Request.URL.Fragment
}

func TestWhoHasAPINLinksTheCompanyAccount(t *testing.T) {
	t.Parallel()
	e := employ(t, fields{"lasting": "always"})
	e.member(t, "lea", "Léa Roux", "operator@lyon/line-3")
	e.member(t, "noe", "Noé Petit", "operator@lyon/line-3")
	station := e.badged(t, "lea", "LEA-0001")
	byBadge := func() int {
		t.Helper()
		status, _ := station.ask(t, http.MethodPost, "/api/v1/session/badge", map[string]string{"badge": "LEA-0001"})
		return status
	}
	lea, noe := e.surf(t), e.surf(t)
	require.Equal(t, http.StatusCreated, lea.byPIN(t, "lea"))
	require.Equal(t, http.StatusCreated, noe.byPIN(t, "noe"))

	e.seat(t, "s-1", fields{"name": "Léa Garnier", "groups": []string{"leads", "canteen"}})
	require.Equal(t, "linked", lea.link(t))
	me := "lea Léa Garnier"
	is := func(s *surfer, roles ...string) {
		t.Helper()
		m := s.who(t)
		require.Equal(t, me, m.ID+" "+m.Name)
		require.ElementsMatch(t, roles, m.roles())
	}
	is(lea, "lead@lyon", "operator@lyon/line-3")
	var key struct{ Linked bool }
	lea.read(t, "/api/v1/session/company", &key)
	require.True(t, key.Linked)
	require.Equal(t, http.StatusConflict, lea.write(t, http.MethodPost, "/api/v1/me/company", nil, nil), "one account is enough")

	t.Run("the account enters the same member, and PIN and badge go on", func(t *testing.T) {
		other := e.surf(t)
		other.signIn(t, "")
		is(other, "lead@lyon", "operator@lyon/line-3")
		require.Equal(t, http.StatusCreated, e.surf(t).byPIN(t, "lea"))
		require.Equal(t, http.StatusCreated, byBadge())
	})
	t.Run("an account that is somebody's is refused", func(t *testing.T) {
		require.Equal(t, "refused=taken", noe.link(t), "by a link")
		e.seat(t, "s-2", fields{"name": "Ana Costa", "groups": []string{"bottling"}})
		e.surf(t).signIn(t, "")
		require.Equal(t, "refused=taken", noe.link(t), "by a sign-in")
		require.Equal(t, "noe", noe.who(t).ID)
		require.Equal(t, []string{"operator@lyon/line-3"}, noe.who(t).roles())
		var said struct{ Linked, Refusal any }
		noe.read(t, "/api/v1/session/company?refused=taken", &said)
		require.Nil(t, said.Linked)
		require.Contains(t, said.Refusal, "demandez à un administrateur")
	})
	e.seat(t, "s-3", fields{"name": "Noé Petit", "groups": []string{"bottling"}})
	for name, between := range map[string]func(s *surfer) int{
		"somebody else has signed in meanwhile": func(s *surfer) int { return s.byPIN(t, "lea") },
		"who linked has signed out meanwhile":   func(s *surfer) int { return s.write(t, http.MethodDelete, "/api/v1/session", nil, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			s, same := e.surf(t), e.surf(t)
			same.Jar = s.Jar
			require.Equal(t, http.StatusCreated, s.byPIN(t, "noe"))
			s.detour = func(u *url.URL) {
				if strings.HasSuffix(u.Path, "/callback") {
					require.Less(t, between(same), 300)
				}
			}
			require.Equal(t, "refused=somebody-else", s.link(t))
			var key struct{ Linked bool }
			noe.read(t, "/api/v1/session/company", &key)
			require.False(t, key.Linked)
		})
	}
	require.Equal(t, "linked", noe.link(t), "none of it was linked before")
	require.Equal(t, []string{"operator@lyon/line-3"}, noe.who(t).roles(), "a role that both give is one")

	t.Run("when the account ends, PIN and badge end too", func(t *testing.T) {
		e.tell(t, fields{"op": "leave", "sub": "s-1"})
		require.Eventually(t, func() bool { return lea.who(t).ID == "" }, within, 20*time.Millisecond)
		require.Equal(t, http.StatusUnauthorized, e.surf(t).byPIN(t, "lea"))
		require.Equal(t, http.StatusUnauthorized, byBadge())
		require.Equal(t, "noe", noe.who(t).ID)
		e.seat(t, "s-1", fields{"name": "Léa Garnier", "groups": []string{"leads"}})
		lea.signIn(t, "")
		is(lea, "lead@lyon", "operator@lyon/line-3")
		require.Equal(t, http.StatusCreated, e.surf(t).byPIN(t, "lea"))
	})
	t.Run("an account is free again once its member was erased", func(t *testing.T) {
		e.told(t, "", "member", "erase", "--yes", "ana.costa")
		e.member(t, "ana", "Ana C.", "operator@lyon/line-3")
		e.seat(t, "s-2", fields{"name": "Ana Costa", "groups": []string{"bottling"}})
		ana := e.surf(t)
		require.Equal(t, http.StatusCreated, ana.byPIN(t, "ana"))
		require.Equal(t, "linked", ana.link(t))
	})
	t.Run("all of it is written down for the person", func(t *testing.T) {
		told := map[string][]string{}
		for name, s := range map[string]*surfer{"lea": lea, "noe": noe} {
			var log struct{ Lines []struct{ Action string } }
			require.Equal(t, http.StatusOK, s.read(t, "/api/v1/me/audit", &log))
			for _, l := range log.Lines {
				if strings.HasPrefix(l.Action, "link.") || strings.HasPrefix(l.Action, "member.") {
					told[name] = append([]string{l.Action}, told[name]...)
				}
			}
		}
		require.Subset(t, told["lea"], []string{"member.link", "member.lapse", "member.return"})
		require.Subset(t, told["noe"], []string{"link.refuse", "member.link"})
		said, _, err := command(t, "audit", "verify", "--config", e.config)
		require.NoError(t, err)
		require.Contains(t, said, "lines hold")
	})
}
