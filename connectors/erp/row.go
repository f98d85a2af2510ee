package erp

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// row is a record whose cells were read as the configuration says.
type row struct {
	line   int
	key    string // of the scope first; empty for a ledger without a key
	scope  string // prefix of key
	asset  pipeline.AssetPath
	attr   map[string]string
	values []pipeline.Value // one for each configured signal
	at     time.Time
	untime string // what at says in place of a time
	raw    string
}

// reject is a record that could not become a row.
type reject struct {
	fault *Fault
	raw   string
	key   string // empty when it could not be read
}

// keyEnd ends each part of a key. It occurs in no cell: a record with control
// characters is refused.
const keyEnd = "\x1f"

// read makes a row of a record whose columns are already known, or says why
// it cannot. cellOf returns a field's text and its place.
func (p *plan) read(rec record, cellOf func(field string) (text string, column int, fault *Fault)) (row, *reject) {
	refused := reject{raw: rec.raw}
	cells := make(map[string]cell, len(p.names))
	for _, name := range p.names {
		field := p.cfg.Fields[name]
		text, column, fault := cellOf(name)
		if fault == nil {
			fault = checkText(text)
		}
		var read cell
		if fault == nil {
			read, fault = field.parse(text, p.zone)
		}
		if fault == nil {
			cells[name] = read // what cannot be read is no zero: it may be a key
		}
		if fault != nil && refused.fault == nil {
			refused.fault = fault.at(rec.line, column, strings.Join(field.sources(), " "))
		}
	}
	r := row{line: rec.line, raw: rec.raw, attr: make(map[string]string, len(p.attr))}
	if fault := p.identify(&r, cells); fault != nil && refused.fault == nil {
		refused.fault = fault.at(rec.line, 0, "")
	}
	if fault := p.place(&r, cells); fault != nil && refused.fault == nil {
		refused.fault = fault.at(rec.line, 0, "asset")
	}
	if refused.fault != nil {
		refused.key = r.key
		return row{}, &refused
	}
	for _, s := range p.cfg.Events {
		r.values = append(r.values, cells[s.Value].value)
	}
	r.at, r.untime = connectors.Instant(cells[p.cfg.At].at)
	return r, nil
}

// identify gives the row its key and scope. A row with an empty key field has
// none.
func (p *plan) identify(r *row, cells map[string]cell) *Fault {
	var key strings.Builder
	for i, name := range p.key {
		text := cells[name].text
		if text == "" {
			return newFault("le champ clé %s est vide ou illisible", "the key field %s is empty or cannot be read", name)
		}
		key.WriteString(text + keyEnd)
		if p.cfg.Snapshot != nil && i+1 == len(p.cfg.Snapshot.Scope) {
			r.scope = key.String()
		}
	}
	r.key = key.String()
	return nil
}

// place renders asset and attributes. A slash in a cell never deepens the path.
func (p *plan) place(r *row, cells map[string]cell) *Fault {
	asset := p.asset.render(func(name string) string { return strings.ReplaceAll(cells[name].text, "/", "-") })
	path, err := pipeline.ParseAssetPath(asset)
	if err != nil {
		return newFault("%q ne peut pas être un chemin", "%q cannot be a path", asset)
	}
	r.asset = path
	for name, t := range p.attr {
		if text := t.render(func(field string) string { return cells[field].text }); text != "" {
			r.attr[name] = text
		}
	}
	return nil
}

// checkText refuses what databases and screens cannot hold.
func checkText(s string) *Fault {
	if !utf8.ValidString(s) || strings.ContainsRune(s, utf8.RuneError) {
		return newFault("octets illisibles dans le jeu de caractères déclaré", "bytes that the declared charset does not have")
	}
	for _, r := range s {
		if r < ' ' && r != '\t' && r != '\n' {
			return newFault("caractère de contrôle U+%04X", "control character U+%04X", r)
		}
	}
	return nil
}
