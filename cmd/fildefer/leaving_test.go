package main_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// within is how soon whoever leaves the company is out of everything. Accounts
// are asked after each 200 ms in these tests, 30 s elsewhere: the sum stays.
const within = 30 * time.Second

// TestLeavingTheCompanyEndsEverything closes somebody's account at the provider,
// and tells nobody else, while they are signed in everywhere.
func TestLeavingTheCompanyEndsEverything(t *testing.T) {
	t.Parallel()
	for how, op := range map[string]string{"the account is closed": "leave", "what was given out for it is taken back": "revoke"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			l := leaver(t)
			stream := l.stream(t, l.office.token)
			station := l.stream(t, l.badge)
			l.tell(t, fields{"op": op, "sub": "s-1"})
			since := time.Now()
			for name, ended := range map[string]<-chan struct{}{"own": stream, "of the badge": station} {
				select {
				case <-ended:
				case <-time.After(within):
					require.FailNow(t, "a stream is still open", name)
				}
			}
			t.Logf("out of everything after %s", time.Since(since))
			l.is(t, out)

			l.seat(t, "s-1", zoe)
			back := l.surf(t)
			back.signIn(t, "")
			require.Equal(t, "zoe.garnier", back.who(t).ID)
			l.office.token = back.token()
			l.is(t, in)
			l.verify(t)
		})
	}
	t.Run("a provider that is away says nothing of anybody", func(t *testing.T) {
		t.Parallel()
		l := leaver(t)
		l.provider.stop(t)
		require.Eventually(t, func() bool { return strings.Count(l.log.String(), "asked after its people in vain") > 3 }, within, 20*time.Millisecond)
		l.is(t, in)
	})
	t.Run("a group that one leaves takes its role along", func(t *testing.T) {
		t.Parallel()
		l := leaver(t)
		l.tell(t, fields{"op": "person", "sub": "s-1", "claims": fields{"name": "Zoé Roux", "groups": []string{"bottling"}}})
		require.Eventually(t, func() bool {
			var me employee
			_, err := l.office.call(t.Context(), http.MethodGet, "/api/v1/session", "", nil, &me)
			return err == nil && me.Name == "Zoé Roux" && strings.Join(me.roles(), " ") == "operator@lyon/line-3"
		}, within, 20*time.Millisecond)
	})
}

var zoe = fields{"name": "Zoé Garnier", "groups": []string{"leads"}}

// leaving is Zoé, with all that she has here: a session by the company's account,
// one by badge on a station, a PIN, a guest whom she lets read a post, and
// somebody whom she invited.
type leaving struct {
	*employer
	office       *client
	desk         *surfer
	tablet       *tablet
	badge        string
	guest, paper string
}

func leaver(t *testing.T) *leaving {
	t.Helper()
	l := &leaving{employer: employ(t, fields{"lasting": true})}
	l.seat(t, "s-1", zoe)
	l.surf(t).signIn(t, "") // and is a member from now on
	l.member(t, "zoe.garnier", "Zoé Garnier", "operator@lyon/line-3")
	l.tablet = l.badged(t, "zoe.garnier", "ZOE-0001")

	l.desk = l.surf(t)
	l.desk.signIn(t, "?again=true") // which gives nothing new to ask with
	l.office = &client{url: l.url, token: l.desk.token()}
	var made post
	l.did(t, http.MethodPost, "/api/v1/posts", map[string]string{"kind": "stop-point", "territory": "lyon/line-3", "text": "arrêt"}, &made)
	var guest struct{ Path string }
	l.did(t, http.MethodPost, "/api/v1/posts/"+made.ID+"/guests", map[string]any{"name": "Réparateur", "days": 3}, &guest)
	l.guest = "/api/v1/guests/" + strings.TrimPrefix(guest.Path, "/guest/")
	var paper struct{ Code string }
	l.did(t, http.MethodPost, "/api/v1/invitations", map[string]string{"name": "Léo", "place": "lyon/line-3", "role": "operator"}, &paper)
	l.paper = paper.Code
	l.is(t, in)
	at, err := url.Parse(l.url)
	require.NoError(t, err)
	for _, c := range l.tablet.client.Jar.Cookies(at) {
		l.badge += c.Name + "=" + c.Value + "; "
	}
	return l
}

