package replay

import (
	"errors"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/token"

	"github.com/fildefer/fildefer/pipeline/rule"
)

// located gives a decoder's error its place in file, in the form of the faults
// of rule files.
func located(file, key string, err error) error {
	var own *rule.Error
	if errors.As(err, &own) {
		own.File = file
		return own
	}
	fault := &rule.Error{File: file, Key: key, Text: err.Error()}
	var lib yaml.Error
	if errors.As(err, &lib) {
		fault.Text = lib.GetMessage()
		place(fault, lib.GetToken())
	}
	return fault
}

func place(e *rule.Error, t *token.Token) {
	if t != nil && t.Position != nil {
		e.Line, e.Column = t.Position.Line, t.Position.Column
	}
}
