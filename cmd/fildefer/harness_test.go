package main_test

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"
	"github.com/stretchr/testify/require"
)

// program is the built binary, made once for all tests.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "fildefer-test")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "fildefer")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

func binary(t *testing.T) string {
	t.Helper()
	path, err := program()
	require.NoError(t, err)
	return path
}

// lines collects what a process writes, for the failure message and for
// waiting on a sentence.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// process is a running program of the tests.
type process struct {
	cmd  *exec.Cmd
	log  *lines
	done chan struct{}
	err  error
}

// start runs a program until the test ends.
func start(t *testing.T, name string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(name, args...), log: &lines{}, done: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	require.NoError(t, p.cmd.Start())
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			t.Logf("%s wrote:\n%s", filepath.Base(name), tail(p.log.String(), 6000))
		}
	})
	return p
}

func tail(s string, n int) string {
	if len(s) > n {
		return "…" + s[len(s)-n:]
	}
	return s
}

// kill ends the process at once, as a power switch would end it.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

// stop asks the process to end and waits until it has.
func (p *process) stop(t *testing.T, signal os.Signal) {
	t.Helper()
	require.NoError(t, p.cmd.Process.Signal(signal))
	select {
	case <-p.done:
	case <-time.After(20 * time.Second):
		t.Fatalf("the program did not end within 20 s of %v", signal)
	}
}

// freePort returns a loopback port that nobody listened on a moment ago.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

// mosquitto starts Debian's broker, with lines added to its configuration, and
// returns its address.
func mosquitto(t *testing.T, lines ...string) string {
	t.Helper()
	path, err := exec.LookPath("mosquitto")
	if err != nil {
		path = "/usr/sbin/mosquitto"
	}
	port, dir := freePort(t), t.TempDir()
	conf := filepath.Join(dir, "mosquitto.conf")
	if len(lines) == 0 {
		lines = []string{"allow_anonymous true"}
	}
	require.NoError(t, os.WriteFile(conf, fmt.Appendf(nil,
		"listener %d 127.0.0.1\nmax_inflight_messages 1000\nmax_queued_messages 0\npersistence false\n%s\n", port, strings.Join(lines, "\n")), 0o600))
	start(t, path, "-c", conf)
	addr := fmt.Sprintf("127.0.0.1:%d", port)
	require.Eventually(t, func() bool {
		c, err := net.DialTimeout("tcp", addr, time.Second)
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	}, 10*time.Second, 20*time.Millisecond, "mosquitto (Debian package mosquitto) did not start")
	return addr
}

// publisher is a machine: it publishes at QoS 1 and returns after the broker
// has acknowledged.
func publisher(t *testing.T, broker, id string) func(topic, payload string) error {
	t.Helper()
	c := mqtt.NewClient(mqtt.NewClientOptions().AddBroker("tcp://" + broker).SetClientID(id))
	token := c.Connect()
	require.True(t, token.WaitTimeout(10*time.Second))
	require.NoError(t, token.Error())
	t.Cleanup(func() { c.Disconnect(100) })
	return func(topic, payload string) error {
		token := c.Publish(topic, 1, false, payload)
		if !token.WaitTimeout(10 * time.Second) {
			return fmt.Errorf("publish %s: the broker did not acknowledge", topic)
		}
		return token.Error()
	}
}

// installation is a configuration, its folder, and the program that runs it.
type installation struct {
	dir, config, url string
	*process
}

// install writes a configuration; listen and data are set for it.
func install(t *testing.T, yaml string, files map[string]string) *installation {
	t.Helper()
	in := &installation{dir: t.TempDir()}
	port := freePort(t)
	in.url = fmt.Sprintf("http://127.0.0.1:%d", port)
	in.config = filepath.Join(in.dir, "fildefer.yaml")
	head := fmt.Sprintf("listen: 127.0.0.1:%d\ndata: data\n", port)
	require.NoError(t, os.WriteFile(in.config, []byte(head+yaml), 0o600))
	for name, body := range files {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(in.dir, name)), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(in.dir, name), []byte(body), 0o600))
	}
	return in
}

// member adds a person who may sign in with PIN 1234.
func (in *installation) member(t *testing.T, id, name string, grants ...string) {
	t.Helper()
	args := []string{"member", "add", "--config", in.config, "--name", name, "--pin-stdin", id}
	for _, grant := range grants {
		args = append(args, "--grant", grant)
	}
	cmd := exec.CommandContext(t.Context(), binary(t), args...)
	cmd.Stdin = strings.NewReader("1234\n")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// serve starts the program and waits until it is ready.
func (in *installation) serve(t *testing.T) {
	t.Helper()
	in.process = start(t, binary(t), "serve", "--config", in.config)
	in.await(t, 30*time.Second)
}

func (in *installation) await(t *testing.T, most time.Duration) {
	t.Helper()
	deadline := time.Now().Add(most)
	for time.Now().Before(deadline) {
		res, err := http.Get(in.url + "/readyz")
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		select {
		case <-in.done:
			require.FailNow(t, "fildefer ended", "%v\n%s", in.err, in.log)
		case <-time.After(10 * time.Millisecond):
		}
	}
	require.FailNow(t, "fildefer did not become ready", "%s", in.log)
}

// configure writes another configuration, which the next start reads.
func (in *installation) configure(t *testing.T, yaml string) {
	t.Helper()
	require.NoError(t, os.WriteFile(in.config, []byte(yaml), 0o600))
}
