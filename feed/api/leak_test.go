package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/feed/store"
)

// worldsAtOnce is how many random worlds are made in one transaction and asked
// about, a hundred times; -rapid.checks=500 makes ten thousand of them.
const worldsAtOnce = 20

// reads are the ways to the posts of a world. Each returns the ids that it gave
// away; a new way is a new line.
var reads = map[string]func(t *rapid.T, a *asker, w *world) []feed.PostID{
	"list":        func(t *rapid.T, a *asker, _ *world) []feed.PostID { return a.list(t, "limit=100") },
	"list by one": listEachPlace,
	"ghosts":      func(t *rapid.T, a *asker, _ *world) []feed.PostID { return a.list(t, "limit=100&audience=ghost") },
	"one":         func(_ *rapid.T, a *asker, w *world) []feed.PostID { return a.found(w, "/api/v1/posts/%s") },
	"attachment":  func(_ *rapid.T, a *asker, w *world) []feed.PostID { return a.found(w, "/api/v1/photos/photo-%s") },
	"stream":      streamed,
	"count":       counted,
}

// TestNoRequestReachesWhatItsGrantsDoNotCover makes random trees, posts and
// grants, and compares what every read gives and every write takes with a
// second, plainer account of the rights.
func TestNoRequestReachesWhatItsGrantsDoNotCover(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s, err := store.Open(t.Context(), store.SQLiteIn(t.TempDir()), store.Options{})
		require.NoError(r, err)
		defer func() { require.NoError(r, s.Close()) }()
		people := &walkIns{}
		h := &house{store: s, people: feed.NewService(s, time.Now)}
		a := &asker{site: h.site(t, people)}
		var worlds []*world
		for i := range worldsAtOnce {
			worlds = append(worlds, newWorld(r, fmt.Sprintf("w%d", i)))
		}
		settle(r, s, worlds)
		for _, w := range worlds {
			people.member = w.member
			for name, read := range reads {
				for _, id := range read(r, a, w) {
					require.True(r, w.mayRead(id), "%s gives %s to %v", name, id, w.member.Grants)
				}
			}
			for _, id := range w.everybodys() {
				require.Equal(r, w.mayRead(id), slices.Contains(a.found(w, "/api/v1/posts/%s"), id), "%s for %v", id, w.member.Grants)
			}
			w.write(r, a)
		}
	})
}

// world is a tree with posts, and somebody with grants in it.
type world struct {
	nodes  []feed.Territory
	posts  map[feed.PostID]*feed.Post
	member feed.Member
}

func newWorld(t *rapid.T, root string) *world {
	w := &world{posts: map[feed.PostID]*feed.Post{}, nodes: []feed.Territory{{Path: feed.Path(root), Name: root, Kind: feed.Site}}}
	for i := range rapid.IntRange(1, 6).Draw(t, "nodes") {
		above := rapid.SampledFrom(w.nodes).Draw(t, "above")
		// A name that another begins with is not above it.
		path := above.Path + "/" + feed.Path(rapid.SampledFrom([]string{"a", "ab", "b"}).Draw(t, "name")) + feed.Path(fmt.Sprint(i/2))
		if !slices.ContainsFunc(w.nodes, func(n feed.Territory) bool { return n.Path == path }) {
			w.nodes = append(w.nodes, feed.Territory{Path: path, Name: string(path), Kind: feed.Line})
		}
	}
	group := feed.Group(root)
	places := []feed.Path{group}
	for _, n := range w.nodes {
		places = append(places, n.Path)
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "posts") {
		p := &feed.Post{
			ID: feed.PostID(fmt.Sprintf("%s-p%d", root, i)), Kind: feed.Idea, Topic: feed.Ideas, State: feed.New, Severity: feed.Info,
			Territory: rapid.SampledFrom(places).Draw(t, "place"), Author: feed.Author{Kind: feed.ByPerson, Name: "x", Member: "x"}, Text: "x",
			OpenedAt: time.Now(), UpdatedAt: time.Now(), BumpedAt: time.Now(),
		}
		if rapid.IntRange(0, 3).Draw(t, "ghost") == 0 && !p.Territory.IsGroup() {
			p.Audience = feed.Ghost
		}
		w.posts[p.ID] = p
	}
	roles := append(slices.Clone(feed.Roles), feed.AtStation, feed.OnWall)
	w.member = feed.Member{ID: feed.MemberID("of-" + root), Name: "x", Lang: feed.French}
	for range rapid.IntRange(0, 3).Draw(t, "grants") {
		at := rapid.SampledFrom(places).Draw(t, "at")
		role := rapid.SampledFrom(roles).Draw(t, "role")
		if at.IsGroup() {
			role = rapid.SampledFrom([]feed.Role{feed.Insider, feed.Keeper}).Draw(t, "in group")
		}
		w.member.Grants = append(w.member.Grants, feed.Grant{Territory: at, Role: role})
	}
	return w
}

