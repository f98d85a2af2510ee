package api_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/feed/auth"
	"github.com/fildefer/fildefer/feed/live"
	"github.com/fildefer/fildefer/feed/photo"
	"github.com/fildefer/fildefer/feed/report"
	"github.com/fildefer/fildefer/feed/roster"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/feed/store/storetest"
	"github.com/fildefer/fildefer/feed/usage"
)

const pin = "4711"

// pinHash is slow on purpose, so the tests share one.
var pinHash = sync.OnceValues(func() (string, error) { return auth.HashPIN(pin) })

// house is a running site: store, sign-in, live hub and API, with the places
// and people of a plant and a store.
type house struct {
	store  *store.Store
	people *feed.Service
	srv    *httptest.Server
	tokens map[feed.MemberID]string
	checks map[string]error // what the readiness checks say
	erased []feed.Erasure
	proved time.Time // when those who join showed who they are; zero: now
	from   string    // address that requests come from, where that is not this computer's
}

const (
	line3  = feed.Path("lyon/bottling/line-3")
	filler = feed.Path("lyon/bottling/line-3/filler")
	aisle1 = feed.Path("paris/bastille/aisle-1")
	aisle2 = feed.Path("paris/bastille/aisle-2")
)

var places = []feed.Territory{
	{Path: "lyon", Name: "Lyon", Kind: feed.Site},
	{Path: "lyon/bottling", Name: "Embouteillage", Kind: feed.Workshop},
	{Path: line3, Name: "Ligne 3", Kind: feed.Line, Target: 18000},
	{Path: filler, Name: "Remplisseuse <b>3</b>", Kind: feed.Machine, Target: 18000},
	{Path: "paris", Name: "Paris", Kind: feed.Banner},
	{Path: "paris/bastille", Name: "Bastille", Kind: feed.Store},
	{Path: aisle1, Name: "Boissons", Kind: feed.Aisle},
	{Path: aisle2, Name: "Épicerie", Kind: feed.Aisle},
}

var members = []feed.Member{
	{ID: "operator", Name: "Karim", Lang: feed.French, Grants: []feed.Grant{{Territory: line3, Role: feed.Operator}}},
	{ID: "staff", Name: "Léa", Lang: feed.French, Grants: []feed.Grant{{Territory: aisle1, Role: feed.Staff}}},
	{ID: "staff2", Name: "Noé", Lang: feed.French, Grants: []feed.Grant{{Territory: aisle2, Role: feed.Staff}}},
	{ID: "manager", Name: "Ana", Lang: feed.English, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Manager}, {Territory: "paris", Role: feed.Manager}}},
	{ID: "admin", Name: "Root", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Admin}}},
}

// onEach runs a test on a house of its own over each database.
func onEach(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	t.Parallel()
	for name, url := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return store.SQLiteIn(t.TempDir()) },
		"postgres": func(t *testing.T) string { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, build(t, url(t), behindProxy))
		})
	}
}

// onSQLite is for what no database has a say in.
func onSQLite(t *testing.T, change ...func(*api.Options)) *house {
	t.Helper()
	return build(t, "sqlite:"+filepath.Join(t.TempDir(), "feed.db"), change...)
}

// behindProxy lets requests say where they come from.
func behindProxy(o *api.Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} }

func build(t testing.TB, url string, change ...func(*api.Options)) *house {
	t.Helper()
	s, err := store.Open(t.Context(), url, store.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	require.NoError(t, s.SetTerritories(t.Context(), places))
	h := &house{
		store: s, people: feed.NewService(s, time.Now), tokens: map[feed.MemberID]string{},
		checks: map[string]error{"database": nil, "bus": nil},
	}
	for _, m := range members {
		h.join(t, m)
	}
	o := h.options(t)
	for _, c := range change {
		c(&o)
	}
	h.srv = httptest.NewServer(api.New(o))
	t.Cleanup(h.srv.Close)
	return h
}

// inParis is the zone of every place of the house.
func inParis(feed.Path) *time.Location {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err)
	}
	return zone
}

// options are what the API stands on in the house.
func (h *house) options(t testing.TB) api.Options {
	t.Helper()
	s := h.store
	sessions := auth.NewService(s, s, time.Now)
	return api.Options{
		Version: "test", Log: slog.New(slog.DiscardHandler), Posts: s, Places: s, Machines: s, Lines: s, Articles: s, People: h.people,
		Directory: s, Cards: feed.NewDirectory(s, time.Now), Presences: s, Calls: s, Searching: s,
		Tree: feed.NewPlaces(s, time.Now), TreeFiles: roster.Places{}, PeopleFiles: roster.People{}, Follows: s, Proposing: feed.NewProposals(s, time.Now), Proposed: s,
		Groups: feed.NewCircles(s, time.Now), Circles: s, Notices: s, Talks: s,
		Balances: report.NewService(s, inParis, time.Now), Meetings: report.NewMeetings(s, shifts, inParis, time.Now),
		Usages: usage.All(), Installs: s, PackRules: func(pack string) ([]feed.Text, bool) {
			return []feed.Text{{FR: "{asset} : effort de {value|0} kN", EN: "{asset}: {value|0} kN"}}, pack == "press"
		},
		Checklists: feed.NewChecklists(s, func(feed.Path, feed.Every, time.Time) time.Time { return time.Time{} }, time.Now),
		Launches:   feed.NewLaunches(s, time.Now), Charters: feed.NewCharters(s, time.Now), CharterCounts: s,
		Notifications: s, Wishes: s, Trial: trialOf,
		Sessions: sessions, Members: s, Badges: sessions, Devices: s, Pairing: auth.NewPairing(s, time.Now, auth.CodeFor), Stream: h.hub(t),
		Roster: feed.NewRoster(s, time.Now), Welcome: auth.NewReception(feed.NewRoster(s, time.Now)), Trail: s,
		Erasures: func(e feed.Erasure) error { h.erased = append(h.erased, e); return nil },
		Needs:    feed.NewNeeds(s, s, time.Now), Ambassadors: feed.NewAmbassadors(s, time.Now),
		Sources: func() []api.Source { return []api.Source{{Name: "mqtt", Kind: "mqtt", State: "up"}} },
		Rules:   rules{}, Replays: replays{}, Shifts: shifts, Seals: s, Photos: photo.NewLab(),
		Checks: map[string]api.Check{
			"database": s.Ping, "bus": func(context.Context) error { return h.checks["bus"] },
		},
		Web: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "app "+r.URL.Path) }),
	}
}

