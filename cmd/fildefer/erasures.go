package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
)

// erasures is the file that remembers who was forgotten, beside the database
// and not in it: an older copy that is restored does not know. Its lines tell
// of nobody who does not know them already.
type erasures struct {
	file string
	mu   *sync.Mutex
}

func (c *config) erasures() erasures {
	return erasures{file: filepath.Join(c.Data, "erasures.jsonl"), mu: &sync.Mutex{}}
}

// add appends an erasure, and returns once it is on the disk.
func (e erasures) add(one feed.Erasure) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	line, err := json.Marshal(one)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(e.file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("erasures: %w", err)
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

// read lists the erasures; none when there is no file.
func (e erasures) read() ([]feed.Erasure, error) {
	f, err := os.Open(e.file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("erasures: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	var out []feed.Erasure
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		var one feed.Erasure
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", e.file, n, err)
		}
		out = append(out, one)
	}
	return out, lines.Err()
}

type erasuresCmd struct {
	Apply erasuresApplyCmd `cmd:"" help:"Forget again, after a backup was restored, whoever was erased since it was made."`
}

type erasuresApplyCmd struct{ configFlag }

func (e *erasuresApplyCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(e.Config)
	if err != nil {
		return err
	}
	kept, err := cfg.erasures().read()
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		known, err := s.EveryMember(ctx)
		if err != nil {
			return err
		}
		again, err := feed.NewRoster(s, time.Now).Reapply(ctx, kept, known)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.out, "%d erasures known, %d people forgotten again\n", len(kept), again)
		return err
	})
}
