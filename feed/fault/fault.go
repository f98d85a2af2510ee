// Package fault tells what is wrong with a YAML file that people write, each
// fault with its file, line, column and key.
package fault

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// List collects what is wrong with a file, each with its place in it.
type List struct {
	file string
	root *ast.File
	list []error
}

// New returns an empty list for the file of that name. Data that is no YAML has
// no places: the decoder says what is wrong with it; see [OneLine].
func New(name string, data []byte) *List {
	f := &List{file: name}
	if root, err := parser.ParseBytes(data, 0); err == nil {
		f.root = root
	}
	return f
}

// At notes a fault of the value under key: "circuits[0].steps[1].mode".
func (f *List) At(key, format string, args ...any) {
	f.list = append(f.list, fmt.Errorf("%s%s: %s", f.place(key), key, fmt.Sprintf(format, args...)))
}

var leadingKey = regexp.MustCompile(`^([a-z_]+(?:\[\d+\])?(?:\.[a-z_]+(?:\[\d+\])?)*): `)

// Within notes the faults that the value under key reports of itself, each of
// which begins with a key of its own.
func (f *List) Within(key string, err error) {
	if err == nil {
		return
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range many.Unwrap() {
			f.Within(key, one)
		}
		return
	}
	text := err.Error()
	if own := leadingKey.FindStringSubmatch(text); own != nil {
		f.At(key+"."+own[1], "%s", text[len(own[0]):])
		return
	}
	f.At(key, "%s", text)
}

// Err joins all of them, nil when there are none.
func (f *List) Err() error { return errors.Join(f.list...) }

// place is "file:line:column: " of the value under key or of what should hold it.
func (f *List) place(key string) string {
	for f.root != nil && key != "" {
		if path, err := yaml.PathString("$." + key); err == nil {
			if node, err := path.FilterFile(f.root); err == nil && node != nil {
				at := node.GetToken().Position
				return fmt.Sprintf("%s:%d:%d: ", f.file, at.Line, at.Column)
			}
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return f.file + ":1:1: "
}

// OneLine is what the decoder says, as "12:3: unknown field".
func OneLine(err error) error {
	text, _, _ := strings.Cut(yaml.FormatError(err, false, false), "\n")
	if rest, ok := strings.CutPrefix(text, "["); ok {
		text = strings.Replace(rest, "] ", ": ", 1)
	}
	return errors.New(text)
}
