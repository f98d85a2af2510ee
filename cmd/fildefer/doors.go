package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"syscall"
)

// doors are the addresses of a program, opened before anything else is touched:
// what is taken is said at once, and nothing has to be undone.
type doors struct {
	screens net.Listener
	metrics net.Listener // nil when none is configured
	control net.Listener // nil when the data folder lies too deep for a socket
}

// openDoors opens every address. The control socket is also what keeps two
// programs off one data folder.
func (c *config) openDoors(ctx context.Context) (*doors, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	d := &doors{}
	if err := d.open(ctx, c); err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

func (d *doors) open(ctx context.Context, c *config) (err error) {
	if d.control, err = listenControl(ctx, c.Data); err != nil {
		return err
	}
	if d.screens, err = listenTCP(ctx, "listen", c.Listen); err != nil || c.Metrics == "" {
		return err
	}
	d.metrics, err = listenTCP(ctx, "metrics", c.Metrics)
	return err
}

func listenTCP(ctx context.Context, key, addr string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s: %s is taken by another program; choose another address", key, addr)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", key, err)
	}
	return l, nil
}

// close closes what nobody serves yet; a listener that is served is closed
// already.
func (d *doors) close() {
	for _, l := range []net.Listener{d.screens, d.metrics, d.control} {
		if l != nil {
			_ = l.Close()
		}
	}
}

// The running program answers the command line on a socket in its data folder:
// the embedded stream has one owner, so other processes ask it. The folder's
// permissions say who may.
const (
	controlSocket = "control.sock"
	// longestSocket is what a socket's path may take on every system.
	longestSocket = 100
)

func controlPath(data string) string { return filepath.Join(data, controlSocket) }

// listenControl opens the socket. One that a killed program left is replaced;
// one that answers belongs to a program that runs.
func listenControl(ctx context.Context, data string) (net.Listener, error) {
	path := controlPath(data)
	if len(path) > longestSocket {
		return nil, nil
	}
	if dialControl(ctx, data) != nil {
		return nil, fmt.Errorf("data: another Fildefer runs on %s; end it first, or choose another folder", data)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	return l, os.Chmod(path, 0o600)
}
