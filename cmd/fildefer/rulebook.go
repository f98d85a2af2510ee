package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// rulePace is how often rule files are looked at. A change counts once it was
// seen twice, so that a file that is being written is not taken for a short one.
const rulePace = 2 * time.Second

// rulebook keeps the rules that run. It follows their files, and the packs that
// usages bring: what is right is handed on, what is wrong is told, and the rules
// go on as they were.
type rulebook struct {
	read  func() ([]replay.Document, error)
	inUse func(context.Context) ([]packUse, error) // nil: no usage brings rules
	adopt func(*rule.Set)
	log   *slog.Logger

	mu    sync.Mutex
	set   *rule.Set
	from  edition // of set
	fault error   // of the edition as it is now; nil when it is what runs
}

// edition is what rules are made of: the house's files, and the packs in use.
type edition struct {
	files []replay.Document
	packs []packUse
}

// openRulebook reads the rules for the first time.
func openRulebook(read func() ([]replay.Document, error), log *slog.Logger) (*rulebook, error) {
	files, err := read()
	if err != nil {
		return nil, err
	}
	from := edition{files: files}
	set, err := from.compile()
	if err != nil {
		return nil, err
	}
	return &rulebook{read: read, log: log, set: set, from: from}, nil
}

// bring adds the packs in use, now and whenever they change, which it looks at
// as it does at files. It comes before run.
func (b *rulebook) bring(ctx context.Context, inUse func(context.Context) ([]packUse, error)) error {
	packs, err := inUse(ctx)
	if err != nil {
		return err
	}
	from := edition{files: b.from.files, packs: packs}
	set, err := from.compile()
	if err != nil {
		return fmt.Errorf("rules of the usages in use: %w", err)
	}
	b.inUse, b.set, b.from = inUse, set, from
	return nil
}

// current returns the rules that run, and what is wrong with their files.
func (b *rulebook) current() (*rule.Set, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.set, b.fault
}

// running returns the rules that run.
func (b *rulebook) running() (*rule.Set, error) {
	set, _ := b.current()
	return set, nil
}

// source returns what the rules that run are made of.
func (b *rulebook) source() edition {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.from
}

// run follows the files and the usages until ctx ends.
func (b *rulebook) run(ctx context.Context) {
	ticker := time.NewTicker(rulePace)
	defer ticker.Stop()
	var before edition
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		before = b.look(ctx, before)
	}
}

// look compares the rules with what they were at the last look.
func (b *rulebook) look(ctx context.Context, before edition) edition {
	now, err := b.edition(ctx)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		b.refuse(ctx, err)
	case now.same(b.source()):
		b.refuse(ctx, nil)
	case now.same(before):
		b.change(ctx, now)
	}
	return now
}

// edition is what the rules would be made of now.
func (b *rulebook) edition(ctx context.Context) (e edition, err error) {
	if e.files, err = b.read(); err != nil || b.inUse == nil {
		return e, err
	}
	e.packs, err = b.inUse(ctx)
	return e, err
}

func (b *rulebook) change(ctx context.Context, from edition) {
	set, err := from.compile()
	if err != nil {
		b.refuse(ctx, err)
		return
	}
	b.mu.Lock()
	b.set, b.from, b.fault = set, from, nil
	b.mu.Unlock()
	b.adopt(set)
}

// refuse notes what is wrong with the files, and tells it once.
func (b *rulebook) refuse(ctx context.Context, err error) {
	b.mu.Lock()
	told := (err == nil) == (b.fault == nil) && (err == nil || err.Error() == b.fault.Error())
	b.fault = err
	b.mu.Unlock()
	switch {
	case told:
	case err == nil:
		b.log.LogAttrs(ctx, slog.LevelInfo, "the rule files are again those that run")
	default:
		b.log.LogAttrs(ctx, slog.LevelError, "the changed rules are wrong; the rules go on as they were", slog.Any("error", err))
	}
}

func (e edition) same(o edition) bool {
	sameText := func(a, b replay.Document) bool { return a.Name == b.Name && bytes.Equal(a.Data, b.Data) }
	return slices.EqualFunc(e.files, o.files, sameText) && slices.EqualFunc(e.packs, o.packs, packUse.same)
}

// compile makes rules of the files and of the packs beside them.
func (e edition) compile() (*rule.Set, error) {
	own, err := replay.ParseFiles(e.files)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(own)
	for _, use := range e.packs {
		ready, err := use.parse()
		if err != nil {
			return nil, err
		}
		all = append(all, ready.Narrow(use.places, own))
	}
	return rule.Compile(all)
}

// ruleFiles reads the files that the configuration names.
func (c *config) ruleFiles() ([]replay.Document, error) {
	var all []string
	for _, pattern := range c.Rules {
		files, err := filepath.Glob(c.path(pattern))
		if err != nil || len(files) == 0 {
			return nil, fmt.Errorf("rules: no file matches %s", pattern)
		}
		all = append(all, files...)
	}
	return readDocuments(all)
}

// rulebook opens the rules of the configuration.
func (c *config) rulebook(log *slog.Logger) (*rulebook, error) {
	read := c.rules
	if read == nil {
		read = c.ruleFiles
	}
	return openRulebook(read, log)
}

// loadRules reads and compiles the rules of the configuration.
func (c *config) loadRules() (*rule.Set, error) {
	b, err := c.rulebook(slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	return b.running()
}
