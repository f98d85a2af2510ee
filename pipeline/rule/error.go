package rule

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/token"
)

// Error is a fault in a rule file and where it is.
type Error struct {
	File         string
	Line, Column int    // 1 is the first; 0 when the fault has no place
	Key          string // "match.asset"; empty when the fault is not about a key
	Text         string // one sentence that says what to do
}

// Error renders "rules.yaml:12:5: on_delay: write a duration…".
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Column)
	}
	b.WriteString(": ")
	if e.Key != "" {
		b.WriteString(e.Key + ": ")
	}
	b.WriteString(e.Text)
	return b.String()
}

func (e *Error) at(t *token.Token) *Error {
	if t != nil && t.Position != nil {
		e.Line, e.Column = t.Position.Line, t.Position.Column
	}
	return e
}

// fault is what a check finds; the place is looked up by its key.
type fault struct{ key, text string }
