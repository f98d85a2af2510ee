package feed

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Row is what a file says of one place or person: its cells by field, each
// where it stands, so that a fault can be found again in a spreadsheet.
type Row struct {
	Line  int
	Cells map[string]Cell
}

// Cell is one value as it was written. What is empty says nothing.
type Cell struct {
	Text         string
	Line, Column int
}

func (r Row) text(field string) string { return r.Cells[field].Text }

// RowFault says what is wrong with a file, where, and what to do about it. Line
// 0 is the file as a whole, column 0 its line.
type RowFault struct {
	Line, Column int
	Text         Text
	Values       Values
}

// RowFaults are all that is wrong with a file: nothing of it was done.
type RowFaults []RowFault

func (f RowFaults) Error() string {
	var all []string
	for _, one := range f {
		all = append(all, one.Render(English))
	}
	return strings.Join(all, "\n")
}

// Render is the fault in one line: "12:3: the place … has no name".
func (f RowFault) Render(lang Lang) string {
	at := ""
	for _, n := range []int{f.Line, f.Column} {
		if n > 0 {
			at += strconv.Itoa(n) + ":"
		}
	}
	if at != "" {
		at += " "
	}
	return at + f.Text.Render(lang, f.Values)
}

// MaxName bounds the name of a place or person, in characters.
const MaxName = 200

// checker collects what is wrong with rows.
type checker struct{ faults RowFaults }

// at notes a fault of a field, or of the row when it has no such cell.
func (c *checker) at(r Row, field, fr, en string, v Values) {
	line, column := r.Line, 0
	if cell, ok := r.Cells[field]; ok {
		line, column = cell.Line, cell.Column
	}
	c.faults = append(c.faults, RowFault{Line: line, Column: column, Text: Text{FR: fr, EN: en}, Values: v})
}

// sorted are the faults in the order of the file.
func (c *checker) sorted() RowFaults {
	slices.SortStableFunc(c.faults, func(a, b RowFault) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column)) })
	return c.faults
}

// readable notes what no screen can show: a field that is too long, or that
// holds control characters where breaks are none of them.
func (c *checker) readable(r Row, field string, limit int, breaks bool) bool {
	text := r.text(field)
	v := Values{"field": field, "limit": float64(limit)}
	hostile := func(ch rune) bool {
		return unicode.IsControl(ch) && (!breaks || ch != '\n') || ch >= '\u202a' && ch <= '\u202e' || ch >= '\u2066' && ch <= '\u2069'
	}
	switch {
	case !utf8.ValidString(text) || strings.ContainsFunc(text, hostile):
		c.at(r, field, "« {field} » contient des caractères de contrôle : retapez-le.", "“{field}” holds control characters: type it again.", v)
	case utf8.RuneCountInString(text) > limit:
		c.at(r, field, "« {field} » dépasse {limit} caractères : raccourcissez-le.", "“{field}” is longer than {limit} characters: shorten it.", v)
	default:
		return true
	}
	return false
}

// oneOf notes a word that is none of those known.
func oneOf[T ~string](c *checker, r Row, field string, known []T) bool {
	text := r.text(field)
	if text == "" || slices.Contains(known, T(text)) {
		return true
	}
	words := make([]string, 0, len(known))
	for _, k := range known {
		words = append(words, string(k))
	}
	c.at(r, field, "« {text} » n’est pas une valeur de « {field} » : choisissez parmi {known}.", "“{text}” is no value of “{field}”: choose one of {known}.",
		Values{"text": shortened(text), "field": field, "known": strings.Join(words, ", ")})
	return false
}

// shortened keeps a sentence about a long text short.
func shortened(text string) string {
	const limit = 60
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit]) + "…"
}