// settle keeps the worlds in one transaction.
func settle(t *rapid.T, s *store.Store, worlds []*world) {
	var nodes []feed.Territory
	for _, w := range worlds {
		nodes = append(nodes, w.nodes...)
	}
	require.NoError(t, s.SetTerritories(context.Background(), nodes))
	require.NoError(t, s.InTx(context.Background(), func(tx feed.Tx) error {
		for _, w := range worlds {
			root := string(w.nodes[0].Path)
			if err := tx.SaveCircle(context.Background(), feed.Circle{ID: root, Name: root, Kind: feed.TeamCircle, Join: feed.JoinAsked, Hidden: true, MadeAt: time.Now()}); err != nil {
				return err
			}
			for _, p := range w.posts {
				photo := feed.StoredPhoto{ID: feed.PhotoID("photo-" + p.ID), Post: p.ID, Picture: feed.Picture{Width: 1, Height: 1, Large: []byte{1}, Small: []byte{1}}, At: time.Now()}
				if err := tx.Save(context.Background(), p); err != nil {
					return err
				}
				if err := tx.AddPhoto(context.Background(), photo); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// covered tells whether a grant with one of the roles is at or above the place.
func (w *world) covered(place feed.Path, roles ...feed.Role) bool {
	for _, g := range w.member.Grants {
		if slices.Contains(roles, g.Role) && strings.HasPrefix(string(place)+"/", string(g.Territory)+"/") {
			return true
		}
	}
	return false
}

func (w *world) mayRead(id feed.PostID) bool {
	p := w.posts[id]
	if p == nil {
		return false // of another world
	}
	if p.Audience == feed.Ghost && !w.covered(p.Territory, feed.Animator, feed.Manager) {
		return false
	}
	return w.covered(p.Territory, feed.Operator, feed.Staff, feed.Lead, feed.Manager, feed.Animator, feed.Insider, feed.Keeper, feed.AtStation, feed.OnWall)
}

func (w *world) everybodys() (ids []feed.PostID) {
	for id, p := range w.posts {
		if p.Audience == feed.Everybody {
			ids = append(ids, id)
		}
	}
	return ids
}

// write comments one of the posts, and succeeds only with a role that writes
// there.
func (w *world) write(t *rapid.T, a *asker) {
	for id, p := range w.posts {
		status, body := a.ask(http.MethodPost, "/api/v1/posts/"+string(id)+"/comments", fields{"text": "x"})
		may := w.mayRead(id) && w.covered(p.Territory, feed.Operator, feed.Staff, feed.Lead, feed.Manager, feed.Animator, feed.Insider, feed.Keeper)
		if done := status == http.StatusCreated; done || p.Audience == feed.Everybody {
			require.Equal(t, may, done, "%s by %v: %s", id, w.member.Grants, body)
		}
		return
	}
}

func listEachPlace(t *rapid.T, a *asker, w *world) (ids []feed.PostID) {
	for _, n := range w.nodes {
		ids = append(ids, a.list(t, "limit=100&territory="+string(n.Path))...)
	}
	return ids
}

// streamed is what the hub lets through to the member's stream.
func streamed(_ *rapid.T, _ *asker, w *world) (ids []feed.PostID) {
	for id, p := range w.posts {
		if w.member.Scope().Sees(p) {
			ids = append(ids, id)
		}
	}
	return ids
}

// counted is the posts of the places of which a number is told.
func counted(t *rapid.T, a *asker, w *world) (ids []feed.PostID) {
	var list struct{ Territories []api.Territory }
	status, body := a.ask(http.MethodGet, "/api/v1/territories", nil)
	if status == http.StatusOK {
		require.NoError(t, json.Unmarshal(body, &list))
	}
	for _, place := range list.Territories {
		for id, p := range w.posts {
			if place.Open > 0 && p.Audience == feed.Everybody && p.Territory.Within(feed.Path(place.Path)) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// asker asks the API without a network between.
type asker struct{ site http.Handler }

func (a *asker) ask(method, path string, body any) (int, []byte) {
	text, _ := json.Marshal(body)
	req := httptest.NewRequestWithContext(context.Background(), method, path, bytes.NewReader(text))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer whoever")
	w := httptest.NewRecorder()
	a.site.ServeHTTP(w, req)
	return w.Code, w.Body.Bytes()
}

func (a *asker) list(t *rapid.T, query string) (ids []feed.PostID) {
	status, body := a.ask(http.MethodGet, "/api/v1/posts?"+query, nil)
	if status != http.StatusOK {
		return nil
	}
	var page api.PostPage
	require.NoError(t, json.Unmarshal(body, &page))
	for _, p := range page.Posts {
		ids = append(ids, feed.PostID(p.ID))
	}
	return ids
}

// found is the posts for which an address gives anything.
func (a *asker) found(w *world, address string) (ids []feed.PostID) {
	for id := range w.posts {
		if status, _ := a.ask(http.MethodGet, fmt.Sprintf(address, id), nil); status == http.StatusOK {
			ids = append(ids, id)
		}
	}
	return ids
}

// walkIns takes whoever comes for the member that it was told of.
type walkIns struct {
	api.Sessions
	member feed.Member
}

func (s *walkIns) Visit(context.Context, string) (feed.Session, error) {
	return feed.Session{Member: s.member, Expires: time.Now().Add(time.Hour)}, nil
}
