package roster

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/fildefer/fildefer/feed"
)

// readYAML reads a list of mappings, by itself or under territories or members,
// as the configuration has it.
func readYAML(text []byte, fields []string) (rows []feed.Row, faults feed.RowFaults) {
	defer func() {
		if recover() != nil { // the parser does on some broken texts
			rows, faults = nil, fault(0, 0, "Ce texte n’est pas du YAML : vérifiez le retrait et les guillemets.", "This text is no YAML: check its indentation and quotes.", nil)
		}
	}()
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, broken(err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, fault(0, 0, "Le fichier est vide, ou contient plusieurs documents.", "The file is empty, or holds several documents.", nil)
	}
	r := &lister{fields: fields}
	r.list(file.Docs[0].Body)
	return r.rows, r.faults
}

func broken(err error) feed.RowFaults {
	var at yaml.Error
	line, column := 0, 0
	if errors.As(err, &at) && at.GetToken() != nil {
		line, column = at.GetToken().Position.Line, at.GetToken().Position.Column
	}
	return fault(line, column, "Ce texte n’est pas du YAML : vérifiez le retrait et les guillemets.", "This text is no YAML: check its indentation and quotes.", nil)
}

type lister struct {
	fields []string
	rows   []feed.Row
	faults feed.RowFaults
}

func (r *lister) fault(n ast.Node, fr, en string, v feed.Values) {
	line, column := place(n)
	r.faults = append(r.faults, fault(line, column, fr, en, v)...)
}

func place(n ast.Node) (line, column int) {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 0, 0
	}
	return n.GetToken().Position.Line, n.GetToken().Position.Column
}

func (r *lister) list(n ast.Node) {
	if m := mapping(n); len(m) == 1 {
		if key := m[0].Key.String(); key == "territories" || key == "members" {
			n = m[0].Value
		}
	}
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		r.fault(n, "Écrivez une liste : une ligne « - path: … » par territoire ou personne.", "Write a list: a line “- path: …” for each place or person.", nil)
		return
	}
	for _, item := range seq.Values {
		if item == nil {
			continue
		}
		pairs := mapping(item)
		if pairs == nil {
			r.fault(item, "Chaque élément est une suite de « clé: valeur ».", "Each item is a set of “key: value”.", nil)
			continue
		}
		r.row(item, pairs)
	}
}

// mapping is the pairs of a mapping, nil of anything else.
func mapping(n ast.Node) []*ast.MappingValueNode {
	switch m := n.(type) {
	case *ast.MappingNode:
		return m.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{m}
	}
	return nil
}

func (r *lister) row(item ast.Node, pairs []*ast.MappingValueNode) {
	line, _ := place(pairs[0].Key)
	row := feed.Row{Line: line, Cells: map[string]feed.Cell{}}
	for _, pair := range pairs {
		heading := strings.Trim(pair.Key.String(), `"'`)
		field, known := fieldOf(heading, r.fields)
		if !known {
			r.fault(pair.Key, "La clé « {heading} » est inconnue ; celles qui existent : {known}.", "There is no key “{heading}”; there are: {known}.",
				feed.Values{"heading": heading, "known": strings.Join(r.fields, ", ")})
			continue
		}
		if _, twice := row.Cells[field]; twice {
			r.fault(pair.Key, "La clé « {heading} » est là deux fois : gardez-en une.", "The key “{heading}” is there twice: keep one.", feed.Values{"heading": heading})
			continue
		}
		text, ok := scalar(pair.Value)
		if !ok {
			r.fault(pair.Value, "« {heading} » attend un texte ou un nombre.", "“{heading}” wants a text or a number.", feed.Values{"heading": heading})
			continue
		}
		l, c := place(pair.Value)
		row.Cells[field] = cell(field, text, l, c)
	}
	r.rows = append(r.rows, row)
}

// scalar is a value as it was written; a list of words is joined.
func scalar(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case nil, *ast.NullNode:
		return "", true
	case *ast.StringNode:
		return v.Value, true
	case *ast.LiteralNode:
		return v.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	case *ast.SequenceNode:
		var words []string
		for _, item := range v.Values {
			word, ok := scalar(item)
			if !ok {
				return "", false
			}
			words = append(words, word)
		}
		return strings.Join(words, ","), true
	}
	return "", false
}
