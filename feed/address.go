package feed

import (
	"context"
	"fmt"
	"slices"
)

// addressed tells whether a post is put to a place that the reader reads, or
// that lies above one: an announcement to a site is for its lines too.
func (s Scope) addressed(p *Post) bool {
	return slices.ContainsFunc(p.Addressees(), func(place Path) bool {
		return slices.ContainsFunc(s.Roots, func(root Path) bool { return root.Within(place) || place.Within(root) })
	})
}

// Addressees are the places that a post is put to, besides where it stands.
func (p *Post) Addressees() []Path {
	if p.Talk == nil || p.Talk.For == nil {
		return nil
	}
	return p.Talk.For.Places
}

// meets is where m meets a post: where it stands, or, to answer what is put to
// m's own place, there. Whoever handles or moderates does so where it stands.
func (m Member) meets(p *Post, a Action) Path {
	if a != Read && a != Write || Can(m, a, p.Territory) {
		return p.Territory
	}
	for _, g := range m.Grants {
		if (Scope{Roots: []Path{g.Territory}}).addressed(p) && Can(m, a, g.Territory) {
			return g.Territory
		}
	}
	return p.Territory
}

// CanOn tells whether m, who sees a post, may do a to it.
func CanOn(m Member, a Action, p *Post) bool { return Can(m, a, m.meets(p, a)) }

// fit refuses what a post is not for: words among people are not taken nor
// solved, and an archive takes nothing more.
func fit(ctx context.Context, tx Tx, a Action, p *Post) error {
	if (a == Attend || a == Handle) && p.told() {
		return Refuse(Conflict, "Cette publication n’est pas à prendre : elle se lit.", "This post is not to be taken: it is to be read.")
	}
	if !p.Territory.IsGroup() || a == Read {
		return nil
	}
	tree, err := tx.Tree(ctx)
	if err != nil {
		return fmt.Errorf("territory tree: %w", err)
	}
	if n, ok := tree.Get(p.Territory); !ok || n.Kind == ArchivePlace {
		return errArchived
	}
	return nil
}

// told tells whether a post only says something: nobody takes it.
func (p *Post) told() bool {
	return p.Kind == Note || p.Kind == Announcement || p.Kind == MustRead || p.Kind == Practice
}
