package store

import (
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// near is the condition that a column of places is at, above or below one of
// some places, as ranges of an index on the column.
func (d dialect) near(column string, places ...feed.Path) (where string, args []any) {
	var each []string
	column += d.bytewise
	for _, p := range places {
		above := p.Lineage()
		if !p.IsGroup() {
			above = append(above, "")
		}
		for _, a := range above {
			each, args = append(each, column+` = ?`), append(args, a)
		}
		if p == "" {
			each = append(each, column+` < '@'`, column+` >= 'A'`)
			continue
		}
		each, args = append(each, column+` >= ? AND `+column+` < ?`), append(args, p+"/", p+"0") // "0" follows "/"
	}
	if len(each) == 0 {
		return `1 = 0`, nil
	}
	return `(` + strings.Join(each, ` OR `) + `)`, args
}
