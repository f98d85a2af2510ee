package erp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"slices"
	"time"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// maxWait bounds the time between attempts while the folder or the sink is
// out of reach.
const maxWait = 30 * time.Second

// Run polls the folder until ctx ends. Polling is on purpose: network shares
// tell nobody when a file arrives.
func (c *Connector) Run(ctx context.Context, sink pipeline.Sink, status *connectors.Status) error {
	p := &poller{Connector: c, inbox: inbox{cfg: &c.plan.cfg}, held: map[string]heldFile{}}
	backoff := connectors.Backoff{Min: c.plan.cfg.Poll, Max: max(maxWait, c.plan.cfg.Poll)}
	for {
		wait := c.plan.cfg.Poll
		err := p.poll(ctx, sink)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			status.Down(err)
			wait = backoff.Next()
		default:
			backoff.Reset()
			p.report(status)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

// poller is one run of a connector.
type poller struct {
	*Connector
	inbox    inbox
	held     map[string]heldFile // by name as it lies
	imported int
}

type heldFile struct {
	waiting waiting
	content string // its digest
	reason  *Held
}

func (p *poller) report(status *connectors.Status) {
	for _, h := range p.held {
		status.Down(h.reason)
		return
	}
	status.Up(fmt.Sprintf("%s: %d files imported", p.plan.cfg.Dir, p.imported))
}

// poll imports what is ready, oldest first. It stops at the first file that
// neither the sink nor the disk took: order matters.
func (p *poller) poll(ctx context.Context, sink pipeline.Sink) error {
	root, err := os.OpenRoot(p.plan.cfg.Dir)
	if err != nil {
		return fmt.Errorf("open folder: %w; make it, or correct dir", err)
	}
	defer root.Close()
	ready, err := p.inbox.ready(root, time.Now())
	if err != nil {
		return err
	}
	p.forgetHeld()
	for _, w := range ready {
		if h, ok := p.held[w.file]; ok && h.waiting == w {
			continue
		}
		if err := p.take(ctx, root, w, sink); err != nil {
			return err
		}
	}
	return nil
}

// forgetHeld drops what is said of files that somebody took away or renamed.
func (p *poller) forgetHeld() {
	for file := range p.held {
		if _, there := p.inbox.seen[file]; !there {
			delete(p.held, file)
		}
	}
}

// take imports one file and moves it where it belongs.
func (p *poller) take(ctx context.Context, root *os.Root, w waiting, sink pipeline.Sink) error {
	file, err := root.Open(w.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // somebody took it away
	}
	if err != nil {
		return fmt.Errorf("open %s: %w", w.file, err)
	}
	defer file.Close()
	in := newInput(w.name(), io.NewSectionReader(file, 0, w.size), w.modified)
	in.released = w.name() != w.file
	result, err := p.importInput(ctx, in, sink)

	var fault *Fault
	var held *Held
	switch {
	case errors.As(err, &fault):
		return p.refuse(ctx, root, w, in, fault, sink)
	case errors.As(err, &held):
		return p.hold(ctx, w, in, held, sink)
	case err != nil:
		return err
	}
	if info, err := file.Stat(); err != nil || info.Size() != w.size {
		return err // it grew meanwhile: it stays, and is a new content once it is stable
	}
	return p.finish(ctx, root, w, result)
}

// finish moves an imported file to done/.
func (p *poller) finish(ctx context.Context, root *os.Root, w waiting, result Import) error {
	words := map[string][]byte{}
	if len(result.Rejects) > 0 {
		words[".rejects.csv"] = rejectList(result.Rejects)
	}
	_, err := root.Lstat(path.Join(p.plan.cfg.Done, w.name()))
	interrupted := result.Duplicate == result.Name && err != nil // imported by a process that could not move it
	if result.Duplicate != "" && !interrupted {
		words[".note.txt"] = repeated(result)
	}
	if err := put(root, w, p.plan.cfg.Done, result.Content, words); err != nil {
		return err
	}
	p.imported++
	p.log.LogAttrs(ctx, slog.LevelInfo, "file imported", slog.String("file", w.file),
		slog.Int("rows", result.Rows), slog.Int("events", result.Events), slog.Int("rejected", result.Rejected))
	if result.Duplicate != "" {
		return nil
	}
	return p.supersede(root, w, result.scopes)
}

// refuse moves a file that cannot be read to error/, after its dead letter.
func (p *poller) refuse(ctx context.Context, root *os.Root, w waiting, in input, fault *Fault, sink pipeline.Sink) error {
	if err := p.tell(ctx, in, fault.Line, fault, sink); err != nil {
		return err
	}
	content, err := contentOf(in.content)
	if err != nil {
		return fmt.Errorf("read %s: %w", w.file, err)
	}
	p.log.LogAttrs(ctx, slog.LevelWarn, "file refused", slog.String("file", w.file), slog.Any("error", fault))
	return put(root, w, p.plan.cfg.Error, content, map[string][]byte{".reason.txt": reason(fault)})
}

// hold leaves a file where it is and says so once.
func (p *poller) hold(ctx context.Context, w waiting, in input, held *Held, sink pipeline.Sink) error {
	if err := p.tell(ctx, in, 0, held, sink); err != nil {
		return err
	}
	content, err := contentOf(in.content)
	if err != nil {
		return fmt.Errorf("read %s: %w", w.file, err)
	}
	p.held[w.file] = heldFile{waiting: w, content: content, reason: held}
	p.log.LogAttrs(ctx, slog.LevelWarn, "file held", slog.String("file", w.file), slog.Any("error", held))
	return nil
}

// tell puts a file that gives no events among the dead letters.
func (p *poller) tell(ctx context.Context, in input, line int, reason error, sink pipeline.Sink) error {
	body, err := head(in.content, pipeline.MaxDeadLetterBytes)
	if err != nil {
		return fmt.Errorf("read %s: %w", in.name, err)
	}
	letter := pipeline.DeadLetter{
		Source: p.name, Origin: fmt.Sprintf("%s:%d", in.name, line), Reason: reason.Error(),
		Body: body, Received: p.now().UTC(), Attr: map[string]string{"file": in.name},
	}
	return sink.Reject(ctx, letter)
}

// supersede moves the files that were held before a good one of the same
// scopes came to error/.
func (p *poller) supersede(root *os.Root, by waiting, scopes []string) error {
	for file, h := range p.held {
		if slices.ContainsFunc(h.reason.scopes, func(scope string) bool { return !slices.Contains(scopes, scope) }) {
			continue
		}
		fault := newFault("%d lignes après %d ; remplacé par %s", "%d rows after %d; superseded by %s",
			h.reason.Rows, h.reason.Previous, by.name())
		words := map[string][]byte{".reason.txt": reason(fault)}
		if err := put(root, h.waiting, p.plan.cfg.Error, h.content, words); err != nil {
			return err
		}
		delete(p.held, file)
	}
	return nil
}
