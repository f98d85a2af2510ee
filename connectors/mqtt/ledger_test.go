package mqtt_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/mqtt"
	"github.com/fildefer/fildefer/pipeline"
)

// ledger is a sink that keeps what it stores, and can be held shut.
type ledger struct {
	mu      sync.Mutex
	events  []pipeline.Event
	letters []pipeline.DeadLetter
	offered []pipeline.EventID // stored or not
	most    int                // events of one call
	shut    bool
}

func (l *ledger) Accept(_ context.Context, events []pipeline.Event) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.most = max(l.most, len(events))
	for _, e := range events {
		l.offered = append(l.offered, e.ID)
	}
	if l.shut {
		return pipeline.ErrBacklog
	}
	l.events = append(l.events, events...)
	return nil
}

func (l *ledger) Reject(_ context.Context, letter pipeline.DeadLetter) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.letters = append(l.letters, letter)
	return nil
}

func (l *ledger) setShut(shut bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.shut = shut
}

// largest is how many events came in one call.
func (l *ledger) largest() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.most
}

// keys lists the distinct inputs stored, in order.
func (l *ledger) keys() []string {
	var keys []string
	for _, e := range l.stored() {
		if key := keyOf(&e); key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

func (l *ledger) stored() []pipeline.Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.events)
}

func (l *ledger) rejected() []pipeline.DeadLetter {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.letters)
}

// distinctOffers counts the ids that were offered, however often.
func (l *ledger) distinctOffers() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	ids := map[pipeline.EventID]bool{}
	for _, id := range l.offered {
		ids[id] = true
	}
	return len(ids)
}

// life is one run of a connector.
type life struct {
	t      *testing.T
	status *connectors.Status
	cancel context.CancelFunc
	ended  chan error
}

func live(t *testing.T, cfg mqtt.Config, sink pipeline.Sink) *life {
	t.Helper()
	c, err := mqtt.New("line-3", cfg, logOf(t))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	l := &life{t: t, status: connectors.NewStatus("line-3", "mqtt"), cancel: cancel, ended: make(chan error, 1)}
	go func() { l.ended <- c.Run(ctx, sink, l.status) }()
	t.Cleanup(l.stop)
	return l
}

// stop may be called twice.
func (l *life) stop() {
	l.t.Helper()
	l.cancel()
	select {
	case err := <-l.ended:
		require.NoError(l.t, err)
		l.ended <- nil
	case <-time.After(10 * time.Second):
		require.FailNow(l.t, "the connector does not end")
	}
}

// await returns when the connector is in that state with that detail.
func (l *life) await(state connectors.State, detail string) connectors.Health {
	l.t.Helper()
	within(l.t, func(c *require.Assertions) {
		h := l.status.Snapshot()
		c.Equal(state, h.State, h.Detail)
		c.Contains(h.Detail, detail)
	})
	return l.status.Snapshot()
}

func within(t *testing.T, check func(c *require.Assertions)) {
	t.Helper()
	require.EventuallyWithT(t, func(collect *assert.CollectT) { check(require.New(collect)) }, 30*time.Second, 20*time.Millisecond)
}

func numbered(prefix string, n int) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = prefix + "-" + string(rune('a'+i/26)) + string(rune('a'+i%26))
	}
	return keys
}
