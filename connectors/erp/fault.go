package erp

import (
	"fmt"
	"strings"
)

// Fault is what keeps a row or a whole file from being read, in the two
// languages of the people who mend it.
type Fault struct {
	Line   int    // 1 is the first line of the file; 0 when no line is to blame
	Column int    // 1 is the first column; 0 when no column is to blame
	Name   string // the column as its file or the configuration calls it
	FR, EN string // one sentence each
}

// newFault formats both sentences with the same arguments.
func newFault(fr, en string, args ...any) *Fault {
	return &Fault{FR: fmt.Sprintf(fr, args...), EN: fmt.Sprintf(en, args...)}
}

// at completes the place of a fault.
func (f *Fault) at(line, column int, name string) *Fault {
	f.Line, f.Column, f.Name = line, column, name
	return f
}

// Error says place and reason in English.
func (f *Fault) Error() string { return f.place("line", "column") + f.EN }

// French says place and reason in French.
func (f *Fault) French() string { return f.place("ligne", "colonne") + f.FR }

func (f *Fault) place(line, column string) string {
	var b strings.Builder
	if f.Line > 0 {
		fmt.Fprintf(&b, "%s %d", line, f.Line)
	}
	if f.Column > 0 {
		fmt.Fprintf(&b, ", %s %d", column, f.Column)
	}
	if f.Name != "" {
		fmt.Fprintf(&b, " (%s)", f.Name)
	}
	if b.Len() == 0 {
		return ""
	}
	return b.String() + ": "
}
