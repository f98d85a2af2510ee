package feed

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ProposalState is what became of a proposal.
type ProposalState string

// States of a proposal.
const (
	ProposalAsked    ProposalState = "asked" // those concerned answer
	ProposalAccepted ProposalState = "accepted"
	ProposalDeclined ProposalState = "declined"
)

// Proposal is a place beside the tree that somebody wants, or that is suggested
// to those who keep answering each other. More than half of the people that it
// names make it.
type Proposal struct {
	ID     string
	Name   string
	People []MemberID
	Reason Reason
	By     MemberID // empty: suggested
	State  ProposalState
	Place  Path // once it is made
	At     time.Time
	Votes  map[MemberID]bool
}

// Reason is why a place is proposed: somebody's words, or what was counted.
type Reason struct {
	Words    string `json:"words,omitempty"`
	Threads  int    `json:"threads,omitempty"`
	Branches []Path `json:"branches,omitempty"`
}

// proposalTx keeps proposals.
type proposalTx interface {
	// Propose keeps a proposal, once by its id.
	Propose(ctx context.Context, p Proposal) error
	// Proposal returns a proposal with its votes.
	Proposal(ctx context.Context, id string) (*Proposal, error)
	// VoteOn keeps a member's word on a proposal; the last one holds.
	VoteOn(ctx context.Context, id string, m MemberID, yes bool, at time.Time) error
	// Settle keeps what became of a proposal.
	Settle(ctx context.Context, id string, s ProposalState, place Path) error
	// Exchanges are the conversations since an instant in which at least two
	// people spoke.
	Exchanges(ctx context.Context, since time.Time) ([]Exchange, error)
}

// Proposals is what people do about places beside the tree.
type Proposals struct {
	repo Repository
	now  func() time.Time
}

// NewProposals returns a service that makes of accepted proposals groups.
func NewProposals(repo Repository, now func() time.Time) *Proposals {
	return &Proposals{repo: repo, now: now}
}

// maxConcerned bounds how many people a proposal names.
const maxConcerned = 50

// Propose asks people for a place of their own; who asks is one of them and
// agrees.
func (s *Proposals) Propose(ctx context.Context, m Member, name, why string, people []MemberID) (id string, err error) {
	name = strings.TrimSpace(name)
	if err := checkPlace(Territory{Path: "x", Name: name, Kind: Site}); err != nil {
		return "", err
	}
	if err := checkText(why, MaxReason, Text{FR: "Le motif", EN: "The reason"}); err != nil {
		return "", err
	}
	people = append(slices.Clone(people), m.ID)
	slices.Sort(people)
	people = slices.Compact(people)
	if len(people) < 2 || len(people) > maxConcerned {
		return "", Refuse(Invalid, "Nommez de 1 à {n} collègues.", "Name 1 to {n} colleagues.").With(Values{"n": float64(maxConcerned - 1)})
	}
	now := s.now().UTC()
	id = newID(now)
	err = s.repo.InTx(ctx, func(tx Tx) error {
		if !slices.ContainsFunc(m.Grants, func(g Grant) bool { return Can(m, Write, g.Territory) }) {
			return Refuse(Forbidden, "Votre rôle ne permet pas de proposer un territoire.", "Your role does not let you propose a place.")
		}
		for _, one := range people {
			if is, err := tx.IsMember(ctx, one); err != nil || !is {
				return cmpErr(err, Refuse(Invalid, "Personne ne s’identifie sous « {id} ».", "Nobody signs in as “{id}”.").With(Values{"id": shortened(string(one))}))
			}
		}
		p := Proposal{ID: id, Name: name, People: people, Reason: Reason{Words: why}, By: m.ID, State: ProposalAsked, At: now}
		if err := s.ask(ctx, tx, p); err != nil {
			return err
		}
		return tx.VoteOn(ctx, id, m.ID, true, now)
	})
	return id, err
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
		n := Notification{
			ID: newID(p.At), Member: one, Key: "proposal " + p.ID, Why: Invited, Page: "/groups", At: p.At,
			Text:   Text{FR: "Un territoire à vous : « {name} » ?", EN: "A place of your own: “{name}”?"},
			Values: Values{"name": p.Name},
		}
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
		p, err := tx.Proposal(ctx, id)
		if err != nil {
			return err
		}
		if !slices.Contains(p.People, m.ID) {
			return ErrNotFound
		}
		if p.State != ProposalAsked {
			return Refuse(Conflict, "Cette proposition a déjà sa réponse.", "This proposal has its answer already.")
		}
		if err := tx.VoteOn(ctx, id, m.ID, yes, s.now().UTC()); err != nil {
			return err
		}
		p.Votes[m.ID] = yes
		return s.count(ctx, tx, p)
	})
}

func (s *Proposals) count(ctx context.Context, tx Tx, p *Proposal) error {
	agree, refuse := 0, 0
	for _, yes := range p.Votes {
		if yes {
			agree++
		} else {
			refuse++
		}
	}
	var place Path
	var state ProposalState
	switch {
	case 2*agree > len(p.People):
		members := slices.DeleteFunc(slices.Clone(p.People), func(m MemberID) bool { yes, said := p.Votes[m]; return said && !yes })
		var err error
		if place, err = s.gather(ctx, tx, p.Name, members); err != nil {
			return fmt.Errorf("make the place %s: %w", p.ID, err)
		}
		state = ProposalAccepted
	case 2*refuse >= len(p.People):
		state = ProposalDeclined
	default:
		return nil
	}
	if err := tx.Settle(ctx, p.ID, state, place); err != nil {
		return err
	}
	return tx.Clear(ctx, "proposal "+p.ID)
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

// gather makes the group that a proposal becomes, which its first member keeps.
func (s *Proposals) gather(ctx context.Context, tx Tx, name string, members []MemberID) (Path, error) {
	at := s.now().UTC()
	c := Circle{ID: newID(at), Name: name, Kind: PlaceCircle, Join: JoinAsked, Hidden: true, MadeAt: at}
	if err := tx.SaveCircle(ctx, c); err != nil {
		return "", err
	}
	role := Keeper
	for _, m := range members {
		if err := tx.SetFellow(ctx, c.ID, Fellow{Member: m, Role: role, Since: at}); err != nil {
			return "", err
		}
		role = Insider
	}
	return Group(c.ID), nil
}
