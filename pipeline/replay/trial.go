package replay

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// Trial is one test of a rule file: what is heard and done, and what is
// expected to come of it.
//
//	tests:
//	- name: a short spike makes no post
//	  rule: press-hot                 # only its posts are looked at; without: all
//	  asset: lyon/stamping/press-1
//	  unit: {temperature: Cel}
//	  start: 2026-01-05T06:00:00Z     # this is the default
//	  every: 5s                       # between two readings; default 1s
//	  series: {temperature: "70x10 85x3 70x20"}
//	  acts: [{at: 40s, shelve: press-hot, for: 1h, reason: cleaning}]
//	  expect: []                      # no post at all
type Trial struct {
	Name string
	File string
	Line int

	rule     string
	start    time.Time
	until    time.Duration
	messages []pipeline.Message // in the order of time
	acts     map[pipeline.EventID]actText
	expect   []expectation
}

// Trials reads the tests of rule files. Every fault is a [*rule.Error]; several
// are joined.
func Trials(files []*rule.File) ([]*Trial, error) {
	var all []*Trial
	var faults []error
	for _, f := range files {
		if f.Tests == nil {
			continue
		}
		list, ok := f.Tests.(*ast.SequenceNode)
		if !ok {
			faults = append(faults, faultAt(f.Name, f.Tests, "tests", "write a list here"))
			continue
		}
		for _, node := range list.Values {
			t, err := parseTrial(f.Name, node)
			if err != nil {
				faults = append(faults, err)
				continue
			}
			all = append(all, t)
		}
	}
	return all, errors.Join(faults...)
}

// trialText is a trial as it is written.
type trialText struct {
	Name   string      `yaml:"name"`
	Rule   string      `yaml:"rule"`
	Start  time.Time   `yaml:"start"`
	Until  rule.Delay  `yaml:"until"` // how long time goes on at least; default: to the last reading, act or expectation
	Feed   feedText    `yaml:",inline"`
	Others []feedText  `yaml:"others"` // more assets
	Events []eventText `yaml:"events"` // single readings: {at, signal, value}
	Acts   []actText   `yaml:"acts"`
}

// feedText is what one asset says.
type feedText struct {
	Asset  pipeline.AssetPath `yaml:"asset"`
	Source string             `yaml:"source"` // default: test
	Kind   pipeline.Kind      `yaml:"kind"`   // default: measure of numbers, else state
	Unit   map[string]string  `yaml:"unit"`   // by signal
	Attr   map[string]string  `yaml:"attr"`
	Every  rule.Delay         `yaml:"every"`
	Series map[string]string  `yaml:"series"` // by signal
}

// eventText is a single reading.
type eventText struct {
	Feed   feedText   `yaml:",inline"`
	At     rule.Delay `yaml:"at"`
	Signal string     `yaml:"signal"`
	Value  string     `yaml:"value"`
}

func defaultStart() time.Time { return time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC) }

func parseTrial(file string, node ast.Node) (*Trial, error) {
	m, ok := node.(*ast.MappingNode)
	if !ok {
		return nil, faultAt(file, node, "tests", "a test is a mapping with name, asset, series and expect")
	}
	rest, expect := withoutExpect(m)
	var text trialText
	if err := yaml.NodeToValue(rest, &text, yaml.Strict()); err != nil {
		return nil, located(file, "tests", err)
	}
	t := &Trial{
		Name: text.Name, File: file, Line: node.GetToken().Position.Line, rule: text.Rule,
		start: text.Start.UTC(), until: text.Until.Duration, acts: map[pipeline.EventID]actText{},
	}
	if text.Start.IsZero() {
		t.start = defaultStart()
	}
	switch {
	case t.Name == "":
		return nil, faultAt(file, node, "name", "give the test a name that says what should happen")
	case expect == nil:
		return nil, faultAt(file, node, "expect", "say what is expected; [] expects no post")
	}
	if fault := t.fill(&text); fault != nil {
		return nil, faultAt(file, entryNode(node, fault.key), fault.key, fault.text)
	}
	var err error
	if t.expect, err = parseExpect(file, expect); err != nil {
		return nil, err
	}
	t.last()
	return t, nil
}

