package rule

import (
	"errors"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/shift"
)

const defaultShards = 16

// Set is rules ready to be run: indexed so that an event meets only those that
// listen to its signal, on its asset. It is immutable.
type Set struct {
	shards    int
	maxKeys   int
	rules     []*Rule
	calendars []shift.Calendar
	noise     []Noise
	lateness  map[string]time.Duration

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

// WithMaxKeys sets how many keys an engine keeps in all: 200,000 unless told. At
// the limit only quiet ones make room for others. Engines of some shards each
// have the limit for themselves.
func WithMaxKeys(n int) Option { return func(s *Set) { s.maxKeys = n } }

// Compile indexes the rules of all files. It reports ids that occur twice,
// names of rules that are not there and rules that did not come from [Parse].
func Compile(files []*File, options ...Option) (*Set, error) {
	s := &Set{shards: defaultShards, maxKeys: defaultMaxKeys, lateness: map[string]time.Duration{}, byID: map[string]*Rule{}, bySignal: map[string][]listener{}}
	for _, option := range options {
		option(s)
	}
	if s.shards < 1 {
		return nil, fmt.Errorf("compile rules: %d shards, at least 1 is needed", s.shards)
	}
	if s.maxKeys < 1 {
		return nil, fmt.Errorf("compile rules: %d keys, at least 1 is needed", s.maxKeys)
	}
	var faults []error
	for _, f := range files {
		faults = append(faults, s.addFile(f)...)
	}
	faults = append(faults, s.checkNames()...)
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return s, nil
}

func (s *Set) addFile(f *File) []error {
	s.calendars = append(s.calendars, f.Calendars...)
	s.noise = append(s.noise, f.Noise...)
	for source, late := range f.Lateness {
		s.lateness[source] = max(late.Duration, s.lateness[source])
	}
	var faults []error
	for i := range f.Rules {
		r := &f.Rules[i]
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
	return faults
}

// checkNames reports names of rules that no rule has, and shifts that are not
// there.
func (s *Set) checkNames() []error {
	var faults []error
	check := func(r *Rule, key, id string) {
		if s.byID[id] == nil && id != "" {
			faults = append(faults, &Error{File: r.File, Line: r.Line, Column: 1, Key: key, Text: fmt.Sprintf("no rule has the id %q", id)})
		}
	}
	for _, r := range s.rules {
		for _, other := range r.SuppressedBy {
			check(r, "suppressed_by", other.Rule)
		}
		if r.Shadow != nil {
			check(r, "shadow.of", r.Shadow.Of)
		}
		if k, ok := r.kind.(placed); ok && k.byShift() && len(s.calendars) == 0 {
			text := "there are no shifts; write them under calendars"
			faults = append(faults, &Error{File: r.File, Line: r.Line, Column: 1, Key: "per", Text: text})
		}
	}
	return faults
}

// Rules lists all rules, in the order of their files.
func (s *Set) Rules() []*Rule { return s.rules }

// Rule returns the rule with that id, or nil.
func (s *Set) Rule(id string) *Rule { return s.byID[id] }

// Calendar returns the shift calendar of the nearest territory at or above
// place, or nil.
func (s *Set) Calendar(place pipeline.AssetPath) *shift.Calendar {
	var nearest *shift.Calendar
	for i := range s.calendars {
		c := &s.calendars[i]
		if place.Within(pipeline.AssetPath(c.Territory)) && (nearest == nil || len(c.Territory) > len(nearest.Territory)) {
			nearest = c
		}
	}
	return nearest
}

// Calendars lists all shift calendars.
func (s *Set) Calendars() []shift.Calendar { return s.calendars }

// Noise returns the contract on noise of the nearest territory at or above
// place, or the usual one.
func (s *Set) Noise(place pipeline.AssetPath) Noise {
	nearest, found := Noise{}.complete(), false
	for _, n := range s.noise {
		if place.Within(pipeline.AssetPath(n.Territory)) && (!found || len(n.Territory) > len(nearest.Territory)) {
			nearest, found = n, true
		}
	}
	return nearest
}

func (s *Set) add(r *Rule) {
	copied := *r
	if k, ok := copied.kind.(placed); ok {
		copied.kind = k.place(s)
	}
	s.rules = append(s.rules, &copied)
	s.byID[r.ID] = &copied
	if only := copied.OnlyWhen; only != nil {
		s.bySignal[only.Signal] = append(s.bySignal[only.Signal], listener{&copied, modeSlot})
	}
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
			if s.Speaks(l.rule, asset) {
				found = append(found, l)
			}
		}
	}
	return found
}
