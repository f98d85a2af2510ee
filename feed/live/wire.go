package live

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// writeTimeout is how long one write may block: a reader whose network holds
// less than a write for that long is cut.
const writeTimeout = 5 * time.Second

// wire is the way to one reader.
type wire interface {
	// write sends the frames together. They are shared: it changes none.
	write(frames net.Buffers) error
	// close gives the connection up.
	close()
}

// open answers the request with an event stream and returns the way to write
// it, with a context that ends when the reader has gone. An HTTP/1 connection
// is taken over: it then costs a quarter of the memory and half of the time
// that it costs through net/http. HTTP/2 keeps its response writer.
func open(w http.ResponseWriter, r *http.Request) (wire, context.Context, error) {
	head := w.Header()
	head.Set("Content-Type", "text/event-stream; charset=utf-8")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Accel-Buffering", "no") // or nginx holds the events back
	control := http.NewResponseController(w)
	conn, _, err := control.Hijack()
	switch {
	case errors.Is(err, http.ErrNotSupported):
		w.WriteHeader(http.StatusOK)
		return &shared{w: w, control: control}, r.Context(), nil
	case err != nil:
		return nil, nil, fmt.Errorf("take the connection over: %w", err)
	}
	head.Set("Connection", "close")
	head.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	ctx, gone := context.WithCancel(r.Context())
	o := &owned{conn: conn, left: make(chan struct{})}
	go o.watch(gone)
	return o, ctx, o.begin(head)
}

// owned is a connection that net/http has given up.
type owned struct {
	conn  net.Conn
	left  chan struct{} // closed when watch has returned
	until time.Time     // write deadline of conn
}

func (o *owned) begin(head http.Header) error {
	if err := o.extend(); err != nil {
		return err
	}
	var lines bytes.Buffer
	lines.WriteString("HTTP/1.1 200 OK\r\n")
	_ = head.Write(&lines) // into memory
	lines.WriteString("\r\n")
	_, err := lines.WriteTo(o.conn)
	return err
}

// watch calls gone when the reader hangs up; it sends nothing else.
func (o *owned) watch(gone func()) {
	defer close(o.left)
	defer gone()
	var b [16]byte
	for {
		if _, err := o.conn.Read(b[:]); err != nil {
			return
		}
	}
}

func (o *owned) write(frames net.Buffers) error {
	if err := o.extend(); err != nil {
		return err
	}
	_, err := frames.WriteTo(o.conn)
	return err
}

// extend moves the write deadline, but not at every write: it costs too much
// for a second more or less.
func (o *owned) extend() error {
	now := time.Now()
	if o.until.Sub(now) > writeTimeout-time.Second {
		return nil
	}
	o.until = now.Add(writeTimeout)
	return o.conn.SetWriteDeadline(o.until)
}

func (o *owned) close() {
	_ = o.conn.Close()
	<-o.left
}

// shared is a response that net/http still writes.
type shared struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

func (s *shared) write(frames net.Buffers) error {
	err := s.control.SetWriteDeadline(time.Now().Add(writeTimeout))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	for _, b := range frames {
		if _, err := s.w.Write(b); err != nil {
			return err
		}
	}
	return s.control.Flush()
}

func (s *shared) close() {}
