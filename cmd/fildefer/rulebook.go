package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/fildefer/fildefer/pipeline/rule"
)

// ruleText is one rule file as it was read.
type ruleText struct {
	name string
	data []byte
}

// rulePace is how often rule files are looked at. A change counts once it was
// seen twice, so that a file that is being written is not taken for a short one.
const rulePace = 2 * time.Second

// rulebook keeps the rules that run. It follows their files: what is right is
// handed on, what is wrong is told, and the rules go on as they were.
type rulebook struct {
	read  func() ([]ruleText, error)
	adopt func(*rule.Set)
	log   *slog.Logger

	mu    sync.Mutex
	set   *rule.Set
	texts []ruleText // of set
	fault error      // of the files as they are now; nil when they are what runs
}

// openRulebook reads the rules for the first time.
func openRulebook(read func() ([]ruleText, error), log *slog.Logger) (*rulebook, error) {
	texts, err := read()
	if err != nil {
		return nil, err
	}
	set, err := compileRules(texts)
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

// source returns the text of the files that run.
func (b *rulebook) source() []ruleText {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.texts
}

// run follows the files until ctx ends.
func (b *rulebook) run(ctx context.Context) {
	ticker := time.NewTicker(rulePace)
	defer ticker.Stop()
	var before []ruleText
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
func (b *rulebook) look(ctx context.Context, before []ruleText) []ruleText {
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

func (b *rulebook) change(ctx context.Context, texts []ruleText) {
	set, err := compileRules(texts)
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

func sameTexts(a, b []ruleText) bool {
	return slices.EqualFunc(a, b, func(a, b ruleText) bool { return a.name == b.name && bytes.Equal(a.data, b.data) })
}

// compileRules parses and compiles rule files, and reports the faults of all.
func compileRules(texts []ruleText) (*rule.Set, error) {
	var files []*rule.File
	var faults []error
	for _, t := range texts {
		f, err := rule.Parse(t.name, t.data)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		files = append(files, f)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return rule.Compile(files, rule.WithShards(shards))
}

// readRules reads rule files.
func readRules(files []string) ([]ruleText, error) {
	var texts []ruleText
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		texts = append(texts, ruleText{file, data})
	}
	return texts, nil
}

// ruleFiles reads the files that the configuration names.
func (c *config) ruleFiles() ([]ruleText, error) {
	var all []string
	for _, pattern := range c.Rules {
		files, err := filepath.Glob(c.path(pattern))
		if err != nil || len(files) == 0 {
			return nil, fmt.Errorf("rules: no file matches %s", pattern)
		}
		all = append(all, files...)
	}
	return readRules(all)
}

// rulebook opens the rules of the configuration.
func (c *config) rulebook(log *slog.Logger) (*rulebook, error) {
	read := c.rules
	if read == nil {
		read = c.ruleFiles
	}
	return openRulebook(read, log)
}
