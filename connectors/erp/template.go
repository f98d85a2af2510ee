package erp

import (
	"fmt"
	"strings"
)

// template is a text with fields in braces: "villeurbanne/{aisle}".
type template struct {
	texts  []string // one more than fields
	fields []string
}

func parseTemplate(s string) (template, error) {
	var t template
	for {
		before, rest, found := strings.Cut(s, "{")
		t.texts = append(t.texts, before)
		if !found {
			return t, nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || name == "" {
			return template{}, fmt.Errorf("%q: an opening brace needs a field name and a closing brace", s)
		}
		t.fields = append(t.fields, name)
		s = after
	}
}

// render fills the template with what value returns for each field.
func (t template) render(value func(field string) string) string {
	var b strings.Builder
	for i, text := range t.texts {
		b.WriteString(text)
		if i < len(t.fields) {
			b.WriteString(value(t.fields[i]))
		}
	}
	return b.String()
}
