package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Proposed is what is proposed to members.
type Proposed interface {
	Proposals(ctx context.Context, m feed.MemberID) ([]feed.Proposal, error)
}

// Proposal is a place beside the tree that concerns the reader.
type Proposal struct {
	ID       string      `json:"id"`
	Name     string      `json:"name"`
	About    string      `json:"about,omitempty" doc:"What is to be talked of there."`
	State    string      `json:"state" enum:"asked,accepted,declined,withdrawn"`
	By       string      `json:"by,omitempty" doc:"The name of who proposes it; absent: it is suggested."`
	Words    string      `json:"words,omitempty" doc:"Why, in their words."`
	Threads  int         `json:"threads,omitempty" doc:"Why it is suggested: conversations of 30 days across these branches."`
	Branches []string    `json:"branches" nullable:"false" doc:"Their names."`
	Places   []string    `json:"places" nullable:"false" doc:"Names of those whose people it concerns, where some were named."`
	People   []Candidate `json:"people" nullable:"false" doc:"Whom it concerns."`
	Agreed   int         `json:"agreed"`
	Refused  int         `json:"refused"`
	Mine     *bool       `json:"mine,omitempty" doc:"What the reader answered."`
	Own      bool        `json:"own" doc:"The reader proposes it, and may withdraw it."`
	Place    string      `json:"place,omitempty" doc:"Once it is made."`
	At       time.Time   `json:"at"`
	EndedAt  *time.Time  `json:"ended_at,omitempty" doc:"When it was accepted, declined or withdrawn."`
}

// Peer is somebody whom the reader may name in a proposal.
type Peer struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Places []string `json:"places" nullable:"false" doc:"Where they work, of the places that the reader reads around."`
}

type proposalList struct {
	Body struct {
		Proposals  []Proposal `json:"proposals" nullable:"false"`
		Colleagues []Peer     `json:"colleagues" nullable:"false" doc:"Whom the reader may name in one."`
	}
}

type newProposal struct {
	Body struct {
		Name   string   `json:"name" minLength:"1" maxLength:"1000"`
		Why    string   `json:"why" minLength:"1" maxLength:"1000"`
		About  string   `json:"about,omitempty" maxLength:"1000" doc:"What is to be talked of there."`
		People []string `json:"people,omitempty" maxItems:"49"`
		Places []string `json:"places,omitempty" maxItems:"12" doc:"Whoever works at or below them is concerned."`
	}
}

type madeProposal struct {
	Body struct {
		ID string `json:"id"`
	}
}

type proposalID struct {
	ID string `path:"id"`
}

type proposalAnswer struct {
	ID   string `path:"id"`
	Body struct {
		Yes bool `json:"yes"`
	}
}

func (s *server) proposalRoutes() {
	route(s, feed.Read, huma.Operation{
		OperationID: "list-proposals", Method: http.MethodGet, Path: "/api/v1/proposals", Summary: "The places beside the tree that are proposed to the reader",
	}, s.proposals)
	wrong := []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity}
	route(s, feed.Write, huma.Operation{
		OperationID: "propose", Method: http.MethodPost, Path: "/api/v1/proposals", DefaultStatus: http.StatusCreated,
		Summary: "Propose colleagues a place beside the tree", Errors: wrong,
	}, func(ctx context.Context, in *newProposal) (*madeProposal, error) {
		id, err := s.Proposing.Propose(ctx, visitorOf(ctx).member, in.draft())
		if err != nil {
			return nil, fmt.Errorf("propose a place: %w", err)
		}
		out := &madeProposal{}
		out.Body.ID = id
		return out, nil
	})
	route(s, feed.Write, huma.Operation{
		OperationID: "answer-proposal", Method: http.MethodPut, Path: "/api/v1/proposals/{id}/answer", DefaultStatus: http.StatusNoContent,
		Summary: "Agree to a proposed place, or not; more than half of those concerned make it", Errors: wrong,
	}, func(ctx context.Context, in *proposalAnswer) (*struct{}, error) {
		if err := s.Proposing.Answer(ctx, visitorOf(ctx).member, in.ID, in.Body.Yes); err != nil {
			return nil, fmt.Errorf("answer proposal %s: %w", in.ID, err)
		}
		return nil, nil
	})
	route(s, feed.Write, huma.Operation{
		OperationID: "withdraw-proposal", Method: http.MethodDelete, Path: "/api/v1/proposals/{id}", DefaultStatus: http.StatusNoContent,
		Summary: "Take back what one proposed, while those concerned answer", Errors: wrong,
	}, func(ctx context.Context, in *proposalID) (*struct{}, error) {
		if err := s.Proposing.Withdraw(ctx, visitorOf(ctx).member, in.ID); err != nil {
			return nil, fmt.Errorf("withdraw proposal %s: %w", in.ID, err)
		}
		return nil, nil
	})
}

func (in *newProposal) draft() feed.ProposalDraft {
	d := feed.ProposalDraft{Name: in.Body.Name, About: in.Body.About, Why: in.Body.Why}
	for _, id := range in.Body.People {
		d.People = append(d.People, feed.MemberID(id))
	}
	for _, p := range in.Body.Places {
		d.Places = append(d.Places, feed.Path(p))
	}
	return d
}

func (s *server) proposals(ctx context.Context, _ *struct{}) (*proposalList, error) {
	m := visitorOf(ctx).member
	list, err := s.Proposed.Proposals(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	accounts, err := s.Members.Accounts(ctx)
	if err != nil {
		return nil, fmt.Errorf("people: %w", err)
	}
	names := map[feed.MemberID]string{}
	out := &proposalList{}
	out.Body.Proposals, out.Body.Colleagues = []Proposal{}, []Peer{}
	for _, a := range accounts {
		names[a.ID] = a.Name
		if a.ID != m.ID && m.SharesSite(a.Member) {
			out.Body.Colleagues = append(out.Body.Colleagues, peer(m, a.Member))
		}
	}
	for _, p := range list {
		out.Body.Proposals = append(out.Body.Proposals, proposal(tree, names, m.ID, p))
	}
	return out, nil
}

// peer is a colleague as far as m may know where they work.
func peer(m, other feed.Member) Peer {
	p := Peer{ID: string(other.ID), Name: other.Name, Places: []string{}}
	for _, g := range other.Grants {
		if !g.Territory.IsGroup() && m.Around(g.Territory) {
			p.Places = append(p.Places, string(g.Territory))
		}
	}
	return p
}

func proposal(tree *feed.Tree, names map[feed.MemberID]string, reader feed.MemberID, p feed.Proposal) Proposal {
	out := Proposal{
		ID: p.ID, Name: p.Name, About: p.About, State: string(p.State), By: names[p.By], Words: p.Reason.Words, Threads: p.Reason.Threads,
		Branches: []string{}, Places: []string{}, People: []Candidate{}, Own: p.By == reader, Place: string(p.Place), At: utc(p.At), EndedAt: instant(p.EndedAt),
	}
	for _, b := range p.Reason.Branches {
		out.Branches = append(out.Branches, tree.Name(b))
	}
	for _, place := range p.Places {
		out.Places = append(out.Places, tree.Name(place))
	}
	for _, id := range p.People {
		out.People = append(out.People, Candidate{string(id), names[id]})
	}
	for _, yes := range p.Votes {
		if yes {
			out.Agreed++
		} else {
			out.Refused++
		}
	}
	if yes, said := p.Votes[reader]; said {
		out.Mine = &yes
	}
	return out
}
