package feed

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Animated is a place that has an animator, or had one.
type Animated struct {
	Territory Path
	Since     time.Time // when its animator left or laid the part down; zero: it has one
}

// successionTx is what a transaction keeps of who animates places.
type successionTx interface {
	// AnimatedPlaces are those that have an animator of their own, or had one.
	AnimatedPlaces(ctx context.Context) (map[Path]Animated, error)
	KeepAnimated(ctx context.Context, a Animated) error
	DropAnimated(ctx context.Context, p Path) error
	// KeepersAt lists who keeps a group whose home is at or below a place.
	KeepersAt(ctx context.Context, place Path) ([]MemberID, error)
}

// Succession sees that no place goes without an animator unnoticed: in whichever
// way the last one left, those who may name another are told, once.
type Succession struct {
	repo Repository
	now  func() time.Time
}

// NewSuccession returns the succession of the animators in repo, whose clock is now.
func NewSuccession(repo Repository, now func() time.Time) *Succession {
	return &Succession{repo: repo, now: now}
}

// Look compares who animates places with the last look.
func (s *Succession) Look(ctx context.Context) error {
	err := s.repo.InTx(ctx, func(tx Tx) error {
		tree, err := tx.Tree(ctx)
		if err != nil {
			return err
		}
		a, err := animators(ctx, tx, tree)
		if err != nil {
			return err
		}
		known, err := tx.AnimatedPlaces(ctx)
		if err != nil {
			return err
		}
		own := a.own(tree)
		for _, one := range known {
			delete(own, one.Territory)
			if err := s.see(ctx, tx, tree, one, a.leads(tree, one.Territory), true); err != nil {
				return err
			}
		}
		for p := range own {
			if err := s.see(ctx, tx, tree, Animated{Territory: p}, a.leads(tree, p), false); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("look who animates places: %w", err)
	}
	return nil
}

// see keeps how one place stands, and tells when it has just lost its animator.
func (s *Succession) see(ctx context.Context, tx Tx, tree *Tree, one Animated, led, known bool) error {
	_, stands := tree.Get(one.Territory)
	switch {
	case !stands:
		return tx.DropAnimated(ctx, one.Territory)
	case known && led == one.Since.IsZero():
		return nil
	case led:
		if err := tx.Clear(ctx, one.key()); err != nil {
			return err
		}
		one.Since = time.Time{}
	default:
		one.Since = s.now().UTC().Truncate(time.Millisecond)
		if err := s.tell(ctx, tx, tree, one); err != nil {
			return err
		}
	}
	return tx.KeepAnimated(ctx, one)
}

func (a Animated) key() string {
	return fmt.Sprintf("unled/%s/%d", a.Territory, a.Since.UnixMilli())
}

// tell tells those who may name an animator, and those who keep the groups there.
func (s *Succession) tell(ctx context.Context, tx Tx, tree *Tree, one Animated) error {
	place := one.Territory
	to, err := tx.Reach(ctx, Population{Places: []Path{place}, Roles: allowed[Arrange]})
	if err != nil {
		return fmt.Errorf("who arranges %s: %w", place, err)
	}
	to = slices.DeleteFunc(to, func(m Member) bool { return !Can(m, Arrange, place) })
	keepers, err := tx.KeepersAt(ctx, place)
	if err != nil {
		return err
	}
	ids := keepers
	for _, m := range to {
		ids = append(ids, m.ID)
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if err := tx.Tell(ctx, Notification{
			ID: newID(one.Since), Member: id, Key: one.key(), Why: Unled, Page: placePage(place), At: one.Since,
			Text:   Text{FR: "Ce lieu n’a plus d’animateur : {place}", EN: "This place no longer has a community lead: {place}"},
			Values: Values{"place": tree.Name(place)},
		}); err != nil {
			return err
		}
	}
	return nil
}

// Unled are the places that have lost their animator, with since when.
func (s *Succession) Unled(ctx context.Context) (map[Path]time.Time, error) {
	out := map[Path]time.Time{}
	err := s.repo.InTx(ctx, func(tx Tx) error {
		clear(out)
		tree, err := tx.Tree(ctx)
		if err != nil {
			return err
		}
		a, err := animators(ctx, tx, tree)
		if err != nil {
			return err
		}
		known, err := tx.AnimatedPlaces(ctx)
		for p, one := range known {
			if !one.Since.IsZero() && !a.leads(tree, p) {
				out[p] = one.Since
			}
		}
		return err
	})
	return out, err
}

// Led tells whether somebody animates a place: who is named there or above, or
// who has the part of an animator over it.
func (s *Succession) Led(ctx context.Context, place Path) (led bool, err error) {
	err = s.repo.InTx(ctx, func(tx Tx) error {
		tree, err := tx.Tree(ctx)
		if err != nil {
			return err
		}
		a, err := animators(ctx, tx, tree)
		led = a.leads(tree, place)
		return err
	})
	return led, err
}

// animating are those who animate places: by their part, or by name.
type animating struct {
	parts []Member
	named map[MemberID]Member
}

// animators reads who animates anything.
func animators(ctx context.Context, tx Tx, tree *Tree) (a animating, err error) {
	if a.parts, err = tx.Reach(ctx, Population{Roles: []Role{Animator}}); err != nil {
		return a, fmt.Errorf("animators: %w", err)
	}
	var names []MemberID
	for _, n := range tree.Below("") {
		if n.Own.Animator != "" {
			names = append(names, n.Own.Animator)
		}
	}
	a.named = map[MemberID]Member{}
	if len(names) == 0 {
		return a, nil
	}
	found, err := tx.Reach(ctx, Population{People: names})
	if err != nil {
		return a, fmt.Errorf("animators by name: %w", err)
	}
	for _, m := range found {
		a.named[m.ID] = m
	}
	return a, nil
}

// own are the places that name an animator, or that somebody has the part for.
func (a animating) own(tree *Tree) map[Path]bool {
	out := map[Path]bool{}
	for _, n := range tree.Below("") {
		if n.Own.Animator != "" {
			out[n.Path] = true
		}
	}
	for _, m := range a.parts {
		for _, g := range m.Grants {
			if _, stands := tree.Get(g.Territory); stands && g.Role == Animator && !g.Territory.IsGroup() {
				out[g.Territory] = true
			}
		}
	}
	return out
}

// leads tells whether somebody animates a place. Whoever is named there and is
// gone leaves it without, though others may look after it meanwhile.
func (a animating) leads(tree *Tree, place Path) bool {
	said := tree.Setting(place, func(o Own) string { return string(o.Animator) })
	if m, is := a.named[MemberID(said.Value)]; is && Can(m, Read, place) {
		return true
	}
	if said.From == place && said.Value != "" {
		return false
	}
	return slices.ContainsFunc(a.parts, func(m Member) bool {
		return slices.ContainsFunc(m.Grants, func(g Grant) bool { return g.Role == Animator && place.Within(g.Territory) })
	})
}
