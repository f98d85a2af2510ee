package erp

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// Field is one typed cell of a row.
type Field struct {
	Column  string    `yaml:"column"`  // its name in the header, or its number from 1
	Columns []string  `yaml:"columns"` // several columns, read as one text with spaces between
	Type    FieldType `yaml:"type"`
	Locale  Locale    `yaml:"locale"` // of numbers
	Layout  string    `yaml:"layout"` // of dates, as Go writes 2 January 2006 15:04:05
	Default string    `yaml:"default"`
	Unit    string    `yaml:"unit"` // UCUM, of the events that carry it
}

// FieldType says what a cell is read as.
type FieldType string

// Types of fields.
const (
	TextField    FieldType = "text" // also for codes: leading zeros are kept
	DecimalField FieldType = "decimal"
	IntegerField FieldType = "integer"
	DateField    FieldType = "date"
	BoolField    FieldType = "bool"
)

// cell is what was read of a field. An empty cell has the zero value.
type cell struct {
	text  string // canonical: equal cells have equal texts
	value pipeline.Value
	at    time.Time // of dates
}

func (f *Field) sources() []string {
	if f.Column != "" {
		return append([]string{f.Column}, f.Columns...)
	}
	return f.Columns
}

// parse reads the text of a cell.
func (f *Field) parse(text string, zone *time.Location) (cell, *Fault) {
	text = or(strings.TrimSpace(text), f.Default)
	if text == "" {
		return cell{}, nil
	}
	switch f.Type {
	case DecimalField, IntegerField:
		read := parseNumber
		if f.Type == IntegerField {
			read = parseInteger
		}
		n, fault := read(text, f.Locale)
		return cell{text: strconv.FormatFloat(n, 'f', -1, 64), value: pipeline.Number(n)}, fault
	case DateField:
		t, fault := parseDate(text, f.Layout, zone)
		if fault != nil || t.IsZero() {
			return cell{}, fault
		}
		stamp := t.Format(time.RFC3339)
		return cell{text: stamp, value: pipeline.Text(stamp), at: t}, nil
	case BoolField:
		b, fault := parseBool(text)
		return cell{text: strconv.FormatBool(b), value: pipeline.Bool(b)}, fault
	default:
		return cell{text: text, value: pipeline.Text(text)}, nil
	}
}

func parseBool(text string) (bool, *Fault) {
	switch strings.ToLower(text) {
	case "1", "x", "o", "oui", "vrai", "y", "yes", "true":
		return true, nil
	case "0", "n", "non", "faux", "no", "false":
		return false, nil
	}
	return false, newFault("%q n'est ni oui ni non", "%q is neither yes nor no", text)
}

// validate reports every fault of the field configured under the key.
func (f *Field) validate(key string, header bool) []error {
	var errs []error
	if len(f.sources()) == 0 {
		errs = append(errs, fmt.Errorf("%s.column: it is missing", key))
	}
	for _, s := range f.sources() {
		if n, err := strconv.Atoi(s); !header && (err != nil || n < 1) {
			errs = append(errs, fmt.Errorf("%s.column: %q must be a number from 1, since csv.header is 0", key, s))
		}
	}
	errs = append(errs, f.validateType(key))
	if _, fault := f.parse("", time.UTC); fault != nil {
		errs = append(errs, fmt.Errorf("%s.default: %w", key, fault))
	}
	return errs
}

func (f *Field) validateType(key string) error {
	switch f.Type {
	case TextField, BoolField:
		return nil
	case DecimalField, IntegerField:
		if f.Locale != French && f.Locale != English {
			return fmt.Errorf(`%s.locale: %q is not fr ("1 234,5") or en ("1,234.5")`, key, f.Locale)
		}
		return nil
	case DateField:
		if f.Layout == "" {
			return fmt.Errorf(`%s.layout: a date needs one, such as "02/01/2006 15:04:05"`, key)
		}
		return nil
	case "":
		return errors.New(key + ".type: it is missing: text, decimal, integer, date or bool")
	}
	return fmt.Errorf("%s.type: %q is not text, decimal, integer, date or bool", key, f.Type)
}
