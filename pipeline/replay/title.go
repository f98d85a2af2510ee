package replay

import (
	"strconv"
	"strings"

	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// titleOf fills in the titles of a post.
func titleOf(e *editor.Edit) rule.Title {
	return rule.Title{FR: fill(e.TitleFR, e.Values, ","), EN: fill(e.TitleEN, e.Values, ".")}
}

// fill puts values into a template: {name}, or {name|1} for a number with one
// decimal.
func fill(template string, values map[string]any, point string) string {
	var b strings.Builder
	for {
		before, rest, opened := strings.Cut(template, "{")
		field, after, closed := strings.Cut(rest, "}")
		if !opened || !closed {
			b.WriteString(template)
			return b.String()
		}
		b.WriteString(before)
		b.WriteString(show(values, field, point))
		template = after
	}
}

func show(values map[string]any, field, point string) string {
	name, decimals, _ := strings.Cut(field, "|")
	switch v := values[name].(type) {
	case string:
		return v
	case float64:
		n, err := strconv.Atoi(decimals)
		if err != nil || n < 0 || n > 9 {
			n = -1
		}
		return strings.Replace(strconv.FormatFloat(v, 'f', n, 64), ".", point, 1)
	default:
		return "…"
	}
}
