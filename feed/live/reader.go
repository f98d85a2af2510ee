package live

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/fildefer/fildefer/feed"
)

const (
	check    = 3 * time.Second // how often a reader's right to read is looked at
	pingEach = 5               // checks between two heartbeats: 15 s
	maxLag   = 4096            // changes a reader may leave unread before it is cut
)

// errBehind cuts a reader that leaves too much unread.
var errBehind = errors.New("too far behind")

// reader is one open stream.
type reader struct {
	hub   *Hub
	scope feed.Scope
	lang  feed.Lang
	still func(context.Context) bool

	wire   wire
	at     *batch // reached so far
	toll   *toll  // heard so far
	cursor int64  // no change up to this number is sent again
	out    net.Buffers
}

// Serve streams the changes in scope until the reader leaves, still says that
// the reader may no longer read, or the hub ends. It returns an error, having
// written nothing, when the source cannot be read; later errors have nobody
// left to be told to. Where it can take the connection over, it returns at once
// and the hub goes on: what net/http holds for a request is then free.
func (h *Hub) Serve(w http.ResponseWriter, r *http.Request, scope feed.Scope, lang feed.Lang, still func(context.Context) bool) error {
	if !h.enter() {
		return away(w)
	}
	defer h.readers.Done()
	select {
	case <-h.ready:
	case <-h.done:
		return away(w)
	case <-r.Context().Done():
		return nil
	}
	rd := &reader{hub: h, toll: h.toll.Load(), scope: scope, lang: lang, still: still}
	if err := rd.begin(r); err != nil {
		return err
	}
	own, err := takeOver(w)
	switch {
	case errors.Is(err, http.ErrNotSupported): // HTTP/2
		rd.wire = share(w, r)
		rd.stream(r.Context())
		return nil
	case err != nil:
		return fmt.Errorf("take the connection over: %w", err)
	}
	rd.wire = own
	ctx := context.WithoutCancel(r.Context())
	h.readers.Go(func() { rd.stream(ctx) })
	return nil
}

// stream sends what was prepared and then what comes.
func (rd *reader) stream(ctx context.Context) {
	defer rd.wire.close()
	rd.hub.metrics.clients.Inc()
	defer rd.hub.metrics.clients.Dec()
	err := rd.flush()
	if err == nil {
		err = rd.follow(ctx)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, errBehind) {
		rd.hub.metrics.dropped.Inc()
	}
}

// away answers while the hub is ending.
func away(w http.ResponseWriter) error {
	w.Header().Set("Retry-After", "2")
	w.WriteHeader(http.StatusServiceUnavailable)
	return nil
}

// begin prepares what the reader missed.
func (rd *reader) begin(r *http.Request) error {
	since, resumed, ok := since(r)
	rd.at = rd.hub.tail.Load()
	switch {
	case !resumed:
		since = rd.at.last
		rd.cursor = since
	case !ok:
		return rd.reload(r.Context())
	default:
		rd.cursor = since
		known, err := rd.resume(r.Context())
		if err != nil {
			return err
		}
		if !known {
			return rd.reload(r.Context())
		}
	}
	if len(rd.out) == 0 { // nothing in scope was missed: no need to look there again
		since = rd.cursor
	}
	rd.out = slices.Insert(rd.out, 0, hello(since))
	return nil
}

// resume takes everything after the cursor: from the list when it goes back
// that far, else from the store. It tells whether that was possible.
func (rd *reader) resume(ctx context.Context) (bool, error) {
	if rd.cursor > rd.at.last { // ahead of the hub, or from before a database was restored
		last, err := rd.hub.source.LastChange(ctx)
		if err != nil {
			return false, fmt.Errorf("last change: %w", err)
		}
		return rd.cursor <= last, nil
	}
	if head := rd.hub.head.Load(); rd.cursor >= head.last {
		rd.at = head
		rd.gather()
		return true, nil
	}
	// The place in the list was taken before the store is asked, so that no
	// change falls between the two; those that both hold are known by number.
	posts, _, err := rd.hub.source.Changes(ctx, rd.cursor, page+1)
	if err != nil {
		return false, fmt.Errorf("changes since %d: %w", rd.cursor, err)
	}
	if len(posts) > page {
		return false, nil
	}
	for _, p := range posts {
		rd.take(newFrame(ctx, rd.hub.encode, rd.hub.log, p))
	}
	return true, nil
}

