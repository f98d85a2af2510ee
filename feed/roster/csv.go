package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// readCSV reads a table whose first line names its columns. Separated by
// semicolons, commas or tabs: whichever the first line has most of.
func readCSV(text []byte, fields []string) ([]feed.Row, feed.RowFaults) {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	headings, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, fault(0, 0, "Le fichier est vide.", "The file is empty.", nil)
	}
	if err != nil {
		return nil, unreadable(err)
	}
	t := &table{reader: r}
	t.head(headings, fields)
	if len(t.faults) > 0 {
		return nil, t.faults
	}
	for {
		record, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return t.rows, t.faults
		case err != nil:
			return nil, append(t.faults, unreadable(err)...)
		}
		t.row(record)
	}
}

func separator(text []byte) rune {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	best := ';'
	for _, c := range ",\t" {
		if bytes.Count(first, []byte(string(c))) > bytes.Count(first, []byte(string(best))) {
			best = c
		}
	}
	return best
}

func unreadable(err error) feed.RowFaults {
	var p *csv.ParseError
	line, column := 0, 0
	if errors.As(err, &p) {
		line, column = p.Line, p.Column
	}
	return fault(line, column, "Un guillemet n’est pas refermé, ou se trouve au milieu d’une cellule : corrigez cette ligne.",
		"A quote is not closed, or stands inside of a cell: correct this line.", nil)
}

// table reads one record after the other. Columns are counted as a spreadsheet
// does.
type table struct {
	reader *csv.Reader
	names  []string // field of each column
	rows   []feed.Row
	faults feed.RowFaults
}

func (t *table) head(headings, fields []string) {
	for i, heading := range headings {
		name, known := fieldOf(heading, fields)
		v := feed.Values{"heading": strings.TrimSpace(heading), "known": strings.Join(fields, ", ")}
		switch {
		case name == "" && i == len(headings)-1: // Excel ends lines with a separator
		case !known:
			t.faults = append(t.faults, fault(1, i+1, "La colonne « {heading} » est inconnue ; celles qui existent : {known}.", "There is no column “{heading}”; there are: {known}.", v)...)
		case slices.Contains(t.names, name):
			t.faults = append(t.faults, fault(1, i+1, "La colonne « {heading} » est là deux fois : gardez-en une.", "The column “{heading}” is there twice: keep one.", v)...)
		}
		t.names = append(t.names, name)
	}
}

func (t *table) row(record []string) {
	line, _ := t.reader.FieldPos(0)
	if strings.Join(record, "") == "" {
		return // an empty line of the spreadsheet
	}
	row := feed.Row{Line: line, Cells: map[string]feed.Cell{}}
	for i, text := range record {
		at, _ := t.reader.FieldPos(i)
		if i >= len(t.names) || t.names[i] == "" {
			if strings.TrimSpace(text) != "" {
				t.faults = append(t.faults, fault(at, i+1, "Cette cellule n’a pas de colonne : vérifiez le séparateur.", "This cell has no column: check the separator.", nil)...)
			}
			continue
		}
		row.Cells[t.names[i]] = cell(t.names[i], text, at, i+1)
	}
	t.rows = append(t.rows, row)
}
