package live_test

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/live"
)

// pipe is a response whose connection is in memory, so that time can be the
// test's: it blocks as soon as the reader does not read.
type pipe struct {
	*httptest.ResponseRecorder
	conn net.Conn
}

func (p pipe) Hijack() (net.Conn, *bufio.ReadWriter, error) { return p.conn, nil, nil }

// connect serves one reader over a pipe and returns its end of the stream.
func connect(t *testing.T, hub *live.Hub, still func(context.Context) bool) *stream {
	t.Helper()
	near, far := net.Pipe()
	req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	go func() { _ = hub.Serve(pipe{httptest.NewRecorder(), far}, req, everywhere, feed.French, still) }()
	t.Cleanup(func() { _ = near.Close() })
	res, err := http.ReadResponse(bufio.NewReader(near), req)
	require.NoError(t, err)
	s := &stream{t: t, body: near, in: bufio.NewReader(res.Body)}
	require.Equal(t, "hello", s.must().name)
	return s
}

func TestHeartbeatEveryFifteenSeconds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBook()
		hub, end := run(t, b, encode, prometheus.NewRegistry())
		s := connect(t, hub, always)
		start := time.Now()
		for i := range 3 {
			require.Equal(t, event{comment: "ping", id: "0"}, s.must())
			require.Equal(t, time.Duration(i+1)*15*time.Second, time.Since(start))
		}
		end()
		_ = s.body.Close()
	})
}

func TestAHeartbeatMovesThePlaceToResumeFrom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBook()
		hub, _ := run(t, b, encode, prometheus.NewRegistry())
		s := connect(t, hub, always)
		b.save("p", "elsewhere")
		require.Equal(t, event{comment: "ping", id: "1"}, s.must())
		_ = s.body.Close()
	})
}

func TestWhoMayNoLongerReadIsStoppedWithinFiveSeconds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hub, _ := run(t, newBook(), encode, prometheus.NewRegistry())
		var may atomic.Bool
		may.Store(true)
		s := connect(t, hub, func(context.Context) bool { return may.Load() })
		time.Sleep(10 * time.Second)
		may.Store(false)
		start := time.Now()
		_, more := s.next()
		require.False(t, more)
		require.LessOrEqual(t, time.Since(start), 5*time.Second)
	})
}

func TestASlowReaderIsCutAndTheOthersAreNot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBook()
		reg := prometheus.NewRegistry()
		hub, _ := run(t, b, encode, reg)
		slow, quick := connect(t, hub, always), connect(t, hub, always)
		require.InDelta(t, 2, metric(t, reg, "fildefer_sse_clients"), 0)

		b.save("p", "lyon")
		hub.Wake()
		start := time.Now()
		quick.must().post(t)
		require.Less(t, time.Since(start), 20*time.Millisecond)

		time.Sleep(6 * time.Second) // past the write deadline of the one that does not read
		b.save("q", "lyon")
		hub.Wake()
		quick.must().post(t)
		_, more := slow.next()
		require.False(t, more)
		require.InDelta(t, 1, metric(t, reg, "fildefer_sse_clients"), 0)
		require.InDelta(t, 1, metric(t, reg, "fildefer_sse_dropped_total"), 0)
		_ = quick.body.Close()
	})
}

func TestTheHubEndsWithAHintToComeBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		reg := prometheus.NewRegistry()
		hub, end := run(t, newBook(), encode, reg)
		s := connect(t, hub, always)
		ended := make(chan struct{})
		go func() { end(); close(ended) }()
		require.NotEmpty(t, s.must().retry)
		_, more := s.next()
		require.False(t, more)
		<-ended
		require.Zero(t, metric(t, reg, "fildefer_sse_clients"))

		late := httptest.NewRecorder()
		require.NoError(t, hub.Serve(late, httptest.NewRequest(http.MethodGet, "/", nil), everywhere, feed.French, always))
		require.Equal(t, http.StatusServiceUnavailable, late.Code)
	})
}

func TestABurstSharesItsWrites(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBook()
		hub, _ := run(t, b, encode, prometheus.NewRegistry())
		s := connect(t, hub, always)
		start := time.Now()
		go func() {
			for range 40 {
				b.save("p", "lyon")
				hub.Wake()
				time.Sleep(time.Millisecond)
			}
		}()
		var seen int
		for change := int64(0); change < 40; seen++ {
			change = s.must().post(t).Change
		}
		require.LessOrEqual(t, seen, 7, "one write each 8 ms, and the last state of the post in each")
		require.Less(t, time.Since(start), 60*time.Millisecond)
		_ = s.body.Close()
	})
}

func metric(t *testing.T, reg *prometheus.Registry, name string) float64 {
	t.Helper()
	families, err := reg.Gather()
	require.NoError(t, err)
	for _, f := range families {
		if f.GetName() == name {
			m := f.GetMetric()[0]
			return m.GetGauge().GetValue() + m.GetCounter().GetValue()
		}
	}
	require.Fail(t, "no such metric", name)
	return 0
}
