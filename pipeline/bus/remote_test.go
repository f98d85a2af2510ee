package bus_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/bus"
)

func TestReadGoesOnAfterTheOutsideServerCameBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	srv := outside(t, func(o *server.Options) { o.StoreDir = dir })
	port := srv.Addr().(*net.TCPAddr).Port
	b := open(t, bus.Options{Remote: &bus.Remote{URLs: []string{srv.ClientURL()}}})
	require.NoError(t, b.Accept(t.Context(), events(0, 50)))

	next := follow(t, b)
	for n := range 50 {
		require.Equal(t, uint64(n+1), next().Seq)
	}
	srv.Shutdown()
	srv.WaitForShutdown()
	require.Eventually(t, func() bool { return b.Healthy(t.Context()) != nil }, 10*time.Second, 10*time.Millisecond)
	require.Error(t, b.Accept(t.Context(), events(50, 50)))

	outside(t, func(o *server.Options) { o.StoreDir, o.Port = dir, port })
	require.Eventually(t, func() bool { return b.Accept(t.Context(), events(50, 50)) == nil }, 30*time.Second, 20*time.Millisecond)
	for n := range 50 {
		require.Equal(t, uint64(51+n), next().Seq)
	}
}

func TestReadEndsWhenItsStreamIsReplaced(t *testing.T) {
	t.Parallel()
	srv := outside(t, nil)
	options := bus.Options{Remote: &bus.Remote{URLs: []string{srv.ClientURL()}}, Logger: slog.New(slog.DiscardHandler)}
	b := open(t, options)
	require.NoError(t, b.Accept(t.Context(), events(0, 50)))
	before := must(b.Identity(t.Context()))
	ended := make(chan error, 1)
	begun := make(chan struct{}, 100)
	go func() {
		ended <- b.Read(t.Context(), allShards(), 0, func(context.Context, []bus.Message) error {
			begun <- struct{}{}
			return nil
		})
	}()
	<-begun
	stranger, err := nats.Connect(srv.ClientURL())
	require.NoError(t, err)
	defer stranger.Close()
	js, err := jetstream.New(stranger)
	require.NoError(t, err)
	require.NoError(t, js.DeleteStream(t.Context(), bus.EventStream))
	require.Error(t, b.Accept(t.Context(), events(0, 50)), "a stream that was deleted is not made again in silence")
	require.NotEqual(t, before.Stream, must(open(t, options).Identity(t.Context())).Stream)
	select {
	case err := <-ended:
		require.ErrorContains(t, err, "stream")
	case <-time.After(30 * time.Second):
		require.Fail(t, "the reader did not notice")
	}
}

// cluster starts three servers that know each other.
func cluster(t *testing.T) []*server.Server {
	t.Helper()
	ports := make([]int, 3)
	var routes []*url.URL
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		ports[i] = l.Addr().(*net.TCPAddr).Port
		routes = append(routes, &url.URL{Scheme: "nats-route", Host: l.Addr().String()})
		require.NoError(t, l.Close())
	}
	servers := make([]*server.Server, 3)
	for i := range servers {
		o := &server.Options{
			ServerName: fmt.Sprintf("n%d", i), Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), SyncAlways: true,
			NoSigs: true, NoLog: true, Cluster: server.ClusterOpts{Name: "plant", Host: "127.0.0.1", Port: ports[i]}, Routes: routes,
		}
		srv, err := server.NewServer(o)
		require.NoError(t, err)
		srv.Start()
		t.Cleanup(func() { srv.Shutdown(); srv.WaitForShutdown() })
		servers[i] = srv
	}
	require.Eventually(t, func() bool {
		for _, s := range servers {
			if s.JetStreamIsCurrent() && s.JetStreamIsLeader() {
				return len(s.JetStreamClusterPeers()) == 3
			}
		}
		return false
	}, 30*time.Second, 50*time.Millisecond)
	return servers
}

func TestThreeNodesSurviveTheirLeader(t *testing.T) {
	t.Parallel()
	servers := cluster(t)
	var urls []string
	for _, s := range servers {
		urls = append(urls, s.ClientURL())
	}
	b := open(t, bus.Options{Remote: &bus.Remote{URLs: urls}, Replicas: 3})
	next := follow(t, b)
	for n := 0; n < 2000; n += 100 {
		if n == 1000 {
			leader(t, servers, b).Shutdown()
		}
		require.Eventually(t, func() bool {
			err := b.Accept(t.Context(), events(n, 100))
			if err == nil {
				err = b.Tick(t.Context(), time.Unix(int64(n), 0))
			}
			return err == nil
		}, 60*time.Second, 100*time.Millisecond)
	}
	unseen := map[string]bool{}
	for _, e := range events(0, 2000) {
		unseen[string(e.ID)] = true
	}
	for len(unseen) > 0 {
		delete(unseen, string(next().Event.ID))
	}
}

func leader(t *testing.T, servers []*server.Server, b *bus.Bus) *server.Server {
	t.Helper()
	name := must(b.Leader(t.Context()))
	for _, s := range servers {
		if strings.EqualFold(s.Name(), name) {
			return s
		}
	}
	require.Fail(t, "no leader", name)
	return nil
}

func TestWhatCameBeforeAGapInTheMiddleIsDelivered(t *testing.T) {
	t.Parallel()
	srv := outside(t, nil)
	b := open(t, bus.Options{Remote: &bus.Remote{URLs: []string{srv.ClientURL()}}})
	require.NoError(t, b.Accept(t.Context(), events(0, 20)))
	nc := must(nats.Connect(srv.ClientURL()))
	t.Cleanup(nc.Close)
	stream := must(must(jetstream.New(nc)).Stream(t.Context(), bus.EventStream))
	require.NoError(t, stream.DeleteMsg(t.Context(), 11))

	var got []uint64
	err := b.Read(t.Context(), allShards(), 0, func(_ context.Context, batch []pipeline.Message) error {
		for _, m := range batch {
			got = append(got, m.Seq)
		}
		return nil
	})
	var gap *pipeline.GapError
	require.ErrorAs(t, err, &gap)
	require.Equal(t, pipeline.GapError{After: 10, First: 12}, *gap)
	require.Equal(t, []uint64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, got)
}
