package erp

import (
	"strconv"
)

// ledgerReading gives each row of a file that was not given before.
type ledgerReading struct {
	plan    *plan
	source  string
	content string
	history *history
	marks   []rowMark
	fresh   map[rowMark]struct{} // of marks
}

func newLedgerReading(p *plan, source, content string, h *history) *ledgerReading {
	return &ledgerReading{plan: p, source: source, content: content, history: h, fresh: map[rowMark]struct{}{}}
}

// earlier: what a ledger said once it said for ever.
func (l *ledgerReading) earlier() (string, bool) {
	name, again := l.history.imports.seen[l.content]
	return name, again
}

func (l *ledgerReading) survey(row) *Fault          { return nil }
func (l *ledgerReading) keep(string)                {}
func (l *ledgerReading) admit(input, *Import) error { return nil }

func (l *ledgerReading) news(r row, out emit) error {
	identity := []string{l.source, "line", l.content, strconv.Itoa(r.line)}
	if r.key != "" {
		identity = []string{l.source, "row", r.key}
		mark := markOf(r.key)
		if _, twice := l.fresh[mark]; twice || l.history.once.has(mark) {
			return nil
		}
		l.fresh[mark] = struct{}{}
		l.marks = append(l.marks, mark)
	}
	for i, signal := range l.plan.cfg.Events {
		e := l.plan.eventOf(r, i, nil)
		e.ID = eventID(append(identity, signal.Signal)...)
		if err := out(e); err != nil {
			return err
		}
	}
	return nil
}

func (l *ledgerReading) rest(emit) error { return nil }
func (l *ledgerReading) settle() error   { return l.history.once.add(l.marks) }
func (l *ledgerReading) close() error    { return nil }
