package opcua_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/connectortest"
	"github.com/fildefer/fildefer/connectors/opcua"
	"github.com/fildefer/fildefer/pipeline"
)

// TestAgainstARealServer runs all stories that leave the server alive against
// one server, since it takes seconds to start.
func TestAgainstARealServer(t *testing.T) {
	t.Parallel()
	far := startFarside(t, map[string]any{"bulk": 2500})
	for name, story := range map[string]func(*testing.T, *farside){
		"nodes are read by namespace URI and by index":      readsNodesByEitherID,
		"browse paths find variables and name their assets": browses,
		"every type of value becomes an event":              readsEveryType,
		"a structure is told once and the rest flows":       readsAroundStructures,
		"a deadband keeps small changes away":               keepsWithinDeadband,
		"a bad status is kept, with or without a value":     keepsStatus,
		"an overflowing queue is announced by a gap":        announcesOverflow,
		"an unknown node is reported and the others flow":   toleratesUnknownNode,
		"2,500 items go into three subscriptions":           readsManyItems,
		"nothing is acknowledged before it is stored":       acknowledgesLast,
		"a cut link is rebuilt and the gap is told":         rebuildsAfterCut,
		"a black hole is noticed within three keep-alives":  noticesBlackHole,
		"each protection goes with each kind of sign-in":    signsIn,
		"check says what was found and what was not":        checks,
		"a panic ends the session and not the process":      outlivesPanic,
		"a connector keeps its contract":                    keepsContract,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			story(t, far)
		})
	}
}

func readsNodesByEitherID(t *testing.T, far *farside) {
	byIndex := node("Line1.Count", "count")
	byIndex.ID = "ns=2;s=Line1.Count"
	clock := opcua.Node{ID: "i=2258", Asset: "lyon/server", Signal: "clock"}
	l := live(t, reading(far.url(), node("Line1.Temp", "temperature"), byIndex, clock), &sink{})
	l.awaitState(t, connectors.Up, "3 nodes in 1 subscriptions")
	first := l.await(t, "initial count", func(e pipeline.Event) bool { return e.Signal == "count" })
	require.Equal(t, vendor+"Line1.Count", first.Attr["node"], "an index is told by its URI")
	far.ask(t, map[string]any{"op": "set", "node": "Line1.Count", "type": "UInt32", "value": 41, "at": "2026-11-21T08:00:00.123Z"})
	e := l.await(t, "count 41", valued("count", pipeline.Number(41)))
	require.Equal(t, "2026-11-21T08:00:00.123Z", e.At.Format(time.RFC3339Nano))
	require.NotEmpty(t, e.Attr["server_time"])
	require.Equal(t, far.url(), e.Attr["endpoint"])
	l.await(t, "the server's clock", func(e pipeline.Event) bool {
		text, ok := e.Value.Text()
		return e.Signal == "clock" && ok && strings.HasPrefix(text, "20")
	})
}

func browses(t *testing.T, far *farside) {
	cfg := reading(far.url())
	cfg.Browse = []opcua.Browse{
		{Path: "/Objects/2:Press*/**/Temperature", Asset: "lyon/presses/{1}"},
		{Path: "/Objects/Press?/Hydraulics/P*", Asset: "lyon/presses/{1}", Signal: "hydraulics.{2}"},
	}
	l := live(t, cfg, &sink{})
	l.awaitState(t, connectors.Up, "4 nodes")
	want := []string{
		"lyon/presses/Press1 Temperature", "lyon/presses/Press1 hydraulics.Pressure",
		"lyon/presses/Press2 Temperature", "lyon/presses/Press2 hydraulics.Pressure",
	}
	require.Eventually(t, func() bool {
		return len(signals(l.all(func(pipeline.Event) bool { return true }))) == len(want)
	}, patience, 10*time.Millisecond)
	events := l.all(func(pipeline.Event) bool { return true })
	require.Equal(t, want, signals(events))
	require.Regexp(t, `^/Objects/Press[12]/Hydraulics/(Temperature|Pressure)$`, events[0].Attr["path"])
}

