package main_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// farside is node-opcua, the server that connectors/opcua is tested against.
type farside struct {
	endpoint string
	commands io.Writer
	answers  *bufio.Scanner
}

// startFarside starts the server with a press that has a state; it ends with
// the test.
func startFarside(t *testing.T) *farside {
	t.Helper()
	modules, err := filepath.Abs(filepath.Join("..", "..", ".dev", "farside", "opcua"))
	require.NoError(t, err)
	if dev := os.Getenv("FILDEFER_DEV"); dev != "" {
		modules = filepath.Join(dev, "farside", "opcua")
	}
	require.FileExists(t, filepath.Join(modules, "installed"), "node-opcua is not installed: run deploy/dev/farside.sh")
	arch := strings.Replace(runtime.GOARCH, "amd64", "x64", 1)
	port := freePort(t)
	options := fmt.Sprintf(`{"port":%d,"pki":%q}`, port, t.TempDir())
	cmd := exec.Command(filepath.Join(modules, "node_modules", "node-linux-"+arch, "bin", "node"),
		filepath.Join("..", "..", "connectors", "opcua", "testdata", "farside", "server.mjs"), options)
	cmd.Env = append(os.Environ(), "FARSIDE_MODULES="+modules)
	cmd.Stderr = t.Output()
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	f := &farside{endpoint: fmt.Sprintf("opc.tcp://127.0.0.1:%d/UA/farside", port)}
	f.commands, err = cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	f.answers = bufio.NewScanner(out)
	require.True(t, f.answers.Scan(), "node-opcua ended before it was ready")
	f.ask(t, map[string]any{"op": "add", "node": "Press.State", "type": "String", "value": "running"})
	return f
}

// set writes a text into a node.
func (f *farside) set(t *testing.T, node, text string) {
	t.Helper()
	f.ask(t, map[string]any{"op": "set", "node": node, "type": "String", "value": text})
}

func (f *farside) ask(t *testing.T, command map[string]any) {
	t.Helper()
	line, err := json.Marshal(command)
	require.NoError(t, err)
	_, err = fmt.Fprintf(f.commands, "%s\n", line)
	require.NoError(t, err)
	require.True(t, f.answers.Scan(), "node-opcua ended")
	var answer struct {
		OK    bool
		Error string
	}
	require.NoError(t, json.Unmarshal(f.answers.Bytes(), &answer), "%s", f.answers.Text())
	require.True(t, answer.OK, "%v: %s", command, answer.Error)
}
