package rule

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Parse reads one YAML file of rules, strictly. Every fault is an [*Error];
// several are joined.
func Parse(file string, data []byte) (*File, error) {
	body, err := bodyOf(data)
	if err != nil {
		return nil, locate(file, nil, err)
	}
	f := &File{Name: file, Lateness: map[string]Delay{}}
	var faults []error
	for _, entry := range body.Values {
		faults = append(faults, f.section(entry)...)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return f, nil
}

const wantFile = `a rule file is one YAML document with a list under "rules", and may have calendars, noise, lateness and tests`

func bodyOf(data []byte) (*ast.MappingNode, error) {
	doc, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, err
	}
	if len(doc.Docs) != 1 || doc.Docs[0].Body == nil {
		return nil, &Error{Text: wantFile}
	}
	body, ok := doc.Docs[0].Body.(*ast.MappingNode)
	if !ok {
		return nil, (&Error{Text: wantFile}).at(doc.Docs[0].Body.GetToken())
	}
	return body, nil
}

func parseRule(node ast.Node) (Rule, error) {
	m, ok := node.(*ast.MappingNode)
	if !ok {
		return Rule{}, &Error{Text: "a rule is a mapping with id, kind, match…"}
	}
	var name string
	if entry := entryOf(m, "kind"); entry != nil {
		name = entry.Value.GetToken().Value
	}
	r, err := decodeRule(name, node)
	if err != nil {
		return Rule{}, err
	}
	var faults []error
	for _, f := range r.complete() {
		faults = append(faults, &Error{Key: f.key, Text: f.text})
	}
	return r, errors.Join(faults...)
}

func decodeKind[K kind](node ast.Node) (Rule, error) {
	var v struct {
		Rule Rule `yaml:",inline"`
		Kind K    `yaml:",inline"`
	}
	if err := yaml.NodeToValue(node, &v, yaml.Strict()); err != nil {
		return Rule{}, err
	}
	v.Rule.kind = v.Kind
	return v.Rule, nil
}

// locate turns err into an [*Error] with file, place and key. The place of one
// that has only a key is the key's value, or the nearest mapping that should
// have had it.
func locate(file string, rule ast.Node, err error) error {
	var (
		own *Error
		lib yaml.Error
	)
	switch {
	case errors.As(err, &own):
	case errors.As(err, &lib):
		own = (&Error{Text: explain(err, lib.GetMessage())}).at(lib.GetToken())
	default:
		own = &Error{Text: err.Error()}
	}
	own.File = file
	if rule == nil {
		return own
	}
	if own.Line == 0 {
		_ = own.at(tokenOf(rule, own.Key))
	} else if own.Key == "" {
		own.Key = keyAt(rule, own.Line, own.Column)
	}
	return own
}

// explain puts the decoder's message in the words of whoever writes rules.
func explain(err error, message string) string {
	var kind *yaml.TypeError
	var unknown *yaml.UnknownFieldError
	var syntax *yaml.SyntaxError
	switch {
	case errors.As(err, &kind):
		return "write a " + wordFor(kind.DstType.Kind()) + " here"
	case errors.As(err, &unknown):
		return "unknown key; remove it or correct its spelling"
	case errors.As(err, &syntax) && slices.Contains(colonless(), message):
		return "a colon is missing after a key; write key: value, such as id: weight-low"
	default:
		return message
	}
}

// colonless is what the decoder says where a text stands in the place of a key.
func colonless() []string { return []string{"unexpected key name", "non-map value is specified"} }

func wordFor(k reflect.Kind) string {
	switch k {
	case reflect.Float64:
		return "number"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "list"
	case reflect.Struct:
		return "mapping"
	default:
		return "text"
	}
}

func entryOf(node ast.Node, key string) *ast.MappingValueNode {
	m, ok := node.(*ast.MappingNode)
	if !ok {
		return nil
	}
	for _, entry := range m.Values {
		if entry.Key.GetToken().Value == key {
			return entry
		}
	}
	return nil
}

// tokenOf follows key ("title.fr") as deep as it goes.
func tokenOf(node ast.Node, key string) *token.Token {
	first, rest, _ := strings.Cut(key, ".")
	if entry := entryOf(node, first); entry != nil {
		return tokenOf(entry.Value, rest)
	}
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken()
	}
	return node.GetToken()
}

// keyAt names the key in which, or in the value of which, the place lies.
func keyAt(node ast.Node, line, column int) string {
	m, ok := node.(*ast.MappingNode)
	if !ok {
		return ""
	}
	found, within := "", ast.Node(nil)
	for _, entry := range m.Values {
		p := entry.Key.GetToken().Position
		if p.Line < line || p.Line == line && p.Column <= column {
			found, within = entry.Key.GetToken().Value, entry.Value
		}
	}
	if inner := keyAt(within, line, column); inner != "" {
		return found + "." + inner
	}
	return found
}

func unjoin(err error) []error {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}
