package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

type newComment struct {
	ID   string `path:"id"`
	Body struct {
		Text   string   `json:"text,omitempty" doc:"May be empty where there are photos."`
		Parent string   `json:"parent,omitempty" pattern:"^[!-~]*$" doc:"The comment that this one answers."`
		Photos []string `json:"photos,omitempty" maxItems:"3" doc:"JPEG, PNG or WebP in base64, each at most 4 MB and 40 megapixels. They are turned upright, stripped of everything else, and shrunk."`
	}
}

type oneComment struct{ Body Comment }

type resolution struct {
	ID   string `path:"id"`
	Body struct {
		Cause  string `json:"cause"`
		Action string `json:"action,omitempty" doc:"What was done about it."`
	}
}

type reaction struct {
	ID       string `path:"id"`
	Reaction string `path:"reaction" enum:"useful,like,recommend"`
}

// actRoutes are what people do to a post that is there.
func (s *server) actRoutes() {
	route(s, feed.Write, huma.Operation{
		OperationID: "comment", Method: http.MethodPost, Path: "/api/v1/posts/{id}/comments", DefaultStatus: http.StatusCreated,
		MaxBodyBytes: maxPhotoBody, BodyReadTimeout: photoTime,
		Summary: "Comment on a post or answer a comment",
		Errors:  []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity},
	}, s.comment)
	for _, act := range []struct {
		action        feed.Action
		name, summary string
		do            func(context.Context, feed.Member, feed.PostID) (*feed.Post, error)
	}{
		{feed.Attend, "take", "Take a post, or take it over", s.People.Take},
		{feed.Attend, "onsite", "Say that one is on site", s.People.Arrive},
		{feed.Handle, "reopen", "Open a post again that ended too early", s.People.Reopen},
		{feed.Handle, "release", "Give a post back that one had taken", s.People.Release},
		{feed.Handle, "unshelve", "Hear a condition again that was silenced", s.People.Unshelve},
		{feed.Handle, "reset", "Say that a post whose condition ended is over", s.People.Reset},
	} {
		route(s, act.action, actOperation(act.name, act.summary), func(ctx context.Context, in *postID) (*onePost, error) {
			_, err := act.do(ctx, visitorOf(ctx).member, feed.PostID(in.ID))
			return s.after(ctx, act.name, in.ID, err)
		})
	}
	route(s, feed.Handle, actOperation("resolve", "End a post with its cause"), func(ctx context.Context, in *resolution) (*onePost, error) {
		_, err := s.People.Resolve(ctx, visitorOf(ctx).member, feed.PostID(in.ID), in.Body.Cause, in.Body.Action)
		return s.after(ctx, "resolve", in.ID, err)
	})
	s.assignRoute()
	s.decideRoutes()
	s.shelveRoute()
	s.stepRoutes()
	s.serviceRoutes()
	s.noiseRoute("call-noise", http.MethodPut, "Say that a post is noise", true)
	s.noiseRoute("uncall-noise", http.MethodDelete, "Take back that a post is noise", false)
	s.reactionRoute("react", http.MethodPut, "Set one's reaction", true)
	s.reactionRoute("unreact", http.MethodDelete, "Take one's reaction back", false)
}

func actOperation(name, summary string) huma.Operation {
	return huma.Operation{
		OperationID: name, Method: http.MethodPost, Path: "/api/v1/posts/{id}/" + name, Summary: summary,
		Errors: []int{http.StatusNotFound, http.StatusConflict},
	}
}

func (s *server) reactionRoute(id, method, summary string, on bool) {
	route(s, feed.Write, huma.Operation{
		OperationID: id, Method: method, Path: "/api/v1/posts/{id}/reactions/{reaction}", Summary: summary,
		DefaultStatus: http.StatusOK, Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *reaction) (*onePost, error) {
		_, err := s.People.React(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.Reaction(in.Reaction), on)
		return s.after(ctx, id, in.ID, err)
	})
}

func (s *server) noiseRoute(id, method, summary string, on bool) {
	route(s, feed.Write, huma.Operation{
		OperationID: id, Method: method, Path: "/api/v1/posts/{id}/noise", Summary: summary,
		DefaultStatus: http.StatusOK, Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *postID) (*onePost, error) {
		_, err := s.People.Noise(ctx, visitorOf(ctx).member, feed.PostID(in.ID), on)
		return s.after(ctx, id, in.ID, err)
	})
}

// after answers an act with the post as it is now.
func (s *server) after(ctx context.Context, act, id string, err error) (*onePost, error) {
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", act, id, err)
	}
	p, err := s.detail(ctx, feed.PostID(id))
	return &onePost{Body: p}, err
}

func (s *server) comment(ctx context.Context, in *newComment) (*oneComment, error) {
	pictures, err := s.develop(ctx, in.Body.Photos)
	if err != nil {
		return nil, err
	}
	c, err := s.People.Comment(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.CommentID(in.Body.Parent), in.Body.Text, pictures...)
	if err != nil {
		return nil, fmt.Errorf("comment on %s: %w", in.ID, err)
	}
	return &oneComment{Body: comment(*c)}, nil
}
