package replay

import (
	"encoding/csv"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// Table says how to read a CSV file. Its first line names the columns:
// timestamp and value, and any of asset, signal, unit, quality and
// attr.NAME. What the file does not say of every row is said here.
type Table struct {
	Asset  pipeline.AssetPath
	Signal string
	Unit   string
	Zone   *time.Location // of timestamps that name none; nil: UTC
}

// CSV is a recording of one reading a line, separated by comma, semicolon or
// tab, in the order of time. The first value of each signal says whether it has
// numbers or texts: a text among numbers is passed over, and named as a fault.
func CSV(file File, t Table, strict bool) *Recording {
	if t.Zone == nil {
		t.Zone = time.UTC
	}
	return &Recording{file: file, format: &table{Table: t, file: path.Base(file.Name)}, strict: strict}
}

// table reads the rows of one file.
type table struct {
	Table
	file      string
	separator rune
	columns   []string
}

const wantColumns = "the first line names the columns: timestamp, value, and any of asset, signal, unit, quality and attr.NAME"

func (t *table) header(line string) (bool, error) {
	t.separator, t.columns = ',', nil
	for _, other := range []rune{';', '\t'} {
		if strings.Count(line, string(other)) > strings.Count(line, string(t.separator)) {
			t.separator = other
		}
	}
	fields, err := t.split(line)
	if err != nil {
		return false, err
	}
	for _, name := range fields {
		name = strings.ToLower(strings.TrimSpace(name))
		known := slices.Contains([]string{"timestamp", "value", "asset", "signal", "unit", "quality"}, name)
		if !known && !strings.HasPrefix(name, "attr.") {
			return false, fmt.Errorf("%q is no column; %s", name, wantColumns)
		}
		t.columns = append(t.columns, name)
	}
	switch {
	case !slices.Contains(t.columns, "timestamp") || !slices.Contains(t.columns, "value"):
		return false, fmt.Errorf("%s", wantColumns)
	case t.Asset == "" && !slices.Contains(t.columns, "asset"):
		return false, fmt.Errorf("no column says which asset a value is of; name it with --asset")
	case t.Signal == "" && !slices.Contains(t.columns, "signal"):
		return false, fmt.Errorf("no column says which signal a value is of; name it with --signal")
	}
	return true, nil
}

func (t *table) split(line string) ([]string, error) {
	if !strings.Contains(line, `"`) {
		return strings.Split(line, string(t.separator)), nil
	}
	r := csv.NewReader(strings.NewReader(line))
	r.Comma = t.separator
	fields, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("read the columns: %w; a value must not go on in the next line", err)
	}
	return fields, nil
}

// event reads one row. One without a value is a fault, unless the source says by
// its quality that it had none.
func (t *table) event(line []byte, number int) (ev pipeline.Event, ok bool, err error) {
	fields, err := t.split(string(line))
	if err != nil {
		return ev, false, err
	}
	if len(fields) != len(t.columns) {
		return ev, false, fmt.Errorf("the line has %d columns and the first line %d; mend it or remove it", len(fields), len(t.columns))
	}
	ev = pipeline.Event{
		ID: pipeline.EventID(t.file + ":" + strconv.Itoa(number)), Source: t.file, Asset: t.Asset, Signal: t.Signal, Unit: t.Unit, Kind: pipeline.Measure,
	}
	value := ""
	for i, field := range fields {
		field = strings.TrimSpace(field)
		switch name := t.columns[i]; name {
		case "timestamp":
			if ev.At, err = t.stamp(field); err != nil {
				return ev, false, err
			}
			ev.Received = ev.At
		case "value":
			value = field
		default:
			set(&ev, name, field)
		}
	}
	if value == "" && ev.Quality == pipeline.Bad {
		return ev, false, nil
	}
	ev.Value = t.value(value)
	if value == "" || ev.Value.IsNone() { // NaN
		return ev, false, fmt.Errorf("%q is no value; write one or remove the line", value)
	}
	if _, text := ev.Value.Text(); text {
		ev.Kind = pipeline.State
	}
	if err := ev.Validate(); err != nil {
		return ev, false, fmt.Errorf("%w; mend the line or remove it", err)
	}
	return ev, true, nil
}

// set fills in a column; an empty one leaves what holds for the whole file.
func set(ev *pipeline.Event, column, field string) {
	switch {
	case field == "":
	case column == "asset":
		ev.Asset = pipeline.AssetPath(field)
	case column == "signal":
		ev.Signal = field
	case column == "unit":
		ev.Unit = field
	case column == "quality":
		ev.Quality = pipeline.Quality(strings.ToLower(field))
	default:
		if ev.Attr == nil {
			ev.Attr = map[string]string{}
		}
		ev.Attr[strings.TrimPrefix(column, "attr.")] = field
	}
}

// value is a number where it can be: with a comma for a point, too, where
// commas do not separate columns.
func (t *table) value(s string) pipeline.Value {
	number := s
	if t.separator != ',' {
		number = strings.Replace(s, ",", ".", 1)
	}
	if v, err := strconv.ParseFloat(number, 64); err == nil {
		return pipeline.Number(v)
	}
	return pipeline.Text(s)
}

// stamp reads a time: with a zone, without one, or in seconds or milliseconds
// since 1970.
func (t *table) stamp(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999999Z07:00"} {
		if at, err := time.Parse(layout, s); err == nil {
			return at.UTC(), nil
		}
	}
	for _, layout := range []string{"2006-01-02 15:04:05.999999999", "2006-01-02T15:04:05.999999999", "2006-01-02 15:04"} {
		if at, err := time.ParseInLocation(layout, s, t.Zone); err == nil {
			return at.UTC(), nil
		}
	}
	const lastSecond = 1e11 // the year 5138; more is in milliseconds
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > 0 {
		if n < lastSecond {
			return time.Unix(n, 0).UTC(), nil
		}
		return time.UnixMilli(n).UTC(), nil
	}
	return time.Time{}, fmt.Errorf("%q is no timestamp; write 2026-01-05T06:00:00Z, 2026-01-05 06:00:00 or seconds since 1970", s)
}
