package live

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fildefer/fildefer/feed"
)

const (
	poll   = time.Second          // how long a change can stay unseen when nobody wakes the hub
	window = 8 * time.Millisecond // least time between two batches: under a burst, many changes share one write
	page   = 500                  // changes read at once, kept in memory, and the most a reader may be behind
)

// Source is where the hub reads committed changes.
type Source interface {
	// Changes lists posts whose last change is above since, in the order of
	// those changes and at most limit, with the number to go on from.
	Changes(ctx context.Context, since int64, limit int) (posts []*feed.Post, last int64, err error)
	// LastChange is the number of the last committed change.
	LastChange(ctx context.Context) (int64, error)
}

// Encoder renders a post for readers of a language, as JSON on one line.
type Encoder func(ctx context.Context, lang feed.Lang, p *feed.Post) ([]byte, error)

// Hub carries changes from one source to its readers.
type Hub struct {
	source  Source
	encode  Encoder
	log     *slog.Logger
	metrics *Metrics

	wake  chan struct{}
	begun func()                // closes ready
	ready chan struct{}         // closed when the list has caught up with the source
	done  chan struct{}         // closed when the hub ends
	head  atomic.Pointer[batch] // oldest batch that is kept for readers who resume
	tail  atomic.Pointer[batch]

	bell sync.Mutex // of those who ring
	toll atomic.Pointer[toll]

	mu      sync.Mutex
	ended   bool
	readers sync.WaitGroup
}

// NewHub returns a hub that reads nothing and serves nobody until Run.
func NewHub(source Source, encode Encoder, log *slog.Logger, metrics *Metrics) *Hub {
	h := &Hub{
		source: source, encode: encode, log: log, metrics: metrics,
		wake: make(chan struct{}, 1), ready: make(chan struct{}), done: make(chan struct{}),
	}
	h.toll.Store(newToll(nil))
	h.begun = sync.OnceFunc(func() { close(h.ready) })
	return h
}

// Wake says that something was committed. It never blocks.
func (h *Hub) Wake() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// Run follows the source until ctx ends, then tells every reader to come back
// in a moment and returns when all have left.
func (h *Hub) Run(ctx context.Context) error {
	defer h.end()
	ticker := time.NewTicker(poll)
	defer ticker.Stop()
	broken := false
	for {
		err := h.advance(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if (err != nil) != broken { // once per outage, not once a second
			broken = err != nil
			h.log.LogAttrs(ctx, slog.LevelWarn, "reading changes", slog.Bool("broken", broken), slog.Any("error", err))
		}
		rest := time.After(window)
		select {
		case <-ctx.Done():
			return nil
		case <-h.wake:
		case <-ticker.C:
		}
		select {
		case <-ctx.Done():
			return nil
		case <-rest: // at once, unless the last batch has only just left
		}
	}
}

// advance appends to the list whatever was committed since its tail. The list
// begins a page in the past, so that those who come back after a restart find
// there what they missed.
func (h *Hub) advance(ctx context.Context) error {
	tail := h.tail.Load()
	if tail == nil {
		last, err := h.source.LastChange(ctx)
		if err != nil {
			return fmt.Errorf("last change: %w", err)
		}
		tail = newBatch(max(0, last-page))
		h.head.Store(tail)
		h.tail.Store(tail)
	}
	for {
		posts, last, err := h.source.Changes(ctx, tail.last, page)
		if err != nil {
			return fmt.Errorf("changes since %d: %w", tail.last, err)
		}
		if len(posts) > 0 {
			tail = h.publish(ctx, tail, posts, last)
		}
		if len(posts) < page {
			h.begun()
			return nil
		}
	}
}

// publish appends a batch, and lets go of those that are a page behind it.
func (h *Hub) publish(ctx context.Context, tail *batch, posts []*feed.Post, last int64) *batch {
	frames := make([]*frame, len(posts))
	for i, p := range posts {
		frames[i] = newFrame(ctx, h.encode, h.log, p)
	}
	next := newBatch(last, frames...)
	next.count = tail.count + int64(len(posts))
	tail.next = next
	h.tail.Store(next)
	close(tail.more)
	head := h.head.Load()
	for head.next != next && next.count-head.next.count >= page {
		head = head.next
	}
	h.head.Store(head)
	return next
}

// end sends the readers away and waits for them.
func (h *Hub) end() {
	h.mu.Lock()
	h.ended = true
	h.mu.Unlock()
	close(h.done)
	h.readers.Wait()
}

// enter counts a reader in, and tells whether the hub still takes any.
func (h *Hub) enter() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ended {
		return false
	}
	h.readers.Add(1)
	return true
}
