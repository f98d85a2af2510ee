package erp

import (
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Charset names the encoding of a file. It is declared and never guessed: no
// detector tells Windows-1252 from the code pages beside it.
type Charset string

// Charsets that a file may declare.
const (
	UTF8        Charset = "utf-8"
	Windows1252 Charset = "windows-1252"
	ISO885915   Charset = "iso-8859-15"
	UTF16LE     Charset = "utf-16le"
)

// encoding returns the charset's decoder and whether it is known.
func (c Charset) encoding() (encoding.Encoding, bool) {
	switch c {
	case UTF8:
		// The bytes pass as they are: what is not UTF-8 is then found cell by
		// cell, instead of being replaced unseen.
		return encoding.Nop, true
	case Windows1252:
		return charmap.Windows1252, true
	case ISO885915:
		return charmap.ISO8859_15, true
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), true
	}
	return nil, false
}

// decode returns the text of in as UTF-8. A byte order mark is taken off and,
// since it cannot lie, wins over the charset that was declared.
func (c Charset) decode(in io.Reader) io.Reader {
	e, _ := c.encoding()
	return transform.NewReader(in, unicode.BOMOverride(e.NewDecoder()))
}
