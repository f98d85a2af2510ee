package live_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/live"
)

// book is a source in memory: each post has the number of its last change.
type book struct {
	mu    sync.Mutex
	posts map[feed.PostID]*feed.Post
	last  int64
	err   error
}

func newBook() *book { return &book{posts: map[feed.PostID]*feed.Post{}} }

// save changes the post and returns the number of the change.
func (b *book) save(id feed.PostID, place feed.Path) int64 {
	return b.saveFor(feed.Everybody, id, place)
}

// saveFor changes a post that an audience may see.
func (b *book) saveFor(a feed.Audience, id feed.PostID, place feed.Path) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	b.posts[id] = &feed.Post{ID: id, Territory: place, Change: b.last, Audience: a, ShadowFor: "ana"}
	return b.last
}

func (b *book) Changes(_ context.Context, since int64, limit int) ([]*feed.Post, int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []*feed.Post
	for _, p := range b.posts {
		if p.Change > since {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(x, y *feed.Post) int { return int(x.Change - y.Change) })
	out = out[:min(limit, len(out))]
	if len(out) > 0 {
		since = out[len(out)-1].Change
	}
	return out, since, b.err
}

func (b *book) LastChange(context.Context) (int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last, b.err
}

// now is the change number of each post in scope.
func (b *book) now(scope feed.Scope) map[feed.PostID]int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := map[feed.PostID]int64{}
	for id, p := range b.posts {
		if scope.Contains(p.Territory) {
			out[id] = p.Change
		}
	}
	return out
}

// line is what the tests' encoder makes of a post.
type line struct {
	ID     feed.PostID
	Change int64
	Lang   feed.Lang
}

func encode(_ context.Context, lang feed.Lang, p *feed.Post) ([]byte, error) {
	return json.Marshal(line{ID: p.ID, Change: p.Change, Lang: lang})
}

func always(context.Context) bool { return true }

// run starts a hub and returns it with the function that ends it.
func run(t testing.TB, source live.Source, enc live.Encoder, reg prometheus.Registerer) (*live.Hub, func()) {
	t.Helper()
	hub := live.NewHub(source, enc, slog.New(slog.DiscardHandler), live.NewMetrics(reg))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- hub.Run(ctx) }()
	end := sync.OnceFunc(func() {
		cancel()
		require.NoError(t, <-ended)
	})
	t.Cleanup(end)
	return hub, end
}

// handler serves hub to readers of scope.
func handler(hub *live.Hub, scope feed.Scope) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := hub.Serve(w, r, scope, feed.Lang(r.URL.Query().Get("lang")), always); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
}

func serve(t testing.TB, hub *live.Hub, scope feed.Scope) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(handler(hub, scope))
	t.Cleanup(srv.Close)
	return srv
}

var everywhere = feed.Scope{Roots: []feed.Path{"lyon", "paris"}}

// event is one event of a stream, or a comment.
type event struct{ id, name, data, comment, retry string }

func (e event) post(t testing.TB) line {
	t.Helper()
	require.Equal(t, "post", e.name)
	var l line
	require.NoError(t, json.Unmarshal([]byte(e.data), &l))
	require.Equal(t, fmt.Sprint(l.Change), e.id)
	return l
}

// stream reads events one after the other.
type stream struct {
	t    testing.TB
	body io.ReadCloser
	in   *bufio.Reader
}

func listen(t testing.TB, client *http.Client, url, lastID string) *stream {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	if lastID != "" {
		req.Header.Set("Last-Event-ID", lastID)
	}
	res, err := client.Do(req)
	require.NoError(t, err)
	t.Cleanup(func() { _ = res.Body.Close() })
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, "text/event-stream; charset=utf-8", res.Header.Get("Content-Type"))
	require.Equal(t, "no-store", res.Header.Get("Cache-Control"))
	require.Equal(t, "no", res.Header.Get("X-Accel-Buffering"))
	return &stream{t: t, body: res.Body, in: bufio.NewReader(res.Body)}
}

// next returns the next event, and false when the stream has ended.
func (s *stream) next() (event, bool) {
	var e event
	for {
		text, err := s.in.ReadString('\n')
		if err != nil {
			return event{}, false
		}
		text = strings.TrimSuffix(text, "\n")
		if text == "" {
			return e, true
		}
		field, value, _ := strings.Cut(text, ": ")
		switch field {
		case "id":
			e.id = value
		case "event":
			e.name = value
		case "data":
			e.data = value
		case "retry":
			e.retry = value
		case "":
			e.comment = value
		}
	}
}

func (s *stream) must() event {
	s.t.Helper()
	e, ok := s.next()
	require.True(s.t, ok, "the stream ended")
	return e
}
