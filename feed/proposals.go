package feed

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Proposals is what people do about places beside the tree.
type Proposals struct {
	repo Repository
	now  func() time.Time
}

// NewProposals returns a service that makes of accepted proposals groups.
func NewProposals(repo Repository, now func() time.Time) *Proposals {
	return &Proposals{repo: repo, now: now}
}

// Propose asks people for a place of their own; who asks is one of them and
// agrees.
func (s *Proposals) Propose(ctx context.Context, m Member, d ProposalDraft) (id string, err error) {
	if err := d.check(); err != nil {
		return "", err
	}
	now := s.now().UTC()
	id = newID(now)
	err = s.repo.InTx(ctx, func(tx Tx) error {
		if !slices.ContainsFunc(m.Grants, func(g Grant) bool { return Can(m, Write, g.Territory) }) {
			return Refuse(Forbidden, "Votre rôle ne permet pas de proposer un territoire.", "Your role does not let you propose a place.")
		}
		people, err := concerned(ctx, tx, m, d)
		if err != nil {
			return err
		}
		p := Proposal{
			ID: id, Name: d.Name, About: d.About, People: people, Places: d.Places, Reason: Reason{Words: d.Why}, By: m.ID, State: ProposalAsked, At: now,
		}
		if err := s.ask(ctx, tx, p); err != nil {
			return err
		}
		return tx.VoteOn(ctx, id, m.ID, true, now)
	})
	return id, err
}

// concerned are those whom a draft names, those who work at its places, and who
// proposes it. Nobody is told by it who signs in on another site.
func concerned(ctx context.Context, tx Tx, m Member, d ProposalDraft) ([]MemberID, error) {
	if len(d.People) >= maxConcerned {
		return nil, errConcerned()
	}
	tree, err := tx.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	for _, p := range d.Places {
		if _, stands := tree.Get(p); !stands || p.IsGroup() || !m.Around(p) {
			return nil, Refuse(Invalid, "« {path} » n’est pas un lieu autour de vous : choisissez-en un autre.", "“{path}” is no place around you: choose another.").
				With(Values{"path": shortened(string(p))})
		}
	}
	found, err := tx.Reach(ctx, Population{Places: d.Places, People: d.People})
	if err != nil {
		return nil, fmt.Errorf("whom a proposal concerns: %w", err)
	}
	people := []MemberID{m.ID}
	for _, one := range found {
		named := slices.Contains(d.People, one.ID) && (one.ID == m.ID || m.SharesSite(one))
		if named || slices.ContainsFunc(d.Places, one.belongs) {
			people = append(people, one.ID)
		}
	}
	for _, id := range d.People {
		if !slices.Contains(people, id) {
			return nil, Refuse(Invalid, "Personne ne s’identifie sous « {id} ».", "Nobody signs in as “{id}”.").With(Values{"id": shortened(string(id))})
		}
	}
	slices.Sort(people)
	if people = slices.Compact(people); len(people) < 2 || len(people) > maxConcerned {
		return nil, errConcerned()
	}
	return people, nil
}

func errConcerned() error {
	return Refuse(Invalid, "Nommez de 1 à {n} collègues, ou un lieu qui n’en compte pas plus.", "Name 1 to {n} colleagues, or a place that has no more.").
		With(Values{"n": float64(maxConcerned - 1)})
}

// ask keeps a proposal and tells those concerned.
func (s *Proposals) ask(ctx context.Context, tx Tx, p Proposal) error {
	if err := tx.Propose(ctx, p); err != nil {
		return err
	}
	for _, one := range p.People {
		if one == p.By {
			continue
		}
		n := p.note(one, p.At, Invited, "/groups", Text{FR: "Un territoire à vous : « {name} » ?", EN: "A place of your own: “{name}”?"})
		n.Key = p.question()
		if err := tx.Tell(ctx, n); err != nil {
			return fmt.Errorf("tell %s of a proposal: %w", one, err)
		}
	}
	return nil
}

// Answer is a word of one of those concerned: more than half make the place,
// half against it end the proposal.
func (s *Proposals) Answer(ctx context.Context, m Member, id string, yes bool) error {
	return s.repo.InTx(ctx, func(tx Tx) error {
		p, err := asked(ctx, tx, m, id)
		if err != nil {
			return err
		}
		if err := tx.VoteOn(ctx, id, m.ID, yes, s.now().UTC()); err != nil {
			return err
		}
		p.Votes[m.ID] = yes
		return s.count(ctx, tx, p, m.ID)
	})
}

// Withdraw is for who proposed it, while those concerned answer.
func (s *Proposals) Withdraw(ctx context.Context, m Member, id string) error {
	return s.repo.InTx(ctx, func(tx Tx) error {
		p, err := asked(ctx, tx, m, id)
		if err != nil {
			return err
		}
		if p.By != m.ID {
			return Refuse(Forbidden, "Seule la personne qui propose peut retirer sa proposition.", "Only who proposes may withdraw a proposal.")
		}
		return s.settle(ctx, tx, p, ProposalWithdrawn, "")
	})
}

// asked is a proposal that concerns m and waits for answers.
func asked(ctx context.Context, tx Tx, m Member, id string) (*Proposal, error) {
	p, err := tx.Proposal(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(p.People, m.ID):
		return nil, ErrNotFound
	case p.State == ProposalWithdrawn:
		return nil, Refuse(Conflict, "Cette proposition a été retirée.", "This proposal was withdrawn.")
	case p.State != ProposalAsked:
		return nil, Refuse(Conflict, "Cette proposition a déjà sa réponse.", "This proposal has its answer already.")
	}
	return p, nil
}

// Suggest looks at who keeps answering each other across branches and proposes
// each of them a place, once for the same people.
func (s *Proposals) Suggest(ctx context.Context, name func([]Path) string) (made int, err error) {
	err = s.repo.InTx(ctx, func(tx Tx) error {
		made = 0
		now := s.now().UTC()
		exchanges, err := tx.Exchanges(ctx, now.Add(-KinshipOver))
		if err != nil {
			return err
		}
		for _, k := range Kinships(exchanges) {
			p := Proposal{
				ID: k.id(), Name: name(k.Branches), People: k.People, Reason: Reason{Threads: k.Threads, Branches: k.Branches}, State: ProposalAsked, At: now,
			}
			if _, err := tx.Proposal(ctx, p.ID); err == nil {
				continue
			} else if ProblemOf(err) != NotFound {
				return err
			}
			if err := s.ask(ctx, tx, p); err != nil {
				return err
			}
			made++
		}
		return nil
	})
	return made, err
}
