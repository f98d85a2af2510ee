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

// rulebook keeps the rules that run. It follows their files: what is right is
// handed on, what is wrong is told, and the rules go on as they were.
type rulebook struct {
	read  func() ([]replay.Document, error)
	adopt func(*rule.Set)
	log   *slog.Logger

	mu    sync.Mutex
	set   *rule.Set
	texts []replay.Document // of set
	fault error             // of the files as they are now; nil when they are what runs
}

// openRulebook reads the rules for the first time.
func openRulebook(read func() ([]replay.Document, error), log *slog.Logger) (*rulebook, error) {
	texts, err := read()
	if err != nil {
		return nil, err
	}
	set, err := replay.Compile(texts)
	if err != nil {
		return nil, err
	}
	return &rulebook{read: read, log: log, set: set, texts: texts}, nil
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

// source returns the text of the files that run.
func (b *rulebook) source() []replay.Document {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.texts
}

// run follows the files until ctx ends.
func (b *rulebook) run(ctx context.Context) {
	ticker := time.NewTicker(rulePace)
	defer ticker.Stop()
	var before []replay.Document
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		before = b.look(ctx, before)
	}
}

// look compares the files with what they were at the last look.
func (b *rulebook) look(ctx context.Context, before []replay.Document) []replay.Document {
	now, err := b.read()
	switch {
	case err != nil:
		b.refuse(ctx, err)
	case sameTexts(now, b.source()):
		b.refuse(ctx, nil)
	case sameTexts(now, before):
		b.change(ctx, now)
	}
	return now
}

func (b *rulebook) change(ctx context.Context, texts []replay.Document) {
	set, err := replay.Compile(texts)
	if err != nil {
		b.refuse(ctx, err)
		return
	}
	b.mu.Lock()
	b.set, b.texts, b.fault = set, texts, nil
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
		b.log.LogAttrs(ctx, slog.LevelError, "the changed rule files are wrong; the rules go on as they were", slog.Any("error", err))
	}
}

func sameTexts(a, b []replay.Document) bool {
	return slices.EqualFunc(a, b, func(a, b replay.Document) bool { return a.Name == b.Name && bytes.Equal(a.Data, b.Data) })
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
