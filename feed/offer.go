package feed

import (
	"cmp"
	"slices"
	"strings"
)

// maxOffered bounds the people that are offered while somebody types.
const maxOffered = 6

// Offer is whom a beginning of a name may mean.
type Offer struct {
	People []Member
	Roles  []Calling
}

// Calling is a role or function that can be called, and who would hear.
type Calling struct {
	Role    Role
	Name    string
	Present int
	Total   int
}

// Offer lists whom somebody may mean who has typed q after an @: people who may
// read the post, those present first, then roles and functions.
func (c *Crowd) Offer(by MemberID, lang Lang, q string) Offer {
	q = Fold(strings.TrimSpace(q))
	var out Offer
	for _, m := range c.readers {
		if m.ID != by && begins(m.Name, q) {
			out.People = append(out.People, m)
		}
	}
	slices.SortStableFunc(out.People, func(a, b Member) int {
		if pa, pb := c.present[a.ID], c.present[b.ID]; pa != pb {
			if pa {
				return -1
			}
			return 1
		}
		return strings.Compare(Fold(a.Name), Fold(b.Name))
	})
	out.People = out.People[:min(len(out.People), maxOffered)]
	for _, r := range c.roles() {
		call := Calling{Role: r, Name: CallingOf(r, lang)}
		if !begins(call.Name, q) {
			continue
		}
		for _, m := range c.plays(r) {
			if m.ID == by {
				continue
			}
			call.Total++
			if c.present[m.ID] {
				call.Present++
			}
		}
		if call.Total > 0 {
			out.Roles = append(out.Roles, call)
		}
	}
	slices.SortFunc(out.Roles, func(a, b Calling) int {
		return cmp.Or(cmp.Compare(min(b.Present, 1), min(a.Present, 1)), cmp.Compare(rankOf(a.Role), rankOf(b.Role)), strings.Compare(Fold(a.Name), Fold(b.Name)))
	})
	return out
}

// rankOf puts functions, which say what somebody can do, before roles.
func rankOf(r Role) int {
	if slices.Contains(Roles, r) {
		return 1
	}
	return 0
}

// begins tells whether a word of a name begins with the folded q.
func begins(name, q string) bool {
	folded := Fold(name)
	return strings.HasPrefix(folded, q) || strings.Contains(folded, " "+q)
}
