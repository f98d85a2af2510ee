package feed

import (
	"cmp"
	"slices"
)

// Account is a member and how that member may sign in.
type Account struct {
	Member
	PIN     bool
	Badge   bool
	Company bool // by the company's account
}

// Colleague is somebody who works at a place, with the grant that says so.
type Colleague struct {
	Member
	Grant
}

// Colleagues lists who may write at place, or somewhere below it, and has a PIN
// to sign in with: first those whose own place it is, then those of the places
// around it, the nearest first.
func Colleagues(accounts []Account, place Path, limit int) []Colleague {
	var out []Colleague
	for _, a := range accounts {
		if !a.PIN {
			continue
		}
		var near []Grant
		for _, g := range a.Grants {
			if slices.Contains(allowed[Write], g.Role) && (place.Within(g.Territory) || g.Territory.Within(place)) {
				near = append(near, g)
			}
		}
		if len(near) > 0 {
			out = append(out, Colleague{a.Member, slices.MinFunc(near, func(x, y Grant) int { return cmp.Compare(x.far(place), y.far(place)) })})
		}
	}
	slices.SortStableFunc(out, func(x, y Colleague) int {
		return cmp.Or(cmp.Compare(x.far(place), y.far(place)), cmp.Compare(x.Name, y.Name))
	})
	return out[:min(len(out), limit)]
}

// far is how many steps of the tree lie between the grant's territory and a
// place above or below it.
func (g Grant) far(place Path) int {
	steps := len(g.Territory.Lineage()) - len(place.Lineage())
	return max(steps, -steps)
}
