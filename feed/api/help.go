package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Calls are the calls for a hand.
type Calls interface {
	// HelpFor lists the open calls that a member was asked to answer.
	HelpFor(ctx context.Context, m feed.MemberID) ([]*feed.Post, error)
}

// Help is what a call for a hand asks for.
type Help struct {
	Skill    string     `json:"skill,omitempty"`
	Learners bool       `json:"learners,omitempty" doc:"Who would like to do it is asked too."`
	At       *time.Time `json:"at,omitempty" doc:"When; absent: now."`
	Asked    int        `json:"asked" doc:"How many people were asked."`
	Around   string     `json:"around" doc:"Name of the place up to which people were asked."`
}

// newHelp is what somebody asks for.
type newHelp struct {
	Skill    string     `json:"skill,omitempty" maxLength:"240"`
	Learners bool       `json:"learners,omitempty"`
	At       *time.Time `json:"at,omitempty" doc:"When; absent: now."`
}

func (h *newHelp) asked() *feed.Help {
	if h == nil {
		return nil
	}
	return &feed.Help{Skill: h.Skill, Learners: h.Learners, At: moment(h.At)}
}

// HelpCall is a call that somebody was asked to answer, also from next door:
// what it asks, and nothing else of the place.
type HelpCall struct {
	ID        string    `json:"id"`
	Text      string    `json:"text"`
	Place     string    `json:"place" doc:"Its name."`
	Author    Author    `json:"author"`
	Taker     *Author   `json:"taker,omitempty"`
	OpenedAt  time.Time `json:"opened_at"`
	Help      *Help     `json:"help,omitempty"`
	InReading bool      `json:"in_reading" doc:"The reader reads the place, and may open the post."`
}

type helpCalls struct {
	Body struct {
		Calls []HelpCall `json:"calls" nullable:"false" doc:"The latest first."`
	}
}

type oneCall struct{ Body HelpCall }

func (s *server) helpRoutes() {
	route(s, signedIn, huma.Operation{
		OperationID: "list-help", Method: http.MethodGet, Path: "/api/v1/help", Summary: "The calls for a hand that one was asked to answer",
	}, func(ctx context.Context, _ *struct{}) (*helpCalls, error) {
		m := visitorOf(ctx).member
		posts, err := s.Calls.HelpFor(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		v, err := s.view(ctx)
		if err != nil {
			return nil, err
		}
		out := &helpCalls{}
		out.Body.Calls = []HelpCall{}
		for _, p := range posts {
			out.Body.Calls = append(out.Body.Calls, v.call(p, m))
		}
		return out, nil
	})
	route(s, signedIn, huma.Operation{
		OperationID: "come", Method: http.MethodPost, Path: "/api/v1/help/{id}/come", DefaultStatus: http.StatusOK,
		Summary: "Come to help: the first has it", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, func(ctx context.Context, in *postID) (*oneCall, error) {
		m := visitorOf(ctx).member
		if !visitorOf(ctx).person {
			return nil, feed.ErrSignedOut
		}
		p, err := s.People.Come(ctx, m, feed.PostID(in.ID))
		if err != nil {
			return nil, fmt.Errorf("come to help with %s: %w", in.ID, err)
		}
		v, err := s.view(ctx)
		if err != nil {
			return nil, err
		}
		return &oneCall{Body: v.call(p, m)}, nil
	})
}

func (v view) call(p *feed.Post, reader feed.Member) HelpCall {
	out := HelpCall{
		ID: string(p.ID), Text: p.Text, Place: v.tree.Name(p.Territory), Author: author(p.Author), OpenedAt: utc(p.OpenedAt),
		InReading: reader.Scope().Sees(p),
	}
	if p.Talk != nil {
		out.Help = v.help(p.Talk.Help)
	}
	if p.Taker.Name != "" {
		out.Taker = new(author(p.Taker))
	}
	return out
}

func (v view) help(h *feed.Help) *Help {
	if h == nil {
		return nil
	}
	return &Help{Skill: h.Skill, Learners: h.Learners, At: instant(h.At), Asked: h.Asked, Around: v.tree.Name(h.Around)}
}
