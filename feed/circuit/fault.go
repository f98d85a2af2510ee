package circuit

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// faults collects what is wrong with a file, each with its place in it.
type faults struct {
	file string
	root *ast.File
	list []error
}

func newFaults(name string, data []byte) *faults {
	f := &faults{file: name}
	if root, err := parser.ParseBytes(data, 0); err == nil {
		f.root = root
	}
	return f
}

// at notes a fault of the value under key: "circuits[0].steps[1].mode".
func (f *faults) at(key, format string, args ...any) {
	f.list = append(f.list, fmt.Errorf("%s%s: %s", f.place(key), key, fmt.Sprintf(format, args...)))
}

// place is "file:line:column: " of the value under key or of what should hold it.
func (f *faults) place(key string) string {
	for f.root != nil && key != "" {
		if path, err := yaml.PathString("$." + key); err == nil {
			if node, err := path.FilterFile(f.root); err == nil && node != nil {
				at := node.GetToken().Position
				return fmt.Sprintf("%s:%d:%d: ", f.file, at.Line, at.Column)
			}
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return f.file + ": "
}

// oneLine is what the decoder says, as "12:3: unknown field".
func oneLine(err error) error {
	text, _, _ := strings.Cut(yaml.FormatError(err, false, false), "\n")
	if rest, ok := strings.CutPrefix(text, "["); ok {
		text = strings.Replace(rest, "] ", ": ", 1)
	}
	return errors.New(text)
}
