package live_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/fildefer/fildefer/feed"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStreamBeginsWithHelloAndCarriesWhatChanges(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.save("old", "lyon/line-1")
	hub, _ := run(t, b, encode, prometheus.NewRegistry())
	srv := serve(t, hub, everywhere)

	s := listen(t, srv.Client(), srv.URL, "")
	hello := s.must()
	require.Equal(t, "hello", hello.name)
	require.Equal(t, `{"change":1}`, hello.data)
	require.Equal(t, "1", hello.id)
	require.NotEmpty(t, hello.retry)

	b.save("new", "lyon/line-1")
	hub.Wake()
	require.Equal(t, line{ID: "new", Change: 2}, withoutLang(s.must().post(t)))
}

func TestAChangeIsSeenWithoutBeingWoken(t *testing.T) {
	t.Parallel()
	b := newBook()
	hub, _ := run(t, b, encode, prometheus.NewRegistry())
	srv := serve(t, hub, everywhere)
	s := listen(t, srv.Client(), srv.URL, "")
	s.must()
	b.save("p", "lyon")
	require.EqualValues(t, 1, s.must().post(t).Change)
}

func TestReadersSeeTheirScopeAndLanguageOnly(t *testing.T) {
	t.Parallel()
	b := newBook()
	hub, _ := run(t, b, encode, prometheus.NewRegistry())
	lyon := serve(t, hub, feed.Scope{Roots: []feed.Path{"lyon"}})
	paris := serve(t, hub, feed.Scope{Roots: []feed.Path{"paris"}})
	fr, en := listen(t, lyon.Client(), lyon.URL+"?lang=fr", ""), listen(t, paris.Client(), paris.URL+"?lang=en", "")
	fr.must()
	en.must()

	b.save("a", "lyon/line-1")
	b.save("b", "lyonnais/line-1")
	b.save("c", "paris/aisle-2")
	b.save("d", "lyon")
	hub.Wake()
	require.Equal(t, line{ID: "a", Change: 1, Lang: feed.French}, fr.must().post(t))
	require.Equal(t, line{ID: "d", Change: 4, Lang: feed.French}, fr.must().post(t))
	require.Equal(t, line{ID: "c", Change: 3, Lang: feed.English}, en.must().post(t))
}

func TestNobodyIsToldOfWhatFewMaySee(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.saveFor(feed.Ghost, "missed", "lyon")
	hub, _ := run(t, b, encode, prometheus.NewRegistry())
	lyon := []feed.Path{"lyon"}
	srv := serve(t, hub, feed.Scope{Roots: lyon, Ghosts: lyon, Reader: "ana"})
	fresh, resumed := listen(t, srv.Client(), srv.URL, ""), listen(t, srv.Client(), srv.URL, "0")
	fresh.must()
	resumed.must()
	b.saveFor(feed.Ghost, "ghost", "lyon/line-1")
	b.saveFor(feed.Shadow, "shadow", "lyon/line-1")
	last := b.save("seen", "lyon/line-1")
	hub.Wake()
	for _, s := range []*stream{fresh, resumed} {
		require.Equal(t, line{ID: "seen", Change: last, Lang: feed.French}, s.must().post(t))
	}
}

func TestWhoMissedNothingInScopeResumesFurtherOn(t *testing.T) {
	t.Parallel()
	b := newBook()
	b.save("a", "lyon")
	b.save("b", "paris")
	b.save("c", "paris")
	hub, _ := run(t, b, encode, prometheus.NewRegistry())
	srv := serve(t, hub, feed.Scope{Roots: []feed.Path{"lyon"}})
	require.Equal(t, `{"change":3}`, listen(t, srv.Client(), srv.URL, "1").must().data)
	s := listen(t, srv.Client(), srv.URL, "0")
	require.Equal(t, `{"change":0}`, s.must().data)
	require.EqualValues(t, 1, s.must().post(t).Change)
}

