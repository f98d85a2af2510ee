package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
)

// benchReadersCmd opens event streams and counts what they bring. Each stream
// is a file; Go raises the limit of open ones by itself as far as it may.
type benchReadersCmd struct {
	Addr  string `required:""`
	Path  string `required:""`
	Token string
	Count int `required:""`
}

// run obeys a number by answering when that many more events have come.
func (r *benchReadersCmd) run(ctx context.Context, c console) error {
	counter := &eventCounter{more: make(chan struct{}, 1)}
	var readers sync.WaitGroup
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		cancel()
		readers.Wait()
	}()
	for range r.Count {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", r.Addr)
		if err != nil {
			return fmt.Errorf("open %d streams: %w", r.Count, err)
		}
		context.AfterFunc(ctx, func() { _ = conn.Close() })
		if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n", r.Path, r.Addr, r.Token); err != nil {
			return fmt.Errorf("open a stream: %w", err)
		}
		var head [256]byte // of the answer: the stream has begun
		if n, _ := conn.Read(head[:]); !bytes.HasPrefix(head[:n], []byte("HTTP/1.1 200")) {
			return fmt.Errorf("open a stream: the answer begins with %q", head[:n])
		}
		readers.Go(func() { counter.read(conn) })
	}
	var want int64
	return obey(c, func(order string) (string, error) {
		n, err := strconv.ParseInt(order, 10, 64)
		if err != nil {
			return "", fmt.Errorf("order %q: %w", order, err)
		}
		want += n
		return "read", counter.await(ctx, want)
	})
}

// eventCounter counts the posts in many streams.
type eventCounter struct {
	seen atomic.Int64
	want atomic.Int64
	more chan struct{} // holds a token once want is reached
}

// read looks for the line that each post has once, wherever it is cut.
func (c *eventCounter) read(conn net.Conn) {
	mark := []byte("event: post")
	buf := make([]byte, 16<<10)
	kept := 0
	for {
		n, err := conn.Read(buf[kept:])
		if err != nil {
			return
		}
		got := buf[:kept+n]
		if found := bytes.Count(got, mark); found > 0 && c.seen.Add(int64(found)) >= c.want.Load() {
			select {
			case c.more <- struct{}{}:
			default:
			}
		}
		kept = copy(buf, got[max(0, len(got)-len(mark)+1):])
	}
}

func (c *eventCounter) await(ctx context.Context, want int64) error {
	for c.want.Store(want); c.seen.Load() < want; {
		select {
		case <-c.more:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
