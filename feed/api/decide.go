package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Decisions is what the API reads of what is on its way to a decision.
type Decisions interface {
	// Courses lists the questions and ideas in scope that are on a list.
	Courses(ctx context.Context, scope feed.Scope, l feed.CourseList, limit int) ([]*feed.Post, error)
	// CountCourses tells how many are on each list.
	CountCourses(ctx context.Context, scope feed.Scope) (map[feed.CourseList]int, error)
	// Born lists what was born of a post.
	Born(ctx context.Context, scope feed.Scope, id feed.PostID) ([]*feed.Post, error)
}

// maxCourses is how many a list shows.
const maxCourses = 100

type ruling struct {
	ID   string `path:"id"`
	Body struct {
		Outcome string     `json:"outcome" enum:"accepted,refused,merged,deferred"`
		Reason  string     `json:"reason" doc:"It goes back to the author with the outcome."`
		Into    string     `json:"into,omitempty" doc:"Of merged: the post that takes it in."`
		Until   *time.Time `json:"until,omitempty" doc:"Of deferred: when it comes back by itself."`
		Owner   string     `json:"owner,omitempty" doc:"Of accepted: the member who sees to it; whoever decides when absent."`
		Due     *time.Time `json:"due,omitempty" doc:"Of accepted: until when; in thirty days when absent."`
		Answer  string     `json:"answer,omitempty" doc:"Of an accepted question: the comment that is kept."`
	}
}

type ballot struct {
	ID   string `path:"id"`
	Body struct {
		Yes    bool   `json:"yes"`
		Reason string `json:"reason"`
	}
}

type effect struct {
	ID   string `path:"id"`
	Body struct {
		Effect string `json:"effect" enum:"yes,partly,no"`
		Text   string `json:"text,omitempty"`
	}
}

type listDecisions struct {
	List      string `query:"list" enum:"mine,open,late,decided" default:"mine"`
	Territory string `query:"territory" doc:"At or below this place; all that the reader may see when absent."`
}

// DecisionList is a list of questions and ideas.
type DecisionList struct {
	Posts  []Post         `json:"posts" nullable:"false" doc:"What is due first, or what was decided last."`
	More   bool           `json:"more" doc:"There are more than are listed."`
	Counts DecisionCounts `json:"counts"`
}

// DecisionCounts tells how many are on each list.
type DecisionCounts struct {
	Mine    int `json:"mine"`
	Open    int `json:"open"`
	Late    int `json:"late"`
	Decided int `json:"decided"`
}

type decisionList struct{ Body DecisionList }

// Link is another post that belongs to one.
type Link struct {
	As    string `json:"as" enum:"from,born,into,with" doc:"What it is to the post: it was born of it, was born of the post, took it in, or was taken in."`
	ID    string `json:"id"`
	Kind  string `json:"kind" enum:"alert,stock-out,phantom-stock,selling-well,production,good-news,handover,flood,quality-point,speed-point,stop-point,shortage,safety-point,price-point,other-point,idea,question,announcement,must-read,help-wanted,note,practice"`
	Title string `json:"title"`
	State string `json:"state" enum:"new,taken,onsite,resolved,closed"`
}

func (s *server) decideRoutes() {
	word := func(name, summary string) huma.Operation {
		op := actOperation(name, summary)
		op.Errors = append(op.Errors, http.StatusUnprocessableEntity)
		return op
	}
	route(s, feed.Decide, word("decide", "Decide on a question or idea, where its circuit waits for the reader"), s.decide)
	route(s, feed.Decide, word("vote", "Give one's word where more than one decides"), func(ctx context.Context, in *ballot) (*onePost, error) {
		r := feed.Ruling{Outcome: feed.Refused, Reason: in.Body.Reason}
		if in.Body.Yes {
			r.Outcome = feed.Accepted
		}
		_, err := s.People.Rule(ctx, visitorOf(ctx).member, feed.PostID(in.ID), r)
		return s.after(ctx, "vote", in.ID, err)
	})
	route(s, feed.Write, actOperation("done", "Say that what an accepted idea asked for is done"), func(ctx context.Context, in *postID) (*onePost, error) {
		_, err := s.People.Done(ctx, visitorOf(ctx).member, feed.PostID(in.ID))
		return s.after(ctx, "done", in.ID, err)
	})
	route(s, feed.Write, word("effect", "Say whether what was done helped"), func(ctx context.Context, in *effect) (*onePost, error) {
		_, err := s.People.Effect(ctx, visitorOf(ctx).member, feed.PostID(in.ID), in.Body.Effect, in.Body.Text)
		return s.after(ctx, "effect", in.ID, err)
	})
	route(s, feed.Read, huma.Operation{
		OperationID: "list-decisions", Method: http.MethodGet, Path: "/api/v1/decisions",
		Summary: "Questions and ideas on their way to a decision", Errors: []int{http.StatusNotFound},
	}, s.decisions)
}

