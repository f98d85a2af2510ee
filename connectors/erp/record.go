package erp

import (
	"bufio"
	"io"
)

// maxRecordBytes bounds one record. What is longer is no row but a quote that
// was left open, or no CSV at all.
const maxRecordBytes = 64 << 10

// record is one row of a delimited file, before its cells have a meaning.
type record struct {
	line  int      // where it starts
	raw   string   // its text without the line end
	cells []string // unquoted
	fault *Fault   // set when its quotes are wrong; the next record is whole again
}

// recordReader splits text into records. It reads what encoding/csv refuses
// and ERPs write: CR alone as line end, quotes inside a plain cell, and it
// tells where a quote that is never closed was opened.
type recordReader struct {
	in        *bufio.Reader
	separator byte
	quote     byte // 0: no quoting
	line      int  // the line that is read now
	open      bool // the last record had no line end
	raw       []byte
	text      []byte // unquoted cells, one behind the other
	ends      []int  // where each cell ends in text
}

func newRecordReader(in io.Reader, separator, quote byte) *recordReader {
	return &recordReader{in: bufio.NewReaderSize(in, 64<<10), separator: separator, quote: quote, line: 1}
}

// position within a cell.
type position uint8

const (
	start   position = iota // nothing of the cell read yet
	plain                   // in a cell without quotes
	quoted                  // between quotes
	closing                 // behind a quote: the end of the quotes, or the first half of a doubled one
)

// next returns the next record, io.EOF at the end, and a *Fault where the
// rest of the file can make no sense.
func (r *recordReader) next() (record, error) {
	rec := record{line: r.line}
	r.raw, r.text, r.ends = r.raw[:0], r.text[:0], r.ends[:0]
	for at := start; ; {
		b, err := r.in.ReadByte()
		if err == io.EOF {
			return r.end(rec, at)
		}
		if err != nil {
			return record{}, err
		}
		if b == '\r' || b == '\n' {
			newline := r.lineEnd(b)
			if at != quoted {
				return r.cut(rec), nil
			}
			b = newline
		}
		if len(r.raw) >= maxRecordBytes {
			return record{}, newFault("ligne de plus de %d octets : un guillemet est-il resté ouvert ?",
				"row of more than %d bytes: was a quote left open?", maxRecordBytes).at(rec.line, 0, "")
		}
		r.raw = append(r.raw, b)
		at = r.take(at, b, &rec)
	}
}

// take adds one byte to the cell and returns the position behind it.
func (r *recordReader) take(at position, b byte, rec *record) position {
	isQuote := r.quote != 0 && b == r.quote
	switch {
	case at == quoted && isQuote:
		return closing
	case at == quoted:
		r.text = append(r.text, b)
		return quoted
	case at == start && isQuote:
		return quoted
	case b == r.separator:
		r.ends = append(r.ends, len(r.text))
		return start
	case at == closing && isQuote:
		r.text = append(r.text, b)
		return quoted
	case at == closing && rec.fault == nil:
		rec.fault = newFault("texte après le guillemet fermant", "text behind the closing quote").at(rec.line, len(r.ends)+1, "")
	}
	r.text = append(r.text, b)
	return plain
}

// end returns the last record of a file that ends without a line end.
func (r *recordReader) end(rec record, at position) (record, error) {
	if at == quoted {
		return record{}, newFault("guillemet ouvert ici et jamais fermé : le fichier est-il coupé ?",
			"a quote is opened here and never closed: was the file cut?").at(rec.line, len(r.ends)+1, "")
	}
	if len(r.raw) == 0 {
		return record{}, io.EOF
	}
	r.open = true
	return r.cut(rec), nil
}

// cut makes the record's strings out of the buffers, which are then reused.
func (r *recordReader) cut(rec record) record {
	rec.raw = string(r.raw)
	text := string(r.text)
	rec.cells = make([]string, 0, len(r.ends)+1)
	from := 0
	for _, end := range append(r.ends, len(text)) {
		rec.cells = append(rec.cells, text[from:end])
		from = end
	}
	return rec
}

// lineEnd counts the line, takes the LF of a CR LF, and returns the line end
// as it stands in text.
func (r *recordReader) lineEnd(b byte) byte {
	r.line++
	if b == '\r' {
		if following, err := r.in.Peek(1); err == nil && following[0] == '\n' {
			_, _ = r.in.Discard(1) // cannot fail: the byte was peeked
		}
	}
	return '\n'
}
