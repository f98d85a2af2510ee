package live_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// body is as long as a post without its curve.
var body = []byte(`{"x":"` + strings.Repeat("x", 600) + `"}`)

// burst is how many posts change at once.
const burst = 10

// BenchmarkDeliveries is one change to each of n readers over loopback, ten
// changes at a time; compare with BenchmarkBareSharedWrites of the same run.
func BenchmarkDeliveries(b *testing.B) {
	for _, n := range []int{1000, 5000} {
		b.Run(fmt.Sprintf("readers=%d", n), func(b *testing.B) {
			source := newBook()
			hub, _ := run(b, source, func(context.Context, feed.Lang, *feed.Post) ([]byte, error) { return body, nil }, prometheus.NewRegistry())
			srv := serve(b, hub, everywhere)
			got := drain(b, srv.Listener.Addr().String(), n)
			frame := len(fmt.Sprintf("id: %d\nevent: post\ndata: %s\n\n", 100_000_000, body))
			source.last = 100_000_000 // so that frames have one length
			require.Eventually(b, func() bool { return got.quiet() }, time.Minute, 10*time.Millisecond)
			got.bytes.Store(0)

			for b.Loop() {
				for i := range burst {
					source.save(feed.PostID(fmt.Sprint(i)), "lyon")
				}
				hub.Wake()
				got.await(int64(n * burst * frame))
			}
			b.ReportMetric(float64(n*burst*b.N)/b.Elapsed().Seconds(), "deliveries/s")
		})
	}
}

// BenchmarkBareSharedWrites is the limit: the same bytes, one write for each
// reader and burst, nothing else.
func BenchmarkBareSharedWrites(b *testing.B) {
	for _, n := range []int{1000, 5000} {
		b.Run(fmt.Sprintf("readers=%d", n), func(b *testing.B) {
			lis, err := net.Listen("tcp", "127.0.0.1:0")
			require.NoError(b, err)
			defer lis.Close()
			conns := make(chan net.Conn, n)
			go func() {
				for range n {
					conn, err := lis.Accept()
					if err != nil {
						return
					}
					conns <- conn
				}
			}()
			got := drain(b, lis.Addr().String(), n)
			var open []net.Conn
			for range n {
				open = append(open, <-conns)
			}
			frame := fmt.Appendf(nil, "id: %d\nevent: post\ndata: %s\n\n", 100_000_000, body)
			shared := []byte(strings.Repeat(string(frame), burst))
			for b.Loop() {
				var half sync.WaitGroup
				for _, part := range [][]net.Conn{open[:n/2], open[n/2:]} {
					half.Go(func() {
						for _, conn := range part {
							_, _ = conn.Write(shared)
						}
					})
				}
				half.Wait()
				got.await(int64(n * len(shared)))
			}
			b.ReportMetric(float64(n*burst*b.N)/b.Elapsed().Seconds(), "deliveries/s")
			for _, conn := range open {
				_ = conn.Close()
			}
		})
	}
}

// sink counts the bytes that all readers received.
type sink struct {
	bytes atomic.Int64
	want  atomic.Int64
	full  chan struct{}
	seen  int64
}

func (s *sink) Write(b []byte) (int, error) {
	if s.bytes.Add(int64(len(b))) >= s.want.Load() {
		select {
		case s.full <- struct{}{}:
		default:
		}
	}
	return len(b), nil
}

// await returns when n more bytes have come.
func (s *sink) await(n int64) {
	for want := s.want.Add(n); s.bytes.Load() < want; {
		<-s.full
	}
}

// quiet tells whether nothing came since it was last asked.
func (s *sink) quiet() bool {
	before := s.seen
	s.seen = s.bytes.Load()
	return before == s.seen && before > 0
}

// drain opens n streams and counts what they bring.
func drain(b *testing.B, addr string, n int) *sink {
	b.Helper()
	s := &sink{full: make(chan struct{}, 1)}
	s.want.Store(1 << 62)
	var readers sync.WaitGroup
	var conns []net.Conn
	for range n {
		conn, err := net.Dial("tcp", addr)
		require.NoError(b, err)
		conns = append(conns, conn)
		_, err = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: bench\r\n\r\n")
		require.NoError(b, err)
		readers.Go(func() { _, _ = io.CopyBuffer(struct{ io.Writer }{s}, struct{ io.Reader }{conn}, make([]byte, 16<<10)) })
	}
	b.Cleanup(func() {
		for _, conn := range conns {
			_ = conn.Close()
		}
		readers.Wait()
	})
	s.want.Store(0)
	return s
}
