package roster

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/goccy/go-yaml"

	"github.com/fildefer/fildefer/feed"
)

// WriteCSV is the tree as a table that French Excel opens as it is: semicolons,
// and a mark that says UTF-8. Read gives back what was written.
func WriteCSV(nodes []feed.Territory) ([]byte, error) {
	fields := slices.DeleteFunc(slices.Clone(feed.PlaceFields), func(f string) bool { return f == feed.FieldParent })
	rows := [][]string{fields}
	for _, n := range nodes {
		cells := cellsOf(n)
		record := make([]string, 0, len(fields))
		for _, f := range fields {
			record = append(record, cells[f])
		}
		rows = append(rows, record)
	}
	return tabled(rows)
}

// WriteYAML is the tree as a list of mappings, without what is not said.
func WriteYAML(nodes []feed.Territory) ([]byte, error) {
	list := make([]yaml.MapSlice, 0, len(nodes))
	for _, n := range nodes {
		cells := cellsOf(n)
		var item yaml.MapSlice
		for _, f := range feed.PlaceFields {
			if cells[f] != "" {
				item = append(item, yaml.MapItem{Key: f, Value: cells[f]})
			}
		}
		list = append(list, item)
	}
	b, err := yaml.Marshal(map[string]any{"territories": list})
	if err != nil {
		return nil, fmt.Errorf("write the tree: %w", err)
	}
	return b, nil
}

func cellsOf(n feed.Territory) map[string]string {
	cells := map[string]string{
		feed.FieldPath: string(n.Path), feed.FieldName: n.Name, feed.FieldKind: string(n.Kind), feed.FieldRollout: string(n.Rollout),
		feed.FieldCalendar: n.Own.Calendar, feed.FieldLanguage: string(n.Own.Lang), feed.FieldAnimator: string(n.Own.Animator),
	}
	if n.Target != 0 {
		cells[feed.FieldTarget] = strconv.FormatFloat(n.Target, 'f', -1, 64)
	}
	if c := n.Own.Charter; c != nil {
		cells[feed.FieldCharter], cells[feed.FieldCharterEN] = c.Text.FR, c.Text.EN
	}
	return cells
}
