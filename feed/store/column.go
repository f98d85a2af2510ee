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
