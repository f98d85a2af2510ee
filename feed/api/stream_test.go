package api_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// tap is an open stream.
type tap struct {
	t    *testing.T
	body io.Closer
	in   *bufio.Scanner
}

type event struct{ id, name, data string }

func (h *house) listen(t *testing.T, as feed.MemberID, query, lastID string) *tap {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.srv.URL+"/api/v1/stream"+query, nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+h.tokens[as])
	if lastID != "" {
		req.Header.Set("Last-Event-ID", lastID)
	}
	res, err := h.srv.Client().Do(req)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Empty(t, res.Header.Get("Content-Encoding"))
	require.Equal(t, "nosniff", res.Header.Get("X-Content-Type-Options"))
	t.Cleanup(func() { _ = res.Body.Close() })
	in := bufio.NewScanner(res.Body)
	in.Buffer(nil, 1<<20)
	return &tap{t: t, body: res.Body, in: in}
}

// next returns the next named event, and false when the stream has ended.
func (s *tap) next() (event, bool) {
	var e event
	for s.in.Scan() {
		field, value, _ := strings.Cut(s.in.Text(), ": ")
		switch field {
		case "id":
			e.id = value
		case "event":
			e.name = value
		case "data":
			e.data = value
		case "":
			if e.name != "" {
				return e, true
			}
			e = event{}
		}
	}
	return e, false
}

func (s *tap) post() api.Post {
	s.t.Helper()
	e, ok := s.next()
	require.True(s.t, ok)
	require.Equal(s.t, "post", e.name)
	var p api.Post
	require.NoError(s.t, json.Unmarshal([]byte(e.data), &p))
	require.Equal(s.t, strconv.FormatInt(p.Change, 10), e.id)
	return p
}

func TestACommentReachesTheOthersAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		id := h.raise(t, "weight/filler", time.Now())
		fr, en := h.listen(t, "operator", "", ""), h.listen(t, "manager", "?territory=lyon", "")
		for _, s := range []*tap{fr, en} {
			e, _ := s.next()
			require.Equal(t, "hello", e.name)
		}
		h.ask(t, "operator", http.MethodPost, "/api/v1/posts/"+id+"/comments", fields{"text": "</script>\nvu"}).is(http.StatusCreated)
		start := time.Now()
		p := fr.post()
		for p.LastComment == nil { // the hub may have been behind the alert when the reader came
			p = fr.post()
		}
		require.Equal(t, "</script>\nvu", p.LastComment.Text)
		require.Equal(t, "Remplisseuse <b>3</b> : 1\u202f012,5 g", p.Title)
		require.Equal(t, "Remplisseuse <b>3</b>: 1,012.5 g", en.post().Title)
		require.Less(t, time.Since(start), time.Second)
	})
}

// People and machines change posts while readers hang up and resume: at the
// end each reader holds exactly what the store holds in its scope.
func TestResumingLosesAndDoublesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		var ids []string
		for i := range 6 {
			ids = append(ids, h.raise(t, fmt.Sprint("key-", i), time.Now()))
		}
		start, err := h.store.LastChange(t.Context())
		require.NoError(t, err)
		done := h.raise(t, "done", time.Now()) // the last word, said again at the end

		var readers, writers sync.WaitGroup
		held := make([]map[string]int64, 4)
		for i := range held {
			held[i] = map[string]int64{}
			readers.Go(func() { h.readInPieces(t, start, held[i], done) })
		}
		for w := range 3 {
			writers.Go(func() {
				for i := range 40 {
					id := feed.PostID(ids[rand.IntN(len(ids))])
					_, err := h.people.Comment(t.Context(), members[0], id, "", fmt.Sprint(w, " ", i))
					require.NoError(t, err)
				}
			})
		}
		writers.Wait()
		_, err = h.people.Comment(t.Context(), members[0], feed.PostID(done), "", "fin")
		require.NoError(t, err)
		readers.Wait()

		page, err := h.store.Feed(t.Context(), feed.Scope{Roots: []feed.Path{line3}}, feed.Query{Limit: 100})
		require.NoError(t, err)
		want := map[string]int64{}
		for _, p := range page.Posts {
			if p.Change > start {
				want[string(p.ID)] = p.Change
			}
		}
		for _, got := range held {
			require.Equal(t, want, got)
		}
	})
}

// readInPieces follows line 3, hanging up every few events, until the post
// named done carries its comment.
func (h *house) readInPieces(t *testing.T, since int64, held map[string]int64, done string) {
	last, seen := strconv.FormatInt(since, 10), since
	for {
		s := h.listen(t, "operator", "", last)
		e, _ := s.next()
		require.Equal(t, "hello", e.name)
		for range 1 + rand.IntN(8) {
			p := s.post()
			require.Greater(t, p.Change, seen, "doubled or out of order")
			seen, held[p.ID], last = p.Change, p.Change, strconv.FormatInt(p.Change, 10)
			if p.ID == done && p.Comments == 1 {
				return
			}
		}
		require.NoError(t, s.body.Close())
	}
}

func TestAnotherTerritorysNumberBringsNoForeignRows(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		h.raise(t, "weight/filler", time.Now())
		s := h.listen(t, "staff", "?since=0", "")
		e, _ := s.next()
		require.Equal(t, "hello", e.name)
		_, _, err := h.people.Report(t.Context(), members[1], feed.Draft{Kind: feed.Idea, Territory: aisle1, Text: "la mienne"})
		require.NoError(t, err)
		require.Equal(t, "la mienne", s.post().Text)
	})
}

func TestARevokedSessionOrAChangedGrantEndsTheStream(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		ended := make(chan feed.MemberID, 4)
		for _, name := range []feed.MemberID{"operator", "staff", "staff2", "manager"} {
			s := h.listen(t, name, "", "")
			_, ok := s.next()
			require.True(t, ok)
			go func() {
				if _, more := s.next(); !more {
					ended <- name
				}
			}()
		}
		hash, err := pinHash()
		require.NoError(t, err)
		require.NoError(t, h.store.AddMember(t.Context(), members[0], hash), "a new PIN")
		require.NoError(t, h.store.RevokeMember(t.Context(), "staff"))
		moved := members[2]
		moved.Grants = []feed.Grant{{Territory: aisle1, Role: feed.Staff}}
		require.NoError(t, h.store.AddMember(t.Context(), moved, ""))
		start := time.Now()
		var gone []feed.MemberID
		for range 3 {
			gone = append(gone, <-ended)
		}
		require.Less(t, time.Since(start), 5*time.Second)
		require.ElementsMatch(t, []feed.MemberID{"operator", "staff", "staff2"}, gone)
	})
}
