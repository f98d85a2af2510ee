package rule

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

const (
	defaultThreadAge = 12 * time.Hour
	defaultShelf     = 8 * time.Hour
)

// Flap says when a condition that comes and goes is called unstable: from Start
// changes within Window on, until there are Stop or fewer. In between the post
// is left as it is.
type Flap struct {
	Start  int   `yaml:"start"`
	Stop   int   `yaml:"stop"`
	Window Delay `yaml:"window"`
}

// OnlyWhen is suppression by design: the rule looks only while a signal of the
// same asset has one of some values, and has had it for Settle.
type OnlyWhen struct {
	Signal string   `yaml:"signal"`
	Equals []string `yaml:"equals"`
	Settle Delay    `yaml:"settle"`
}

// Rise is a severity that a condition reaches by lasting.
type Rise struct {
	After    time.Duration
	Severity string
}

// Rises are written {10m: major, 1h: critical}; they are kept in that order.
type Rises []Rise

// UnmarshalYAML reads the mapping.
func (r *Rises) UnmarshalYAML(node ast.Node) error {
	m, ok := node.(*ast.MappingNode)
	if !ok {
		return (&Error{Text: "write a mapping such as {10m: major}"}).at(node.GetToken())
	}
	for _, entry := range m.Values {
		var rise Rise
		var after Delay
		if err := after.UnmarshalYAML(entry.Key); err != nil {
			return err
		}
		if err := yaml.NodeToValue(entry.Value, &rise.Severity); err != nil {
			return err
		}
		rise.After = after.Duration
		*r = append(*r, rise)
	}
	slices.SortFunc(*r, func(a, b Rise) int { return cmp.Compare(a.After, b.After) })
	return nil
}

// checkLife fills in what was left out and reports what cannot be lived.
func (r *Rule) checkLife() []fault {
	var faults []fault
	r.MaxThreadAge = r.MaxThreadAge.or(defaultThreadAge)
	r.Shelve.Max = r.Shelve.Max.or(defaultShelf)
	if r.MaxKeys == 0 {
		r.MaxKeys = defaultRuleMaxKeys
	}
	if r.MaxKeys < 0 {
		faults = append(faults, fault{"max_keys", "write how many keys of one asset are watched, at least 1"})
	}
	if r.where, faults = compileWhere(r.Where, faults); r.Shelve.Max.Duration == 0 {
		faults = append(faults, fault{"shelve.max", "write for how long people may silence it, such as 8h"})
	}
	if r.Flap == (Flap{}) {
		r.Flap = Flap{Start: 4, Stop: 1}
	}
	r.Flap.Window = r.Flap.Window.or(10 * time.Minute)
	if r.Flap.Start < 2 || r.Flap.Start > 16 || r.Flap.Stop < 0 || r.Flap.Stop >= r.Flap.Start || r.Flap.Window.Duration == 0 {
		faults = append(faults, fault{"flap", "start is 2 to 16 changes, stop is less than start, and the window is not empty"})
	}
	if w := r.OnlyWhen; w != nil && (w.Signal == "" || len(w.Equals) == 0) {
		faults = append(faults, fault{"only_when", "name the signal and the values that it must have: {signal: state, equals: [running], settle: 2m}"})
	}
	below := r.Severity
	for _, rise := range r.SeverityAfter {
		if !slices.Contains(severities(), rise.Severity) {
			faults = append(faults, fault{"severity_after", unknown("severity", rise.Severity, severities())})
		} else if graver(below, rise.Severity) || below == rise.Severity {
			faults = append(faults, fault{"severity_after", fmt.Sprintf("%s after %s does not rise above %s", rise.Severity, rise.After, below)})
		}
		below = rise.Severity
	}
	return faults
}

// graver tells whether severity a ranks above b.
func graver(a, b string) bool {
	return slices.Index(severities(), a) < slices.Index(severities(), b)
}
