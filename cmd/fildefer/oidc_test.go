package main_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const companyConfig = `
territories: [{path: lyon, name: Lyon, kind: site}, {path: lyon/line-3, name: Ligne 3, kind: line}]
oidc:
  issuer: %s
  client_id: fildefer
  client_secret_file: client.secret
  ask_every: 200ms
  map:
    - {group: bottling, role: operator, territory: lyon/line-3}
    - {group: leads, role: lead, territory: lyon}
    - {group: it, role: admin, territory: lyon}
    - {group: dpo, role: auditor, territory: lyon}
    - {group: closed, role: operator, territory: lyon/gone}
`

// employer is an installation with the company's accounts.
type employer struct {
	*installation
	*provider
}

func employ(t *testing.T, options fields) *employer {
	t.Helper()
	e := &employer{installation: install(t, "", map[string]string{"client.secret": "of the tests\n"})}
	options["secret"] = "of the tests"
	e.provider = startProvider(t, e.url, options)
	e.configure(t, e.read(t)+fmt.Sprintf(companyConfig, e.issuer))
	e.serve(t)
	return e
}

// surfer is a browser without a screen: it keeps cookies and follows where it
// is sent, unless detour sends it elsewhere.
type surfer struct {
	http.Client
	e      *employer
	detour func(*url.URL)
}

func (e *employer) surf(t *testing.T) *surfer {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	s := &surfer{Client: http.Client{Jar: jar}, e: e}
	s.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if s.detour != nil {
			s.detour(r.URL)
		}
		if len(via) > 12 {
			return http.ErrUseLastResponse
		}
		return nil
	}
	return s
}

// signIn goes the whole way and returns the page that it ends at.
func (s *surfer) signIn(t *testing.T, query string) *url.URL {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.e.url+"/api/v1/session/oidc"+query, nil)
	require.NoError(t, err)
	res, err := s.Do(req)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	return res.Request.URL
}

// read asks the API for something, and returns with which status it answered.
func (s *surfer) read(t *testing.T, path string, into any) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.e.url+path, nil)
	require.NoError(t, err)
	res, err := s.Do(req)
	require.NoError(t, err)
	defer func() { require.NoError(t, res.Body.Close()) }()
	if into != nil && res.StatusCode == http.StatusOK {
		require.NoError(t, json.NewDecoder(res.Body).Decode(into))
	}
	return res.StatusCode
}

type employee struct {
	ID, Name, Lang string
	Grants         []struct{ Territory, Role string }
}

// who is signed in, nobody when the session is over.
func (s *surfer) who(t *testing.T) (m employee) {
	t.Helper()
	s.read(t, "/api/v1/session", &m)
	return m
}

func (m employee) roles() (roles []string) {
	for _, g := range m.Grants {
		roles = append(roles, g.Role+"@"+g.Territory)
	}
	return roles
}

// refused tries to sign in and returns the sentence that the screen shows.
func (s *surfer) refused(t *testing.T) (word, sentence string) {
	t.Helper()
	at := s.signIn(t, "")
	word, ok := strings.CutPrefix(at.Fragment, "refused=")
	require.True(t, ok, "%s", at)
	require.Empty(t, s.who(t).ID)
	var key struct{ Title, Refusal string }
	require.Equal(t, http.StatusOK, s.read(t, "/api/v1/session/company?lang=en&refused="+word, &key))
	require.Equal(t, "Company account", key.Title)
	return word, key.Refusal
}

