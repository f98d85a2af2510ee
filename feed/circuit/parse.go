package circuit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/fault"
)

type file struct {
	Circuits []circuit `yaml:"circuits"`
}

type circuit struct {
	Name   string    `yaml:"name"`
	Title  feed.Text `yaml:"title"`
	For    []string  `yaml:"for"`   // idea, question
	Where  string    `yaml:"where"` // territory; empty: everywhere
	Merge  *bool     `yaml:"merge"` // default: yes
	Defer  span      `yaml:"defer"` // for how long it may be put off; 0: not at all
	Effect span      `yaml:"effect"`
	Steps  []step    `yaml:"steps"`
}

type step struct {
	Name     feed.Text `yaml:"name"`
	Deciders []string  `yaml:"deciders"` // roles or functions, asked, author
	Members  []string  `yaml:"members"`
	Mode     string    `yaml:"mode"` // single, quorum, all
	Quorum   int       `yaml:"quorum"`
	Within   span      `yaml:"within"`
	Remind   span      `yaml:"remind"`
	Escalate []string  `yaml:"escalate_to"`
}

// span is a duration that also counts days: 90s, 4h, 7d.
type span time.Duration

// UnmarshalYAML reads a span.
func (s *span) UnmarshalYAML(data []byte) error {
	text := strings.Trim(strings.TrimSpace(string(data)), `"'`)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.ParseFloat(days, 64)
		if err != nil || n < 0 || n > 3660 {
			return fmt.Errorf("%q is no duration such as 90s, 4h or 7d", text)
		}
		*s = span(n * 24 * float64(time.Hour))
		return nil
	}
	d, err := time.ParseDuration(text)
	if err != nil && text != "0" || d < 0 {
		return fmt.Errorf("%q is no duration such as 90s, 4h or 7d", text)
	}
	*s = span(d)
	return nil
}

// Parse reads the circuits of a file, whose name stands in the faults.
func Parse(name string, data []byte) ([]feed.Circuit, error) {
	var f file
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s:%w", name, fault.OneLine(err))
	}
	faults := fault.New(name, data)
	var out []feed.Circuit
	if len(f.Circuits) == 0 {
		faults.At("circuits", "write a list of circuits here")
	}
	names := map[string]bool{}
	for i, c := range f.Circuits {
		key := fmt.Sprintf("circuits[%d]", i)
		if c.Name == "" || names[c.Name] {
			faults.At(key+".name", "each circuit needs a name of its own")
		}
		names[c.Name] = true
		c.check(faults, key)
		out = append(out, c.circuit())
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

var kinds = []string{string(feed.Idea), string(feed.Question)}

func (c circuit) check(f *fault.List, key string) {
	if len(c.For) == 0 {
		f.At(key+".for", "say what goes through it: %v", kinds)
	}
	for i, kind := range c.For {
		if !slices.Contains(kinds, kind) {
			f.At(fmt.Sprintf("%s.for[%d]", key, i), "%q is none of %v", kind, kinds)
		}
	}
	if c.Title.FR == "" || c.Title.EN == "" {
		f.At(key+".title", "give it in French and in English: {fr: …, en: …}")
	}
	if time.Duration(c.Defer) > feed.MaxPutOff {
		f.At(key+".defer", "at most 366d")
	}
	switch {
	case len(c.Steps) == 0:
		f.At(key+".steps", "a circuit needs at least one step")
	case len(c.Steps) > feed.MaxStages:
		f.At(key+".steps", "at most %d steps: the more there are, the fewer ideas come", feed.MaxStages)
	}
	for i, s := range c.Steps {
		s.check(f, fmt.Sprintf("%s.steps[%d]", key, i), c, i)
	}
}

func (s step) check(f *fault.List, key string, c circuit, i int) {
	if s.Name.FR == "" || s.Name.EN == "" {
		f.At(key+".name", "give it in French and in English: {fr: …, en: …}")
	}
	if len(s.Deciders)+len(s.Members) == 0 {
		f.At(key+".deciders", "say who decides: roles or functions, or members by name")
	}
	if slices.Contains(s.Deciders, feed.TheAsked) && (len(s.Deciders) > 1 || !slices.Contains(c.For, string(feed.Question)) || i+1 >= len(c.Steps)) {
		f.At(key+".deciders", "%q waits for answers: it stands alone, in a circuit of questions, before the step that keeps an answer", feed.TheAsked)
	}
	switch mode := feed.Mode(s.Mode); {
	case !slices.Contains([]feed.Mode{"", feed.BySingle, feed.ByQuorum, feed.ByAll}, mode):
		f.At(key+".mode", "%q is none of single, quorum, all", s.Mode)
	case mode == feed.ByQuorum && (s.Quorum < 2 || s.Quorum > feed.MaxQuorum):
		f.At(key+".quorum", "a quorum is of 2 to %d", feed.MaxQuorum)
	case mode != feed.ByQuorum && s.Quorum != 0:
		f.At(key+".quorum", "only mode: quorum has one")
	}
	if len(s.Escalate) > 0 && s.Within == 0 {
		f.At(key+".escalate_to", "without within, nothing is ever late")
	}
}

func (c circuit) circuit() feed.Circuit {
	out := feed.Circuit{
		Name: c.Name, Title: c.Title, Where: feed.Path(c.Where), NoMerge: c.Merge != nil && !*c.Merge,
		Defer: time.Duration(c.Defer), Effect: time.Duration(c.Effect),
	}
	for _, k := range c.For {
		out.Kinds = append(out.Kinds, feed.Kind(k))
	}
	for _, s := range c.Steps {
		stage := feed.Stage{
			Name: s.Name, Deciders: s.Deciders, Mode: feed.Mode(s.Mode), Quorum: s.Quorum,
			Within: time.Duration(s.Within), Remind: time.Duration(s.Remind), Escalate: s.Escalate,
		}
		if stage.Mode == "" {
			stage.Mode = feed.BySingle
		}
		for _, m := range s.Members {
			stage.Members = append(stage.Members, feed.MemberID(m))
		}
		out.Stages = append(out.Stages, stage)
	}
	return out
}
