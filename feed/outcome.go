package feed

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// count makes the place that more than half agree to, and ends what half do not
// want. Who spoke last sees it; the others are told.
func (s *Proposals) count(ctx context.Context, tx Tx, p *Proposal, last MemberID) error {
	agree, refuse := p.counted()
	switch {
	case 2*agree > len(p.People):
		c, err := s.gather(ctx, tx, p)
		if err != nil {
			return fmt.Errorf("make the place %s: %w", p.ID, err)
		}
		if err := s.settle(ctx, tx, p, ProposalAccepted, Group(c.ID)); err != nil {
			return err
		}
		return s.tellOpen(ctx, tx, p, c, last)
	case 2*refuse >= len(p.People):
		if err := s.settle(ctx, tx, p, ProposalDeclined, ""); err != nil {
			return err
		}
		text := Text{FR: "« {name} » ne se fera pas : trop peu de personnes l’ont accepté.", EN: "“{name}” will not be made: too few people agreed."}
		return s.tell(ctx, tx, p, p.agreed(), last, "/groups", text)
	}
	return nil
}

// settle keeps what became of a proposal: it asks nobody any more.
func (s *Proposals) settle(ctx context.Context, tx Tx, p *Proposal, state ProposalState, place Path) error {
	if err := tx.Settle(ctx, p.ID, state, place, s.now().UTC()); err != nil {
		return err
	}
	return tx.Clear(ctx, p.question())
}

// gather makes the group that a proposal becomes. Who proposed it keeps it, or
// else the first who agreed; who said nothing is invited.
func (s *Proposals) gather(ctx context.Context, tx Tx, p *Proposal) (*Circle, error) {
	people, err := tx.Reach(ctx, Population{People: p.People})
	if err != nil {
		return nil, err
	}
	at := s.now().UTC()
	c := &Circle{ID: newID(at), Name: p.Name, Purpose: p.About, Kind: PlaceCircle, Join: JoinAsked, Hidden: true, Home: homeOf(people), MadeAt: at}
	if err := tx.SaveCircle(ctx, *c); err != nil {
		return nil, err
	}
	role := Keeper
	for _, m := range p.agreed() {
		if err := tx.SetFellow(ctx, c.ID, Fellow{Member: m, Role: role, Since: at}); err != nil {
			return nil, err
		}
		role = Insider
	}
	for _, m := range p.silent() {
		if err := tx.SetCall(ctx, c.ID, Call{Member: m, Invited: true, At: at}); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// agreed are those who said yes, who proposed it first.
func (p *Proposal) agreed() []MemberID {
	var out []MemberID
	for _, m := range p.People {
		switch {
		case !p.Votes[m]:
		case m == p.By:
			out = slices.Insert(out, 0, m)
		default:
			out = append(out, m)
		}
	}
	return out
}

// silent are those who said nothing.
func (p *Proposal) silent() []MemberID {
	return slices.DeleteFunc(slices.Clone(p.People), func(m MemberID) bool { _, said := p.Votes[m]; return said })
}

// homeOf is the innermost place that all of these people work around; empty when
// they have none in common.
func homeOf(people []Member) Path {
	var all []Path
	for _, m := range people {
		for _, g := range m.Grants {
			if !g.Territory.IsGroup() {
				all = append(all, g.Territory.Lineage()...)
			}
		}
	}
	slices.SortFunc(all, func(a, b Path) int { return cmp.Or(len(b.Lineage())-len(a.Lineage()), cmp.Compare(a, b)) })
	for _, home := range all {
		if !slices.ContainsFunc(people, func(m Member) bool { return !m.Around(home) }) {
			return home
		}
	}
	return ""
}

// tellOpen says that the place is there, to those who are in it and to those who
// are invited.
func (s *Proposals) tellOpen(ctx context.Context, tx Tx, p *Proposal, c *Circle, last MemberID) error {
	in := Text{FR: "Le territoire « {name} » est ouvert : vous y êtes.", EN: "The place “{name}” is open: you are in it."}
	if err := s.tell(ctx, tx, p, p.agreed(), last, c.page(), in); err != nil {
		return err
	}
	for _, m := range p.silent() {
		n := p.note(m, s.now().UTC(), Invited, c.page(), Text{FR: "Le territoire « {name} » est ouvert : vous y êtes invité.", EN: "The place “{name}” is open: you are invited."})
		n.Key = c.invitation(m)
		if err := tx.Tell(ctx, n); err != nil {
			return fmt.Errorf("invite %s: %w", m, err)
		}
	}
	return nil
}

// tell says to people, but for who spoke last, what became of a proposal.
func (s *Proposals) tell(ctx context.Context, tx Tx, p *Proposal, people []MemberID, last MemberID, page string, text Text) error {
	for _, m := range people {
		if m == last {
			continue
		}
		if err := tx.Tell(ctx, p.note(m, s.now().UTC(), Decided, page, text)); err != nil {
			return fmt.Errorf("tell %s what became of a proposal: %w", m, err)
		}
	}
	return nil
}

// question is the key of what asks those concerned.
func (p *Proposal) question() string { return "proposal " + p.ID }

// note tells somebody of the outcome, unless it has another key.
func (p *Proposal) note(to MemberID, at time.Time, why Why, page string, text Text) Notification {
	return Notification{ID: newID(at), Member: to, Key: p.question() + " outcome", Why: why, Page: page, Text: text, Values: Values{"name": p.Name}, At: at}
}