// since is the number that the request resumes after. It is not ok when it is
// not a number that a hub ever sent.
func since(r *http.Request) (n int64, resumed, ok bool) {
	from := r.Header.Get("Last-Event-ID")
	if from == "" {
		from = r.URL.Query().Get("since")
	}
	if from == "" {
		return 0, false, false
	}
	n, err := strconv.ParseInt(from, 10, 64)
	return n, true, err == nil && n >= 0
}

// hello says where the stream begins, and how long to wait before coming back:
// not the same for all, so that a restart is not a stampede.
func hello(from int64) []byte {
	return fmt.Appendf(nil, "retry: %d\nid: %d\nevent: hello\ndata: {\"change\":%d}\n\n", retry(), from, from)
}

// reload tells the reader to read its page again; the stream goes on from now.
func (rd *reader) reload(ctx context.Context) error {
	last, err := rd.hub.source.LastChange(ctx)
	if err != nil {
		return fmt.Errorf("last change: %w", err)
	}
	rd.cursor = last
	rd.out = append(rd.out, hello(last))
	rd.say("event: reload\ndata: {\"change\":%d}\n\n", last)
	return nil
}

// follow sends what comes, as it comes. Its error says why the reader is cut.
func (rd *reader) follow(ctx context.Context) error {
	ticker := time.NewTicker(check)
	defer ticker.Stop()
	for ticks := 0; ; {
		select {
		case <-rd.at.more:
			if rd.hub.tail.Load().count-rd.at.count > maxLag {
				return errBehind
			}
			rd.gather()
		case <-rd.toll.rung:
			rd.heed()
		case <-ticker.C:
			if !rd.still(ctx) {
				return nil
			}
			if ticks++; ticks%pingEach == 0 {
				// The number moves the place to resume from, for readers who
				// see few of the changes.
				rd.say(": ping\nid: %d\n\n", rd.cursor)
			}
		case <-rd.hub.done:
			rd.say("retry: %d\n\n", retry())
			return rd.flush()
		case <-rd.wire.gone():
			return nil
		}
		if err := rd.flush(); err != nil {
			return err
		}
	}
}

// gather takes everything that is there by now: what came during the last
// write leaves in one.
func (rd *reader) gather() {
	for next := rd.at.follow(); next != nil; next = rd.at.follow() {
		rd.at = next
		if rd.seesAll(next) {
			rd.put(next.bytes(rd.lang))
		} else {
			for _, f := range next.frames {
				rd.take(f)
			}
		}
		rd.cursor = max(rd.cursor, next.last)
	}
}

// seesAll tells whether everything in the batch is new to the reader and in
// its scope.
func (rd *reader) seesAll(b *batch) bool {
	return !slices.ContainsFunc(b.frames, func(f *frame) bool {
		return f.change <= rd.cursor || !f.within(rd.scope)
	})
}

func (rd *reader) take(f *frame) {
	if f.change <= rd.cursor {
		return
	}
	rd.cursor = f.change
	if !f.within(rd.scope) {
		return
	}
	rd.put(f.bytes(rd.lang))
}

func (rd *reader) put(b []byte) {
	if len(b) > 0 {
		rd.out = append(rd.out, b)
	}
}

func (rd *reader) say(format string, args ...any) {
	rd.out = append(rd.out, fmt.Appendf(nil, format, args...))
}

func (rd *reader) flush() error {
	if len(rd.out) == 0 {
		return nil
	}
	err := rd.wire.write(rd.out)
	clear(rd.out)
	rd.out = rd.out[:0]
	return err
}

// retry is the wait before a reader comes back, in milliseconds.
func retry() int { return 1000 + rand.IntN(1000) }