// badged gives somebody a badge, and returns a station that reads it.
func (e *employer) badged(t *testing.T, member, badge string) *tablet {
	t.Helper()
	e.told(t, badge+"\n", "member", "badge", member, "--badge-stdin")
	code := regexp.MustCompile(`type (\w{4}-\w{4}) before`).FindStringSubmatch(e.told(t, "", "device", "add", "Tablette", "--place", "lyon/line-3"))
	station := e.tablet(t)
	status, _ := station.ask(t, http.MethodPost, "/api/v1/device", map[string]string{"code": code[1]})
	require.Equal(t, http.StatusCreated, status)
	return station
}

// did does something as Zoé that must be done.
func (l *leaving) did(t *testing.T, method, path string, body, into any) {
	t.Helper()
	status, err := l.office.call(t.Context(), method, path, "k-"+path, body, into)
	require.NoError(t, err)
	require.Less(t, status, 300, path)
}

func (l *leaving) byBadge(t *testing.T) int {
	t.Helper()
	status, _ := l.tablet.ask(t, http.MethodPost, "/api/v1/session/badge", map[string]string{"badge": "ZOE-0001"})
	return status
}

// in and out are what each door answers to who is, and is not, of the company.
const (
	in  = "session 200, PIN 201, badge 201, guest 200, invitation 200"
	out = "session 401, PIN 401, badge 401, guest 410, invitation 401"
)

// is asks at every door, by what was given out before.
func (l *leaving) is(t *testing.T, what string) {
	t.Helper()
	guest := &client{url: l.url}
	var doors []string
	for _, d := range []struct {
		name string
		by   *client
		how  string
		path string
		body any
	}{
		{"session", l.office, http.MethodGet, "/api/v1/session", nil},
		{"PIN", guest, http.MethodPost, "/api/v1/session", map[string]string{"member": "zoe.garnier", "pin": "1234"}},
		{"badge", nil, "", "", nil},
		{"guest", guest, http.MethodGet, l.guest, nil},
		{"invitation", guest, http.MethodPost, "/api/v1/welcome/look", map[string]string{"code": l.paper}},
	} {
		status := 0
		if d.by == nil {
			status = l.byBadge(t)
		} else {
			var err error
			status, err = d.by.call(t.Context(), d.how, d.path, "", d.body, nil)
			require.NoError(t, err)
		}
		doors = append(doors, fmt.Sprintf("%s %d", d.name, status))
	}
	require.Equal(t, what, strings.Join(doors, ", "))
}

// stream opens a stream and returns what is closed when it ends. Credentials are
// a token, or cookies.
func (l *leaving) stream(t *testing.T, credentials string) <-chan struct{} {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, l.url+"/api/v1/stream", nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+credentials)
	if strings.Contains(credentials, "=") {
		req.Header.Del("Authorization")
		req.Header.Set("Cookie", strings.TrimSuffix(credentials, "; "))
	}
	res, err := http.DefaultClient.Do(req) //nolint:bodyclose // whoever reads it closes it
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, res.StatusCode)
	lines := bufio.NewScanner(res.Body)
	require.True(t, lines.Scan(), "the stream says hello")
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer func() { _ = res.Body.Close() }()
		for lines.Scan() {
			continue
		}
	}()
	return ended
}

// verify reads what was written down of it.
func (l *leaving) verify(t *testing.T) {
	t.Helper()
	said, _, err := command(t, "audit", "verify", "--config", l.config)
	require.NoError(t, err)
	require.Contains(t, said, "lines hold")
	var log struct{ Lines []struct{ Action string } }
	l.did(t, http.MethodGet, "/api/v1/me/audit", nil, &log)
	var actions []string
	for _, line := range log.Lines {
		actions = append(actions, line.Action)
	}
	require.Contains(t, actions, "member.lapse")
	require.Contains(t, actions, "member.return")
}

// token is that of the session that a browser keeps.
func (s *surfer) token() string {
	at, err := url.Parse(s.e.url)
	if err != nil {
		return ""
	}
	for _, c := range s.Jar.Cookies(at) {
		if c.Name == "fildefer" {
			return c.Value
		}
	}
	return ""
}
