package replay

import (
	"cmp"
	"slices"

	"github.com/fildefer/fildefer/pipeline/editor"
)

// Escalation is how often a role was asked because a post of a rule was not
// taken, or taken and not solved, in time. In a recording without what people
// did nobody takes a post: of those steps, this is the most that can be.
type Escalation struct {
	Rule  string `json:"rule"`
	To    string `json:"to"` // role
	Times int    `json:"times"`
}

// escalations is how often, by rule and role.
type escalations map[asked]int

type asked struct{ rule, role string }

func (s escalations) note(e *editor.Edit) { s[asked{e.Rule, e.To}]++ }

// list is all of them, the most frequent first.
func (s escalations) list() []Escalation {
	list := make([]Escalation, 0, len(s))
	for a, n := range s {
		list = append(list, Escalation{a.rule, a.role, n})
	}
	slices.SortFunc(list, func(a, b Escalation) int {
		return cmp.Or(b.Times-a.Times, cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.To, b.To))
	})
	return list
}
