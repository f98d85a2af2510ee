package feed

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Own is what a place says of itself beside its name and kind. What it leaves
// empty is as the nearest place above it says, but for its neighbours and
// whether it shows itself to them: those are never inherited.
type Own struct {
	Calendar string          `json:"calendar,omitempty"` // name of its shift calendar
	Lang     Lang            `json:"lang,omitempty"`     // that its people work in
	Animator MemberID        `json:"animator,omitempty"` // who looks after it
	Charter  *Charter        `json:"charter,omitempty"`
	Words    map[string]Text `json:"words,omitempty"` // what its people call a reaction or a kind of place
	Before   []Path          `json:"before,omitempty"`
	After    []Path          `json:"after,omitempty"`
	Sideways bool            `json:"sideways,omitempty"` // neighbours see its open alerts
}

// Charter is what the people of a place agreed on. Its version rises whenever
// its text changes, so that an acceptance says of which text.
type Charter struct {
	Text    Text      `json:"text"`
	Version int       `json:"version"`
	At      time.Time `json:"at"`
}

// Setting is a value and the place that says it; nobody does when From is empty.
type Setting struct {
	Value string
	From  Path
}

// Setting is what the nearest place at or above p says, where read finds
// something said.
func (t *Tree) Setting(p Path, read func(Own) string) Setting {
	for _, a := range p.Lineage() {
		if v := read(t.nodes[a].Own); v != "" {
			return Setting{v, a}
		}
	}
	return Setting{}
}

// Charter is the charter that holds at p and the place whose it is.
func (t *Tree) Charter(p Path) (*Charter, Path) {
	for _, a := range p.Lineage() {
		if c := t.nodes[a].Own.Charter; c != nil {
			return c, a
		}
	}
	return nil, ""
}

// Renamed is a word that people call otherwise, and the place that says so.
type Renamed struct {
	Text Text
	From Path
}

// Words are what people at p call things, the nearest place having its way for
// each word alone.
func (t *Tree) Words(p Path) map[string]Renamed {
	out := map[string]Renamed{}
	for _, a := range p.Lineage() {
		for word, text := range t.nodes[a].Own.Words {
			if _, said := out[word]; !said {
				out[word] = Renamed{text, a}
			}
		}
	}
	return out
}

// Renameable lists the words that a place may have its own for.
func Renameable() []string {
	var words []string
	for _, r := range Reactions {
		words = append(words, string(r))
	}
	for _, k := range PlaceKinds {
		words = append(words, string(k))
	}
	return words
}

// Way is where a neighbour lies.
type Way string

// Ways: up the line and down the line, or one aisle before and one after.
const (
	Upstream   Way = "before"
	Downstream Way = "after"
)

// Neighbour is a place beside another.
type Neighbour struct {
	Place Path
	Way   Way
	Said  bool // by the place itself; else by the neighbour
}

// Neighbours are the places beside p, by way and path: those that it names, and
// those that name it.
func (t *Tree) Neighbours(p Path) []Neighbour {
	found := map[Neighbour]bool{}
	add := func(at Path, way Way, said bool) {
		if _, ok := t.nodes[at]; ok && at != p {
			found[Neighbour{at, way, said}] = true
		}
	}
	for _, n := range t.nodes {
		if slices.Contains(n.Own.After, p) {
			add(n.Path, Upstream, false)
		}
		if slices.Contains(n.Own.Before, p) {
			add(n.Path, Downstream, false)
		}
	}
	for _, at := range t.nodes[p].Own.Before {
		delete(found, Neighbour{at, Upstream, false})
		add(at, Upstream, true)
	}
	for _, at := range t.nodes[p].Own.After {
		delete(found, Neighbour{at, Downstream, false})
		add(at, Downstream, true)
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b Neighbour) int {
		return cmp.Or(-cmp.Compare(a.Way, b.Way), cmp.Compare(a.Place, b.Place)) // "before" before "after"
	})
}