func readsEveryType(t *testing.T, far *farside) {
	l := live(t, reading(far.url(),
		node("Line1.Big", "big"), node("Line1.Running", "running"), node("Line1.Order", "order"),
		node("Line1.Label", "label"), node("Line1.Zones", "zones")), &sink{})
	l.await(t, "beyond 2^53", valued("big", pipeline.Text("9007199254740993")))
	l.await(t, "boolean", valued("running", pipeline.Bool(true)))
	l.await(t, "string", valued("order", pipeline.Text("OF-1")))
	l.await(t, "localized text", valued("label", pipeline.Text("Remplisseuse")))
	for i := range 3 {
		l.await(t, "array", valued("zones."+strconv.Itoa(i), pipeline.Number(float64(i+1))))
	}
}

func readsAroundStructures(t *testing.T, far *farside) {
	// ServerStatus holds the time, so that it changes at every look.
	status := opcua.Node{ID: "i=2256", Asset: "lyon/server", Signal: "status"}
	clock := opcua.Node{ID: "i=2258", Asset: "lyon/server", Signal: "clock"}
	l := live(t, reading(far.url(), status, clock), &sink{})
	require.Eventually(t, func() bool {
		return len(l.all(func(e pipeline.Event) bool { return e.Signal == "clock" })) > 3
	}, patience, 20*time.Millisecond)
	l.mu.Lock()
	defer l.mu.Unlock()
	require.Len(t, l.letters, 1)
	require.Equal(t, "i=2256", l.letters[0].Origin)
	require.Contains(t, l.letters[0].Reason, "node i=2256: the value is a structure")
}

func keepsWithinDeadband(t *testing.T, far *farside) {
	far.ask(t, map[string]any{"op": "add", "node": "Deadband", "value": 100})
	quiet := node("Deadband", "quiet")
	quiet.Deadband = &opcua.Deadband{Absolute: 5}
	l := live(t, reading(far.url(), quiet), &sink{})
	l.await(t, "first value", valued("quiet", pipeline.Number(100)))
	far.set(t, "Deadband", 103)
	far.set(t, "Deadband", 106)
	l.await(t, "a change beyond the deadband", valued("quiet", pipeline.Number(106)))
	require.Empty(t, l.all(valued("quiet", pipeline.Number(103))))
}

func keepsStatus(t *testing.T, far *farside) {
	far.ask(t, map[string]any{"op": "add", "node": "Status", "value": 1})
	l := live(t, reading(far.url(), node("Status", "status")), &sink{})
	l.await(t, "first value", valued("status", pipeline.Number(1)))
	far.ask(t, map[string]any{"op": "set", "node": "Status", "value": 2, "status": "UncertainLastUsableValue"})
	e := l.await(t, "uncertain", valued("status", pipeline.Number(2)))
	require.Equal(t, pipeline.Uncertain, e.Quality)
	require.Equal(t, "0x40900000", e.Status)
	far.ask(t, map[string]any{"op": "set", "node": "Status", "status": "BadCommunicationError"})
	e = l.await(t, "status only", func(e pipeline.Event) bool { return e.Status == "0x80050000" })
	require.Equal(t, pipeline.Bad, e.Quality)
	require.True(t, e.Value.IsNone(), "a stale number is never shown as the value")
}

func announcesOverflow(t *testing.T, far *farside) {
	far.ask(t, map[string]any{"op": "add", "node": "Overflow", "value": 0})
	small := node("Overflow", "overflow")
	instantly := time.Duration(0)
	small.Queue, small.Sampling = 3, &instantly
	cfg := reading(far.url(), small)
	cfg.PublishingInterval = 500 * time.Millisecond
	l := live(t, cfg, &sink{})
	l.await(t, "first value", valued("overflow", pipeline.Number(0)))
	far.set(t, "Overflow", []int{1, 2, 3, 4, 5, 6, 7, 8, 9})
	l.await(t, "the newest value", valued("overflow", pipeline.Number(9)))
	gap := l.await(t, "gap", func(e pipeline.Event) bool { return e.Kind == pipeline.Gap })
	require.Equal(t, "overflow", gap.Signal)
	require.Equal(t, "0x00000480", gap.Status)
}

