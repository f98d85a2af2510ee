package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"
)

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

// name is a string of a type of its own as a column. To database/sql it is just
// any value, which it converts by reflection: this takes a tenth of that.
type name[T ~string] struct{ v *T }

func word[T ~string](v *T) name[T] { return name[T]{v} }

func (n name[T]) Value() (driver.Value, error) { return string(*n.v), nil }

func (n name[T]) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("%T is no text", src)
	}
	*n.v = T(text)
	return nil
}

// number is an int as a column, which database/sql writes out and parses again.
type number struct{ n *int }

func count(n *int) number { return number{n} }

func (n number) Value() (driver.Value, error) { return int64(*n.n), nil }

func (n number) Scan(src any) error {
	i, ok := src.(int64)
	if !ok {
		return fmt.Errorf("%T is no whole number", src)
	}
	*n.n = int(i)
	return nil
}

// document is a value as a column of JSON text, empty for nil.
type document[T any] struct{ v *T }

func doc[T any](v *T) document[T] { return document[T]{v} }

func (d document[T]) Value() (driver.Value, error) {
	b, err := json.Marshal(d.v)
	if string(b) == "null" {
		return "", err
	}
	return string(b), err
}

func (d document[T]) Scan(src any) error {
	text, ok := src.(string)
	switch {
	case !ok:
		return fmt.Errorf("%T is no document", src)
	case text == "":
		return nil
	}
	return json.Unmarshal([]byte(text), d.v)
}
