package erp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// Connector imports the files of one folder.
type Connector struct {
	name string
	plan *plan
	dir  string // of the state
	log  *slog.Logger
	now  func() time.Time

	mu      sync.Mutex // one import at a time
	history *history   // opened by the first import
}

var _ connectors.Connector = (*Connector)(nil)

// Option changes a connector that is being made.
type Option func(*Connector)

// WithClock sets what stamps the events' Received, so that past files can be
// imported with their times.
func WithClock(now func() time.Time) Option { return func(c *Connector) { c.now = now } }

// New returns a connector that keeps its state under dataDir. It touches no
// file.
func New(name string, cfg Config, dataDir string, log *slog.Logger, options ...Option) (*Connector, error) {
	p, err := compile(cfg)
	if err != nil {
		return nil, fmt.Errorf("ERP files %s: %w", name, err)
	}
	if name == "" || strings.ContainsAny(name, `/\`) || !filepath.IsLocal(name) {
		return nil, fmt.Errorf("ERP files %q: the name must do as a folder name", name)
	}
	c := &Connector{name: name, plan: p, dir: filepath.Join(dataDir, "erp", name), log: log, now: time.Now}
	for _, option := range options {
		option(c)
	}
	return c, nil
}

// ImportFile imports one file where it lies, without polling and without
// moving it. The same content is imported once, whatever its path.
func (c *Connector) ImportFile(ctx context.Context, path string, sink pipeline.Sink) (Import, error) {
	file, err := os.Open(path)
	if err != nil {
		return Import{}, fmt.Errorf("import: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return Import{}, fmt.Errorf("import: %w", err)
	}
	return c.importInput(ctx, newInput(info.Name(), io.NewSectionReader(file, 0, info.Size()), info.ModTime()), sink)
}

func (c *Connector) importInput(ctx context.Context, in input, sink pipeline.Sink) (Import, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.history == nil {
		h, err := openHistory(c.dir)
		if err != nil {
			return Import{}, err
		}
		c.history = h
	}
	m := importer{plan: c.plan, source: c.name, history: c.history, log: c.log, now: c.now}
	return m.run(ctx, in, sink)
}

// Check looks at the folders and reads the oldest waiting file, without
// importing it.
func (c *Connector) Check(ctx context.Context) (string, error) {
	root, err := os.OpenRoot(c.plan.cfg.Dir)
	if err != nil {
		return "", fmt.Errorf("open folder: %w; make it, or correct dir", err)
	}
	defer root.Close()
	for _, dir := range []string{c.plan.cfg.Done, c.plan.cfg.Error} {
		if err := tryWrite(root, dir); err != nil {
			return "", fmt.Errorf("folder %s: cannot write into %s: %w; give this user the right to", root.Name(), dir, err)
		}
	}
	files, err := (&inbox{cfg: &c.plan.cfg}).list(root)
	if err != nil {
		return "", err
	}
	if len(files) == 0 {
		return fmt.Sprintf("%s: readable and writable, no file waits for %s", root.Name(), strings.Join(c.plan.cfg.Match, ", ")), nil
	}
	rows, rejected, err := c.try(ctx, root, files[0])
	if err != nil {
		return "", fmt.Errorf("%s: %w", filepath.Join(root.Name(), files[0].file), err)
	}
	return fmt.Sprintf("%s: readable and writable, %d waiting; %s holds %d rows, %d cannot be read",
		root.Name(), len(files), files[0].file, rows, rejected), nil
}

// try reads a file to its end.
func (c *Connector) try(ctx context.Context, root *os.Root, w waiting) (rows, rejected int, err error) {
	file, err := root.Open(w.file)
	if err != nil {
		return 0, 0, err
	}
	defer file.Close()
	m := importer{plan: c.plan}
	err = m.each(ctx, input{content: file}, func(_ row, refused *reject) error {
		if refused != nil {
			rejected++
		} else {
			rows++
		}
		return nil
	})
	return rows, rejected, err
}

func tryWrite(root *os.Root, dir string) error {
	if err := root.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	probe := filepath.Join(dir, ".fildefer-check")
	f, err := root.Create(probe)
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), root.Remove(probe))
}
