package api_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// read is the ways in which the walk asks a route, with something of the world
// for each name in braces. What is silent has nothing to say of any post, and is
// asked all the same. A record of the reader's own deeds names the posts that
// they were about, and nothing that was said there; a report counts the causes
// that were given, for auditors too; calls for a hand are for those who were
// called, from next door too.
type read struct {
	addresses []string
	silent    bool
	record    bool
	report    bool
	called    bool
}

func gives(addresses ...string) read { return read{addresses: addresses} }
func quiet(addresses ...string) read { return read{addresses: addresses, silent: true} }

// reads are all the reads that there are.
var reads = map[string]read{
	"GET /api/v1/posts": gives("/api/v1/posts?limit=100", "/api/v1/posts?limit=100&territory={place}", "/api/v1/posts?limit=100&audience=ghost",
		"/api/v1/posts?limit=100&state=any&territory={root}"),
	"GET /api/v1/posts/{id}":             gives("/api/v1/posts/{post}"),
	"GET /api/v1/posts/{id}/versions":    gives("/api/v1/posts/{post}/versions"),
	"GET /api/v1/posts/{id}/mentionable": quiet("/api/v1/posts/{post}/mentionable?q=w"),
	"GET /api/v1/posts/{id}/guests":      quiet("/api/v1/posts/{post}/guests"),
	"GET /api/v1/posts/{id}/readers":     quiet("/api/v1/posts/{post}/readers"),
	"GET /api/v1/photos/{id}":            gives("/api/v1/photos/photo-{post}", "/api/v1/photos/photo-{post}?size=small"),
	"GET /api/v1/stream":                 gives("/api/v1/stream?since=0", "/api/v1/stream?since=0&territory={place}"),
	"GET /api/v1/search":                 gives("/api/v1/search?q=fuite&limit=100", "/api/v1/search?q=fuite&order=ranked", "/api/v1/search?q=fuite&territory={place}"),
	"GET /api/v1/decisions": gives("/api/v1/decisions?list=open", "/api/v1/decisions?list=open&territory={place}", "/api/v1/decisions?list=mine",
		"/api/v1/decisions?list=late", "/api/v1/decisions?list=decided"),
	"GET /api/v1/notices":                gives("/api/v1/notices"),
	"GET /api/v1/notifications":          gives("/api/v1/notifications?limit=50"),
	"GET /api/v1/notifications/unread":   quiet("/api/v1/notifications/unread"),
	"GET /api/v1/notifications/rules":    quiet("/api/v1/notifications/rules"),
	"GET /api/v1/shifts":                 quiet("/api/v1/shifts?territory={place}"),
	"GET /api/v1/groups":                 gives("/api/v1/groups"),
	"GET /api/v1/groups/{id}":            gives("/api/v1/groups/{group}"),
	"GET /api/v1/groups/{id}/candidates": quiet("/api/v1/groups/{group}/candidates"),
	"GET /api/v1/causes":                 gives("/api/v1/causes?topic=quality&territory={place}"),
	"GET /api/v1/sheet":                  gives("/api/v1/sheet?territory={place}"),
	"GET /api/v1/held":                   gives("/api/v1/held", "/api/v1/held?territory={place}"),
	"GET /api/v1/machines":               quiet("/api/v1/machines?territory={place}", "/api/v1/machines?territory={root}"),
	"GET /api/v1/meeting":                gives("/api/v1/meeting?territory={place}", "/api/v1/meeting?territory={place}&span=day"),
	"GET /api/v1/reports/{period}":       {addresses: []string{"/api/v1/reports/{week}?territory={place}"}, report: true},
	"GET /api/v1/reports/{period}/posts": gives("/api/v1/reports/{week}/posts?territory={place}&figure=posts"),
	"GET /api/v1/reports/{period}/file":  {addresses: []string{"/api/v1/reports/{week}/file?territory={place}", "/api/v1/reports/{week}/file?territory={place}&format=xlsx"}, report: true},
	"GET /api/v1/practices":              gives("/api/v1/practices", "/api/v1/practices?territory={place}"),
	"GET /api/v1/practices/fitting":      quiet("/api/v1/practices/fitting?posts={post}"),
	"GET /api/v1/usages":                 quiet("/api/v1/usages", "/api/v1/usages?territory={place}"),
	"GET /api/v1/groups/{id}/checklists": quiet("/api/v1/groups/{group}/checklists"),
	"GET /api/v1/launch":                 quiet("/api/v1/launch?territory={place}", "/api/v1/launch?territory={launched}"),
	"GET /api/v1/me/charters":            quiet("/api/v1/me/charters"),
	"GET /api/v1/charter/figures":        quiet("/api/v1/charter/figures?territory={place}"),
	"GET /api/v1/territories/help":       gives("/api/v1/territories/help"),
	"GET /api/v1/ambassadors":            quiet("/api/v1/ambassadors?territory={place}"),
	"GET /api/v1/me/ambassador":          quiet("/api/v1/me/ambassador"),
	"GET /api/v1/articles":               quiet("/api/v1/articles?q=fuite"),
	"GET /api/v1/articles/{sku}":         quiet("/api/v1/articles/3760124500004"),
	"GET /api/v1/me/export":              {addresses: []string{"/api/v1/me/export"}, silent: true, record: true},
	"GET /api/v1/me/audit":               quiet("/api/v1/me/audit"),
	"GET /api/v1/me/sessions":            quiet("/api/v1/me/sessions"),
	"GET /api/v1/audit":                  quiet("/api/v1/audit"),
	"GET /api/v1/audit.csv":              quiet("/api/v1/audit.csv"),
	"GET /api/v1/place":                  quiet("/api/v1/place?territory={place}"),
	"GET /api/v1/neighbours":             quiet("/api/v1/neighbours?territory={place}"),
	"GET /api/v1/territories":            quiet("/api/v1/territories"),
	"GET /api/v1/tree":                   quiet("/api/v1/tree"),
	"GET /api/v1/pulse":                  quiet("/api/v1/pulse", "/api/v1/pulse?territory={place}"),
	"GET /api/v1/reach":                  quiet("/api/v1/reach?place={place}"),
	"GET /api/v1/follows":                quiet("/api/v1/follows"),
	"GET /api/v1/proposals":              quiet("/api/v1/proposals"),
	"GET /api/v1/people":                 quiet("/api/v1/people", "/api/v1/people?q=w", "/api/v1/people?place={place}"),
	"GET /api/v1/people/{id}":            quiet("/api/v1/people/of-{root}", "/api/v1/people/{person}"),
	"GET /api/v1/skills":                 quiet("/api/v1/skills"),
	"GET /api/v1/delegates":              quiet("/api/v1/delegates"),
	"GET /api/v1/help":                   {addresses: []string{"/api/v1/help"}, called: true},
	"GET /api/v1/members":                quiet("/api/v1/members"),
	"GET /api/v1/members/template":       quiet("/api/v1/members/template", "/api/v1/members/template?format=yaml"),
	"GET /api/v1/invitations":            quiet("/api/v1/invitations"),
	"GET /api/v1/farewells":              quiet("/api/v1/farewells"),
	"GET /api/v1/devices":                quiet("/api/v1/devices"),
	"GET /api/v1/rules":                  quiet("/api/v1/rules"),
	"GET /api/v1/rules/{id}/shadow":      quiet("/api/v1/rules/weight-2/shadow"),
	"GET /api/v1/replays/{id}":           quiet("/api/v1/replays/run-1"),
	"GET /api/v1/sources":                quiet("/api/v1/sources"),
	"GET /api/v1/guests/{token}":         quiet("/api/v1/guests/none"),
	"GET /api/v1/session":                quiet("/api/v1/session"),
	"GET /api/v1/session/members":        quiet("/api/v1/session/members"),
	"GET /api/v1/session/company":        quiet("/api/v1/session/company"),
	"GET /api/v1/session/oidc":           quiet("/api/v1/session/oidc"),
	"GET /api/v1/session/oidc/callback":  quiet("/api/v1/session/oidc/callback"),
}

