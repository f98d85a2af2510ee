package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/fildefer/fildefer/feed"
)

const (
	sseBurst = 20 // posts that one transaction changes
	ssePath  = "/api/v1/stream"
)

// crowd measures deliveries a second to many readers: from a transaction in
// the store over hub and API, beside a handler that writes the same bytes.
type crowd struct {
	house   *house
	bare    *plainStream
	readers struct{ ours, bare *part }
	count   int
	bursts  int
}

func (b *bench) sse(ctx context.Context) ([]figure, error) {
	var figures []figure
	for _, readers := range []int{1000, 5000} {
		f, err := b.deliveries(ctx, readers)
		if err != nil {
			return figures, fmt.Errorf("%d readers: %w", readers, err)
		}
		figures = append(figures, f)
	}
	return figures, nil
}

func (b *bench) deliveries(ctx context.Context, readers int) (f figure, err error) {
	h, err := b.openHouse(ctx, fmt.Sprintf("sse-%d", readers), "", "")
	if err != nil {
		return f, err
	}
	defer func() { err = firstOf(err, h.close()) }()
	token, err := h.signIn(ctx)
	if err != nil {
		return f, err
	}
	bare, err := openPlainStream(ctx)
	if err != nil {
		return f, err
	}
	defer func() { err = firstOf(err, bare.close()) }()
	c := &crowd{house: h, bare: bare, count: readers, bursts: b.size(50_000, 20_000) / readers}
	if bare.burst, err = c.capture(ctx, token); err != nil {
		return f, err
	}

	b.say("sse: opening two times %d streams", readers)
	count := strconv.Itoa(readers)
	if c.readers.bare, err = b.startPart(ctx, "readers", "--path", "/", "--count", count, "--addr", bare.addr); err != nil {
		return f, err
	}
	defer func() { err = firstOf(err, c.readers.bare.stop()) }()
	addr := strings.TrimPrefix(h.url, "http://")
	if c.readers.ours, err = b.startPart(ctx, "readers", "--path", ssePath, "--count", count, "--addr", addr, "--token", token); err != nil {
		return f, err
	}
	defer func() { err = firstOf(err, c.readers.ours.stop()) }()
	medians, err := b.interleave(ctx, b.size(7, 3), "deliveries/s", contender{"bare shared writes", c.write}, contender{"here", c.change})
	if err != nil {
		return f, err
	}
	return figure{
		name: fmt.Sprintf("sse: deliveries to %d readers", readers), unit: "deliveries/s",
		bare: medians[0], ours: medians[1], goal: goal{ratioAtLeast: 0.8},
	}, nil
}

// capture is what one burst looks like to a reader, byte for byte.
func (c *crowd) capture(ctx context.Context, token string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.house.url+ssePath, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	if _, err := c.save(ctx); err != nil {
		return nil, err
	}
	var burst []byte
	buf := make([]byte, 64<<10)
	for strings.Count(string(burst), "event: post") < sseBurst || !strings.HasSuffix(string(burst), "\n\n") {
		n, err := res.Body.Read(buf)
		if err != nil {
			return nil, fmt.Errorf("read a burst: %w", err)
		}
		burst = append(burst, buf[:n]...)
	}
	return burst[strings.Index(string(burst), "\n\n")+2:], nil // without the greeting
}

// save changes a burst of posts in one transaction, and tells when it began to
// commit: to write posts is not to deliver them.
func (c *crowd) save(ctx context.Context) (committing time.Time, err error) {
	err = c.house.store.InTx(ctx, func(tx feed.Tx) error {
		for i := range sseBurst {
			if err := tx.Save(ctx, benchPost(i, time.Now())); err != nil {
				return err
			}
		}
		committing = time.Now()
		return nil
	})
	return committing, err
}

// change is a run of bursts through Fildefer.
func (c *crowd) change(ctx context.Context) (float64, error) {
	return c.run(c.readers.ours, func() (time.Time, error) { return c.save(ctx) })
}

// write is a run of bursts of the bare handler.
func (c *crowd) write(context.Context) (float64, error) {
	return c.run(c.readers.bare, c.bare.write)
}

// run is the rate of deliveries, from when burst says that it began to when
// the last reader has the last post.
func (c *crowd) run(readers *part, burst func() (began time.Time, err error)) (float64, error) {
	var busy time.Duration
	for range c.bursts {
		began, err := burst()
		if err != nil {
			return 0, err
		}
		if _, err := readers.ask("%d", c.count*sseBurst); err != nil {
			return 0, err
		}
		busy += time.Since(began)
	}
	return float64(c.count*c.bursts*sseBurst) / busy.Seconds(), nil
}

// plainStream takes connections over from net/http and writes the same bytes
// to all of them, from two goroutines.
type plainStream struct {
	addr   string
	burst  []byte
	server *http.Server
	ended  chan error

	mu    sync.Mutex
	conns []net.Conn
}

func openPlainStream(ctx context.Context) (*plainStream, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &plainStream{addr: l.Addr().String(), ended: make(chan error, 1)}
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: headerTimeout}
	go func() { s.ended <- s.server.Serve(l) }()
	return s, nil
}

func (s *plainStream) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	s.mu.Lock()
	s.conns = append(s.conns, conn)
	s.mu.Unlock()
	_, _ = fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
}

func (s *plainStream) write() (began time.Time, err error) {
	const writers = 2
	s.mu.Lock()
	defer s.mu.Unlock()
	began = time.Now()
	var work sync.WaitGroup
	var faults [writers]error
	for part := range writers {
		work.Go(func() {
			for i := part; i < len(s.conns); i += writers {
				if _, err := s.conns[i].Write(s.burst); err != nil {
					faults[part] = err
				}
			}
		})
	}
	work.Wait()
	return began, errors.Join(faults[:]...)
}

func (s *plainStream) close() error {
	err := s.server.Close()
	if ended := <-s.ended; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	for _, conn := range s.conns {
		_ = conn.Close()
	}
	return err
}
