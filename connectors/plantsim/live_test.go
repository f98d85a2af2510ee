package plantsim_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
	"github.com/gopcua/opcua"
	"github.com/gopcua/opcua/ua"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/plantsim"
)

const mosquitto = "/usr/sbin/mosquitto"

// freeAddress returns a loopback address that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().String()
}

// startBroker starts a real Mosquitto and returns its URL.
func startBroker(t *testing.T) string {
	t.Helper()
	address := freeAddress(t)
	_, port, err := net.SplitHostPort(address)
	require.NoError(t, err)
	config := filepath.Join(t.TempDir(), "mosquitto.conf")
	require.NoError(t, os.WriteFile(config, fmt.Appendf(nil, "listener %s 127.0.0.1\nallow_anonymous true\n", port), 0o600))
	cmd := exec.CommandContext(t.Context(), mosquitto, "-c", config)
	require.NoError(t, cmd.Start(), "install Debian's mosquitto")
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	require.Eventually(t, func() bool {
		c, err := net.Dial("tcp", address)
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	}, 20*time.Second, 20*time.Millisecond, "the broker listens")
	return "tcp://" + address
}

// ears hear what comes over the wire.
type ears struct {
	mu     sync.Mutex
	low    time.Time         // first weight below the limit
	topics map[string]bool   // that spoke
	values map[string]string // last of each node's values
	stops  int               // of presses
}

func (e *ears) hear(_ paho.Client, m paho.Message) {
	var v telemetry
	if json.Unmarshal(m.Payload(), &v) != nil {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.topics[m.Topic()] = true
	if e.low.IsZero() && v.Weight != nil && *v.Weight < 498 {
		e.low = v.TS
	}
}

func (e *ears) note(node string, value any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.values[node] = fmt.Sprint(value)
	if value == "stopped" {
		e.stops++
	}
}

func (e *ears) told(condition func(*ears) bool) func() bool {
	return func() bool {
		e.mu.Lock()
		defer e.mu.Unlock()
		return condition(e)
	}
}

func subscribeMQTT(t *testing.T, url string, e *ears) {
	t.Helper()
	c := paho.NewClient(paho.NewClientOptions().AddBroker(url).SetClientID("ears"))
	token := c.Connect()
	require.True(t, token.WaitTimeout(20*time.Second))
	require.NoError(t, token.Error())
	t.Cleanup(func() { c.Disconnect(0) })
	token = c.Subscribe("plant/#", 1, e.hear)
	require.True(t, token.WaitTimeout(20*time.Second))
	require.NoError(t, token.Error())
}

// subscribeOPCUA watches every node of the presses until it is told to leave.
func subscribeOPCUA(t *testing.T, address string, assets []plantsim.Asset, e *ears) (leave func()) {
	t.Helper()
	ctx := t.Context()
	c, err := opcua.NewClient("opc.tcp://"+address, opcua.AutoReconnect(false))
	require.NoError(t, err)
	require.Eventually(t, func() bool { return c.Connect(ctx) == nil }, 20*time.Second, 50*time.Millisecond, "the server listens")
	index, err := c.FindNamespace(ctx, plantsim.Namespace)
	require.NoError(t, err)
	changes := make(chan *opcua.PublishNotificationData, 100)
	s, err := c.Subscribe(ctx, &opcua.SubscriptionParameters{Interval: 50 * time.Millisecond}, changes)
	require.NoError(t, err)
	var nodes []string
	for _, asset := range assets {
		for _, node := range asset.Nodes {
			nodes = append(nodes, node.ID)
			id := ua.NewStringNodeID(index, strings.TrimPrefix(node.ID, "nsu="+plantsim.Namespace+";s="))
			_, err := s.Monitor(ctx, ua.TimestampsToReturnBoth,
				opcua.NewMonitoredItemCreateRequestWithDefaults(id, ua.AttributeIDValue, uint32(len(nodes))))
			require.NoError(t, err)
		}
	}
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case change := <-changes:
				data, ok := change.Value.(*ua.DataChangeNotification)
				if !ok {
					continue
				}
				for _, item := range data.MonitoredItems {
					e.note(nodes[item.ClientHandle-1], item.Value.Value.Value())
				}
			}
		}
	}()
	return func() { require.NoError(t, c.Close(ctx)) }
}

