package api

import (
	"context"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// mostPosts is how many posts behind a figure are listed at once.
const mostPosts = 100

type figureQuery struct {
	BalanceQuery
	Figure string `query:"figure" required:"true" doc:"Such as alerts, take, stopped, kind:alert, cause:Courroie, or cause: for what is too little to be named."`
	After  int    `query:"after" minimum:"0" doc:"How many of the posts, the latest first, are left out: those listed before."`
}

// BehindPage is a stretch of the posts behind a figure.
type BehindPage struct {
	Posts  []Post       `json:"posts" nullable:"false"`
	Adds   []BehindPost `json:"adds" nullable:"false" doc:"What each of them adds to the figure, in their order."`
	All    int          `json:"all" doc:"How many are behind the figure."`
	Hidden int          `json:"hidden" doc:"How many of this stretch the reader may not see."`
	Next   int          `json:"next,omitempty" doc:"After how many to ask for the next; absent: that is all."`
	Unit   string       `json:"unit" enum:"posts,percent,minutes,median,pieces,money"`
	Figure *float64     `json:"figure,omitempty" doc:"What they make now; absent: nothing."`
	Of     int          `json:"of,omitempty" doc:"Of a percentage: how many posts it is a part of."`
}

// BehindPost is what one post adds to a figure.
type BehindPost struct {
	Value *float64   `json:"value,omitempty" doc:"In the unit of the figure; absent: that it is there."`
	Parts []feed.Bar `json:"parts,omitempty" nullable:"false" doc:"What that is made of."`
}

type figurePosts struct{ Body BehindPage }

func (s *server) figurePosts(ctx context.Context, in *figureQuery) (*figurePosts, error) {
	m, place := visitorOf(ctx).member, feed.Path(in.Territory)
	if err := feed.Require(m, feed.Weigh, place); err != nil {
		return nil, err
	}
	b, err := s.Balances.Posts(ctx, place, in.Period, in.Figure)
	if err != nil {
		return nil, fmt.Errorf("posts behind %s of %s: %w", in.Figure, place, err)
	}
	from := min(in.After, len(b.Posts))
	to := min(from+mostPosts, len(b.Posts))
	out := &figurePosts{BehindPage{All: len(b.Posts), Unit: string(b.Unit), Figure: b.Figure, Of: b.Of, Adds: []BehindPost{}}}
	if to < len(b.Posts) {
		out.Body.Next = to
	}
	ids := make([]feed.PostID, 0, to-from)
	adds := map[string]BehindPost{}
	for _, w := range b.Posts[from:to] {
		ids = append(ids, w.Post)
		adds[string(w.Post)] = BehindPost{Value: w.Value, Parts: w.Parts}
	}
	if out.Body.Posts, err = s.some(ctx, m.Scope(), ids); err != nil {
		return nil, err
	}
	for _, p := range out.Body.Posts {
		out.Body.Adds = append(out.Body.Adds, adds[p.ID])
	}
	out.Body.Hidden = len(ids) - len(out.Body.Posts)
	return out, nil
}

// some are posts by their ids, as the reader of a scope sees them.
func (s *server) some(ctx context.Context, scope feed.Scope, ids []feed.PostID) ([]Post, error) {
	posts, err := s.Posts.Some(ctx, scope, ids)
	if err != nil {
		return nil, err
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Post, 0, len(posts))
	for _, p := range posts {
		out = append(out, v.post(p))
	}
	return out, nil
}
