package rule

import (
	"slices"
	"strings"
)

// Editorial is what a rule asks for its posts, beside their sentence. An engine
// carries it; whoever makes posts of its effects reads it.
type Editorial struct {
	Owner    string   `yaml:"owner"`    // who keeps the rule, such as "@maintenance"
	Question Title    `yaml:"question"` // what the post asks people
	Causes   []Title  `yaml:"causes"`   // answers that are offered when it is closed
	Actions  []Title  `yaml:"actions"`
	Shadow   *Shadow  `yaml:"shadow"`
	Group    Group    `yaml:"group"`
	Escalate []Step   `yaml:"escalate"`
	Expect   Expected `yaml:"expect"`
	Shelve   Shelving `yaml:"shelve"`

	SuppressedBy []Suppression `yaml:"suppressed_by"`
}

// Shadow lets a rule run for its author's eyes only, beside the one that it
// may replace.
type Shadow struct {
	Author string `yaml:"author"` // member who sees its posts
	Of     string `yaml:"of"`     // id of the rule to compare with; may be empty
}

// author is who alone sees the posts of a rule in shadow, or "".
func (e *Editorial) author() string {
	if e.Shadow == nil {
		return ""
	}
	return e.Shadow.Author
}

// Group gathers conditions of one rule's topic in one post.
type Group struct {
	By    string `yaml:"by"`    // "asset" (default: no grouping), "line" (the asset's parent) or "territory"
	Wait  Delay  `yaml:"wait"`  // how long the first waits for others before it is posted
	Until Delay  `yaml:"until"` // how long after the last opening others still join; default 10m
}

// What conditions are grouped by.
const (
	ByAsset     = "asset"
	ByLine      = "line"
	ByTerritory = "territory"
)

// Suppression silences a condition while one of another rule holds, which lists
// it.
type Suppression struct {
	Rule  string `yaml:"rule"`
	Where string `yaml:"where"` // where the other holds: "same" asset, "above" (on an ancestor, or the same), "beside" (same parent)
}

// Where a suppressing condition may hold.
const (
	Same   = "same"
	Above  = "above"
	Beside = "beside"
)

// Step is one escalation: to a role on shift, when a post was not taken after a
// while, or taken and not solved.
type Step struct {
	After Delay  `yaml:"after"`
	To    string `yaml:"to"`   // role
	When  string `yaml:"when"` // "not_taken" (default) or "not_solved"
}

// When a step of an escalation is due.
const (
	NotTaken  = "not_taken"
	NotSolved = "not_solved"
)

// Expected is what the owner expects of the rule; tests and figures hold it
// against what happened.
type Expected struct {
	PostsPerDay float64 `yaml:"posts_per_day"`
}

// Shelving bounds how long people may silence a condition. Default 8h.
type Shelving struct {
	Max Delay `yaml:"max"`
}

func (e *Editorial) check() []fault {
	var faults []fault
	known := func(key, got string, allowed ...string) {
		if !slices.Contains(allowed, got) {
			faults = append(faults, fault{key, unknown(key[strings.LastIndexByte(key, '.')+1:], got, allowed)})
		}
	}
	if e.Group.By == "" {
		e.Group.By = ByAsset
	}
	known("group.by", e.Group.By, ByAsset, ByLine, ByTerritory)
	for i := range e.SuppressedBy {
		s := &e.SuppressedBy[i]
		if s.Where == "" {
			s.Where = Same
		}
		known("suppressed_by", s.Where, Same, Above, Beside)
		if s.Rule == "" {
			faults = append(faults, fault{"suppressed_by", "name the rule that suppresses"})
		}
	}
	for i := range e.Escalate {
		s := &e.Escalate[i]
		if s.When == "" {
			s.When = NotTaken
		}
		known("escalate", s.When, NotTaken, NotSolved)
		if s.To == "" || s.After.Duration == 0 {
			faults = append(faults, fault{"escalate", "say after how long and to which role: {after: 5m, to: lead}"})
		}
	}
	if e.Shadow != nil && e.Shadow.Author == "" {
		faults = append(faults, fault{"shadow.author", "name the member who sees its posts"})
	}
	return faults
}
