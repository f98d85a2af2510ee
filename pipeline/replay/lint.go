package replay

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/fildefer/fildefer/pipeline/rule"
)

// Document is a rule file as it is written.
type Document struct {
	Name string
	Data []byte
}

// Lint reads rule files and points at what would make poor posts of rules that
// can be run. The error is what keeps them from being run; warnings come without
// one only, in the order of files and lines.
func Lint(documents []Document) (*rule.Set, []*rule.Error, error) {
	files, err := ParseFiles(documents)
	if err != nil {
		return nil, nil, err
	}
	set, err := rule.Compile(files)
	if err != nil {
		return nil, nil, err
	}
	if _, err := Trials(files); err != nil {
		return nil, nil, err
	}
	l := &linter{}
	for i, f := range files {
		nodes := ruleNodes(documents[i].Data)
		for n := range f.Rules {
			l.rule(&f.Rules[n], nodes[n])
		}
		l.rules = append(l.rules, f.Rules...)
	}
	l.units()
	l.mix()
	slices.SortStableFunc(l.warnings, func(a, b *rule.Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Error(), b.Error()))
	})
	return set, l.warnings, nil
}

// Compile makes rules ready to be run of the files that hold them.
func Compile(documents []Document) (*rule.Set, error) {
	files, err := ParseFiles(documents)
	if err != nil {
		return nil, err
	}
	return rule.Compile(files)
}

// ParseFiles reads rule files, and reports the faults of all.
func ParseFiles(documents []Document) ([]*rule.File, error) {
	var files []*rule.File
	var faults []error
	for _, d := range documents {
		f, err := rule.Parse(d.Name, d.Data)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		files = append(files, f)
	}
	return files, errors.Join(faults...)
}

// ruleNodes are the rules of a file that Parse has accepted.
func ruleNodes(data []byte) []ast.Node {
	doc, err := parser.ParseBytes(data, 0)
	if err != nil || len(doc.Docs) == 0 {
		return nil
	}
	list, ok := entryNode(doc.Docs[0].Body, "rules").(*ast.SequenceNode)
	if !ok {
		return nil
	}
	return list.Values
}

// linter gathers warnings.
type linter struct {
	rules    []rule.Rule
	warnings []*rule.Error
}

// warn points at the value of key, or at the rule when it has none.
func (l *linter) warn(r *rule.Rule, node ast.Node, key, text string) {
	w := &rule.Error{File: r.File, Line: r.Line, Column: 1, Key: key, Text: text}
	if node != nil {
		for part := range strings.SplitSeq(key, ".") {
			node = entryNode(node, part)
		}
		if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
			node = m.Values[0].Key
		}
		place(w, node.GetToken())
	}
	l.warnings = append(l.warnings, w)
}

// judged are the kinds that hold a value against a bound again and again, so
// that noise makes them come and go.
func judged() []string { return []string{"limit", "deviation", "rate"} }

// told are the kinds whose posts tell of work and success: nobody has to answer.
func told() []string { return []string{"production", "goodnews"} }

func (l *linter) rule(r *rule.Rule, node ast.Node) {
	l.people(r, node)
	l.titles(r, node)
	if !slices.Contains(judged(), r.KindName) {
		return
	}
	if r.KindName != "rate" && isZero(node, "deadband") {
		l.warn(r, node, "deadband", "a value that trembles around the limit makes the condition come and go; say how far back it must be")
	}
	if r.OffDelay.Duration == 0 {
		l.warn(r, node, "off_delay", "it ends with the first good value and begins again with the next bad one; say how long it must be good")
	}
	if r.OnDelay.Duration == 0 && r.Severity != "critical" {
		l.warn(r, node, "on_delay", "a single reading makes a post; say how long it must last, or make it critical")
	}
	if r.Unit == "" {
		l.warn(r, node, "unit", "without a unit a limit in grams is held against ounces too; write the unit of the signal")
	}
}

// people checks that somebody keeps the rule and somebody can answer it.
func (l *linter) people(r *rule.Rule, node ast.Node) {
	if r.Owner == "" {
		l.warn(r, node, "owner", `nobody keeps this rule; name who does, such as "@maintenance"`)
	}
	if r.Question == (rule.Title{}) && len(r.Causes) == 0 && len(r.Actions) == 0 && r.Severity != "info" && !slices.Contains(told(), r.KindName) {
		l.warn(r, node, "question", "the post asks nothing; write a question, or offer causes or actions")
	}
	if r.Expect.PostsPerDay == 0 && !slices.Contains(told(), r.KindName) {
		l.warn(r, node, "expect", "say how many posts are expected, so that too many can be seen: {posts_per_day: 2}")
	}
}

