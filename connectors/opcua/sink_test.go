package opcua_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/opcua"
	"github.com/fildefer/fildefer/pipeline"
)

// sink keeps what it takes. While closed is not nil, it takes nothing.
type sink struct {
	mu      sync.Mutex
	events  []pipeline.Event
	letters []pipeline.DeadLetter
	closed  chan struct{}
}

func (s *sink) Accept(ctx context.Context, events []pipeline.Event) error {
	if s.closed != nil {
		select {
		case <-s.closed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events = append(s.events, events...)
	return nil
}

func (s *sink) Reject(_ context.Context, letter pipeline.DeadLetter) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.letters = append(s.letters, letter)
	return nil
}

// all returns the events that fit.
func (s *sink) all(fits func(pipeline.Event) bool) []pipeline.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	var some []pipeline.Event
	for _, e := range s.events {
		if fits(e) {
			some = append(some, e)
		}
	}
	return some
}

// await returns the first event that fits.
func (s *sink) await(t *testing.T, what string, fits func(pipeline.Event) bool) pipeline.Event {
	t.Helper()
	var found []pipeline.Event
	require.Eventually(t, func() bool {
		found = s.all(fits)
		return len(found) > 0
	}, patience, 10*time.Millisecond, "no event: %s", what)
	return found[0]
}

func valued(signal string, want pipeline.Value) func(pipeline.Event) bool {
	return func(e pipeline.Event) bool { return e.Signal == signal && e.Value == want && e.Kind != pipeline.Gap }
}

// life is a running connector.
type life struct {
	*sink
	status *connectors.Status
	dir    string
}

// live runs a connector until the test ends, and checks that it ends well.
func live(t *testing.T, cfg opcua.Config, s *sink) *life {
	t.Helper()
	return liveAs(t, "press", cfg, s)
}

func liveAs(t *testing.T, name string, cfg opcua.Config, s *sink) *life {
	t.Helper()
	l := &life{sink: s, status: connectors.NewStatus(name, "opcua"), dir: t.TempDir()}
	l.run(t, name, cfg)
	return l
}

// run starts the connector in the data folder of l; stop ends it, and so does
// the end of the test.
func (l *life) run(t *testing.T, name string, cfg opcua.Config) (stop func()) {
	t.Helper()
	c, err := opcua.New(name, cfg, l.dir, quiet(t))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx, l.sink, l.status) }()
	stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-ended:
			require.NoError(t, err)
		case <-time.After(patience):
			require.FailNow(t, "Run did not end")
		}
	})
	t.Cleanup(stop)
	return stop
}

func (l *life) awaitState(t *testing.T, want connectors.State, detail string) connectors.Health {
	t.Helper()
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		health := l.status.Snapshot()
		require.Equal(c, want, health.State, health.Detail)
		require.Contains(c, health.Detail, detail)
	}, patience, 20*time.Millisecond)
	return l.status.Snapshot()
}

func quiet(t *testing.T) *slog.Logger {
	t.Helper()
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// node is a configured node of the vendor's namespace, as fast as it can be.
func node(id, signal string) opcua.Node {
	fast := 20 * time.Millisecond
	return opcua.Node{
		ID: vendor + id, Asset: "lyon/line-1/filler", Signal: signal,
		Monitoring: opcua.Monitoring{Sampling: &fast, Queue: 100},
	}
}

const vendor = "nsu=http://vendor.test/UA;s="

// reading is a configuration that reads some nodes, quickly.
func reading(endpoint string, nodes ...opcua.Node) opcua.Config {
	return opcua.Config{
		Endpoint: endpoint, PublishingInterval: 50 * time.Millisecond, KeepAlive: 40,
		RetryMissing: 300 * time.Millisecond, ReconnectMax: time.Second, Nodes: nodes,
	}
}

func signals(events []pipeline.Event) []string {
	var names []string
	for _, e := range events {
		names = append(names, string(e.Asset)+" "+e.Signal)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
