package feed

import "slices"

// Scope is the set of territories a reader may see, with everything below
// them. The zero Scope sees nothing. Every query takes one.
type Scope struct {
	Roots  []Path
	Ghosts []Path   // where the reader may see ghosts too; each lies in a root
	Reader MemberID // who sees the shadows that are meant for them
}

// Scope is what m may read: the territories granted with a role that reads,
// without those that lie in another.
func (m Member) Scope() Scope {
	var all, ghosts []Path
	for _, g := range m.Grants {
		if !slices.Contains(allowed[Read], g.Role) {
			continue
		}
		all = append(all, g.Territory)
		if slices.Contains(allowed[Animate], g.Role) {
			ghosts = append(ghosts, g.Territory)
		}
	}
	return Scope{Roots: outermost(all), Ghosts: outermost(ghosts), Reader: m.ID}
}

// Known is the places that m knows of, whether or not m may read there.
func (m Member) Known() Scope {
	var all []Path
	for _, g := range m.Grants {
		if slices.Contains(allowed[Know], g.Role) {
			all = append(all, g.Territory)
		}
	}
	return Scope{Roots: outermost(all), Reader: m.ID}
}

// Contains tells whether p is in scope.
func (s Scope) Contains(p Path) bool { return anyAbove(s.Roots, p) }

// Sees tells whether the reader may see a post: it is in scope, and meant for
// the reader too.
func (s Scope) Sees(p *Post) bool {
	switch p.Audience {
	case Everybody:
		return s.Contains(p.Territory) || s.addressed(p)
	case Ghost:
		return anyAbove(s.Ghosts, p.Territory)
	}
	return s.Contains(p.Territory) && s.Reader != "" && s.Reader == p.ShadowFor
}

// Narrow is the part of the scope at or below p: p itself when it is in scope,
// the roots below it otherwise. An empty p leaves the scope as it is.
func (s Scope) Narrow(p Path) Scope {
	if p == "" {
		return s
	}
	return Scope{Roots: narrow(s.Roots, p), Ghosts: narrow(s.Ghosts, p), Reader: s.Reader}
}

// narrow is the part of the roots at or below p.
func narrow(roots []Path, p Path) []Path {
	if anyAbove(roots, p) {
		return []Path{p}
	}
	var below []Path
	for _, r := range roots {
		if r.Within(p) {
			below = append(below, r)
		}
	}
	return below
}

// anyAbove tells whether p lies in one of the roots.
func anyAbove(roots []Path, p Path) bool {
	for _, r := range roots {
		if p.Within(r) {
			return true
		}
	}
	return false
}

// outermost drops the paths that lie in another, and those that come again.
func outermost(paths []Path) []Path {
	var out []Path
	for i, p := range paths {
		covered := false
		for j, q := range paths {
			if p == q && j < i || p != q && p.Within(q) {
				covered = true
				break
			}
		}
		if !covered {
			out = append(out, p)
		}
	}
	return out
}