func (l *linter) titles(r *rule.Rule, node ast.Node) {
	for key, text := range written(node) {
		switch {
		case text.EN == "":
			l.warn(r, node, key+".en", "write the English title too")
		case strings.Contains(text.FR, "{") != strings.Contains(text.EN, "{"):
			l.warn(r, node, key, "one language shows values and the other does not")
		}
		if text.FR != "" && !strings.Contains(text.FR, "{") {
			l.warn(r, node, key+".fr", "the title is the same whatever happens; show the asset or the value: {asset}, {value|1}")
		}
	}
}

// written are the titles of a rule, by key: title, or titles.stock_out….
func written(node ast.Node) map[string]rule.Title {
	found := map[string]rule.Title{}
	if title := entryNode(node, "title"); title != node {
		found["title"] = titleAt(title)
	}
	if titles, ok := entryNode(node, "titles").(*ast.MappingNode); ok && titles != node {
		for _, entry := range titles.Values {
			found["titles."+entry.Key.GetToken().Value] = titleAt(entry.Value)
		}
	}
	return found
}

func titleAt(node ast.Node) rule.Title {
	text := func(lang string) string {
		if entry := entryNode(node, lang); entry != node {
			return entry.GetToken().Value
		}
		return ""
	}
	return rule.Title{FR: text("fr"), EN: text("en")}
}

// isZero tells whether key is missing or 0.
func isZero(node ast.Node, key string) bool {
	entry := entryNode(node, key)
	return entry == node || strings.Trim(entry.GetToken().Value, "0.") == ""
}

// units warns of rules that read one signal of the same assets in different
// units: one of them is never applied.
func (l *linter) units() {
	for i := range l.rules {
		r := &l.rules[i]
		for j := range i {
			other := &l.rules[j]
			if r.Signal == other.Signal && r.Unit != "" && other.Unit != "" && r.Unit != other.Unit && meet(r.Match.Asset, other.Match.Asset) {
				l.warn(r, nil, "unit", fmt.Sprintf("%s reads %s in %s, and this rule in %s: one of them is never applied", other.ID, r.Signal, other.Unit, r.Unit))
				break
			}
		}
	}
}

// meet tells whether two patterns may match one asset.
func meet(a, b string) bool {
	return meetSegments(strings.Split(a, "/"), strings.Split(b, "/"))
}

func meetSegments(a, b []string) bool {
	switch {
	case len(a) > 0 && a[0] == "**":
		return meetSegments(a[1:], b) || len(b) > 0 && meetSegments(a, b[1:])
	case len(b) > 0 && b[0] == "**":
		return meetSegments(b, a)
	case len(a) == 0 || len(b) == 0:
		return len(a) == len(b)
	}
	same := a[0] == b[0] || strings.Contains(a[0], "*") || strings.Contains(b[0], "*")
	return same && meetSegments(a[1:], b[1:])
}

// Of all alarms 15 in 100 should be of the middle and 5 of the highest priority
// (EEMUA 191, ISA-18.2): where everything is urgent, nothing is. Few rules
// have no shares.
const (
	majorShare    = 0.15
	criticalShare = 0.05
	fewRules      = 10
)

// mix points at the first rule of each severity that there are too many of.
func (l *linter) mix() {
	n := len(l.rules)
	if n < fewRules {
		return
	}
	for severity, share := range map[string]float64{"major": majorShare, "critical": criticalShare} {
		allowed := int(share*float64(n) + 0.999)
		var some []*rule.Rule
		for i := range l.rules {
			if l.rules[i].Severity == severity {
				some = append(some, &l.rules[i])
			}
		}
		if len(some) > allowed {
			text := fmt.Sprintf("%d of %d rules are %s; %d at most keep the word's weight (80 %% minor and info, 15 %% major, 5 %% critical)", len(some), n, severity, allowed)
			l.warn(some[allowed], nil, "severity", text)
		}
	}
}
