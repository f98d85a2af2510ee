package mqtt_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/mqtt"
)

// mosquitto is a real broker, written by others.
type mosquitto struct {
	t    *testing.T
	addr string
	dir  string
	cmd  *exec.Cmd
}

// newMosquitto starts a broker on a free loopback port, with lines added to
// its configuration. It keeps sessions and messages on disk.
func newMosquitto(t *testing.T, lines ...string) *mosquitto {
	t.Helper()
	b := &mosquitto{t: t, addr: freeAddr(t), dir: t.TempDir()}
	if !strings.Contains(strings.Join(lines, "\n"), "allow_anonymous") {
		lines = append(lines, "allow_anonymous true")
	}
	_, port, _ := net.SplitHostPort(b.addr)
	conf := append([]string{
		"per_listener_settings false", "user root", "persistence true", "persistence_location " + b.dir + "/",
		"autosave_on_changes true", "autosave_interval 1", "log_type all",
		"listener " + port + " 127.0.0.1",
	}, lines...)
	require.NoError(t, os.WriteFile(b.path("mosquitto.conf"), []byte(strings.Join(conf, "\n")+"\n"), 0o600))
	b.start()
	t.Cleanup(b.kill)
	return b
}

func (b *mosquitto) path(name string) string { return filepath.Join(b.dir, name) }

func (b *mosquitto) start() {
	b.t.Helper()
	program, err := exec.LookPath("mosquitto")
	if err != nil {
		program = "/usr/sbin/mosquitto"
	}
	var out bytes.Buffer
	b.cmd = exec.Command(program, "-c", b.path("mosquitto.conf"))
	b.cmd.Stdout, b.cmd.Stderr = &out, &out
	require.NoError(b.t, b.cmd.Start(), "these tests need a real broker: install the package mosquitto")
	require.Eventually(b.t, func() bool {
		conn, err := net.Dial("tcp", b.addr)
		if err != nil {
			return false
		}
		return conn.Close() == nil
	}, 10*time.Second, 10*time.Millisecond, "mosquitto does not listen")
}

// kill ends the broker as a power cut does.
func (b *mosquitto) kill() {
	_ = b.cmd.Process.Kill()
	_ = b.cmd.Wait()
}

func (b *mosquitto) url() string { return "mqtt://" + b.addr }

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().String()
}

// machine publishes as machines do.
type machine struct {
	t      *testing.T
	client paho.Client
}

func newMachine(t *testing.T, addr string, set ...func(*paho.ClientOptions)) *machine {
	t.Helper()
	options := paho.NewClientOptions().AddBroker("tcp://" + addr).SetClientID(fmt.Sprintf("machine-%d", time.Now().UnixNano()))
	for _, f := range set {
		f(options)
	}
	m := &machine{t: t, client: paho.NewClient(options)}
	m.await(m.client.Connect())
	t.Cleanup(func() { m.client.Disconnect(100) })
	return m
}

func (m *machine) await(token paho.Token) {
	m.t.Helper()
	require.True(m.t, token.WaitTimeout(15*time.Second), "the broker does not answer the machine")
	require.NoError(m.t, token.Error())
}

func (m *machine) publish(topic string, qos byte, retained bool, payload any) {
	m.t.Helper()
	m.await(m.client.Publish(topic, qos, retained, payload))
}

// emit publishes one input for each key, with a time of its own.
func (m *machine) emit(qos byte, keys ...string) {
	m.t.Helper()
	for _, key := range keys {
		m.publish(topic, qos, false, payloadOf(key))
	}
}

func payloadOf(key string) string {
	return fmt.Sprintf(`{"ts":%d,"key":%q}`, time.Now().UnixMilli(), key)
}

// configFor reads what machine.emit writes.
func configFor(url string) mqtt.Config {
	return mqtt.Config{URL: url, ClientID: "fildefer-test", KeepAlive: 5 * time.Second, Subscriptions: []mqtt.Subscription{telemetry()}}
}

// logOf collects the log of a connector, to be shown when the test fails.
func logOf(t *testing.T) *slog.Logger {
	t.Helper()
	out := &safeBuffer{}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(out.String())
		}
	})
	return slog.New(slog.NewTextHandler(out, nil))
}

type safeBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