func TestALivePlantShowsEachFaultWithin45SecondsOverRealProtocols(t *testing.T) {
	t.Parallel()
	const speed = 25
	p := plantsim.New(42)
	now := time.Now().UTC()
	require.NoError(t, p.History(now.Add(-8*time.Hour), now, 5*time.Second, func(plantsim.Message) error { return nil }))
	before := len(p.Faults())

	url, address, dir := startBroker(t), freeAddress(t), t.TempDir()
	e := &ears{topics: map[string]bool{}, values: map[string]string{}}
	subscribeMQTT(t, url, e)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- p.Run(ctx, plantsim.Wire{MQTTURL: url, OPCUAListen: address, Dir: dir, Speed: speed})
	}()
	leave := subscribeOPCUA(t, address, p.Assets(), e)

	wait := func(condition func() bool, what string) {
		t.Helper()
		require.Eventually(t, condition, 60*time.Second, 20*time.Millisecond, what)
	}
	wait(e.told(func(e *ears) bool { return len(e.topics) == 7 }), "every machine of the line speaks, and the line")
	wait(e.told(func(e *ears) bool { return len(e.values) == 8 }), "every node of the presses has a value")
	wait(e.told(func(e *ears) bool { return e.values["nsu=urn:plantsim;s=Press4.State"] == "stopped" }), "press 4 stops")
	wait(e.told(func(e *ears) bool { return !e.low.IsZero() }), "a filler drifts out of its limit")
	wait(func() bool { return holds(t, dir, "stock_*.csv", ";0,000;") }, "an article runs out")
	wait(func() bool {
		return holds(t, dir, "sales_*.csv", ";villeurbanne") || holds(t, dir, "sales_*.csv", "boissons")
	}, "sales are dropped")
	planted := p.Faults()[before:]
	start := planted[0].From
	for _, kind := range []plantsim.FaultKind{plantsim.Drift, plantsim.OutOfStock, plantsim.PressStop} {
		require.LessOrEqual(t, of(planted, kind)[0].From.Sub(start)*speed, 10*time.Second, "%s", kind)
	}
	require.LessOrEqual(t, e.low.Sub(start)*speed, 40*time.Second)

	wait(e.told(func(e *ears) bool { return e.stops > 0 && e.values["nsu=urn:plantsim;s=Press4.State"] == "running" }), "press 4 runs again")
	leave()
	cancel()
	require.NoError(t, <-ended)
	left, err := filepath.Glob(filepath.Join(dir, "*.tmp"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func holds(t *testing.T, dir, pattern, text string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	require.NoError(t, err)
	for _, f := range files {
		data, err := os.ReadFile(f)
		require.NoError(t, err)
		if strings.Contains(string(data), text) {
			return true
		}
	}
	return false
}

func TestRunSaysWhatItCannotReach(t *testing.T) {
	t.Parallel()
	url := startBroker(t)
	for want, wire := range map[string]plantsim.Wire{
		"must go forward":         {Speed: -1},
		"a port number is needed": {MQTTURL: url, OPCUAListen: "127.0.0.1:0"},
		"missing port in address": {MQTTURL: url, OPCUAListen: "nowhere"},
	} {
		require.ErrorContains(t, plantsim.New(1).Run(t.Context(), wire), want)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	require.ErrorContains(t, plantsim.New(1).Run(ctx, plantsim.Wire{MQTTURL: "tcp://" + freeAddress(t)}), "connect to tcp://127.0.0.1:")
}
