package opcua_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// farside is a node-opcua server in a process of its own.
type farside struct {
	port    int
	options map[string]any

	mu      sync.Mutex
	process *exec.Cmd
	stdin   io.WriteCloser
	answers *bufio.Scanner
}

// startFarside returns when the server is ready; it ends with the test.
func startFarside(t *testing.T, options map[string]any) *farside {
	t.Helper()
	f := &farside{port: freePort(t), options: options}
	f.options["port"] = f.port
	if f.options["pki"] == nil {
		f.options["pki"] = t.TempDir()
	}
	f.start(t)
	t.Cleanup(f.kill)
	return f
}

func (f *farside) start(t *testing.T) {
	t.Helper()
	modules := modules(t)
	options, err := json.Marshal(f.options)
	require.NoError(t, err)
	arch := strings.Replace(runtime.GOARCH, "amd64", "x64", 1)
	node := filepath.Join(modules, "node_modules", "node-linux-"+arch, "bin", "node")
	script := filepath.Join("testdata", "farside", "server.mjs")
	// The test's own context ends before its connectors do.
	f.process = exec.CommandContext(context.WithoutCancel(t.Context()), node, script, string(options))
	f.process.Env = append(os.Environ(), "FARSIDE_MODULES="+modules)
	f.process.Stderr = t.Output()
	f.stdin, err = f.process.StdinPipe()
	require.NoError(t, err)
	stdout, err := f.process.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, f.process.Start())
	f.answers = bufio.NewScanner(stdout)
	require.True(t, f.answers.Scan(), "the OPC UA server ended before it was ready")
	require.JSONEq(t, `{"ready":true}`, f.answers.Text())
}

// kill is SIGKILL: the server cannot say good-bye.
func (f *farside) kill() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.process == nil {
		return
	}
	_ = f.process.Process.Kill()
	_ = f.process.Wait()
	f.process = nil
}

// ask sends one command and returns its result.
func (f *farside) ask(t *testing.T, command map[string]any) float64 {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	line, err := json.Marshal(command)
	require.NoError(t, err)
	_, err = f.stdin.Write(append(line, '\n'))
	require.NoError(t, err)
	require.True(t, f.answers.Scan(), "the OPC UA server ended")
	var answer struct {
		OK     bool
		Error  string
		Result float64
	}
	require.NoError(t, json.Unmarshal(f.answers.Bytes(), &answer), "%s", f.answers.Text())
	require.True(t, answer.OK, "%v: %s", command, answer.Error)
	return answer.Result
}

// set writes a value, or several in a row, into a variable.
func (f *farside) set(t *testing.T, node string, value any) {
	t.Helper()
	f.ask(t, map[string]any{"op": "set", "node": node, "value": value})
}

func (f *farside) addr() string { return fmt.Sprintf("127.0.0.1:%d", f.port) }

func (f *farside) url() string { return endpointAt(f.addr()) }

func endpointAt(addr string) string { return "opc.tcp://" + addr + "/UA/farside" }

// modules is where deploy/dev/farside.sh puts the packages.
func modules(t *testing.T) string {
	t.Helper()
	dev := os.Getenv("FILDEFER_DEV")
	if dev == "" {
		root, err := filepath.Abs(filepath.Join("..", ".."))
		require.NoError(t, err)
		dev = filepath.Join(root, ".dev")
	}
	folder := filepath.Join(dev, "farside", "opcua")
	require.FileExists(t, filepath.Join(folder, "installed"), "the OPC UA server of the tests is not installed: run deploy/dev/farside.sh")
	return folder
}

func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, listener.Close()) }()
	return listener.Addr().(*net.TCPAddr).Port
}

// patience bounds what is awaited, on a loaded machine.
const patience = time.Minute
