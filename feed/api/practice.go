package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// What is shown of good practices at most.
const (
	maxOffered = 3 // with a post
	maxCards   = 100
)

// Practices is what the API reads of good practices.
type Practices interface {
	// Fitting lists the best cards in scope for a post, at most n of them.
	Fitting(ctx context.Context, scope feed.Scope, p *feed.Post, n int) ([]feed.Offered, error)
	// FittingEach finds the best card in scope for each of some posts in scope.
	FittingEach(ctx context.Context, scope feed.Scope, ids []feed.PostID) (map[feed.PostID]feed.Offered, error)
	// Helped lists the cards of which a member said that they helped with a post.
	Helped(ctx context.Context, id feed.PostID, m feed.MemberID) ([]feed.PostID, error)
	// HasCard tells whether a card was made of a post, be it out of scope.
	HasCard(ctx context.Context, source feed.PostID) (bool, error)
	// Cards lists those in scope, of an asset or of all, by place.
	Cards(ctx context.Context, scope feed.Scope, asset feed.Path, state feed.CardState, now time.Time, limit int) ([]*feed.Post, error)
	// CountCards tells how many in scope are on each list.
	CountCards(ctx context.Context, scope feed.Scope, now time.Time) (feed.CardCounts, error)
}

// Practice is a good practice that is offered with a post.
type Practice struct {
	ID        string    `json:"id"`
	Cause     string    `json:"cause"`
	Action    string    `json:"action" doc:"What helped."`
	Close     string    `json:"close" enum:"thing,rule,cause,topic" doc:"Why it is offered: it is of the same machine and rule or the same article, of the same rule for a place above, of the same cause, or of the same machine and topic."`
	Confirmed time.Time `json:"confirmed"`
	Due       bool      `json:"due" doc:"Nobody has confirmed it for long."`
	Uses      int       `json:"uses" doc:"How often somebody said that it helped."`
	Mine      bool      `json:"mine" doc:"The reader said that it helped with this post."`
}

type cardBody struct {
	Cause  string   `json:"cause"`
	Action string   `json:"action" doc:"What helped."`
	Text   string   `json:"text,omitempty" doc:"One's own words."`
	Wide   bool     `json:"wide,omitempty" doc:"For all that stands where the post stands, not for its machine alone."`
	Photos []string `json:"photos,omitempty" maxItems:"3" doc:"Photos of the solved post, or of what was said of it, that go with the card."`
}

func (b cardBody) draft() feed.CardDraft {
	d := feed.CardDraft{Cause: b.Cause, Action: b.Action, Text: b.Text, Wide: b.Wide}
	for _, id := range b.Photos {
		d.Photos = append(d.Photos, feed.PhotoID(id))
	}
	return d
}

type newCard struct {
	ID   string `path:"id"`
	Body cardBody
}

type retirement struct {
	ID   string `path:"id"`
	Body struct {
		Reason string `json:"reason"`
	}
}

type cardHelp struct {
	ID   string `path:"id"`
	Body struct {
		Card string `json:"card" pattern:"^[!-~]+$"`
	}
}

// practiceRoutes are what people do to good practices.
func (s *server) practiceRoutes() {
	route(s, feed.Write, talkOperation("capitalise", http.MethodPost, "/practice", "Make a good practice of a solved post"),
		func(ctx context.Context, in *newCard) (*onePost, error) {
			_, err := s.People.Capitalise(ctx, visitorOf(ctx).member, feed.PostID(in.ID), in.Body.draft())
			return s.after(ctx, "capitalise", in.ID, err)
		})
	route(s, feed.Write, talkOperation("rewrite-practice", http.MethodPut, "/practice", "Change what a good practice says"),
		func(ctx context.Context, in *newCard) (*onePost, error) {
			_, err := s.People.RewriteCard(ctx, visitorOf(ctx).member, feed.PostID(in.ID), in.Body.draft())
			return s.after(ctx, "rewrite", in.ID, err)
		})
	route(s, feed.Write, talkOperation("confirm-practice", http.MethodPost, "/confirm", "Say that a good practice still holds"),
		func(ctx context.Context, in *postID) (*onePost, error) {
			_, err := s.People.ConfirmCard(ctx, visitorOf(ctx).member, feed.PostID(in.ID))
			return s.after(ctx, "confirm", in.ID, err)
		})
	route(s, feed.Write, talkOperation("unsay-practice", http.MethodDelete, "/confirm", "Take back that one just confirmed or retired a good practice"),
		func(ctx context.Context, in *postID) (*onePost, error) {
			_, err := s.People.UnsayCard(ctx, visitorOf(ctx).member, feed.PostID(in.ID))
			return s.after(ctx, "unsay", in.ID, err)
		})
	route(s, feed.Write, talkOperation("retire-practice", http.MethodPost, "/retire", "Have a good practice offered no more"),
		func(ctx context.Context, in *retirement) (*onePost, error) {
			_, err := s.People.RetireCard(ctx, visitorOf(ctx).member, feed.PostID(in.ID), in.Body.Reason)
			return s.after(ctx, "retire", in.ID, err)
		})
	s.helpedRoute("practice-helped", http.MethodPut, "Say that a good practice helped with a post", true)
	s.helpedRoute("practice-helped-not", http.MethodDelete, "Take back that a good practice helped", false)
	route(s, feed.Read, huma.Operation{
		OperationID: "list-practices", Method: http.MethodGet, Path: "/api/v1/practices",
		Summary: "Good practices by place", Errors: []int{http.StatusNotFound},
	}, s.practices)
	s.fittingRoute()
}