// fill puts something of the world for each name in braces.
func (w *world) fill(t *rapid.T, address string) string {
	for name, of := range map[string]func() string{
		"{place}":    func() string { return string(rapid.SampledFrom(w.places()).Draw(t, "place")) },
		"{post}":     func() string { return string(rapid.SampledFrom(w.ids()).Draw(t, "post")) },
		"{root}":     func() string { return string(w.nodes[0].Path) },
		"{launched}": func() string { return string(w.launched) },
		"{person}":   func() string { return string(rapid.SampledFrom(w.people).Draw(t, "person")) },
		"{group}":    func() string { return string(w.nodes[0].Path) },
		"{week}":     func() string { return feed.PeriodOf(feed.Week, time.Now(), inParis("")).ID },
	} {
		if strings.Contains(address, name) {
			address = strings.ReplaceAll(address, name, of())
		}
	}
	return address
}

// Posts by their names, and the words that were said on them.
var (
	names = regexp.MustCompile(`w\d+-p\d+`)
	words = regexp.MustCompile(`fuite w\d+-p\d+`)
)

// named are the posts that an answer names.
func (r read) named(t *rapid.T, body []byte) (ids []feed.PostID) {
	body = unpacked(t, body)
	if r.record {
		body = bytes.Join(words.FindAll(body, -1), []byte("\n"))
	}
	for _, id := range names.FindAll(body, -1) {
		ids = append(ids, feed.PostID(id))
	}
	return ids
}

// may tells whether the member of the world may have what the answer says of a
// post.
func (r read) may(w *world, id feed.PostID) bool {
	p := w.posts[id]
	if r.called {
		return p != nil && w.asked[id]
	}
	return w.mayRead(id) || r.report && p != nil && p.Audience == feed.Everybody && w.covered(p.Territory, feed.Auditor)
}

// unpacked is a body, or what is in the files of an archive.
func unpacked(t *rapid.T, body []byte) (all []byte) {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return body
	}
	for _, f := range z.File {
		in, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(in)
		require.NoError(t, err)
		all = append(all, text...)
	}
	return all
}