// join adds somebody, if need be, and signs them in.
func (h *house) join(t testing.TB, m feed.Member) {
	t.Helper()
	if _, known := h.tokens[m.ID]; !known {
		hash, err := pinHash()
		require.NoError(t, err)
		require.NoError(t, h.store.AddMember(t.Context(), m, hash))
	}
	h.tokens[m.ID] = rand.Text()
	kept := sha256.Sum256([]byte(h.tokens[m.ID])) // as auth keeps it, without the cost of its PINs
	require.NoError(t, h.store.AddSession(t.Context(), hex.EncodeToString(kept[:]), feed.Session{Member: m, Expires: time.Now().Add(time.Hour), ProvedAt: cmp.Or(h.proved, time.Now())}, time.Now()))
}

// hub follows the store for as long as the test lasts.
func (h *house) hub(t testing.TB) *live.Hub {
	t.Helper()
	hub := live.NewHub(h.store, api.NewRenderer(h.store).JSON, slog.New(slog.DiscardHandler), live.NewMetrics(prometheus.NewRegistry()))
	h.store.Notify(hub.Wake)
	h.store.Told(hub.Toll)
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var running sync.WaitGroup
	running.Go(func() { _ = hub.Run(ctx) })
	t.Cleanup(running.Wait)
	t.Cleanup(cancel)
	return hub
}

// raise lets a machine open a post on line 3 and returns its id.
func (h *house) raise(t *testing.T, key string, at time.Time) string {
	t.Helper()
	value, limit := 1012.5, 1000.0
	n := feed.Notice{
		Effect: key + at.String(), Kind: feed.Raise, Key: key, Episode: 1, At: at,
		PostKind: feed.Alert, Topic: feed.Quality, Severity: feed.Major, Asset: filler,
		Author: feed.Author{Kind: feed.ByMachine, Name: "Remplisseuse <b>3</b>"},
		Title:  feed.Text{FR: "{asset} : {value|1} {unit}", EN: "{asset}: {value|1} {unit}"},
		Values: feed.Values{"asset": "", "value": value, "unit": "g"}, Signal: "weight", Value: &value, Unit: "g", Limit: &limit,
		Provenance: feed.Provenance{Source: "mqtt", Rule: "weight", Attr: map[string]string{"topic": "<script>alert(1)</script>"}},
	}
	require.NoError(t, h.store.InTx(t.Context(), func(tx feed.Tx) error { return n.Apply(t.Context(), tx) }))
	page, err := h.store.Feed(t.Context(), feed.Scope{Roots: []feed.Path{line3}}, feed.Query{})
	require.NoError(t, err)
	for _, p := range page.Posts {
		if p.Key == key {
			return string(p.ID)
		}
	}
	require.Fail(t, "not raised", key)
	return ""
}

// answer is what the API said.
type answer struct {
	t      *testing.T
	Status int
	Header http.Header
	Body   []byte
}

func (a answer) into(v any) { require.NoError(a.t, json.Unmarshal(a.Body, v), string(a.Body)) }

func (a answer) is(status int) answer {
	a.t.Helper()
	require.Equal(a.t, status, a.Status, string(a.Body))
	return a
}

// detail is the sentence of a problem.
func (a answer) detail() string {
	a.t.Helper()
	require.Equal(a.t, "application/problem+json", a.Header.Get("Content-Type"), string(a.Body))
	var p struct {
		Type, Title, Detail string
		Status              int
	}
	a.into(&p)
	require.Equal(a.t, a.Status, p.Status)
	require.Equal(a.t, "about:blank", p.Type)
	require.NotEmpty(a.t, p.Title)
	return p.Detail
}

// ask sends a request as a member, nobody when as is empty. A body that is a
// string goes as it is.
func (h *house) ask(t *testing.T, as feed.MemberID, method, path string, body any, header ...string) answer {
	t.Helper()
	var send io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		send = bytes.NewBufferString(b)
	default:
		text, err := json.Marshal(b)
		require.NoError(t, err)
		send = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, h.srv.URL+path, send)
	require.NoError(t, err)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if h.from != "" {
		req.Header.Set("X-Forwarded-For", h.from)
	}
	if as != "" {
		req.Header.Set("Authorization", "Bearer "+h.tokens[as])
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := h.srv.Client().Do(req)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	a := answer{t: t, Status: res.StatusCode, Header: res.Header}
	if res.Header.Get("Content-Type") != "text/event-stream; charset=utf-8" {
		a.Body, err = io.ReadAll(res.Body)
		require.NoError(t, err)
	}
	return a
}

var errAway = errors.New("dial tcp 10.0.0.7: away")
