package erp

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// table reads a file as rows.
type table struct {
	plan    *plan
	records *recordReader
	columns map[string]int // header name → index
	width   int            // of every record; 0 until the first is read
}

// openTable reads up to and with the header. Its errors are of the reader, or
// a *Fault of the whole file.
func (p *plan) openTable(in io.Reader) (*table, error) {
	var quote byte
	if *p.cfg.CSV.Quote != "" {
		quote = (*p.cfg.CSV.Quote)[0]
	}
	t := &table{plan: p, records: newRecordReader(p.cfg.CSV.Charset.decode(in), p.cfg.CSV.Separator[0], quote)}
	header := *p.cfg.CSV.Header
	if header == 0 {
		return t, nil
	}
	for {
		rec, err := t.records.next()
		if errors.Is(err, io.EOF) {
			return nil, newFault("le fichier finit avant l'en-tête attendu ligne %d", "the file ends before the header expected in line %d", header)
		}
		if err != nil {
			return nil, err
		}
		if rec.line >= header {
			return t, t.readHeader(rec)
		}
	}
}

// readHeader finds the configured columns by name.
func (t *table) readHeader(rec record) error {
	names := trimTail(rec.cells)
	t.width = len(names)
	t.columns = make(map[string]int, len(names))
	for i, name := range names {
		name = strings.TrimSpace(name)
		if _, twice := t.columns[name]; !twice {
			t.columns[name] = i
		}
	}
	for _, name := range t.plan.names {
		field := t.plan.cfg.Fields[name]
		for _, column := range field.sources() {
			if _, ok := t.columns[column]; !ok {
				return newFault("la colonne %q manque ; l'en-tête est %q", "the column %q is missing; the header is %q",
					column, cutText(rec.raw, 200)).at(rec.line, 0, "")
			}
		}
	}
	return nil
}

// next returns the next row, or the record that could not become one, or
// io.EOF, or what ends the reading: an error of the file or a *Fault.
func (t *table) next() (row, *reject, error) {
	for {
		rec, err := t.records.next()
		if errors.Is(err, io.EOF) && t.records.open && t.plan.cfg.CSV.RequireFinalNewline {
			return row{}, nil, newFault("pas de fin de ligne à la fin : le fichier est-il coupé ?",
				"no line end at the end: was the file cut?").at(t.records.line, 0, "")
		}
		if err != nil {
			return row{}, nil, err
		}
		if strings.TrimSpace(rec.raw) == "" || t.plan.footer != nil && t.plan.footer.MatchString(rec.raw) {
			continue
		}
		if fault := or(rec.fault, t.checkWidth(&rec)); fault != nil {
			return row{}, &reject{fault: fault, raw: rec.raw}, nil
		}
		r, refused := t.plan.read(rec, func(field string) (string, int, *Fault) { return t.cell(rec, field) })
		return r, refused, nil
	}
}

// checkWidth compares the number of cells with the header's, or the first
// record's. A separator at the end of a line makes no column.
func (t *table) checkWidth(rec *record) *Fault {
	if t.width == 0 {
		t.width = len(rec.cells)
	}
	if len(rec.cells) == t.width+1 && rec.cells[t.width] == "" {
		rec.cells = rec.cells[:t.width]
	}
	if len(rec.cells) != t.width {
		return newFault("%d colonnes au lieu de %d", "%d columns instead of %d", len(rec.cells), t.width).at(rec.line, 0, "")
	}
	return nil
}

// cell returns the text of a field and the number of its first column.
func (t *table) cell(rec record, field string) (text string, column int, fault *Fault) {
	f := t.plan.cfg.Fields[field]
	var texts []string
	for _, source := range f.sources() {
		i, ok := t.columns[source]
		if !ok {
			n, _ := strconv.Atoi(source) // checked by Field.validate
			i = n - 1
		}
		column = or(column, i+1)
		if i >= len(rec.cells) {
			return "", column, newFault("la colonne manque", "the column is missing")
		}
		texts = append(texts, rec.cells[i])
	}
	return strings.Join(texts, " "), column, nil
}

func trimTail(cells []string) []string {
	if n := len(cells); n > 1 && strings.TrimSpace(cells[n-1]) == "" {
		return cells[:n-1]
	}
	return cells
}

func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return fmt.Sprintf("%s… (%d bytes)", strings.ToValidUTF8(s[:n], ""), len(s))
}
