package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Mentionable is who a text on a post may call by a beginning of their name.
type Mentionable struct {
	People []Named    `json:"people" nullable:"false"`
	Roles  []Callable `json:"roles" nullable:"false"`
	Skills []string   `json:"skills" nullable:"false"`
}

// Callable is a role or function that people have here.
type Callable struct {
	Role    string `json:"role"`
	Name    string `json:"name" doc:"The word that calls it, in the reader's language."`
	Present int    `json:"present" doc:"How many of them are present."`
	Total   int    `json:"total"`
}

type mentionQuery struct {
	ID string `path:"id"`
	Q  string `query:"q" maxLength:"80" doc:"What is typed after the @."`
}

type mentionList struct{ Body Mentionable }

// mentionableRoute offers who may be called while somebody types.
func (s *server) mentionableRoute() {
	route(s, feed.Write, huma.Operation{
		OperationID: "mentionable", Method: http.MethodGet, Path: postsPath + "/{id}/mentionable",
		Summary: "Whom a text on a post may mention", Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, func(ctx context.Context, in *mentionQuery) (*mentionList, error) {
		v := visitorOf(ctx)
		p, err := s.Posts.Post(ctx, v.member.Scope(), feed.PostID(in.ID))
		if err != nil {
			return nil, fmt.Errorf("post %s: %w", in.ID, err)
		}
		crowd, err := s.Talks.Crowd(ctx, p, time.Now().UTC())
		if err != nil {
			return nil, err
		}
		out := Mentionable{People: []Named{}, Roles: []Callable{}, Skills: []string{}}
		offer := crowd.Offer(v.member.ID, v.lang, in.Q)
		for _, m := range offer.People {
			out.People = append(out.People, Named{string(m.ID), m.Name})
		}
		for _, r := range offer.Roles {
			out.Roles = append(out.Roles, Callable{Role: string(r.Role), Name: r.Name, Present: r.Present, Total: r.Total})
		}
		if s.Skills == nil {
			return &mentionList{out}, nil
		}
		skills, err := s.Skills(ctx, p, in.Q)
		out.Skills = append(out.Skills, skills...)
		return &mentionList{out}, err
	})
}