func (s *server) decide(ctx context.Context, in *ruling) (*onePost, error) {
	b := in.Body
	_, err := s.People.Rule(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.Ruling{
		Outcome: feed.Outcome(b.Outcome), Reason: b.Reason, Into: feed.PostID(b.Into), Until: moment(b.Until),
		Owner: feed.Author{Member: feed.MemberID(b.Owner)}, Due: moment(b.Due), Answer: feed.CommentID(b.Answer),
	})
	return s.after(ctx, "decide", in.ID, err)
}

func (s *server) decisions(ctx context.Context, in *listDecisions) (*decisionList, error) {
	scope, err := visitorOf(ctx).within(in.Territory)
	if err != nil {
		return nil, err
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	posts, err := s.Posts.Courses(ctx, scope, feed.CourseList(in.List), maxCourses+1)
	if err != nil {
		return nil, fmt.Errorf("decisions of %q: %w", in.Territory, err)
	}
	counts, err := s.Posts.CountCourses(ctx, scope)
	if err != nil {
		return nil, fmt.Errorf("decisions of %q: %w", in.Territory, err)
	}
	out := &decisionList{Body: DecisionList{Posts: []Post{}, More: len(posts) > maxCourses, Counts: DecisionCounts{
		Mine: counts[feed.WaitsForMe], Open: counts[feed.Undecided], Late: counts[feed.OverdueOnes], Decided: counts[feed.DecidedOnes],
	}}}
	for _, p := range posts[:min(len(posts), maxCourses)] {
		out.Body.Posts = append(out.Body.Posts, v.post(p))
	}
	return out, nil
}

// way is where the post stands among others, and the steps of its circuit.
func (s *server) way(ctx context.Context, v view, p *feed.Post, out *PostDetail) error {
	if p.Kind == feed.Idea || p.Kind == feed.Question {
		out.Way = v.stages(s.People.Circuit(p))
	}
	scope := visitorOf(ctx).member.Scope()
	link := func(as string, p *feed.Post) {
		p = p.Veiled()
		out.Links = append(out.Links, Link{As: as, ID: string(p.ID), Kind: string(p.Kind), Title: v.title(p), State: string(p.State)})
	}
	for _, l := range linked(p.Talk) {
		other, err := s.Posts.Post(ctx, scope, l.id)
		switch {
		case feed.ProblemOf(err) == feed.NotFound: // the reader sees one end only
		case err != nil:
			return fmt.Errorf("post %s beside %s: %w", l.id, p.ID, err)
		default:
			link(l.as, other)
		}
	}
	born, err := s.Posts.Born(ctx, scope, p.ID)
	if err != nil {
		return err
	}
	for _, b := range born {
		link("born", b)
	}
	return nil
}

// end is one end of a link.
type end struct {
	as string
	id feed.PostID
}

// linked are the posts that one names.
func linked(t *feed.Talk) []end {
	if t == nil {
		return nil
	}
	var out []end
	if t.From != "" {
		out = append(out, end{"from", t.From})
	}
	if t.Course == nil {
		return out
	}
	if t.Course.Into != "" {
		out = append(out, end{"into", t.Course.Into})
	}
	for _, id := range t.Course.With {
		out = append(out, end{"with", id})
	}
	return out
}
