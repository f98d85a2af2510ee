package live

import (
	"bytes"
	"errors"
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
	// gone is closed when the reader has hung up.
	gone() <-chan struct{}
	// close gives the connection up.
	close()
}

func setHead(head http.Header) {
	head.Set("Content-Type", "text/event-stream; charset=utf-8")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Accel-Buffering", "no") // or nginx holds the events back
}

// owned is an HTTP/1 connection that net/http has given up: it costs a third of
// the memory, and no copy of what is written.
type owned struct {
	conn  net.Conn
	left  chan struct{} // closed when watch has returned
	until time.Time     // write deadline of conn
	head  []byte        // of the answer, until the first write
}

// takeOver makes the connection of w ours, http.ErrNotSupported when it carries
// other requests too.
func takeOver(w http.ResponseWriter) (*owned, error) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil, err
	}
	var head bytes.Buffer
	head.WriteString("HTTP/1.1 200 OK\r\n")
	setHead(w.Header())
	w.Header().Set("Connection", "close")
	w.Header().Set("Date", time.Now().UTC().Format(http.TimeFormat))
	_ = w.Header().Write(&head) // into memory
	head.WriteString("\r\n")
	o := &owned{conn: conn, left: make(chan struct{}), head: head.Bytes()}
	go o.watch()
	return o, nil
}

// watch waits for the reader to hang up; it sends nothing else.
func (o *owned) watch() {
	defer close(o.left)
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
	if o.head != nil {
		frames = append(net.Buffers{o.head}, frames...)
		o.head = nil
	}
	var err error
	if len(frames) == 1 { // most often, and cheaper
		_, err = o.conn.Write(frames[0])
	} else {
		_, err = frames.WriteTo(o.conn)
	}
	return err
}

func (o *owned) gone() <-chan struct{} { return o.left }

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
	left    <-chan struct{}
}

func share(w http.ResponseWriter, r *http.Request) *shared {
	setHead(w.Header())
	w.WriteHeader(http.StatusOK)
	return &shared{w: w, control: http.NewResponseController(w), left: r.Context().Done()}
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

func (s *shared) gone() <-chan struct{} { return s.left }

func (s *shared) close() {}
