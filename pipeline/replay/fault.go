package replay

import (
	"cmp"
	"errors"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"github.com/fildefer/fildefer/pipeline/rule"
)

// located gives a decoder's error its place in file, in the form of the faults
// of rule files.
func located(file, key string, err error) error {
	var own *rule.Error
	if errors.As(err, &own) {
		own.File, own.Key = file, cmp.Or(own.Key, key)
		return own
	}
	fault := &rule.Error{File: file, Key: key, Text: err.Error()}
	var lib yaml.Error
	if errors.As(err, &lib) {
		fault.Text = lib.GetMessage()
		var unknown *yaml.UnknownFieldError
		if errors.As(err, &unknown) {
			fault.Text += "; remove it or correct its spelling"
		}
		place(fault, lib.GetToken())
	}
	return fault
}

func place(e *rule.Error, t *token.Token) {
	if t != nil && t.Position != nil {
		e.Line, e.Column = t.Position.Line, t.Position.Column
	}
}

// faultAt is a fault at the place of a node.
func faultAt(file string, node ast.Node, key, text string) error {
	e := &rule.Error{File: file, Key: key, Text: text}
	place(e, node.GetToken())
	return e
}

// entryNode is the value under key of a mapping, or the mapping itself.
func entryNode(node ast.Node, key string) ast.Node {
	if m, ok := node.(*ast.MappingNode); ok {
		for _, entry := range m.Values {
			if entry.Key.GetToken().Value == key {
				return entry.Value
			}
		}
	}
	return node
}