func TestTheCompanyAccountGivesTheRolesOfItsGroups(t *testing.T) {
	t.Parallel()
	e := employ(t, fields{})
	zoe := fields{"name": "Zoé Garnier", "locale": "en-GB", "groups": []string{"bottling", "leads", "canteen", "closed"}}
	e.seat(t, "s-1", zoe)
	first := e.surf(t)
	require.Equal(t, "/decisions?x=1", first.signIn(t, "?to=/decisions%3Fx=1").RequestURI(), "where one wanted to go")
	m := first.who(t)
	require.Equal(t, employee{ID: "zoe.garnier", Name: "Zoé Garnier", Lang: "en"}, employee{ID: m.ID, Name: m.Name, Lang: m.Lang})
	require.Equal(t, []string{"lead@lyon", "operator@lyon/line-3"}, m.roles(), "no role of a group that is not in the map, none in a place that is not there")

	t.Run("a claim that changed changes the roles of every session", func(t *testing.T) {
		second := e.surf(t)
		e.seat(t, "s-1", fields{"name": "Zoé Roux", "groups": []string{"bottling"}})
		second.signIn(t, "")
		require.Equal(t, "zoe.garnier", second.who(t).ID, "the same member whatever she is called")
		require.Equal(t, "Zoé Roux", second.who(t).Name)
		require.Equal(t, []string{"operator@lyon/line-3"}, first.who(t).roles())
	})
	t.Run("who has the same name and address is somebody else", func(t *testing.T) {
		other := e.surf(t)
		e.seat(t, "s-2", fields{"name": "Zoé Garnier", "email": "zoe@example.com", "groups": "bottling"})
		other.signIn(t, "?to=//evil.example/")
		require.Equal(t, "zoe.garnier2", other.who(t).ID)
	})
	t.Run("who loses all groups loses roles and sessions", func(t *testing.T) {
		third := e.surf(t)
		e.seat(t, "s-1", fields{"name": "Zoé Roux", "groups": []string{"canteen"}})
		word, sentence := third.refused(t)
		require.Equal(t, "no-role", word)
		require.Contains(t, sentence, "none of its groups has a role here")
		require.Empty(t, first.who(t).ID)
	})
	t.Run("a role that people gave stays", func(t *testing.T) {
		e.member(t, "zoe.garnier", "Zoé", "operator@lyon")
		back := e.surf(t)
		back.signIn(t, "")
		require.Equal(t, []string{"operator@lyon"}, back.who(t).roles())
	})
	t.Run("who was revoked here stays so", func(t *testing.T) {
		_, _, err := command(t, "member", "revoke", "--config", e.config, "zoe.garnier")
		require.NoError(t, err)
		e.seat(t, "s-1", zoe)
		word, _ := e.surf(t).refused(t)
		require.Equal(t, "left", word)
	})
	t.Run("an administrator is one by the map only, and all of it is written down", func(t *testing.T) {
		e.seat(t, "s-3", fields{"name": "Ana", "groups": []string{"it", "dpo"}})
		ana := e.surf(t)
		ana.signIn(t, "")
		require.Equal(t, []string{"admin@lyon", "auditor@lyon"}, ana.who(t).roles())
		var log struct{ Lines []struct{ Action string } }
		require.Equal(t, http.StatusOK, ana.read(t, "/api/v1/audit", &log))
		actions := map[string]int{}
		for _, l := range log.Lines {
			actions[l.Action]++
		}
		for action, times := range map[string]int{"member.join": 3, "role.take": 2, "session.refuse": 2, "member.revoke": 1} {
			require.Equal(t, times, actions[action], action)
		}
	})
	said, _, err := command(t, "audit", "verify", "--config", e.config)
	require.NoError(t, err)
	require.Contains(t, said, "lines hold")
}

// TestOnlyTheAnswerToOnesOwnQuestionIsBelieved changes one thing at a time of a
// sign-in that holds.
func TestOnlyTheAnswerToOnesOwnQuestionIsBelieved(t *testing.T) {
	t.Parallel()
	e := employ(t, fields{})
	e.seat(t, "s-1", fields{"name": "Zoé Garnier", "groups": []string{"bottling"}})
	e.surf(t).signIn(t, "")
	set := func(path, name, value string) func(*url.URL) {
		return func(u *url.URL) {
			if q := u.Query(); strings.HasSuffix(u.Path, path) && q.Has(name) {
				q.Set(name, value)
				u.RawQuery = q.Encode()
			}
		}
	}
	for name, c := range map[string]struct {
		detour func(*url.URL)
		token  func(string) string
		word   string
	}{
		"nonce":            {detour: set("/auth", "nonce", "of somebody else"), word: "unverified"},
		"state":            {detour: set("/callback", "state", "of somebody else"), word: "late"},
		"code":             {detour: set("/callback", "code", "of somebody else"), word: "late"},
		"challenge":        {detour: set("/auth", "code_challenge", strings.Repeat("x", 43)), word: "late"},
		"issuer of answer": {detour: set("/callback", "iss", "https://evil.example"), word: "unverified"},
		"signature":        {token: part(2, func(b []byte) []byte { b[7] ^= 1; return b }), word: "unverified"},
		"no signature":     {token: unsigned, word: "unverified"},
		"issuer":           {token: claim("iss", "https://evil.example"), word: "unverified"},
		"audience":         {token: claim("aud", "another"), word: "unverified"},
		"groups":           {token: claim("groups", []string{"it"}), word: "unverified"},
		"no token":         {token: func(string) string { return "" }, word: "unverified"},
	} {
		t.Run(name, func(t *testing.T) {
			e.swap(c.token)
			defer e.swap(nil)
			s := e.surf(t)
			s.detour = c.detour
			word, sentence := s.refused(t)
			require.Equal(t, c.word, word)
			require.NotEmpty(t, sentence)
		})
	}
	t.Run("another browser's answer", func(t *testing.T) {
		victim, thief := e.surf(t), e.surf(t)
		var stolen string
		thief.detour = func(u *url.URL) {
			if strings.HasSuffix(u.Path, "/callback") {
				stolen = u.RequestURI()
				*u = url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}
			}
		}
		thief.signIn(t, "")
		require.NotEmpty(t, stolen)
		victim.read(t, stolen, nil)
		require.Empty(t, victim.who(t).ID)
	})
	t.Run("a clock that is wrong", func(t *testing.T) {
		defer e.tell(t, fields{"op": "clock", "seconds": 0})
		for _, seconds := range []int{7200, -600} {
			e.tell(t, fields{"op": "clock", "seconds": seconds})
			word, sentence := e.surf(t).refused(t)
			require.Equal(t, "clock", word)
			require.Contains(t, sentence, "clocks")
		}
	})
	t.Run("somebody who declines", func(t *testing.T) {
		e.tell(t, fields{"op": "decline"})
		word, _ := e.surf(t).refused(t)
		require.Equal(t, "declined", word)
	})
}

