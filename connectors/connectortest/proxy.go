package connectortest

import (
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Proxy forwards TCP between a connector and its far side, and breaks it on
// demand.
type Proxy struct {
	t      testing.TB
	addr   string
	target string

	mu       sync.Mutex
	changed  *sync.Cond // stalled, delay or closed has changed
	listener net.Listener
	conns    map[net.Conn]struct{}
	stalled  bool
	delay    time.Duration
	closed   bool

	running sync.WaitGroup
}

// NewProxy listens on a free loopback port and forwards to target until the
// test ends.
func NewProxy(t testing.TB, target string) *Proxy {
	t.Helper()
	p := &Proxy{t: t, target: target, conns: map[net.Conn]struct{}{}}
	p.changed = sync.NewCond(&p.mu)
	p.listen("127.0.0.1:0")
	t.Cleanup(p.close)
	return p
}

// Addr is where connectors reach the proxy, as host:port.
func (p *Proxy) Addr() string { return p.addr }

// Cut closes every connection. New ones are let through.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut()
}

// Refuse closes every connection and refuses new ones until [Proxy.Resume].
func (p *Proxy) Refuse() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.listener != nil {
		_ = p.listener.Close()
		p.listener = nil
	}
	p.cut()
}

// BlackHole keeps every connection open and lets nothing through, as a half
// open link does: no error, no end. [Proxy.Resume] lets the held bytes pass.
func (p *Proxy) BlackHole() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stalled = true
}

// Slow delays every chunk of bytes, in both directions.
func (p *Proxy) Slow(delay time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delay = delay
}

// Resume ends every fault.
func (p *Proxy) Resume() {
	p.mu.Lock()
	p.stalled, p.delay = false, 0
	p.changed.Broadcast()
	refused := p.listener == nil
	p.mu.Unlock()
	if refused {
		p.listen(p.addr)
	}
}

func (p *Proxy) listen(addr string) {
	p.t.Helper()
	listener, err := net.Listen("tcp", addr)
	require.NoError(p.t, err)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listener, p.addr = listener, listener.Addr().String()
	p.running.Go(func() { p.accept(listener) })
}

func (p *Proxy) accept(listener net.Listener) {
	for {
		near, err := listener.Accept()
		if err != nil {
			return
		}
		p.running.Go(func() { p.forward(near) })
	}
}

// forward dials the far side only after it may let bytes through, so that a
// new connection into a black hole is as silent as an old one.
func (p *Proxy) forward(near net.Conn) {
	defer near.Close()
	if !p.track(near) || !p.pass() {
		return
	}
	defer p.forget(near)
	far, err := net.Dial("tcp", p.target)
	if err != nil {
		return
	}
	defer far.Close()
	if !p.track(far) {
		return
	}
	defer p.forget(far)
	var back sync.WaitGroup
	back.Go(func() { p.copy(near, far) })
	p.copy(far, near)
	back.Wait()
}

// copy ends both connections when either ends.
func (p *Proxy) copy(dst, src net.Conn) {
	defer dst.Close()
	defer src.Close()
	buf := make([]byte, 32<<10)
	for {
		n, err := src.Read(buf)
		if n > 0 {
			if !p.pass() {
				return
			}
			if _, err := dst.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// pass returns when bytes may go on, or false when the proxy is closed.
func (p *Proxy) pass() bool {
	p.mu.Lock()
	for p.stalled && !p.closed {
		p.changed.Wait()
	}
	delay, closed := p.delay, p.closed
	p.mu.Unlock()
	if delay > 0 && !closed {
		time.Sleep(delay)
	}
	return !closed
}

func (p *Proxy) track(c net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || p.listener == nil {
		return false
	}
	p.conns[c] = struct{}{}
	return true
}

func (p *Proxy) forget(c net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, c)
}

func (p *Proxy) cut() {
	for c := range p.conns {
		_ = c.Close()
	}
}

func (p *Proxy) close() {
	p.mu.Lock()
	p.closed = true
	p.changed.Broadcast()
	p.mu.Unlock()
	p.Refuse()
	p.running.Wait()
}
