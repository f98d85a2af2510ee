package mqtt

import (
	"sync"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
)

// Bounds of what waits in memory to be stored, and of what is stored at once.
// With QoS 1 and 2 the broker's own window of unacknowledged messages is
// reached first, unless it has none.
const (
	inboxBytes   = 64 << 20
	messageBytes = 256 // beside topic and payload
	batchCount   = 500
	batchBytes   = 1 << 20
)

// delivery is a message with the time of its arrival.
type delivery struct {
	paho.Message
	received time.Time
}

func (d delivery) size() int { return len(d.Payload()) + len(d.Topic()) + messageBytes }

// inbox is the queue between paho's reader, which must not wait, and the loop
// that stores.
type inbox struct {
	ready chan struct{} // holds a token while there may be messages

	mu      sync.Mutex
	waiting []delivery
	bytes   int
	full    bool // for ever: what comes later would overtake what was refused
	dropped int  // messages of QoS 0, which nobody delivers again
}

func newInbox() *inbox { return &inbox{ready: make(chan struct{}, 1)} }

// put returns false when there is no room for a message that the broker will
// deliver again over another link. A message that it will not is dropped and
// counted.
func (b *inbox) put(d delivery) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.full:
		return false
	case b.bytes+d.size() > inboxBytes && b.bytes > 0:
		if d.Qos() == 0 {
			b.dropped++
			return true
		}
		b.full = true
		return false
	}
	b.waiting = append(b.waiting, d)
	b.bytes += d.size()
	select {
	case b.ready <- struct{}{}:
	default:
	}
	return true
}

// take returns the next batch, in order of arrival, and how many messages were
// dropped since the last call.
func (b *inbox) take() (batch []delivery, dropped int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n, size := 0, 0
	for n < min(len(b.waiting), batchCount) && size < batchBytes {
		size += b.waiting[n].size()
		n++
	}
	batch, b.waiting = b.waiting[:n:n], b.waiting[n:]
	b.bytes -= size
	if len(b.waiting) == 0 {
		b.waiting = nil
	}
	dropped, b.dropped = b.dropped, 0
	return batch, dropped
}
