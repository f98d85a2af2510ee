package replay

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/fildefer/fildefer/pipeline"
)

// File is a file to be read, perhaps more than once.
type File struct {
	Name string // ends in .gz when it is compressed
	Size int64  // of what Open gives; 0 when it is not known
	Open func() (io.ReadCloser, error)
}

// Recording is a file of one event a line. A line that cannot be read, or whose
// value its signal cannot have had, is passed over and named in the faults.
type Recording struct {
	file   File
	format format
	strict bool

	read   atomic.Int64 // bytes
	faults Faults
}

// format reads lines.
type format interface {
	// header takes the first line, and tells whether it is no event.
	header(line string) (taken bool, err error)
	// event reads a line; ok is false when there is none in it. It is called by
	// several goroutines.
	event(line []byte, number int) (ev pipeline.Event, ok bool, err error)
}

// NDJSON is a recording of events in their wire form. When it is strict, the
// first line that is none ends the reading.
func NDJSON(file File, strict bool) *Recording {
	return &Recording{file: file, format: ndjson{}, strict: strict}
}

// Faults is what could not be read the last time.
func (r *Recording) Faults() Faults { return r.faults }

// Share is how much of the file was read.
func (r *Recording) Share() float64 {
	if r.file.Size == 0 {
		return 0
	}
	return min(1, float64(r.read.Load())/float64(r.file.Size))
}

const (
	chunkBytes   = 1 << 20
	maxLineBytes = 1 << 20
)

// chunk is some lines of the file, and what they were read as.
type chunk struct {
	lines  []byte
	first  int // number of its first line
	events []pipeline.Message
	faults []lineFault
	done   chan struct{}
}

// lineFault is what is wrong with one line.
type lineFault struct {
	line int
	err  error // with file and line
}

func (c *chunk) fault(file string, line int, err error) {
	c.faults = append(c.faults, lineFault{line, fmt.Errorf("%s:%d: %w", file, line, err)})
}

// Read reads the file: one goroutine cuts it into chunks of lines, several
// read those, and fn gets them in order. A file that has no event at all is an
// error: whoever tries rules on it would take their silence for a result.
func (r *Recording) Read(ctx context.Context, fn func([]pipeline.Message) error) error {
	r.faults = Faults{}
	r.read.Store(0)
	file, err := r.file.Open()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	readers := runtime.GOMAXPROCS(0)
	work, order := make(chan *chunk, readers), make(chan *chunk, 2*readers)
	var hands sync.WaitGroup
	var cutFault error
	hands.Go(func() {
		cutFault = r.cut(ctx, file, func(c *chunk) error { return hand(ctx, c, work, order) })
		close(work)
		close(order)
	})
	for range readers {
		hands.Go(func() {
			for c := range work {
				r.parse(c)
				close(c.done)
			}
		})
	}
	read, err := r.deliver(order, fn)
	cancel()
	for range order { // so that nobody waits to hand over what nobody wants
	}
	hands.Wait()
	if err == nil {
		err = cutFault
	}
	if err == nil && read == 0 {
		err = r.nothing()
	}
	return errors.Join(err, file.Close())
}

func hand(ctx context.Context, c *chunk, to ...chan<- *chunk) error {
	for _, ch := range to {
		select {
		case ch <- c:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// nothing says why there was no event.
func (r *Recording) nothing() error {
	if r.faults.Count == 0 {
		return fmt.Errorf("%s: there is no event in it", r.file.Name)
	}
	return fmt.Errorf("no line of the recording could be read: %s", r.faults.First[0])
}

// deliver hands the chunks to fn, in order, and counts their events.
func (r *Recording) deliver(order <-chan *chunk, fn func([]pipeline.Message) error) (read int, err error) {
	known := natures{}
	for c := range order {
		<-c.done
		known.check(r.file.Name, c)
		for _, f := range c.faults {
			if r.strict {
				return read, f.err
			}
			r.faults.add(f.err.Error())
		}
		read += len(c.events)
		if err := fn(c.events); err != nil {
			return read, err
		}
	}
	return read, nil
}

// counter counts the bytes that are read.
type counter struct {
	io.Reader
	n *atomic.Int64
}

func (c counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

func (r *Recording) cut(ctx context.Context, file io.Reader, emit func(*chunk) error) error {
	var plain io.Reader = counter{file, &r.read}
	if strings.HasSuffix(r.file.Name, ".gz") {
		var err error
		if plain, err = gzip.NewReader(plain); err != nil {
			return fmt.Errorf("%s: it is no gzip file: %w", r.file.Name, err)
		}
	}
	in := bufio.NewReaderSize(plain, chunkBytes)
	line, err := r.header(in)
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		c := &chunk{first: line, done: make(chan struct{})}
		end := c.fill(in, &line)
		if end != nil && !errors.Is(end, io.EOF) {
			return fmt.Errorf("%s:%d: %w", r.file.Name, line, end)
		}
		if len(c.lines) > 0 {
			if err := emit(c); err != nil {
				return err
			}
		}
		if end != nil {
			return nil
		}
	}
	return ctx.Err()
}

// header lets the format look at the first line, and returns the number of the
// next one to read.
func (r *Recording) header(in *bufio.Reader) (int, error) {
	start, err := in.Peek(chunkBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, fmt.Errorf("%s: %w", r.file.Name, err)
	}
	first, _, _ := strings.Cut(string(start), "\n")
	taken, err := r.format.header(strings.TrimPrefix(strings.TrimSuffix(first, "\r"), "\ufeff"))
	if err != nil {
		return 0, fmt.Errorf("%s:1: %w", r.file.Name, err)
	}
	if !taken {
		return 1, nil
	}
	_, err = in.Discard(min(len(first)+1, len(start)))
	return 2, err
}

// fill reads whole lines. It returns io.EOF with the last ones.
func (c *chunk) fill(in *bufio.Reader, line *int) error {
	c.lines = make([]byte, 0, chunkBytes+4096)
	for len(c.lines) < chunkBytes {
		begin := len(c.lines)
		for {
			part, err := in.ReadSlice('\n')
			c.lines = append(c.lines, part...)
			if err == nil {
				break
			}
			if !errors.Is(err, bufio.ErrBufferFull) {
				return err
			}
			if len(c.lines)-begin > maxLineBytes {
				return fmt.Errorf("the line is longer than %d bytes: this is no file of events", maxLineBytes)
			}
		}
		*line++
	}
	return nil
}

func (r *Recording) parse(c *chunk) {
	c.events = make([]pipeline.Message, 0, len(c.lines)/128)
	number := c.first
	for rest := c.lines; len(rest) > 0; number++ {
		var line []byte
		line, rest = nextLine(rest)
		if len(line) == 0 {
			continue
		}
		ev, ok, err := r.format.event(line, number)
		switch {
		case err != nil:
			c.fault(r.file.Name, number, err)
		case ok:
			c.events = append(c.events, pipeline.Message{Seq: uint64(number), Stored: ev.Received, Event: ev})
		}
	}
}

// nextLine cuts the first line off text, without its end.
func nextLine(text []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(text, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

// ndjson is one event in its wire form a line.
type ndjson struct{}

func (ndjson) header(string) (bool, error) { return false, nil }

func (ndjson) event(line []byte, _ int) (pipeline.Event, bool, error) {
	ev, err := pipeline.Decode(line)
	if err != nil {
		return ev, false, fmt.Errorf("%w; mend the line or remove it", err)
	}
	return ev, true, nil
}
