package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"
)

// conn runs statements on a pool or in a transaction. They are written with "?"
// for both databases; a slice stands for the list of an IN.
type conn struct{ sqlx.ExtContext }

func (c conn) bind(query string, args []any) (string, []any, error) {
	for i := range args {
		args[i] = storable(args[i])
	}
	query, args, err := sqlx.In(query, args...)
	return c.Rebind(query), args, err
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

func (c conn) get(ctx context.Context, dest any, query string, args ...any) error {
	query, args, err := c.bind(query, args)
	if err != nil {
		return err
	}
	return sqlx.GetContext(ctx, c, dest, query, args...)
}

func (c conn) list(ctx context.Context, dest any, query string, args ...any) error {
	query, args, err := c.bind(query, args)
	if err != nil {
		return err
	}
	return sqlx.SelectContext(ctx, c, dest, query, args...)
}

// each calls fn on every row.
func (c conn) each(ctx context.Context, fn func(*sql.Rows) error, query string, args ...any) error {
	query, args, err := c.bind(query, args)
	if err != nil {
		return err
	}
	rows, err := c.QueryContext(ctx, query, args...)
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

// exec returns the number of rows that it changed.
func (c conn) exec(ctx context.Context, query string, args ...any) (int64, error) {
	query, args, err := c.bind(query, args)
	if err != nil {
		return 0, err
	}
	res, err := c.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// instant is a time as a column: Unix milliseconds, 0 for the zero time.
type instant struct{ t *time.Time }

func at(t *time.Time) instant { return instant{t} }

func (i instant) Value() (driver.Value, error) { return millis(*i.t), nil }

func (i instant) Scan(src any) error {
	ms, ok := src.(int64)
	if !ok {
		return fmt.Errorf("%T is no time", src)
	}
	*i.t = fromMillis(ms)
	return nil
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// document is a value as a column of JSON text.
type document[T any] struct{ v *T }

func doc[T any](v *T) document[T] { return document[T]{v} }

func (d document[T]) Value() (driver.Value, error) {
	b, err := json.Marshal(d.v)
	return string(b), err
}

func (d document[T]) Scan(src any) error {
	switch b := src.(type) {
	case string:
		return json.Unmarshal([]byte(b), d.v)
	case []byte:
		return json.Unmarshal(b, d.v)
	}
	return fmt.Errorf("%T is no document", src)
}
