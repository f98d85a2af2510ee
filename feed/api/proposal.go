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
	State    string      `json:"state" enum:"asked,accepted,declined"`
	By       string      `json:"by,omitempty" doc:"The name of who proposes it; absent: it is suggested."`
	Words    string      `json:"words,omitempty" doc:"Why, in their words."`
	Threads  int         `json:"threads,omitempty" doc:"Why it is suggested: conversations of 30 days across these branches."`
	Branches []string    `json:"branches" nullable:"false" doc:"Their names."`
	People   []Candidate `json:"people" nullable:"false"`
	Agreed   int         `json:"agreed"`
	Mine     *bool       `json:"mine,omitempty" doc:"What the reader answered."`
	Place    string      `json:"place,omitempty" doc:"Once it is made."`
	At       time.Time   `json:"at"`
}

type proposalList struct {
	Body struct {
		Proposals  []Proposal  `json:"proposals" nullable:"false"`
		Colleagues []Candidate `json:"colleagues" nullable:"false" doc:"Whom the reader may name in one."`
	}
}

type newProposal struct {
	Body struct {
		Name   string   `json:"name" minLength:"1" maxLength:"1000"`
		Why    string   `json:"why" minLength:"1" maxLength:"1000"`
		People []string `json:"people" minItems:"1" maxItems:"49"`
	}
}

type madeProposal struct {
	Body struct {
		ID string `json:"id"`
	}
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
		people := make([]feed.MemberID, 0, len(in.Body.People))
		for _, id := range in.Body.People {
			people = append(people, feed.MemberID(id))
		}
		id, err := s.Proposing.Propose(ctx, visitorOf(ctx).member, in.Body.Name, in.Body.Why, people)
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
	out.Body.Proposals, out.Body.Colleagues = []Proposal{}, []Candidate{}
	for _, a := range accounts {
		names[a.ID] = a.Name
		if a.ID != m.ID && sameSite(m, a.Member) {
			out.Body.Colleagues = append(out.Body.Colleagues, Candidate{string(a.ID), a.Name})
		}
	}
	for _, p := range list {
		out.Body.Proposals = append(out.Body.Proposals, proposal(tree, names, m.ID, p))
	}
	return out, nil
}

// sameSite tells whether two people work somewhere in the same tree: they know
// each other's names.
func sameSite(m, other feed.Member) bool {
	for _, g := range m.Grants {
		line := g.Territory.Lineage()
		if len(line) > 0 && !g.Territory.IsGroup() && other.Works(line[len(line)-1]) {
			return true
		}
	}
	return false
}

func proposal(tree *feed.Tree, names map[feed.MemberID]string, reader feed.MemberID, p feed.Proposal) Proposal {
	out := Proposal{
		ID: p.ID, Name: p.Name, State: string(p.State), By: names[p.By], Words: p.Reason.Words, Threads: p.Reason.Threads,
		Branches: []string{}, People: []Candidate{}, Place: string(p.Place), At: utc(p.At),
	}
	for _, b := range p.Reason.Branches {
		out.Branches = append(out.Branches, tree.Name(b))
	}
	for _, id := range p.People {
		out.People = append(out.People, Candidate{string(id), names[id]})
	}
	for _, yes := range p.Votes {
		if yes {
			out.Agreed++
		}
	}
	if yes, said := p.Votes[reader]; said {
		out.Mine = &yes
	}
	return out
}