func TestAProviderMayGoAndComeBackWithNewKeys(t *testing.T) {
	t.Parallel()
	e := employ(t, fields{"short": true}) // and tells of groups only to who asks
	zoe := fields{"name": "Zoé Garnier", "groups": []string{"bottling"}}
	e.seat(t, "s-1", zoe)
	e.surf(t).signIn(t, "")
	said, _, err := command(t, "check", "--config", e.config, "--connect")
	require.NoError(t, err, said)
	require.Contains(t, said, "ok     oidc: "+e.issuer)

	waiting := e.surf(t)
	waiting.detour = func(u *url.URL) {
		if strings.HasSuffix(u.Path, "/callback") && e.cmd.ProcessState == nil {
			e.provider.stop(t)
		}
	}
	word, sentence := waiting.refused(t)
	require.Equal(t, "unreachable", word)
	require.Contains(t, sentence, "does not answer")
	said, _, err = command(t, "check", "--config", e.config, "--connect")
	require.Error(t, err)
	require.Contains(t, said, "FAULT  oidc: discover "+e.issuer)

	e.provider.start(t)
	e.seat(t, "s-1", zoe)
	back := e.surf(t)
	back.signIn(t, "?again=true")
	require.Equal(t, "zoe.garnier", back.who(t).ID)
}

// part changes one of the three parts of a token.
func part(n int, change func([]byte) []byte) func(string) string {
	return func(token string) string {
		parts := strings.Split(token, ".")
		plain, err := base64.RawURLEncoding.DecodeString(parts[n])
		if err != nil {
			return ""
		}
		parts[n] = base64.RawURLEncoding.EncodeToString(change(plain))
		return strings.Join(parts, ".")
	}
}

// claim changes a claim of a token.
func claim(name string, value any) func(string) string {
	return part(1, func(plain []byte) []byte {
		var c fields
		if err := json.Unmarshal(plain, &c); err != nil {
			return nil
		}
		c[name] = value
		text, _ := json.Marshal(c) // of what JSON was: never fails
		return text
	})
}

// unsigned is a token that says that it needs no signature.
func unsigned(token string) string {
	token = part(0, func([]byte) []byte { return []byte(`{"alg":"none"}`) })(token)
	return token[:strings.LastIndex(token, ".")+1]
}

func TestPeopleUseTheCompanyAccountInTheirBrowsers(t *testing.T) {
	t.Parallel()
	e := employ(t, fields{"untold": true, "people": fields{
		"s-1": fields{"name": "Zoé Garnier", "groups": []string{"bottling"}},
		"s-2": fields{"name": "Paul Sans-Groupe"},
		"s-3": fields{"name": "Ana Costa", "groups": []string{"it"}},
		"s-4": fields{"name": "Léa Garnier", "groups": []string{"leads"}},
		"s-5": fields{"name": "Tom Petit", "groups": []string{"leads"}},
	}})
	e.tell(t, fields{"op": "seat", "sub": "s-3"})
	e.surf(t).signIn(t, "")
	e.tell(t, fields{"op": "seat"})
	e.member(t, "ana.costa", "Ana Costa", "operator@lyon") // and has a PIN from now on
	e.member(t, "lea", "Léa Roux", "operator@lyon/line-3")
	e.member(t, "tom", "Tom Petit", "operator@lyon/line-3")
	story(t, "oidc.mjs", e.url, t.ArtifactDir())
}