func toleratesUnknownNode(t *testing.T, far *farside) {
	l := live(t, reading(far.url(), node("Line1.Temp", "temperature"), node("Ghost", "ghost")), &sink{})
	l.awaitState(t, connectors.Down, "1 of 2 nodes are not delivered; first "+vendor+"Ghost")
	l.await(t, "the known node", func(e pipeline.Event) bool { return e.Signal == "temperature" })
	far.ask(t, map[string]any{"op": "add", "node": "Ghost", "value": 3})
	l.await(t, "the node that came late", valued("ghost", pipeline.Number(3)))
	l.awaitState(t, connectors.Up, "2 nodes")
	require.Empty(t, l.all(func(e pipeline.Event) bool { return e.Kind == pipeline.Gap }), "the others were not disturbed")
}

func readsManyItems(t *testing.T, far *farside) {
	cfg := reading(far.url())
	cfg.Browse = []opcua.Browse{{Path: "/Objects/Bulk/*", Asset: "lyon/bulk/{1}"}}
	l := live(t, cfg, &sink{})
	l.awaitState(t, connectors.Up, "2500 nodes in 3 subscriptions")
	require.Eventually(t, func() bool {
		return len(signals(l.all(func(pipeline.Event) bool { return true }))) == 2500
	}, patience, 50*time.Millisecond)
	far.ask(t, map[string]any{"op": "set", "node": "Bulk.2499", "type": "Int32", "value": -7})
	l.await(t, "the last item", valued("Item2499", pipeline.Number(-7)))
}

func acknowledgesLast(t *testing.T, far *farside) {
	unacknowledged := func() float64 {
		return far.ask(t, map[string]any{"op": "unacknowledged", "client": "fildefer patient"})
	}
	s := &sink{closed: make(chan struct{})}
	cfg := reading(far.url(), node("Line1.Temp", "temperature"))
	liveAs(t, "patient", cfg, s)
	require.Eventually(t, func() bool { return unacknowledged() > 0 }, patience, 20*time.Millisecond)
	// Three publications later the message is still not acknowledged.
	require.Never(t, func() bool { return unacknowledged() == 0 }, 3*cfg.PublishingInterval, 20*time.Millisecond)
	close(s.closed)
	require.Eventually(t, func() bool { return unacknowledged() == 0 }, patience, 20*time.Millisecond)
	s.await(t, "the value", func(e pipeline.Event) bool { return e.Signal == "temperature" })
}

func rebuildsAfterCut(t *testing.T, far *farside) {
	far.ask(t, map[string]any{"op": "add", "node": "Cut", "value": 1})
	proxy := connectortest.NewProxy(t, far.addr())
	l := live(t, reading(endpointAt(proxy.Addr()), node("Cut", "cut")), &sink{})
	l.await(t, "before", valued("cut", pipeline.Number(1)))
	proxy.Refuse()
	l.awaitState(t, connectors.Down, proxy.Addr())
	far.set(t, "Cut", 2)
	proxy.Resume()
	l.await(t, "after", valued("cut", pipeline.Number(2)))
	gap := l.await(t, "gap", func(e pipeline.Event) bool { return e.Kind == pipeline.Gap })
	require.Equal(t, pipeline.AssetPath("lyon/line-1/filler"), gap.Asset)
	require.NotEmpty(t, gap.Attr["from"])
	l.awaitState(t, connectors.Up, "1 nodes")
}

// panicsOnce is a sink in which the program has a fault.
type panicsOnce struct {
	*sink
	done atomic.Bool
}