// withoutExpect takes the expectations out, whose places are needed later.
func withoutExpect(m *ast.MappingNode) (rest *ast.MappingNode, expect ast.Node) {
	copied := *m
	copied.Values = nil
	for _, entry := range m.Values {
		if entry.Key.GetToken().Value == "expect" {
			expect = entry.Value
			continue
		}
		copied.Values = append(copied.Values, entry)
	}
	return &copied, expect
}

// trialFault is what is wrong under one key of a trial.
type trialFault struct{ key, text string }

// fill unfolds what is written into messages.
func (t *Trial) fill(text *trialText) *trialFault {
	feeds := append([]feedText{text.Feed}, text.Others...)
	for i, f := range feeds {
		key := "series"
		if i > 0 {
			key = "others"
		}
		f.inherit(&text.Feed)
		if err := t.unfold(&f); err != nil {
			return &trialFault{key, err.Error()}
		}
	}
	for i, e := range text.Events {
		e.Feed.inherit(&text.Feed)
		ev, err := t.event(&e.Feed, e.Signal, e.At.Duration, reading(e.Value, 0), fmt.Sprint("event-", i))
		if err != nil {
			return &trialFault{"events", err.Error()}
		}
		t.add(e.At.Duration, ev)
	}
	for i, a := range text.Acts {
		a.Asset = cmp.Or(a.Asset, text.Feed.Asset)
		act, err := a.act(t.start)
		if err != nil {
			return &trialFault{"acts", err.Error()}
		}
		id := pipeline.EventID(fmt.Sprint("act-", i))
		t.acts[id] = a
		t.add(a.At.Duration, act.Event(id, t.start.Add(a.At.Duration)))
	}
	slices.SortStableFunc(t.messages, func(a, b pipeline.Message) int { return a.Stored.Compare(b.Stored) })
	return nil
}

// inherit fills in what the trial says of its own asset, where f says nothing;
// what events of another asset are, and their attributes, it does not.
func (f *feedText) inherit(own *feedText) {
	if f.Asset == "" || f.Asset == own.Asset {
		f.Kind = cmp.Or(f.Kind, own.Kind)
		if f.Attr == nil {
			f.Attr = own.Attr
		}
	}
	f.Asset, f.Source = cmp.Or(f.Asset, own.Asset), cmp.Or(f.Source, own.Source, "test")
	if f.Every.Duration == 0 {
		f.Every = own.Every
	}
	if f.Every.Duration == 0 {
		f.Every.Duration = time.Second
	}
	if f.Unit == nil {
		f.Unit = own.Unit
	}
}

func (t *Trial) unfold(f *feedText) error {
	signals := make([]string, 0, len(f.Series))
	for signal := range f.Series {
		signals = append(signals, signal)
	}
	slices.Sort(signals)
	for _, signal := range signals {
		samples, err := unfold(f.Series[signal])
		if err != nil {
			return fmt.Errorf("%s: %w", signal, err)
		}
		for i, s := range samples {
			after := time.Duration(i) * f.Every.Duration
			t.until = max(t.until, after)
			if s.missing {
				continue
			}
			ev, err := t.event(f, signal, after, s, fmt.Sprintf("%s %s %d", f.Asset, signal, i))
			if err != nil {
				return err
			}
			t.add(after, ev)
		}
	}
	return nil
}

func (t *Trial) event(f *feedText, signal string, after time.Duration, s sample, id string) (pipeline.Event, error) {
	at := t.start.Add(after)
	ev := pipeline.Event{
		ID: pipeline.EventID(id), Source: f.Source, Asset: f.Asset, Signal: signal, Kind: f.Kind, Value: s.value,
		Unit: f.Unit[signal], Quality: s.quality, At: at, Received: at, Attr: f.Attr,
	}
	if ev.Kind == "" {
		ev.Kind = pipeline.State
		if _, number := s.value.Number(); number || s.value.IsNone() {
			ev.Kind = pipeline.Measure
		}
	}
	if strings.TrimSpace(string(f.Asset)) == "" {
		return ev, errors.New("name the asset that says this")
	}
	return ev, ev.Validate()
}

func (t *Trial) add(after time.Duration, ev pipeline.Event) {
	t.until = max(t.until, after)
	t.messages = append(t.messages, pipeline.Message{Stored: t.start.Add(after), Event: ev})
}

// last lets time go on until everything that is expected could be seen.
func (t *Trial) last() {
	for _, e := range t.expect {
		t.until = max(t.until, e.At.Duration, e.By.Duration)
	}
}
