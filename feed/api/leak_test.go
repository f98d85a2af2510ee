package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/feed/report"
	"github.com/fildefer/fildefer/feed/store"
)

// worldsAtOnce is how many random worlds are made in one transaction and asked
// about, a hundred times, fewer under the race detector; -rapid.checks=2500 makes
// ten thousand of them.
const worldsAtOnce = 4

// TestNoRequestReachesWhatItsGrantsDoNotCover makes random trees, posts and
// grants, asks every address there is for what stands there, and compares what
// came, and what was done, with a second, plainer account of the rights. Each
// post says its own name wherever it speaks, so that a body which should not have
// it is found out whatever its form.
func TestNoRequestReachesWhatItsGrantsDoNotCover(t *testing.T) {
	t.Parallel()
	blank := blankDatabase(t)
	given := map[string]int{} // how often each read gave a post to who may read it
	rapid.Check(t, func(r *rapid.T) {
		s, err := store.Open(t.Context(), copyOf(t, blank), store.Options{})
		require.NoError(r, err)
		defer func() { require.NoError(r, s.Close()) }()
		people := &walkIns{}
		h := &house{store: s, people: feed.NewService(s, time.Now)}
		a := &asker{site: h.worked(t, people)}
		var worlds []*world
		for i := range worldsAtOnce {
			worlds = append(worlds, newWorld(r, fmt.Sprintf("w%d", i)))
		}
		settle(r, s, worlds)
		post(r, s, worlds, given)
		for _, w := range worlds {
			people.member = w.member
			w.look(r, a, worlds, given)
			w.hides(given)
			w.ask(r, a)
			w.count(r, a)
			w.write(r, a)
		}
	})
	t.Log(given)
	require.Positive(t, given["letter"])
	require.Positive(t, given["letter without its post"])
	for what, n := range given {
		require.Positive(t, n, what)
	}
	for _, name := range slices.Sorted(maps.Keys(reads)) {
		require.Equal(t, reads[name].silent, given[name] == 0, "%s gave posts %d times", name, given[name])
	}
}

// TestEveryReadIsInTheWalk keeps a new way to what people say from being left
// out of the random walk.
func TestEveryReadIsInTheWalk(t *testing.T) {
	t.Parallel()
	for name := range onSQLite(t).operations(t) {
		if _, walked := reads[name]; strings.HasPrefix(name, http.MethodGet+" /api/") {
			require.True(t, walked, "%s has no line in leak_reads_test.go", name)
		}
	}
}

// look asks every read for what stands anywhere in the world: nothing comes of
// what the member may not read.
func (w *world) look(t *rapid.T, a *asker, worlds []*world, given map[string]int) {
	for _, name := range slices.Sorted(maps.Keys(reads)) {
		for _, address := range reads[name].addresses {
			address = w.fill(t, address)
			status, body := a.ask(t, http.MethodGet, address, nil)
			w.tells(t, worlds, name, address, status, body, given)
			w.opens(t, name, address, status)
			for _, id := range reads[name].named(t, body) {
				if status >= http.StatusBadRequest && strings.Contains(address, string(id)) {
					continue // a refusal may repeat what it was asked
				}
				require.True(t, reads[name].may(w, id), "%s gives %s to %v: %s", address, id, w.member.Grants, body)
				given[name]++
			}
		}
	}
}

// post takes out the letters that telling everybody of everything has queued:
// what leaves says nothing of a post that its member may not read.
func post(t *rapid.T, s *store.Store, worlds []*world, given map[string]int) {
	now := time.Now().Add(time.Minute)
	due, err := s.Lease(context.Background(), feed.ByMail, now, now.Add(time.Minute), 1000)
	require.NoError(t, err)
	for _, d := range due {
		text, err := json.Marshal(d.What)
		require.NoError(t, err)
		for _, w := range worlds {
			if w.member.ID != d.To.ID {
				continue
			}
			told := feed.PostID(strings.TrimPrefix(d.Subject, "told-"))
			require.Contains(t, w.posts, told)
			for _, id := range names.FindAll(text, -1) {
				require.True(t, w.mayRead(feed.PostID(id)), "a letter of %s goes to %v: %s", id, w.member.Grants, text)
				given["letter"]++
			}
			if !w.mayRead(told) {
				given["letter without its post"]++
			}
		}
	}
}

// worked is the API of a house in which a shift works wherever one asks.
func (h *house) worked(t *testing.T, people *walkIns) http.Handler {
	t.Helper()
	o := h.options(t)
	o.Sessions = people
	o.Shifts = func(_ feed.Path, at time.Time) (feed.Sheet, bool) {
		return feed.Sheet{Shift: "matin", Start: at.Add(-time.Hour), End: at.Add(7 * time.Hour)}, true
	}
	o.Meetings = report.NewMeetings(h.store, report.Shifts(o.Shifts), inParis, time.Now)
	return api.New(o)
}

// ask finds by its address each of everybody's posts that the member may read,
// and no other.
func (w *world) ask(t *rapid.T, a *asker) {
	for _, id := range w.ids() {
		status, _ := a.ask(t, http.MethodGet, "/api/v1/posts/"+string(id), nil)
		if may := w.mayRead(id); !may || w.posts[id].Audience == feed.Everybody {
			require.Equal(t, may, status == http.StatusOK, "%s for %v", id, w.member.Grants)
		}
	}
}

// blankDatabase is a database without anything in it: to make its tables takes
// longer than a walk.
func blankDatabase(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.SQLiteIn(dir), store.Options{})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	return dir
}

// copyOf is the URL of a copy of the database in a directory.
func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	require.NoError(t, os.CopyFS(to, os.DirFS(dir)))
	return store.SQLiteIn(to)
}