func TestAChangeIsEncodedOncePerLanguage(t *testing.T) {
	t.Parallel()
	b := newBook()
	var encoded atomic.Int64
	hub, _ := run(t, b, func(ctx context.Context, lang feed.Lang, p *feed.Post) ([]byte, error) {
		encoded.Add(1)
		return encode(ctx, lang, p)
	}, prometheus.NewRegistry())
	srv := serve(t, hub, everywhere)
	var readers []*stream
	for i := range 20 {
		s := listen(t, srv.Client(), srv.URL+"?lang="+[]string{"fr", "en"}[i%2], "")
		s.must()
		readers = append(readers, s)
	}
	b.save("p", "lyon")
	hub.Wake()
	for _, s := range readers {
		s.must().post(t)
	}
	require.EqualValues(t, 2, encoded.Load())
}

func TestAChangeThatCannotBeEncodedDoesNotStopTheOthers(t *testing.T) {
	t.Parallel()
	b := newBook()
	hub, _ := run(t, b, func(ctx context.Context, lang feed.Lang, p *feed.Post) ([]byte, error) {
		if p.ID == "bad" {
			return nil, errors.New("no")
		}
		return encode(ctx, lang, p)
	}, prometheus.NewRegistry())
	srv := serve(t, hub, everywhere)
	s := listen(t, srv.Client(), srv.URL, "")
	s.must()
	b.save("bad", "lyon")
	b.save("good", "lyon")
	hub.Wake()
	require.Equal(t, feed.PostID("good"), s.must().post(t).ID)
}

func TestHTTP2ReadersAreServedToo(t *testing.T) {
	t.Parallel()
	b := newBook()
	hub, end := run(t, b, encode, prometheus.NewRegistry())
	srv := httptest.NewUnstartedServer(handler(hub, everywhere))
	srv.EnableHTTP2 = true
	srv.StartTLS()
	t.Cleanup(srv.Close)
	s := listen(t, srv.Client(), srv.URL, "")
	require.Equal(t, "hello", s.must().name)
	b.save("p", "lyon")
	hub.Wake()
	require.Equal(t, feed.PostID("p"), s.must().post(t).ID)
	end()
	require.NotEmpty(t, s.must().retry)
	_, more := s.next()
	require.False(t, more)
}

// Readers come and go at random while posts change; each must end with the
// latest change of every post of its scope, have seen no change twice and none
// out of order.
func TestReconnectsLoseAndDoubleNothing(t *testing.T) {
	t.Parallel()
	b := newBook()
	hub, _ := run(t, b, encode, prometheus.NewRegistry())
	scope := feed.Scope{Roots: []feed.Path{"lyon"}}
	srv := serve(t, hub, scope)

	var last atomic.Int64 // number of the change after which nothing comes
	var readers sync.WaitGroup
	got := make([]map[feed.PostID]int64, 8)
	for i := range got {
		got[i] = map[feed.PostID]int64{}
		readers.Go(func() { readInPieces(t, srv, got[i], &last) })
	}
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for i := range 500 {
				place := feed.Path([]string{"lyon/a", "paris/b"}[rand.IntN(2)])
				b.save(feed.PostID(fmt.Sprintf("%s-%d", place.Base(), rand.IntN(40))), place)
				hub.Wake()
				if i%50 == w {
					time.Sleep(time.Millisecond) // so that bursts and pauses alternate
				}
			}
		})
	}
	writers.Wait()
	last.Store(b.save("end", "lyon/a"))
	hub.Wake()
	readers.Wait()
	want := b.now(scope)
	for i := range got {
		require.Equal(t, want, got[i])
	}
}

