package pipeline

import (
	"math"
	"strconv"
)

type valueType uint8

const (
	typeNone valueType = iota
	typeNumber
	typeText
	typeBool
)

// Value is one reading: a number, a text, a truth value, or none at all. None
// is not zero: a source that reports a bad status without a value says "none".
// The zero Value is none. Values are comparable with ==.
type Value struct {
	typ    valueType
	number float64
	text   string
}

// Number returns a numeric value. NaN and the infinities are no readings: they
// give none, so that no comparison in a rule can be misled by them.
func Number(v float64) Value {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Value{}
	}
	return Value{typ: typeNumber, number: v}
}

// Text returns a text value.
func Text(s string) Value { return Value{typ: typeText, text: s} }

// Bool returns a truth value.
func Bool(b bool) Value {
	v := Value{typ: typeBool}
	if b {
		v.number = 1
	}
	return v
}

// IsNone tells whether there is no reading.
func (v Value) IsNone() bool { return v.typ == typeNone }

// Number returns the number and whether the value is one.
func (v Value) Number() (float64, bool) { return v.number, v.typ == typeNumber }

// Text returns the text and whether the value is one.
func (v Value) Text() (string, bool) { return v.text, v.typ == typeText }

// Bool returns the truth value and whether the value is one.
func (v Value) Bool() (value, ok bool) { return v.number == 1, v.typ == typeBool }

// String renders the value for logs and for comparison with configured states:
// "12.5", "running", "true", and "" for none.
func (v Value) String() string {
	switch v.typ {
	case typeNumber:
		return strconv.FormatFloat(v.number, 'g', -1, 64)
	case typeText:
		return v.text
	case typeBool:
		return strconv.FormatBool(v.number == 1)
	default:
		return ""
	}
}