// asker asks the API without a network between.
type asker struct{ site http.Handler }

func (a *asker) ask(t *rapid.T, method, path string, body any) (int, []byte) {
	text, err := json.Marshal(body)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	req := httptest.NewRequestWithContext(ctx, method, path, bytes.NewReader(text))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer whoever")
	w := &recorder{ResponseRecorder: httptest.NewRecorder(), over: cancel}
	a.site.ServeHTTP(w, req)
	return w.Code, w.Body.Bytes()
}

// recorder hangs up on a stream as soon as that has said what was missed.
type recorder struct {
	*httptest.ResponseRecorder
	over func()
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.Header().Get("Content-Type") == "text/event-stream; charset=utf-8" {
		w.over() // what was missed is one write of many frames
	}
	return w.ResponseRecorder.Write(b)
}

// count holds the numbers that are told against the posts that there are: of each
// place, and of what waits to be read.
func (w *world) count(t *rapid.T, a *asker) {
	var list struct{ Territories []api.Territory }
	if status, body := a.ask(t, http.MethodGet, "/api/v1/territories", nil); status == http.StatusOK {
		require.NoError(t, json.Unmarshal(body, &list))
	}
	for _, place := range list.Territories {
		open := 0
		for _, p := range w.posts {
			if p.State.Open() && p.Audience == feed.Everybody && w.covered(feed.Path(place.Path), readers...) && w.stands(p, feed.Path(place.Path)) {
				open++
			}
		}
		require.Equal(t, open, place.Open, "open posts of %s for %v", place.Path, w.member.Grants)
	}
	told := 0
	for id, p := range w.posts {
		if w.mayRead(id) && p.Audience == feed.Everybody {
			told++
		}
	}
	var unread struct{ Unread int }
	if status, body := a.ask(t, http.MethodGet, "/api/v1/notifications/unread", nil); status == http.StatusOK {
		require.NoError(t, json.Unmarshal(body, &unread))
		require.Equal(t, told, unread.Unread, "unread of %v", w.member.Grants)
	}
}

// write comments a post, which only who writes there gets past the rights, and
// does what routes of the table do: nothing is done by whom may not read it.
func (w *world) write(t *rapid.T, a *asker) {
	id := rapid.SampledFrom(w.ids()).Draw(t, "commented")
	p := w.posts[id]
	status, body := a.ask(t, http.MethodPost, "/api/v1/posts/"+string(id)+"/comments", fields{"text": "x"})
	may := w.covered(p.Territory, writers...) || p.Kind == feed.MustRead && w.around(p.Territory, writers...)
	may = may && w.mayRead(id)
	if past := status == http.StatusCreated || status == http.StatusConflict; past || p.Audience == feed.Everybody {
		require.Equal(t, may, past, "%s by %v: %s", id, w.member.Grants, body)
	}
	status, body = a.ask(t, http.MethodPut, "/api/v1/proposals/"+w.proposed+"/answer", fields{"yes": true})
	if status < http.StatusBadRequest || status == http.StatusConflict {
		require.True(t, w.words[w.proposed][0].may(), "a proposal to others is answered by %v: %s", w.member.Grants, body)
	}
	for _, id := range w.ids() {
		if w.posts[id].Kind != feed.HelpWanted {
			continue
		}
		status, body := a.ask(t, http.MethodPost, "/api/v1/help/"+string(id)+"/come", nil)
		if status < http.StatusBadRequest || status == http.StatusConflict {
			require.True(t, w.mayRead(id) || w.asked[id], "%v comes to help with %s: %s", w.member.Grants, id, body)
		}
	}
	for range 3 {
		id := rapid.SampledFrom(w.ids()).Draw(t, "written to")
		name := rapid.SampledFrom(writes()).Draw(t, "write")
		method, path, _ := strings.Cut(name, " ")
		path = strings.NewReplacer("{id}", string(id), "{reaction}", "useful", "{comment}", "said-"+string(id), "{guest}", "none", "{step}", "backroom").
			Replace(cmp.Or(routes[name].path, path))
		status, body := a.ask(t, method, path, routes[name].body)
		if status < http.StatusBadRequest || status == http.StatusConflict {
			require.True(t, w.mayRead(id), "%s %s is done by %v: %s", method, path, w.member.Grants, body)
		}
	}
}

// writes are the routes that do something to a post.
func writes() (names []string) {
	for name := range routes {
		if strings.Contains(name, " /api/v1/posts/{id}") && !strings.HasPrefix(name, http.MethodGet) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// walkIns takes whoever comes for the member that it was told of.
type walkIns struct {
	api.Sessions
	member feed.Member
}

func (s *walkIns) Visit(ctx context.Context, token string) (feed.Session, error) {
	return s.Session(ctx, token)
}

func (s *walkIns) Session(context.Context, string) (feed.Session, error) {
	return feed.Session{Member: s.member, Expires: time.Now().Add(time.Hour), ProvedAt: time.Now()}, nil
}