// readInPieces reads a few events, hangs up and resumes, until the last change.
func readInPieces(t *testing.T, srv *httptest.Server, got map[feed.PostID]int64, last *atomic.Int64) {
	id, seen := "0", int64(0)
	for {
		s := listen(t, srv.Client(), srv.URL, id)
		for range 1 + rand.IntN(30) {
			e := s.must()
			id = e.id
			if e.name == "hello" {
				continue
			}
			p := e.post(t)
			require.Greater(t, p.Change, seen)
			seen = p.Change
			got[p.ID] = p.Change
			if p.Change == last.Load() || p.ID == "end" {
				return
			}
		}
		require.NoError(t, s.body.Close())
	}
}

func TestTooFarBehindReloads(t *testing.T) {
	t.Parallel()
	b := newBook()
	for i := range 501 {
		b.save(feed.PostID(fmt.Sprint(i)), "lyon")
	}
	hub, _ := run(t, b, encode, prometheus.NewRegistry())
	srv := serve(t, hub, everywhere)
	for name, id := range map[string]string{
		"more than 500 posts": "0", "a number never sent": "502", "not a number": "x", "below zero": "-1", "another era": "99999999999999999999",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := listen(t, srv.Client(), srv.URL, id)
			require.Equal(t, "501", s.must().id)
			require.Equal(t, event{name: "reload", data: `{"change":501}`}, s.must())
		})
	}
	s := listen(t, srv.Client(), srv.URL+"?since=1", "")
	require.Equal(t, `{"change":1}`, s.must().data)
	for i := range 500 {
		require.EqualValues(t, i+2, s.must().post(t).Change)
	}
}

func TestWhatTheListNoLongerHoldsComesFromTheStore(t *testing.T) {
	t.Parallel()
	b := newBook()
	for i := range 900 {
		b.save(feed.PostID(fmt.Sprint(i%300)), "lyon")
	}
	hub, _ := run(t, b, encode, prometheus.NewRegistry())
	srv := serve(t, hub, everywhere)
	for _, since := range []int64{10, 399, 400, 700, 899} {
		s := listen(t, srv.Client(), srv.URL, fmt.Sprint(since))
		require.Equal(t, "hello", s.must().name)
		for change := max(since, 600) + 1; change <= 900; change++ {
			require.Equal(t, change, s.must().post(t).Change)
		}
	}
}

// The list keeps a page of changes, in memory and for those who resume, no
// matter in how many batches they came.
func TestResumingWithinThePageAsksNoStore(t *testing.T) {
	t.Parallel()
	b := newBook()
	hub, _ := run(t, b, encode, prometheus.NewRegistry())
	srv := serve(t, hub, everywhere)
	first := listen(t, srv.Client(), srv.URL, "")
	first.must()
	for i := range 1200 {
		b.save(feed.PostID(fmt.Sprint(i)), "lyon")
		if i%100 == 99 {
			hub.Wake()
			for first.must().post(t).Change <= int64(i) {
			}
		}
	}
	b.mu.Lock()
	b.err = errors.New("database is away")
	b.mu.Unlock()
	s := listen(t, srv.Client(), srv.URL, "700")
	s.must()
	for i := range 500 {
		require.EqualValues(t, 701+i, s.must().post(t).Change)
	}
	res, err := srv.Client().Get(srv.URL + "?since=300")
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, http.StatusInternalServerError, res.StatusCode)
}

func TestAnUnreadableSourceIsSaidBeforeTheStream(t *testing.T) {
	t.Parallel()
	b := newBook()
	for range 600 {
		b.save("p", "lyon")
	}
	hub, _ := run(t, b, encode, prometheus.NewRegistry())
	srv := serve(t, hub, everywhere)
	s := listen(t, srv.Client(), srv.URL, "")
	s.must() // the hub has begun
	b.mu.Lock()
	b.err = errors.New("database is away")
	b.mu.Unlock()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+"?since=0", nil)
	require.NoError(t, err)
	res, err := srv.Client().Do(req)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, http.StatusInternalServerError, res.StatusCode)
}

func withoutLang(l line) line {
	l.Lang = ""
	return l
}