func (p *panicsOnce) Accept(ctx context.Context, events []pipeline.Event) error {
	if p.done.CompareAndSwap(false, true) {
		panic("index out of range")
	}
	return p.sink.Accept(ctx, events)
}

func outlivesPanic(t *testing.T, far *farside) {
	s := &panicsOnce{sink: &sink{}}
	c, err := opcua.New("press", reading(far.url(), node("Line1.Temp", "temperature")), t.TempDir(), quiet(t))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	status, ended := connectors.NewStatus("press", "opcua"), make(chan error, 1)
	go func() { ended <- c.Run(ctx, s, status) }()
	s.await(t, "the value, over another session", func(e pipeline.Event) bool { return e.Signal == "temperature" })
	require.True(t, s.done.Load())
	cancel()
	require.NoError(t, <-ended)
}

func noticesBlackHole(t *testing.T, far *farside) {
	far.ask(t, map[string]any{"op": "add", "node": "Hole", "value": 1})
	proxy := connectortest.NewProxy(t, far.addr())
	cfg := reading(endpointAt(proxy.Addr()), node("Hole", "hole"))
	cfg.PublishingInterval, cfg.KeepAlive = 100*time.Millisecond, 5
	l := live(t, cfg, &sink{})
	l.await(t, "before", valued("hole", pipeline.Number(1)))
	proxy.BlackHole()
	begin := time.Now()
	l.awaitState(t, connectors.Down, "the server is silent")
	// Three keep-alives, and what closing a dead session takes.
	require.Less(t, time.Since(begin), 3*5*cfg.PublishingInterval+2500*time.Millisecond)
	far.set(t, "Hole", 2)
	proxy.Resume()
	l.await(t, "after", valued("hole", pipeline.Number(2)))
}

func checks(t *testing.T, far *farside) {
	check := func(nodes ...opcua.Node) (string, error) {
		c, err := opcua.New("press", reading(far.url(), nodes...), t.TempDir(), quiet(t))
		require.NoError(t, err)
		return c.Check(t.Context())
	}
	said, err := check(node("Line1.Temp", "a"), node("Line1.Count", "b"))
	require.NoError(t, err)
	require.Equal(t, far.url()+" (None): 2 of 2 nodes found", said)
	elsewhere := node("X", "c")
	elsewhere.ID = "nsu=http://elsewhere.test;s=X"
	_, err = check(node("Line1.Temp", "a"), node("Nothing", "b"), elsewhere)
	require.ErrorContains(t, err, "1 of 3 nodes found; first missing "+elsewhere.ID+": the server has no namespace http://elsewhere.test")
	_, err = check(node("Line1.Temp", "a"), node("Nothing", "b"))
	require.ErrorContains(t, err, "1 of 2 nodes found; first missing "+vendor+"Nothing")
}

func keepsContract(t *testing.T, far *farside) {
	connectortest.Run(t, func(t *testing.T) connectortest.Harness {
		name := fmt.Sprintf("Contract.%d", time.Now().UnixNano())
		far.ask(t, map[string]any{"op": "add", "node": name, "type": "String"})
		instantly := time.Duration(0)
		n := node(name, "input")
		n.Sampling, n.Queue = &instantly, 1000
		dir := t.TempDir()
		write := func(values ...string) {
			far.ask(t, map[string]any{"op": "set", "node": name, "type": "String", "value": values})
		}
		return connectortest.Harness{
			Connector: func() connectors.Connector {
				c, err := opcua.New("press", reading(far.url(), n), dir, quiet(t))
				require.NoError(t, err)
				return unprimed{c}
			},
			Emit:    func(keys ...string) { write(keys...) },
			Key:     func(e *pipeline.Event) string { return e.Value.String() },
			Poison:  func() { write(strings.Repeat("x", pipeline.MaxTextBytes+1)) },
			Forgets: true, // a session that ends takes its queues along
		}
	})
}
