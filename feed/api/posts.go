package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Posts is what the API reads of posts. What is outside of scope is
// feed.ErrNotFound; those below Post are asked of posts that were found.
type Posts interface {
	Feed(ctx context.Context, scope feed.Scope, q feed.Query) (feed.Page, error)
	Post(ctx context.Context, scope feed.Scope, id feed.PostID) (*feed.Post, error)
	// Some lists those of the posts that are in scope, in their order.
	Some(ctx context.Context, scope feed.Scope, ids []feed.PostID) ([]*feed.Post, error)
	Timeline(ctx context.Context, id feed.PostID) ([]feed.Entry, error)
	Thread(ctx context.Context, id feed.PostID) ([]feed.Comment, error)
	Mine(ctx context.Context, id feed.PostID, m feed.MemberID) ([]feed.Reaction, error)
	// CalledNoise tells whether m said that the post is noise.
	CalledNoise(ctx context.Context, id feed.PostID, m feed.MemberID) (bool, error)

	// Photo returns the JPEG of a photo, the small one or the large.
	Photo(ctx context.Context, scope feed.Scope, id feed.PhotoID, small bool) ([]byte, error)

	Surroundings
	HeldBack
	Figures
	Decisions
	Practices
}

type listPosts struct {
	Territory string `query:"territory" doc:"At or below this place; all that the reader may see when absent."`
	Kind      string `query:"kind" enum:"alert,stock-out,phantom-stock,selling-well,production,good-news,handover,flood,quality-point,speed-point,stop-point,shortage,safety-point,price-point,other-point,idea,question,announcement,must-read,help-wanted,note,practice"`
	Topic     string `query:"topic" enum:"quality,speed,stop,maintenance,safety,stock,sales,material,price,other,idea,life"`
	State     string `query:"state" enum:"open,ended,new,taken,onsite,resolved,closed"`
	Tag       string `query:"tag" maxLength:"40" doc:"Posts that hold this tag, there or in what is said of them; case and accents do not matter."`
	Audience  string `query:"audience" enum:"ghost,shadow" doc:"Posts that not everybody sees: of ghost territories, or of the reader's own rules in shadow."`
	Followed  bool   `query:"followed" doc:"Only what the reader follows."`
	Limit     int    `query:"limit" minimum:"1" maximum:"100" default:"30"`
	Cursor    string `query:"cursor" doc:"next of the page before."`
}

// PostPage is a part of the feed, the newest bump first.
type PostPage struct {
	Posts  []Post `json:"posts" nullable:"false"`
	Next   string `json:"next,omitempty" doc:"cursor of the next page; absent on the last."`
	Change int64  `json:"change" doc:"Where to begin the live stream: it carries every change that this page lacks."`
}

type postPage struct{ Body PostPage }

type postID struct {
	ID string `path:"id"`
}

type onePost struct{ Body *PostDetail }

type newPost struct {
	Body struct {
		Kind      string   `json:"kind" enum:"quality-point,speed-point,stop-point,shortage,safety-point,other-point,idea,stock-out,phantom-stock,selling-well,price-point,help-wanted,question,note,announcement,must-read"`
		Territory string   `json:"territory" minLength:"1"`
		Text      string   `json:"text,omitempty"`
		SKU       string   `json:"sku,omitempty" pattern:"^[^\\x00-\\x1f]*$"`
		Asset     string   `json:"asset,omitempty" pattern:"^[^\\x00-\\x1f]*$"`
		Help      *newHelp `json:"help,omitempty" doc:"Of a call for a hand."`
		From      string   `json:"from,omitempty" pattern:"^[!-~]*$" doc:"The post that it is born of."`
		Photos    []string `json:"photos,omitempty" maxItems:"3" doc:"JPEG, PNG or WebP in base64, each at most 4 MB and 40 megapixels. They are turned upright, stripped of everything else, and shrunk."`

		For     *Audience  `json:"for,omitempty" doc:"Of an announcement or a must-read notice: to whom it is put; absent: to those of the territory."`
		Expires *time.Time `json:"expires,omitempty" doc:"When it ends by itself; absent: at the end of the week."`
		Poll    *NewPoll   `json:"poll,omitempty"`

		Deadline *time.Time `json:"deadline,omitempty" doc:"Until when a question waits for an answer; its circuit says when absent."`
	}
}

// Audience is to whom somebody puts something: those who have one of the roles
// at or around one of the places, know one of the skills and work in one of the
// shifts.
type Audience struct {
	Places []string `json:"places,omitempty" maxItems:"50" nullable:"false"`
	Roles  []string `json:"roles,omitempty" maxItems:"20" nullable:"false" doc:"Or functions."`
	Skills []string `json:"skills,omitempty" maxItems:"20" nullable:"false"`
	Shifts []string `json:"shifts,omitempty" maxItems:"20" nullable:"false"`
	People []string `json:"people,omitempty" maxItems:"50" nullable:"false"`
}

// NewPoll is a choice that somebody asks others to make.
type NewPoll struct {
	Choices []string   `json:"choices" minItems:"2" maxItems:"5" nullable:"false"`
	Closes  *time.Time `json:"closes,omitempty"`
}

type postedPost struct {
	Status   int
	Location string `header:"Location"`
	Joined   string `header:"Joined" doc:"true when the report joined a post that was already open."`
	Body     *PostDetail
}

