package rule

import (
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/fildefer/fildefer/pipeline/shift"
)

// File is what one rule file says.
type File struct {
	Name      string
	Rules     []Rule
	Calendars []shift.Calendar
	Noise     []Noise
	// Lateness is how long events of a source may come after later ones: they
	// wait so long, and are met in the order in which they happened.
	Lateness map[string]Delay
	// Tests is the list under "tests", for whoever runs them; nil without one.
	Tests ast.Node
}

// Noise is the contract on noise of a territory and what lies below it: new
// posts that ask for attention come from a bucket that gains one every Every
// and holds Burst; more than Flood openings within FloodWindow are a flood.
type Noise struct {
	Territory string `yaml:"territory"` // empty: everywhere that has no other
	Every     Delay  `yaml:"every"`     // default 10m
	Burst     int    `yaml:"burst"`     // default 5
	Flood     int    `yaml:"flood"`     // default 10
	Window    Delay  `yaml:"window"`    // default 10m
}

// section reads one top-level entry.
func (f *File) section(entry *ast.MappingValueNode) []error {
	key := entry.Key.GetToken()
	switch key.Value {
	case "rules":
		return f.each(entry.Value, "rules", f.addRule)
	case "calendars":
		return f.each(entry.Value, "calendars", f.addCalendar)
	case "noise":
		return f.each(entry.Value, "noise", f.addNoise)
	case "lateness":
		return f.decode(entry.Value, &f.Lateness)
	case "tests":
		f.Tests = entry.Value
		return nil
	default:
		return []error{locate(f.Name, nil, (&Error{Key: key.Value, Text: "unknown key; " + wantFile}).at(key))}
	}
}

// each calls add with every element of a list.
func (f *File) each(node ast.Node, key string, add func(ast.Node) []error) []error {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		return []error{locate(f.Name, nil, (&Error{Key: key, Text: "write a list here"}).at(node.GetToken()))}
	}
	var faults []error
	for _, element := range list.Values {
		faults = append(faults, add(element)...)
	}
	return faults
}

func (f *File) decode(node ast.Node, out any) []error {
	if err := yaml.NodeToValue(node, out, yaml.Strict()); err != nil {
		return []error{locate(f.Name, node, err)}
	}
	return nil
}

func (f *File) addRule(node ast.Node) []error {
	r, err := parseRule(node)
	var faults []error
	for _, e := range unjoin(err) {
		faults = append(faults, locate(f.Name, node, e))
	}
	r.File, r.Line = f.Name, node.GetToken().Position.Line
	for i := range f.Rules {
		if first := &f.Rules[i]; first.ID == r.ID && r.ID != "" {
			text := fmt.Sprintf("%q is already the id of the rule at line %d; ids are unique", r.ID, first.Line)
			faults = append(faults, locate(f.Name, node, &Error{Key: "id", Text: text}))
		}
	}
	f.Rules = append(f.Rules, r)
	return faults
}

func (f *File) addCalendar(node ast.Node) []error {
	var c shift.Calendar
	if faults := f.decode(node, &c); faults != nil {
		return faults
	}
	if key, err := c.Complete(); err != nil {
		return []error{locate(f.Name, node, &Error{Key: key, Text: err.Error()})}
	}
	f.Calendars = append(f.Calendars, c)
	return nil
}

func (f *File) addNoise(node ast.Node) []error {
	var n Noise
	if faults := f.decode(node, &n); faults != nil {
		return faults
	}
	f.Noise = append(f.Noise, n.complete())
	return nil
}
