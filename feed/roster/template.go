package roster

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/fildefer/fildefer/feed"
)

// example is somebody who has two roles, in the words of each language: the
// headings of a file, then one row for each role. {place} is where they work.
var example = map[feed.Lang][][]string{
	feed.French: {
		{"Identifiant", "Nom", "Langue", "Territoire", "Rôle", "Fonctions", "Badge"},
		{"prenom.nom", "Prénom Nom (à remplacer)", "fr", "{place}", "conduite de ligne", "maintenance", ""},
		{"prenom.nom", "", "", "{place}", "animation", "", ""},
	},
	feed.English: {
		{"Id", "Name", "Language", "Territory", "Role", "Functions", "Badge"},
		{"first.last", "First Last (to replace)", "en", "{place}", "line operation", "maintenance", ""},
		{"first.last", "", "", "{place}", "community lead", "", ""},
	},
}

// Template is a file of people to fill in, with somebody at place for an
// example. Read takes it as it is.
func (People) Template(format string, lang feed.Lang, place feed.Path) ([]byte, error) {
	rows := example[lang]
	if rows == nil {
		rows = example[feed.French]
	}
	var filled [][]string
	for _, row := range rows {
		var cells []string
		for _, text := range row {
			cells = append(cells, strings.ReplaceAll(text, "{place}", string(place)))
		}
		filled = append(filled, cells)
	}
	if format == "yaml" {
		return listed(filled[0], filled[1:])
	}
	return tabled(filled)
}

// tabled is rows as French Excel opens them: semicolons, and a mark that says
// UTF-8.
func tabled(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\xef\xbb\xbf")
	w := csv.NewWriter(&b)
	w.Comma = ';'
	w.UseCRLF = true
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write a table: %w", err)
	}
	return b.Bytes(), nil
}

// listed is rows as mappings by their headings, without what is not said.
func listed(headings []string, rows [][]string) ([]byte, error) {
	var list []yaml.MapSlice
	for _, row := range rows {
		var item yaml.MapSlice
		for i, text := range row {
			if text != "" {
				item = append(item, yaml.MapItem{Key: strings.ToLower(headings[i]), Value: text})
			}
		}
		list = append(list, item)
	}
	b, err := yaml.Marshal(map[string]any{"members": list})
	if err != nil {
		return nil, fmt.Errorf("write a list: %w", err)
	}
	return b, nil
}
