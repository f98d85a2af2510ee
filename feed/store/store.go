// Package store keeps the feed in SQL: posts and who may see them, people and
// their sessions, and the desk's ledger of how far the stream was read. SQLite
// and PostgreSQL hold the same tables and answer the same queries; what differs
// between them is a field of dialect or a line of migration.
//
// It knows nothing of HTTP, NATS or rules, and it decides nothing about posts:
// feed.Service and feed.Notice do, in the transactions that the store runs.
package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/jmoiron/sqlx"

	"github.com/fildefer/fildefer/feed"
)

// Options of a store. The zero value is complete.
type Options struct {
	Logger *slog.Logger // hears of migrations and retries; nil discards
}

// Store is an open database. Writers follow one another: SQLite has it no other
// way, and on PostgreSQL each takes the lock on the counter of changes, so that
// changes become visible in the order of their numbers.
type Store struct {
	dialect dialect
	log     *slog.Logger
	write   *sqlx.DB
	read    *sqlx.DB
	kept    *statements // of read
	tree    atomic.Pointer[versionedTree]
	changed atomic.Pointer[func()]
	told    atomic.Pointer[func([]feed.MemberID)]

	calendar atomic.Pointer[Calendar]

	forgetAt atomic.Int64 // stream time from which old effects are looked for
}

// Open opens the database at url and brings its tables up to date:
// "sqlite:<file>" (created when missing), or "postgres://…".
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	s := &Store{log: cmp.Or(o.Logger, slog.New(slog.DiscardHandler))}
	var name string // without its password
	var err error
	switch scheme, rest, _ := strings.Cut(url, ":"); scheme {
	case "sqlite":
		s.dialect = sqlite()
		name = url
		s.write, s.read, err = openSQLite(rest)
	case "postgres", "postgresql":
		s.dialect = postgres()
		s.write, name, err = openPostgres(url)
		s.read = s.write
	default:
		return nil, fmt.Errorf("database %q: want sqlite:<file> or postgres://…", scheme)
	}
	if err != nil {
		return nil, err
	}
	if s.dialect.keep {
		s.kept = &statements{prepare: s.read.PrepareContext}
	}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", name, err), s.Close())
	}
	return s, nil
}

// SQLiteIn is the URL of the SQLite database in the data directory dir.
func SQLiteIn(dir string) string { return "sqlite:" + filepath.Join(dir, "fildefer.db") }

// Close waits for what runs and closes the database.
func (s *Store) Close() error {
	if s.read == s.write {
		return s.write.Close()
	}
	return errors.Join(s.read.Close(), s.write.Close())
}

func (s *Store) reader() conn { return conn{s.read, s.kept} }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	return s.reader().get(ctx, &one, `SELECT 1`)
}

// Notify sets the function that is called after each commit that changed posts.
// It must return at once.
func (s *Store) Notify(fn func()) { s.changed.Store(&fn) }

// Told sets the function that is called after each commit that changed what
// members are told, with those members. It must return at once.
func (s *Store) Told(fn func([]feed.MemberID)) { s.told.Store(&fn) }

var _ feed.Repository = (*Store)(nil)
