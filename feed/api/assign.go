package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// maxTeams is how many teams a dialog offers.
const maxTeams = 7

// usualTeams are there in every plant and store.
var usualTeams = []string{"lead", "maintenance", "quality"}

type assignment struct {
	ID   string `path:"id"`
	Body struct {
		Role string `json:"role" minLength:"1" doc:"One of the post's teams, or another."`
		Text string `json:"text,omitempty" doc:"A word for them: it goes into the conversation."`
	}
}

func (s *server) assignRoute() {
	op := actOperation("assign", "Ask a role to take a post")
	op.Errors = append(op.Errors, http.StatusUnprocessableEntity)
	route(s, feed.Oversee, op, func(ctx context.Context, in *assignment) (*onePost, error) {
		_, err := s.People.Assign(ctx, visitorOf(ctx).member, feed.PostID(in.ID), in.Body.Role, in.Body.Text)
		return s.after(ctx, "assign", in.ID, err)
	})
}

// teams is whom one may ask to take the post, the likeliest first: who keeps its
// rule, whom the rule asks itself, and those that are there everywhere.
func (s *server) teams(p *feed.Post) []string {
	out := make([]string, 0, maxTeams)
	for _, role := range slices.Concat([]string{p.Owner}, s.asks(p.Rule()), usualTeams) {
		role = strings.TrimPrefix(role, "@")
		if role != "" && !slices.Contains(out, role) && len(out) < maxTeams {
			out = append(out, role)
		}
	}
	return out
}

// asks is whom a rule asks when nobody answers.
func (s *server) asks(rule string) []string {
	if s.Rules == nil || rule == "" {
		return nil
	}
	for _, r := range s.Rules.List() {
		if r.ID == rule {
			return r.Asks
		}
	}
	return nil
}
