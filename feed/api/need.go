package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// maxNeedPosts bounds the posts that one reason lists.
const maxNeedPosts = 20

// PlaceNeeds is a place that needs a hand.
type PlaceNeeds struct {
	NamedPlace
	Kind    string      `json:"kind"`
	Publish bool        `json:"publish" doc:"The reader may write to its people."`
	Needs   []PlaceNeed `json:"needs" nullable:"false" doc:"The gravest first."`
}

// PlaceNeed is one reason for which a place needs a hand.
type PlaceNeed struct {
	Why       string     `json:"why" enum:"flat,unled,unanswered,one-person,noise,unread"`
	Since     *time.Time `json:"since,omitempty" doc:"Of silence, or of nobody who animates it: its beginning."`
	Count     int        `json:"count" doc:"Posts that nobody answered for a day; of noise, posts that ended untouched; of a notice, those who read it."`
	Of        int        `json:"of" doc:"All posts of the rule, or all readers."`
	Calls     int        `json:"calls" doc:"Posts of the rule that somebody called noise."`
	Rule      string     `json:"rule,omitempty"`
	RuleTitle string     `json:"rule_title,omitempty"`
	Post      string     `json:"post,omitempty" doc:"The notice."`
	Posts     []NeedPost `json:"posts" nullable:"false" doc:"Those that wait, the oldest first."`
}

// NeedPost is a post that waits for an answer.
type NeedPost struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	OpenedAt time.Time `json:"opened_at"`
}

type needList struct {
	Body struct {
		Territories []PlaceNeeds `json:"territories" nullable:"false"`
	}
}

// needRoute tells who animates places where a hand is needed.
func (s *server) needRoute() {
	route(s, feed.Animate, huma.Operation{
		OperationID: "list-needs", Method: http.MethodGet, Path: "/api/v1/territories/help",
		Summary: "The places that the reader animates and that need a hand, with the reasons, in the order of their gravity",
	}, s.needs)
}

func (s *server) needs(ctx context.Context, _ *struct{}) (*needList, error) {
	v := visitorOf(ctx)
	list, err := s.Needs.Of(ctx, v.member)
	if err != nil {
		return nil, fmt.Errorf("places that need a hand: %w", err)
	}
	view, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for _, r := range s.ruleInfos() {
		titles[r.ID] = sentence(v.lang, r.Title)
	}
	out := &needList{}
	out.Body.Territories = make([]PlaceNeeds, 0, len(list))
	for _, p := range list {
		node, _ := view.tree.Get(p.Place)
		one := PlaceNeeds{NamedPlace: placeNamed(view.tree, p.Place), Kind: string(node.Kind), Publish: feed.Can(v.member, feed.Publish, p.Place)}
		for i := range p.Needs {
			one.Needs = append(one.Needs, view.need(&p.Needs[i], titles))
		}
		out.Body.Territories = append(out.Body.Territories, one)
	}
	return out, nil
}

func (v view) need(n *feed.Need, titles map[string]string) PlaceNeed {
	out := PlaceNeed{
		Why: string(n.Why), Since: instant(n.Since), Count: n.Count, Of: n.Of, Calls: n.Calls, Rule: n.Rule, RuleTitle: titles[n.Rule],
		Post: string(n.Post), Posts: []NeedPost{},
	}
	for _, p := range n.Posts[:min(len(n.Posts), maxNeedPosts)] {
		out.Posts = append(out.Posts, NeedPost{ID: string(p.ID), Title: v.title(p), OpenedAt: utc(p.OpenedAt)})
	}
	return out
}
