package store

import (
	"context"
	"database/sql"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"
)

// conn runs statements on a pool or in a transaction. They are written with "?"
// for both databases; a slice stands for the list of an IN.
type conn struct {
	sqlx.ExtContext
	kept *statements // nil when the driver keeps its own
}

// bind makes a statement ready for the driver, and tells whether its text is
// the same every time.
func (c conn) bind(query string, args []any) (bound string, flat []any, fixed bool, err error) {
	for i := range args {
		args[i] = storable(args[i])
	}
	bound, flat, err = sqlx.In(query, args...)
	return c.Rebind(bound), flat, bound == query, err
}

// compiled returns the statement ready to run with its arguments: compiled when
// that is worth keeping, else nil.
func (c conn) compiled(ctx context.Context, query string, args []any) (*sql.Stmt, string, []any, error) {
	query, args, fixed, err := c.bind(query, args)
	if err != nil || c.kept == nil || !fixed {
		return nil, query, args, err
	}
	stmt, err := c.kept.get(ctx, query)
	return stmt, query, args, err
}

func (c conn) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	stmt, query, args, err := c.compiled(ctx, query, args)
	switch {
	case err != nil:
		return nil, err
	case stmt != nil:
		return stmt.QueryContext(ctx, args...)
	}
	return c.QueryContext(ctx, query, args...)
}

// each calls fn on every row. fn must not use the connection.
func (c conn) each(ctx context.Context, fn func(*sql.Rows) error, query string, args ...any) error {
	rows, err := c.query(ctx, query, args)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // its error is that of rows.Err
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// get reads one value, sql.ErrNoRows when there is none.
func (c conn) get(ctx context.Context, dest any, query string, args ...any) error {
	found := false
	err := c.each(ctx, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(dest)
	}, query, args...)
	if err == nil && !found {
		return sql.ErrNoRows
	}
	return err
}

// rowsOf reads every row into a T: fields are where its columns go.
func rowsOf[T any](ctx context.Context, c conn, fields func(*T) []any, query string, args ...any) ([]T, error) {
	var out []T
	err := c.each(ctx, func(rows *sql.Rows) error {
		var one T
		err := rows.Scan(fields(&one)...)
		out = append(out, one)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// column reads what has one column.
func column[T any](ctx context.Context, c conn, query string, args ...any) ([]T, error) {
	return rowsOf(ctx, c, func(one *T) []any { return []any{one} }, query, args...)
}

// exec returns the number of rows that it changed.
func (c conn) exec(ctx context.Context, query string, args ...any) (int64, error) {
	stmt, query, args, err := c.compiled(ctx, query, args)
	if err != nil {
		return 0, err
	}
	var res sql.Result
	if stmt != nil {
		res, err = stmt.ExecContext(ctx, args...)
	} else {
		res, err = c.ExecContext(ctx, query, args...)
	}
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// statements keeps what SQLite compiled: that takes longer than most of our
// statements run. pgx does the same by itself.
type statements struct {
	prepare func(ctx context.Context, query string) (*sql.Stmt, error)
	kept    atomic.Int32
	byText  sync.Map // of *sql.Stmt
}

// maxKept bounds how many: the texts of feed queries differ by their filters.
const maxKept = 500

// get compiles a statement, or finds it; nil when there are enough. It ends with
// the pool or transaction that it was made on.
func (s *statements) get(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt, ok := s.byText.Load(query); ok {
		return stmt.(*sql.Stmt), nil
	}
	if s.kept.Load() >= maxKept {
		return nil, nil
	}
	stmt, err := s.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	if first, ok := s.byText.LoadOrStore(query, stmt); ok {
		return first.(*sql.Stmt), stmt.Close()
	}
	s.kept.Add(1)
	return stmt, nil
}

// storable takes out of a text what PostgreSQL cannot hold, NUL and broken
// UTF-8: a string that a machine pads must not stop the desk.
func storable(arg any) any {
	v := reflect.Indirect(reflect.ValueOf(arg))
	if v.Kind() != reflect.String {
		return arg
	}
	s := v.String()
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return arg
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