func (s *server) helpedRoute(id, method, summary string, on bool) {
	route(s, feed.Write, talkOperation(id, method, "/helped", summary), func(ctx context.Context, in *cardHelp) (*onePost, error) {
		_, err := s.People.CardHelped(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.PostID(in.Body.Card), on)
		return s.after(ctx, id, in.ID, err)
	})
}

type listPractices struct {
	Territory string `query:"territory" doc:"At or below this place; all that the reader may see when absent."`
	Asset     string `query:"asset" doc:"Only those for this machine, or for a place that it stands in."`
	State     string `query:"state" enum:"live,due,retired,all" default:"live" doc:"Those that are offered, those that somebody should confirm, those that are offered no more, or all."`
}

// PracticeList is a list of good practices.
type PracticeList struct {
	Posts  []Post         `json:"posts" nullable:"false" doc:"By place; of each place the one confirmed last comes first."`
	More   bool           `json:"more" doc:"There are more than are listed."`
	Counts PracticeCounts `json:"counts"`
}

// PracticeCounts tells how many are on each list.
type PracticeCounts struct {
	Live    int `json:"live"`
	Due     int `json:"due"`
	Retired int `json:"retired"`
}

type practiceList struct{ Body PracticeList }

func (s *server) practices(ctx context.Context, in *listPractices) (*practiceList, error) {
	scope, err := visitorOf(ctx).within(in.Territory)
	if err != nil {
		return nil, err
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	posts, err := s.Posts.Cards(ctx, scope, feed.Path(in.Asset), feed.CardState(in.State), now, maxCards+1)
	if err != nil {
		return nil, err
	}
	counts, err := s.Posts.CountCards(ctx, scope, now)
	if err != nil {
		return nil, err
	}
	out := &practiceList{Body: PracticeList{Posts: []Post{}, More: len(posts) > maxCards, Counts: PracticeCounts{
		Live: counts[feed.LiveCards], Due: counts[feed.DueCards], Retired: counts[feed.RetiredCards],
	}}}
	for _, p := range posts[:min(len(posts), maxCards)] {
		out.Body.Posts = append(out.Body.Posts, v.post(p))
	}
	return out, nil
}

// taught is which good practices may help with the post, and whether one may be
// made of it, or changed.
func (s *server) taught(ctx context.Context, _ view, p *feed.Post, out *PostDetail) error {
	reader := visitorOf(ctx).member
	out.Can.Tend = out.Can.Write && feed.MayTend(reader, p)
	if out.Can.Write && p.Teaches() {
		has, err := s.Posts.HasCard(ctx, p.ID)
		if err != nil {
			return err
		}
		out.Can.Capitalise = !has
	}
	offered, err := s.Posts.Fitting(ctx, reader.Scope(), p, maxOffered)
	if err != nil || len(offered) == 0 {
		return err
	}
	mine, err := s.Posts.Helped(ctx, p.ID, reader.ID)
	if err != nil {
		return fmt.Errorf("what helped %s with %s: %w", reader.ID, p.ID, err)
	}
	for _, o := range offered {
		c := o.Post.Talk.Card
		out.Practices = append(out.Practices, Practice{
			ID: string(o.Post.ID), Cause: c.Cause, Action: c.Action, Close: closeness(o.Close), Confirmed: utc(c.Confirmed),
			Due: c.Due(time.Now()), Uses: c.Uses, Mine: slices.Contains(mine, o.Post.ID),
		})
	}
	return nil
}

func closeness(c feed.Closeness) string {
	switch c {
	case feed.SameThing:
		return "thing"
	case feed.SameRule:
		return "rule"
	case feed.SameCause:
		return "cause"
	}
	return "topic"
}

func (v view) card(c *feed.Card) *Card {
	if c == nil {
		return nil
	}
	out := &Card{
		Asset: string(c.Asset), SKU: c.SKU, Rule: c.Rule, Cause: c.Cause, Action: c.Action, Wrong: c.Wrong.Render(v.lang, c.Values),
		Confirmed: utc(c.Confirmed), By: author(c.By), Uses: c.Uses, Due: c.Due(time.Now()), Retired: c.Retired, Reason: c.Reason,
	}
	if c.Asset != "" {
		out.AssetName = v.tree.Name(c.Asset)
	}
	return out
}
