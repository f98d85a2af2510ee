package connectortest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/pprof"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// Bounds within which a connector does what it must, on a loaded machine.
const (
	patience   = 30 * time.Second
	stopWithin = 10 * time.Second
	glance     = 25 * time.Millisecond
	stillness  = 300 * time.Millisecond
	inputs     = 40
)

// Run holds a connector to its contract: nothing is settled before it is
// stored, every input is stored in the end and none is invented, an input
// keeps its id whatever happens, input that is malformed or never stored goes to
// the dead letters and the rest flows, and Run ends cleanly when it is told to.
func Run(t *testing.T, open Open) {
	t.Helper()
	for name, story := range map[string]func(*testing.T, *Harness){
		"every input is stored once the sink takes it":      storesAll,
		"a full backlog delays and loses nothing":           outlivesBacklog,
		"random failures of the sink lose nothing":          outlivesRandomFailures,
		"nothing is settled while the sink blocks":          settlesLast,
		"malformed input is put aside and the rest flows":   putsPoisonAside,
		"an event that is never stored stops no other":      outlivesInvalid,
		"a connector that is told to end at once ends well": endsAtOnce,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			story(t, &h)
		})
	}
}

func storesAll(t *testing.T, h *Harness) {
	sink := newRecorder(h, func(context.Context) (bool, error) { return true, nil })
	r := start(t, h, sink)
	keys := emit(h, "plain", inputs)
	r.awaitStored(keys)
	r.awaitSettled(keys)
	r.stop()
}

func outlivesBacklog(t *testing.T, h *Harness) {
	var calls atomic.Int32
	sink := newRecorder(h, func(context.Context) (bool, error) {
		if calls.Add(1) <= 3 {
			return false, pipeline.ErrBacklog
		}
		return true, nil
	})
	r := start(t, h, sink)
	keys := emit(h, "backlog", inputs)
	r.awaitStored(keys)
	r.awaitSettled(keys)
	r.stop()
}

// outlivesRandomFailures includes the failure after which the events are
// stored all the same.
func outlivesRandomFailures(t *testing.T, h *Harness) {
	var calls atomic.Uint64
	sink := newRecorder(h, func(context.Context) (bool, error) {
		switch random := rand.New(rand.NewPCG(7, calls.Add(1))); random.IntN(4) {
		case 0:
			return false, errors.New("the stream is away")
		case 1:
			return true, errors.New("the stream took it, but its answer was lost")
		}
		return true, nil
	})
	r := start(t, h, sink)
	var keys []string
	for i := range 8 {
		keys = append(keys, emit(h, fmt.Sprintf("random-%d", i), inputs/8)...)
		r.awaitStored(keys)
	}
	r.awaitSettled(keys)
	r.stop()
}

// settlesLast blocks the sink, ends the connector, and starts another that
// must offer the same inputs under the same ids.
func settlesLast(t *testing.T, h *Harness) {
	blocked := newRecorder(h, func(ctx context.Context) (bool, error) {
		<-ctx.Done()
		return false, ctx.Err()
	})
	r := start(t, h, blocked)
	keys := emit(h, "blocked", inputs/4)
	r.eventually(func() bool { return blocked.offers() > 0 }, "no input reached the sink")
	if h.Settled != nil {
		require.Never(t, func() bool { return len(h.Settled()) > 0 }, stillness, glance, "an input was settled while the sink blocked")
	}
	r.stop()
	if h.Settled != nil {
		require.Empty(t, h.Settled(), "an input was settled by ending the connector")
	}
	if h.Forgets {
		return
	}
	again := newRecorder(h, func(context.Context) (bool, error) { return true, nil })
	again.offered = blocked.offered
	r = start(t, h, again)
	r.awaitStored(keys)
	r.awaitSettled(keys)
	r.stop()
}

func putsPoisonAside(t *testing.T, h *Harness) {
	if h.Poison == nil {
		return
	}
	var calls atomic.Int32
	sink := newRecorder(h, func(context.Context) (bool, error) {
		if calls.Add(1)%3 == 1 {
			return false, errors.New("the stream is away")
		}
		return true, nil
	})
	r := start(t, h, sink)
	keys := emit(h, "before", inputs/4)
	h.Poison()
	keys = append(keys, emit(h, "after", inputs/4)...)
	r.awaitStored(keys)
	r.eventually(func() bool { return len(sink.rejected()) > 0 }, "the malformed input is not among the dead letters")
	for _, letter := range sink.rejected() {
		require.NotEmpty(t, letter.Source)
		require.NotEmpty(t, letter.Origin)
		require.NotEmpty(t, letter.Reason)
		require.LessOrEqual(t, len(letter.Body), pipeline.MaxDeadLetterBytes)
		require.False(t, letter.Received.IsZero())
	}
	r.stop()
}

