package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// tx is one transaction that writes.
type tx struct {
	conn
	store   *Store
	locked  bool
	tree    *feed.Tree
	saved   map[feed.PostID][]*feed.Post // each takes the number of the change
	order   []feed.PostID                // in which they were first saved
	telling []feed.Notification          // what is told at the end
	told    []feed.MemberID              // whose notifications changed
	letters map[string]letter            // by id of the notification that they say
}

var _ feed.Tx = (*tx)(nil)

// InTx runs fn in a transaction that is the only one writing, commits when fn
// returns nil, and runs fn again when the database asks for a retry.
func (s *Store) InTx(ctx context.Context, fn func(feed.Tx) error) error {
	return s.inTx(ctx, func(t *tx) error {
		if err := t.lock(ctx); err != nil {
			return err
		}
		return fn(t)
	})
}

// A transaction is tried this often, about five seconds in all.
const (
	maxTries = 12
	minPause = 5 * time.Millisecond
	maxPause = time.Second
)

func (s *Store) inTx(ctx context.Context, fn func(*tx) error) error {
	pause := minPause
	for try := 1; ; try++ {
		again, err := s.attempt(ctx, fn)
		if !again || try == maxTries || ctx.Err() != nil {
			return s.classify(err)
		}
		s.log.LogAttrs(ctx, slog.LevelWarn, "transaction runs again", slog.Int("try", try), slog.Any("error", err))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause/2 + rand.N(pause)):
		}
		pause = min(2*pause, maxPause)
	}
}

// attempt runs fn once and tells whether to run it again.
func (s *Store) attempt(ctx context.Context, fn func(*tx) error) (again bool, err error) {
	raw, err := s.write.BeginTxx(ctx, nil)
	if err != nil {
		return s.retry(err, true), fmt.Errorf("begin: %w", err)
	}
	t := &tx{conn: conn{ExtContext: raw}, store: s, saved: map[feed.PostID][]*feed.Post{}, letters: map[string]letter{}}
	if s.dialect.keep {
		t.kept = &statements{prepare: raw.PrepareContext}
	}
	defer func() { _ = raw.Rollback() }() // does nothing after a commit
	if err = fn(t); err == nil {
		err = t.number(ctx)
	}
	if err == nil {
		err = t.post(ctx)
	}
	if err != nil {
		return s.retry(err, true), err
	}
	if err := raw.Commit(); err != nil {
		return s.retry(err, false), fmt.Errorf("commit: %w", err)
	}
	if notify := s.changed.Load(); notify != nil && len(t.order) > 0 {
		(*notify)()
	}
	if tell := s.told.Load(); tell != nil && len(t.told) > 0 {
		(*tell)(t.told)
	}
	return false, nil
}

// retry tells whether a transaction that ended in err may run again. When the
// connection broke during the commit, nobody knows whether it was committed.
func (s *Store) retry(err error, before bool) bool {
	f := s.dialect.fault(err)
	return f == transient || f == lost && before
}

// lock makes this transaction the only one that writes to the feed.
func (t *tx) lock(ctx context.Context) error {
	if t.locked || t.store.dialect.lock == "" {
		return nil
	}
	t.locked = true
	if _, err := t.exec(ctx, t.store.dialect.lock); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	return nil
}

// number gives the change of each saved post its number, last of all: a post
// that was saved often in this transaction has changed once.
func (t *tx) number(ctx context.Context) error {
	if len(t.order) == 0 {
		return nil
	}
	last, err := t.next(ctx, "change", len(t.order))
	if err != nil {
		return fmt.Errorf("number the changes: %w", err)
	}
	for i, id := range t.order {
		seq := last - int64(len(t.order)-1-i)
		if _, err := t.exec(ctx, `
			INSERT INTO changes (post, seq)
			VALUES (?, ?)
			ON CONFLICT (post) DO UPDATE
			SET seq = excluded.seq`, id, seq); err != nil {
			return fmt.Errorf("number the change of %s: %w", id, err)
		}
		for _, p := range t.saved[id] {
			p.Change = seq
		}
	}
	return nil
}

// next raises a counter by n and returns it.
func (t *tx) next(ctx context.Context, counter string, n int) (value int64, err error) {
	err = t.get(ctx, &value, `
		UPDATE counters
		SET value = value + ?
		WHERE name = ?
		RETURNING value`, n, counter)
	return value, err
}

// classify turns a driver's error into one of the feed's, once, where it leaves
// the store.
func (s *Store) classify(err error) error {
	var known *feed.Error
	switch {
	case err == nil, errors.As(err, &known):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return feed.ErrNotFound
	case s.dialect.fault(err) == duplicate:
		e := feed.Refuse(feed.Conflict, "Cela existe déjà.", "This exists already.")
		e.Err = err
		return e
	}
	return err
}
