package notify

import (
	"sync"
	"time"
)

// Health is how a channel is.
type Health struct {
	Down    bool
	Detail  string // why it is down
	Since   time.Time
	Sent    int64
	Refused int64 // given up
	Last    time.Time
}

type health struct {
	mu sync.Mutex
	h  Health
}

func newHealth(now time.Time) *health { return &health{h: Health{Since: now}} }

func (h *health) now() Health {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.h
}

func (h *health) sent(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.h.Down {
		h.h.Down, h.h.Detail, h.h.Since = false, "", now
	}
	h.h.Sent++
	h.h.Last = now
}

func (h *health) fail(now time.Time, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.h.Down {
		h.h.Down, h.h.Since = true, now
	}
	h.h.Detail = err.Error()
}

func (h *health) refused() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.h.Refused++
}
