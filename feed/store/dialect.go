package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	sqlite3 "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"github.com/fildefer/fildefer/feed/search"
)

// dialect is what differs between the two databases. A new difference is a new
// field.
type dialect struct {
	goose  goose.Dialect
	dir    string                             // under migration/
	locker func() (lock.SessionLocker, error) // serialises migrations between processes; nil: see migrate
	lock   string                             // makes a transaction the only writer; empty: it is already
	keep   bool                               // keep compiled statements: the driver does not
	// bytewise compares a column of texts by their bytes, as its index does.
	bytewise string
	// survey has the database look at its tables; empty: its plans do not follow
	// from their sizes.
	survey string
	// concerns is the condition that the people of a row, as JSON, hold somebody.
	concerns string
	// wordsApart tells that the words of what is searched have a table of their
	// own, tokens takes those that a document is kept with, searchQuery asks the
	// index, and express writes what it asks. searchWalk looks through the newest
	// documents first, and searchGuess tells how many answer; empty: searchQuery
	// stops at a page by itself.
	wordsApart  bool
	tokens      string
	searchWalk  string
	searchGuess string
	searchQuery string
	express     func(search.Expression) string
	// fault reads a driver's error.
	fault func(error) fault
}

// fault is what a driver's error means for us.
type fault int

const (
	other     fault = iota
	transient       // the transaction was not committed; run it again
	lost            // the connection broke: run it again unless it was committing
	duplicate       // a unique key is taken
)

func sqlite() dialect {
	return dialect{
		goose: goose.DialectSQLite3, dir: "sqlite", keep: true, fault: sqliteFault,
		wordsApart: true, tokens: `?`, searchQuery: sqliteSearch, express: fts5Expression,
		concerns: `EXISTS (SELECT 1 FROM json_each(NULLIF(people, '')) one WHERE one.value = ?)`,
	}
}

func postgres() dialect {
	return dialect{
		goose: goose.DialectPostgres, dir: "postgres", fault: postgresFault, bytewise: ` COLLATE "C"`, survey: surveyed,
		tokens: `CAST(CAST(? AS TEXT) AS TSVECTOR)`, searchWalk: postgresWalk, searchGuess: postgresGuess, searchQuery: postgresSearch, express: tsquery,
		locker:   func() (lock.SessionLocker, error) { return lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) },
		lock:     `SELECT value FROM counters WHERE name = 'change' FOR UPDATE`,
		concerns: `NULLIF(people, '')::jsonb @> jsonb_build_array(?::text)`,
	}
}

// readers bounds the connections that read SQLite beside its one writer.
const readers = 4

// openSQLite returns one connection that writes and a few that read. Pragmas
// travel in the URI, so that each connection of the pool has them: WAL with a
// flush at each commit, so that what was committed survives a power cut. What is
// deleted is overwritten: whoever was forgotten is in no free part of a page.
func openSQLite(file string) (write, read *sqlx.DB, err error) {
	if file == "" {
		return nil, nil, errors.New("sqlite: the name of the file is missing")
	}
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, nil, fmt.Errorf("sqlite %s: %w", file, err)
	}
	// SQLite would let everybody on the machine read what it creates.
	f, err := os.OpenFile(abs, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("sqlite: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, nil, fmt.Errorf("sqlite: %w", err)
	}
	open := func(conns int, extra url.Values) (*sqlx.DB, error) {
		q := url.Values{
			"_busy_timeout": {"5000"}, "_journal_mode": {"WAL"}, "_synchronous": {"FULL"},
			"_foreign_keys": {"on"}, "_pragma": {"cache_size(-16000)", "temp_store(MEMORY)", "secure_delete(FAST)", "journal_size_limit(67108864)"},
		}
		for k, v := range extra {
			q[k] = v
		}
		db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: abs, RawQuery: q.Encode()}).String())
		if err != nil {
			return nil, fmt.Errorf("sqlite %s: %w", file, err)
		}
		db.SetMaxOpenConns(conns)
		db.SetMaxIdleConns(conns)
		return sqlx.NewDb(db, "sqlite3"), nil
	}
	if write, err = open(1, url.Values{"_txlock": {"immediate"}}); err != nil {
		return nil, nil, err
	}
	if read, err = open(readers, url.Values{"_query_only": {"on"}}); err != nil {
		return nil, nil, errors.Join(err, write.Close())
	}
	return write, read, nil
}

// openPostgres returns a pool. A node that is cut off in the middle of a
// transaction would keep every other one from writing: the server ends it.
func openPostgres(url string) (db *sqlx.DB, name string, err error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, "", fmt.Errorf("postgres: %w", err) // pgx hides the password
	}
	if config.RuntimeParams["idle_in_transaction_session_timeout"] == "" {
		config.RuntimeParams["idle_in_transaction_session_timeout"] = "30s"
	}
	// No question here takes as long as compiling it would.
	if config.RuntimeParams["jit"] == "" {
		config.RuntimeParams["jit"] = "off"
	}
	// What is asked here is asked by an index, and most of it lies in memory.
	if config.RuntimeParams["random_page_cost"] == "" {
		config.RuntimeParams["random_page_cost"] = "1.1"
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(16)
	return sqlx.NewDb(pool, "pgx"), "postgres://" + config.Host + "/" + config.Database, nil
}

func sqliteFault(err error) fault {
	var e *sqlite3.Error
	if !errors.As(err, &e) {
		return other
	}
	switch e.Code() {
	case codes.SQLITE_CONSTRAINT_UNIQUE, codes.SQLITE_CONSTRAINT_PRIMARYKEY:
		return duplicate
	}
	switch e.Code() & 0xff { // the primary code
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return transient
	}
	return other
}

func postgresFault(err error) fault {
	var e *pgconn.PgError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return other
	case !errors.As(err, &e):
		var net *pgconn.ConnectError
		if errors.As(err, &net) || pgconn.SafeToRetry(err) {
			return lost
		}
		return other
	}
	switch e.Code {
	case "23505": // unique_violation
		return duplicate
	case "40001", "40P01", "55P03": // serialization_failure, deadlock_detected, lock_not_available
		return transient
	case "57P01", "57P02", "57P03", "08006", "08003", "25P03": // server going away, connection lost, idle too long
		return lost
	}
	return other
}
