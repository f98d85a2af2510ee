package erp

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// input is one file to import.
type input struct {
	name     string // without the suffix that releases a held file
	content  io.ReadSeeker
	modified time.Time
	released bool // somebody accepted that it is short
}

// newInput takes a file's name for text, whatever bytes its system wrote.
func newInput(name string, content io.ReadSeeker, modified time.Time) input {
	return input{name: strings.ToValidUTF8(name, "\ufffd"), content: content, modified: modified}
}

// emit passes an event on, to be stored with others of its batch.
type emit func(pipeline.Event) error

// reading decides which rows of one file are news. The file is read twice:
// first every row is surveyed, then, when the file is admitted, its news is
// emitted and settled.
type reading interface {
	// earlier tells whether this content would say nothing new, and under
	// which name it was imported.
	earlier() (name string, again bool)
	// survey sees a row on the first reading, and may refuse it.
	survey(r row) *Fault
	// keep learns that a row could not be read; key is "" when not even that.
	keep(key string)
	// admit says why the file as a whole must not be imported: a *Fault or a
	// *Held.
	admit(in input, result *Import) error
	// news emits what a row changes, on the second reading.
	news(r row, out emit) error
	// rest emits what follows from the absence of rows.
	rest(out emit) error
	// settle makes durable that all this was given.
	settle() error
	// close gives up what is open. It follows settle, or takes its place.
	close() error
}

// eventOf makes the event of one signal of a row.
func (p *plan) eventOf(r row, i int, extra map[string]string) pipeline.Event {
	signal := p.cfg.Events[i]
	attr := make(map[string]string, len(r.attr)+len(extra)+3)
	maps.Copy(attr, r.attr)
	maps.Copy(attr, extra)
	if r.line > 0 {
		attr["row"] = strconv.Itoa(r.line)
	}
	if r.untime != "" {
		attr[connectors.TimeFault] = r.untime
	}
	return pipeline.Event{
		Asset: r.asset, Signal: signal.Signal, Kind: pipeline.Record, Unit: p.unit(signal),
		Value: r.values[i], At: r.at, Attr: attr,
	}
}

// eventID derives an id from what identifies the event.
func eventID(parts ...string) pipeline.EventID {
	h := sha256.New()
	for _, part := range parts {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	return pipeline.EventID("erp-" + hex.EncodeToString(h.Sum(nil)[:16]))
}
