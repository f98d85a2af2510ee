package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
)

const mosquittoConfig = `listener %d 127.0.0.1
allow_anonymous true
max_inflight_messages 1000
max_queued_messages 0
persistence false
`

// startBroker starts Mosquitto until stop is called, and returns its address.
func (b *bench) startBroker(ctx context.Context) (addr string, stop func(), err error) {
	path, err := exec.LookPath("mosquitto")
	if err != nil {
		path = "/usr/sbin/mosquitto" // where Debian has it, outside of most paths
	}
	if _, err := os.Stat(path); err != nil {
		return "", nil, errors.New("mosquitto is needed and not installed (apt install mosquitto)")
	}
	port, err := freeLoopbackPort(ctx)
	if err != nil {
		return "", nil, err
	}
	file := filepath.Join(b.dir, "mosquitto.conf")
	if err := os.WriteFile(file, fmt.Appendf(nil, mosquittoConfig, port), 0o600); err != nil {
		return "", nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, path, "-c", file)
	if err := cmd.Start(); err != nil {
		cancel()
		return "", nil, fmt.Errorf("start mosquitto: %w", err)
	}
	stop = func() {
		cancel()
		_ = cmd.Wait() // killed: that it says so is no news
	}
	addr = fmt.Sprintf("127.0.0.1:%d", port)
	if err := await(ctx, "mosquitto", func() bool { return listens(ctx, addr) }); err != nil {
		stop()
		return "", nil, err
	}
	return addr, stop, nil
}

// freeLoopbackPort is a port that nobody listened on a moment ago.
func freeLoopbackPort(ctx context.Context) (int, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

func listens(ctx context.Context, addr string) bool {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	if err == nil {
		_ = conn.Close()
	}
	return err == nil
}
