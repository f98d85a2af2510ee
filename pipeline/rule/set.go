package rule

import (
	"errors"
	"fmt"

	"github.com/fildefer/fildefer/pipeline"
)

const defaultShards = 16

// Set is rules ready to be run: indexed so that an event meets only those that
// listen to its signal, on its asset. It is immutable.
type Set struct {
	shards   int
	rules    []*Rule
	byID     map[string]*Rule
	bySignal map[string][]listener
	any      []listener // rules that listen to every signal
}

// listener is a rule and which of its signals is meant.
type listener struct {
	rule *Rule
	slot int
}

// Option changes how a [Set] is compiled.
type Option func(*Set)

// WithShards sets over how many shards assets are spread: 16 unless told, and
// always as many as the stream has.
func WithShards(n int) Option { return func(s *Set) { s.shards = n } }

// Compile indexes the rules of all files. It reports ids that occur twice and
// rules that did not come from [Parse].
func Compile(rules []Rule, options ...Option) (*Set, error) {
	s := &Set{shards: defaultShards, byID: map[string]*Rule{}, bySignal: map[string][]listener{}}
	for _, option := range options {
		option(s)
	}
	if s.shards < 1 {
		return nil, fmt.Errorf("compile rules: %d shards, at least 1 is needed", s.shards)
	}
	var faults []error
	for i := range rules {
		r := &rules[i]
		first, taken := s.byID[r.ID]
		switch {
		case r.kind == nil:
			faults = append(faults, fmt.Errorf("compile rules: rule %q was not made by Parse", r.ID))
			continue
		case taken:
			text := fmt.Sprintf("%q is already the id of the rule at %s:%d; ids are unique", r.ID, first.File, first.Line)
			faults = append(faults, &Error{File: r.File, Line: r.Line, Column: 1, Key: "id", Text: text})
			continue
		}
		s.add(r)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return s, nil
}

func (s *Set) add(r *Rule) {
	copied := *r
	s.rules = append(s.rules, &copied)
	s.byID[r.ID] = &copied
	for slot, signal := range copied.signals() {
		if signal == "" {
			s.any = append(s.any, listener{&copied, slot})
			continue
		}
		s.bySignal[signal] = append(s.bySignal[signal], listener{&copied, slot})
	}
}

// candidates are the listeners to a signal of an asset.
func (s *Set) candidates(asset pipeline.AssetPath, signal string) []listener {
	var found []listener
	for _, list := range [][]listener{s.bySignal[signal], s.any} {
		for _, l := range list {
			if l.rule.glob.matches(asset) {
				found = append(found, l)
			}
		}
	}
	return found
}
