package api

import (
	"math"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A shift signs in at once from behind one address; a search for PINs goes on.
const (
	signInBurst  = 30
	signInPace   = rate.Limit(1) // a second
	maxAddresses = 4096
)

// throttle bounds how often one address may try to sign in.
type throttle struct {
	mu   sync.Mutex
	seen map[netip.Addr]*rate.Limiter
}

func newThrottle() *throttle { return &throttle{seen: map[netip.Addr]*rate.Limiter{}} }

// try counts one attempt. When it is one too many, seconds is the wait.
func (t *throttle) try(addr netip.Addr) (seconds int, ok bool) {
	if addr.Is6() { // a household of addresses has one owner
		if p, err := addr.Prefix(64); err == nil {
			addr = p.Addr()
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.seen[addr]
	if l == nil {
		if len(t.seen) >= maxAddresses {
			t.forget()
		}
		l = rate.NewLimiter(signInPace, signInBurst)
		t.seen[addr] = l
	}
	now := time.Now()
	if l.AllowN(now, 1) {
		return 0, true
	}
	return int(math.Ceil((1 - l.TokensAt(now)) / float64(signInPace))), false
}

// forget drops the addresses that have been calm, all when none has.
func (t *throttle) forget() {
	for addr, l := range t.seen {
		if l.Tokens() >= signInBurst {
			delete(t.seen, addr)
		}
	}
	if len(t.seen) >= maxAddresses {
		clear(t.seen)
	}
}
