package feed

import "strings"

// Path is a place in the territory tree: the segments from the root, joined by
// "/" ("lyon/bottling/line-3"). The path is the identity; names are for people.
type Path string

// Group is the place of a group: its members hold grants in it, and nobody above
// it sees into it.
func Group(id string) Path { return Path("@" + id) }

// IsGroup tells whether p is the place of a group.
func (p Path) IsGroup() bool { return strings.HasPrefix(string(p), "@") }

// Within tells whether p is root or lies below it. Every path but a group's is
// within "".
func (p Path) Within(root Path) bool {
	return root == "" && !p.IsGroup() || p == root || root != "" && strings.HasPrefix(string(p), string(root)+"/")
}

// Parent is the path without its last segment, or "" at the root.
func (p Path) Parent() Path {
	i := strings.LastIndexByte(string(p), '/')
	if i < 0 {
		return ""
	}
	return p[:i]
}

// Base is the last segment.
func (p Path) Base() string { return string(p[strings.LastIndexByte(string(p), '/')+1:]) }

// Lineage is p and its ancestors, nearest first.
func (p Path) Lineage() []Path {
	var line []Path
	for ; p != ""; p = p.Parent() {
		line = append(line, p)
	}
	return line
}

// PlaceKind says what a node of the tree is.
type PlaceKind string

// Kinds of places, from the widest to the narrowest.
const (
	Company    PlaceKind = "company"
	Site       PlaceKind = "site"
	Workshop   PlaceKind = "workshop"
	Line       PlaceKind = "line"
	Station    PlaceKind = "station"
	Machine    PlaceKind = "machine"
	Banner     PlaceKind = "banner"
	Store      PlaceKind = "store"
	Department PlaceKind = "department"
	Aisle      PlaceKind = "aisle"
	// Groups stand beside the tree, which knows their names: one that lives, and
	// one that is read and takes nothing more.
	GroupPlace   PlaceKind = "group"
	ArchivePlace PlaceKind = "archive"
)

// PlaceKinds lists every kind of node, for checks and messages.
var PlaceKinds = []PlaceKind{Company, Site, Workshop, Line, Station, Machine, Banner, Store, Department, Aisle}

// Territory is one node of the tree. A machine is a node too: its posts stand
// at its parent.
type Territory struct {
	Path Path
	Name string
	Kind PlaceKind
	// Target is what the machine's or line's "rate" signal should be, 0 when
	// unknown.
	Target float64
	// Rollout is how far the territory is with Fildefer; empty: as above it,
	// and Open at the root.
	Rollout Rollout
	// Own is what else the place says of itself.
	Own Own
}

// Rollout is how far a territory is with Fildefer.
type Rollout string

// Rollouts. In a ghost territory rules run and nobody is told, which makes the
// baseline; in a pilot people see posts and nobody is asked for help.
const (
	RolloutGhost Rollout = "ghost"
	RolloutPilot Rollout = "pilot"
	RolloutOpen  Rollout = "open"
)

// Rollouts lists every rollout, for checks and messages.
var Rollouts = []Rollout{RolloutGhost, RolloutPilot, RolloutOpen}

// Tree answers questions about the whole territory tree. It is immutable.
type Tree struct {
	nodes map[Path]Territory
	moved map[Path]Path // where places that are gone went
}

// NewTree indexes nodes by path.
func NewTree(nodes []Territory) *Tree {
	t := &Tree{nodes: make(map[Path]Territory, len(nodes))}
	for _, n := range nodes {
		t.nodes[n.Path] = n
	}
	return t
}

// WithMoves is the tree, which knows where places that are gone went: machines
// go on speaking under the path that they were set up with.
func (t *Tree) WithMoves(moved map[Path]Path) *Tree { return &Tree{nodes: t.nodes, moved: moved} }

// Now is where p is since its place, or one above it, was moved.
func (t *Tree) Now(p Path) Path {
	for range len(t.moved) { // no chain of moves is longer
		next := t.step(p)
		if next == p {
			break
		}
		p = next
	}
	return p
}

// step follows the move of the nearest place at or above p.
func (t *Tree) step(p Path) Path {
	for _, a := range p.Lineage() {
		if _, stands := t.nodes[a]; stands {
			return p
		}
		if to, gone := t.moved[a]; gone {
			return to + p[len(a):]
		}
	}
	return p
}

// Get returns the node at p.
func (t *Tree) Get(p Path) (Territory, bool) {
	n, ok := t.nodes[p]
	return n, ok
}

// Name is what people call p: its own name, else its last segment.
func (t *Tree) Name(p Path) string {
	p = t.Now(p)
	if n, ok := t.nodes[p]; ok && n.Name != "" {
		return n.Name
	}
	return p.Base()
}

// Rollout is how far p is: what its nearest place at or above it says that
// says anything, and Open when none does.
func (t *Tree) Rollout(p Path) Rollout {
	for _, a := range append(p.Lineage(), "") {
		if n, ok := t.nodes[a]; ok && n.Rollout != "" {
			return n.Rollout
		}
	}
	return RolloutOpen
}

// StoreOf is the nearest store at or above p, or p itself when there is none:
// articles are counted by store, reported in an aisle.
func (t *Tree) StoreOf(p Path) Path {
	p = t.Now(p)
	for _, a := range p.Lineage() {
		if n, ok := t.nodes[a]; ok && n.Kind == Store {
			return a
		}
	}
	return p
}

// Home is where a post about p stands: p itself when the tree knows it as a
// place for people, else the nearest such ancestor, else p's root as it is.
func (t *Tree) Home(p Path) Path {
	p = t.Now(p)
	for _, a := range p.Lineage() {
		if n, ok := t.nodes[a]; ok && n.Kind != Machine {
			return a
		}
	}
	return p
}