func (s *server) postRoutes() {
	route(s, feed.Read, huma.Operation{
		OperationID: "list-posts", Method: http.MethodGet, Path: "/api/v1/posts",
		Summary: "The feed, the newest bump first", Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, s.listPosts)
	route(s, feed.Read, huma.Operation{
		OperationID: "read-post", Method: http.MethodGet, Path: "/api/v1/posts/{id}",
		Summary: "One post with its conversation", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *postID) (*onePost, error) {
		p, err := s.detail(ctx, feed.PostID(in.ID))
		return &onePost{Body: p}, err
	})
	route(s, feed.Report, huma.Operation{
		OperationID: "report", Method: http.MethodPost, Path: "/api/v1/posts", DefaultStatus: http.StatusCreated,
		MaxBodyBytes: maxPhotoBody, BodyReadTimeout: photoTime,
		Summary: "Post a quality or speed point, an idea, a report on an article, or words to a group or a population",
		Errors:  []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity},
		Responses: map[string]*huma.Response{"200": {
			Description: "The report joined a post that was already open.",
			Content: map[string]*huma.MediaType{"application/json": {
				Schema: s.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[PostDetail](), true, "PostDetail"),
			}},
		}},
	}, s.report)
}

func (s *server) listPosts(ctx context.Context, in *listPosts) (*postPage, error) {
	scope, err := visitorOf(ctx).within(in.Territory)
	if err != nil {
		return nil, err
	}
	view, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	var follower feed.MemberID
	if in.Followed {
		follower = visitorOf(ctx).member.ID
	}
	page, err := s.Posts.Feed(ctx, scope, feed.Query{
		Kind: feed.Kind(in.Kind), Topic: feed.Topic(in.Topic), State: in.State, Limit: in.Limit, Cursor: in.Cursor,
		Audience: feed.Audience(in.Audience), Tag: feed.Fold(strings.TrimPrefix(in.Tag, "#")),
		FollowedBy: follower,
	})
	if err != nil {
		return nil, fmt.Errorf("feed of %q: %w", in.Territory, err)
	}
	out := &postPage{Body: PostPage{Posts: make([]Post, 0, len(page.Posts)), Next: page.Next, Change: page.Change}}
	for _, p := range page.Posts {
		out.Body.Posts = append(out.Body.Posts, view.post(p))
	}
	return out, nil
}

func (s *server) report(ctx context.Context, in *newPost) (*postedPost, error) {
	pictures, err := s.develop(ctx, in.Body.Photos)
	if err != nil {
		return nil, err
	}
	post, joined, err := s.People.Report(ctx, visitorOf(ctx).member, feed.Draft{
		Kind: feed.Kind(in.Body.Kind), Territory: feed.Path(in.Body.Territory), Asset: feed.Path(in.Body.Asset),
		Text: in.Body.Text, SKU: in.Body.SKU, Photos: pictures, Help: in.Body.Help.asked(), From: feed.PostID(in.Body.From),
		For: in.Body.For.population(), Expires: moment(in.Body.Expires), Poll: in.Body.Poll.poll(), Deadline: moment(in.Body.Deadline),
	})
	if err != nil {
		return nil, fmt.Errorf("report in %s: %w", in.Body.Territory, err)
	}
	detail, err := s.detail(ctx, post.ID)
	if joined && feed.ProblemOf(err) == feed.NotFound {
		detail, err = s.glimpse(ctx, post)
	}
	if err != nil {
		return nil, err
	}
	out := &postedPost{Status: http.StatusCreated, Location: "/api/v1/posts/" + url.PathEscape(detail.ID), Body: detail}
	if joined {
		out.Status, out.Joined = http.StatusOK, "true"
	}
	return out, nil
}

func (a *Audience) population() *feed.Population {
	if a == nil {
		return nil
	}
	out := &feed.Population{Skills: a.Skills, Shifts: a.Shifts}
	for _, p := range a.Places {
		out.Places = append(out.Places, feed.Path(p))
	}
	for _, r := range a.Roles {
		out.Roles = append(out.Roles, feed.Role(r))
	}
	for _, m := range a.People {
		out.People = append(out.People, feed.MemberID(m))
	}
	return out
}

func (p *NewPoll) poll() *feed.Poll {
	if p == nil {
		return nil
	}
	out := &feed.Poll{Closes: moment(p.Closes)}
	for _, text := range p.Choices {
		out.Choices = append(out.Choices, feed.Choice{Text: text})
	}
	return out
}

// glimpse is what a visitor gets to see of a post that the report joined in
// another aisle of the same store, outside of their scope: the post, and none
// of what was said there.
func (s *server) glimpse(ctx context.Context, p *feed.Post) (*PostDetail, error) {
	view, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	out := &PostDetail{Post: view.post(p), Timeline: []Entry{}, Thread: []Comment{}, Related: []Post{}, Causes: []string{}, Actions: []string{}, Teams: []string{}, Mine: []string{}, Flags: []Flag{}, Practices: []Practice{}}
	out.Text, out.LastComment, out.Photos = "", nil, nil
	return out, nil
}

// within is what the visitor may see at or below territory. A place of which
// nothing is seen is not found.
func (v *visitor) within(territory string) (feed.Scope, error) {
	scope := v.member.Scope().Narrow(feed.Path(territory))
	if territory != "" && len(scope.Roots) == 0 {
		return scope, feed.ErrNotFound
	}
	return scope, nil
}
