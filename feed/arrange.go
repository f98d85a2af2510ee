package feed

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// maxNeighbours bounds how many places one names on a side.
const maxNeighbours = 8

// checkEdit refuses what an edit may not make of a place.
func (s *Places) checkEdit(ctx context.Context, tx Tx, tree *Tree, m Member, e Edit, after Territory) error {
	if err := checkPlace(after); err != nil {
		return err
	}
	if after.Target < 0 {
		return Refuse(Invalid, "La cadence visée est un nombre positif.", "The target rate is a positive number.")
	}
	if e.Lang != nil && !slices.Contains([]Lang{"", French, English}, *e.Lang) {
		return Refuse(Invalid, "La langue est fr ou en.", "The language is fr or en.")
	}
	if e.Calendar != nil && *e.Calendar != "" {
		if err := checkText(*e.Calendar, MaxName, Text{FR: "Le calendrier", EN: "The calendar"}); err != nil {
			return err
		}
	}
	if e.Charter != nil && !e.Charter.IsZero() {
		for _, text := range []string{e.Charter.FR, e.Charter.EN} {
			if err := checkText(text, MaxText, Text{FR: "La charte", EN: "The charter"}); text != "" && err != nil {
				return err
			}
		}
	}
	if e.Animator != nil && *e.Animator != "" {
		if is, err := tx.IsMember(ctx, *e.Animator); err != nil || !is {
			return cmpErr(err, Refuse(Invalid, "Personne ne s’identifie sous « {id} ».", "Nobody signs in as “{id}”.").With(Values{"id": string(*e.Animator)}))
		}
	}
	return checkNeighbours(tree, m, e, after)
}

func cmpErr(err error, otherwise *Error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// checkNeighbours lets a place name those that stand and that m knows of.
func checkNeighbours(tree *Tree, m Member, e Edit, after Territory) error {
	for _, given := range []*[]Path{e.Before, e.After} {
		if given == nil {
			continue
		}
		if len(*given) > maxNeighbours {
			return Refuse(Invalid, "Un territoire a 8 voisins de chaque côté, au plus.", "A place has at most 8 neighbours on each side.")
		}
		for _, p := range *given {
			_, stands := tree.Get(p)
			if !stands || !Can(m, Know, p) || p == after.Path {
				return Refuse(Invalid, "« {path} » n’est pas un voisin possible : choisissez un autre territoire.", "“{path}” is no possible neighbour: choose another place.").
					With(Values{"path": shortened(string(p))})
			}
		}
	}
	return nil
}

// Move hangs a place, with all below it, under another and returns its new
// path. Posts stay where they were; what its machines say from now on stands at
// the new place.
func (s *Places) Move(ctx context.Context, m Member, p, parent Path) (to Path, err error) {
	to = parent + "/" + Path(p.Base())
	err = s.arrange(ctx, m, p, func(tx Tx, tree *Tree) error {
		if err := Require(m, Arrange, parent); err != nil {
			return err
		}
		_, stands := tree.Get(parent)
		_, taken := tree.Get(to)
		switch {
		case !stands:
			return ErrNotFound
		case parent.Within(p):
			return Refuse(Invalid, "Un territoire ne se range pas au-dessous de lui-même.", "A place cannot be put below itself.")
		case to == p:
			return nil
		case taken:
			return Refuse(Conflict, "Il y a déjà « {path} » à cet endroit.", "There is a “{path}” there already.").With(Values{"path": p.Base()})
		}
		if err := s.moveAll(ctx, tx, m, tree, p, to); err != nil {
			return err
		}
		return s.audit(ctx, tx, m, "territory.move", to, map[string]string{"from": string(p), "to": string(to)})
	})
	return to, err
}

func (s *Places) moveAll(ctx context.Context, tx Tx, m Member, tree *Tree, from, to Path) error {
	moved := func(p Path) Path {
		if p.Within(from) {
			return to + p[len(from):]
		}
		return p
	}
	for _, n := range tree.Below(from) {
		after := n
		after.Path = moved(n.Path)
		if err := CheckPath(after.Path); err != nil {
			return err
		}
		if err := s.set(ctx, tx, m, Territory{Own: n.Own}, after); err != nil {
			return err
		}
		if err := tx.ClosePlace(ctx, n.Path, after.Path); err != nil {
			return err
		}
	}
	for _, n := range tree.Below("") { // those that name what moved
		after := n
		after.Path = moved(n.Path)
		after.Own.Before, after.Own.After = renamed(n.Own.Before, moved), renamed(n.Own.After, moved)
		if same(Territory{Own: n.Own}, Territory{Own: after.Own}) {
			continue
		}
		if err := tx.SetPlace(ctx, after); err != nil {
			return err
		}
	}
	if err := tx.Rehome(ctx, from, to); err != nil {
		return fmt.Errorf("people of %s: %w", from, err)
	}
	return nil
}

func renamed(paths []Path, moved func(Path) Path) []Path {
	var out []Path
	for _, p := range paths {
		out = append(out, moved(p))
	}
	return out
}

// Below lists the nodes at or below p, by path.
func (t *Tree) Below(p Path) []Territory {
	var out []Territory
	for _, n := range t.nodes {
		if n.Path.Within(p) {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b Territory) int { return strings.Compare(string(a.Path), string(b.Path)) })
	return out
}

// Close takes a place without open posts and without places below it off the
// tree; what was said there stays readable.
func (s *Places) Close(ctx context.Context, m Member, p Path) error {
	return s.arrange(ctx, m, p, func(tx Tx, tree *Tree) error {
		if below := tree.Below(p); len(below) > 1 {
			return Refuse(Conflict, "Il reste {n} territoires au-dessous : fermez-les d’abord.", "There are {n} places below: close them first.").With(Values{"n": float64(len(below) - 1)})
		}
		open, err := tx.OpenAt(ctx, p, 1)
		if err != nil {
			return fmt.Errorf("open posts at %s: %w", p, err)
		}
		if len(open) > 0 {
			return Refuse(Conflict, "Il reste des publications ouvertes ici : clôturez-les d’abord.", "There are open posts here: close them first.")
		}
		if err := tx.ClosePlace(ctx, p, ""); err != nil {
			return err
		}
		n, _ := tree.Get(p)
		return s.audit(ctx, tx, m, "territory.close", p, map[string]string{"name": n.Name, "kind": string(n.Kind)})
	})
}