// outlivesInvalid refuses one event in the midst of others for ever.
func outlivesInvalid(t *testing.T, h *Harness) {
	sink := newRecorder(h, func(context.Context) (bool, error) { return true, nil })
	sink.invalid = fmt.Sprintf("invalid-%d", inputs/2)
	r := start(t, h, sink)
	keys := emit(h, "invalid", inputs)
	r.awaitStored(slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return key == sink.invalid }))
	r.awaitSettled(keys)
	r.keys = keys
	letters := sink.rejected()
	require.Len(t, letters, 1)
	require.Contains(t, string(letters[0].Body), sink.invalid, "the input of the refused event is not among the dead letters")
	require.Contains(t, letters[0].Reason, "we refuse it")
	require.NotEqual(t, connectors.Down, r.status.Snapshot().State)
	r.stop()
}

func endsAtOnce(t *testing.T, h *Harness) {
	sink := newRecorder(h, func(context.Context) (bool, error) { return true, nil })
	launch(t, h, sink).stop()
}

func emit(h *Harness, prefix string, n int) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf("%s-%d", prefix, i)
	}
	h.Emit(keys...)
	return keys
}

// run is one life of a connector.
type run struct {
	t      *testing.T
	h      *Harness
	sink   *recorder
	status *connectors.Status
	label  string
	cancel context.CancelFunc
	ended  chan error
	keys   []string
}

// start returns when the connector says that it is up.
func start(t *testing.T, h *Harness, sink *recorder) *run {
	t.Helper()
	r := launch(t, h, sink)
	r.eventually(func() bool { return r.status.Snapshot().State == connectors.Up }, "the connector does not come up")
	return r
}

// launch labels the connector's goroutines, so that a leak is seen even while
// other tests run.
func launch(t *testing.T, h *Harness, sink *recorder) *run {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r := &run{
		t: t, h: h, sink: sink, cancel: cancel, ended: make(chan error, 1),
		status: connectors.NewStatus("contract", "test"),
		label:  fmt.Sprintf("%s-%d", t.Name(), time.Now().UnixNano()),
	}
	connector := h.Connector()
	go pprof.Do(ctx, pprof.Labels("connector", r.label), func(ctx context.Context) {
		r.ended <- connector.Run(ctx, sink, r.status)
	})
	t.Cleanup(cancel)
	return r
}

func (r *run) awaitStored(keys []string) {
	r.t.Helper()
	r.keys = keys
	r.eventually(func() bool { return len(r.sink.missing(keys)) == 0 }, "not every input was stored")
}

func (r *run) awaitSettled(keys []string) {
	r.t.Helper()
	if r.h.Settled != nil {
		r.eventually(func() bool { return len(r.h.Settled()) >= len(keys) }, "not every stored input was settled")
	}
}

func (r *run) stop() {
	r.t.Helper()
	r.cancel()
	select {
	case err := <-r.ended:
		require.NoError(r.t, err, "Run must return nil when its context ends")
	case <-time.After(stopWithin):
		require.FailNow(r.t, "Run did not return", "within %s of the end of its context", stopWithin)
	}
	require.Empty(r.t, r.sink.found())
	if r.keys != nil {
		require.Empty(r.t, r.sink.invented(r.keys), "events that nobody emitted")
	}
	r.eventually(func() bool { return r.leaked() == "" }, "goroutines are left")
}

func (r *run) eventually(condition func() bool, sentence string) {
	r.t.Helper()
	deadline := time.Now().Add(patience)
	for !condition() {
		if time.Now().After(deadline) {
			require.FailNow(r.t, sentence, "status %+v\nmissing %v\nfaults %v\ngoroutines %s",
				r.status.Snapshot(), r.sink.missing(r.keys), r.sink.found(), r.leaked())
		}
		time.Sleep(glance)
	}
}

// leaked returns the stacks of the connector's goroutines.
func (r *run) leaked() string {
	var profile bytes.Buffer
	_ = pprof.Lookup("goroutine").WriteTo(&profile, 1)
	var left []string
	for stack := range strings.SplitSeq(profile.String(), "\n\n") {
		if strings.Contains(stack, r.label) {
			left = append(left, stack)
		}
	}
	return strings.Join(left, "\n\n")
}
