package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Flag is one person's word that something is unfit to be read.
type Flag struct {
	Comment string    `json:"comment,omitempty" doc:"Absent: the post's own words."`
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
}

type reasonFor struct {
	ID   string `path:"id"`
	Body struct {
		Comment string `json:"comment,omitempty" pattern:"^[!-~]*$" doc:"Absent: the post's own words."`
		Reason  string `json:"reason"`
	}
}

type putBack struct {
	ID   string `path:"id"`
	Body struct {
		Comment string `json:"comment,omitempty" pattern:"^[!-~]*$"`
	}
}

type contesting struct {
	ID   string `path:"id"`
	Body struct {
		Comment string `json:"comment,omitempty" pattern:"^[!-~]*$"`
		Text    string `json:"text"`
	}
}

// moderationRoutes take off the screens what is unfit, and put it back.
func (s *server) moderationRoutes() {
	route(s, feed.Moderate, talkOperation("hide", http.MethodPut, "/hidden", "Take what a person wrote off the screens"),
		func(ctx context.Context, in *reasonFor) (*onePost, error) {
			_, err := s.People.Hide(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.CommentID(in.Body.Comment), in.Body.Reason)
			return s.after(ctx, "hide", in.ID, err)
		})
	route(s, feed.Moderate, talkOperation("show", http.MethodDelete, "/hidden", "Put back what was taken off the screens"),
		func(ctx context.Context, in *putBack) (*onePost, error) {
			_, err := s.People.Show(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.CommentID(in.Body.Comment))
			return s.after(ctx, "show", in.ID, err)
		})
	route(s, feed.Write, talkOperation("contest", http.MethodPost, "/contest", "Answer once to who took one's words off the screens"),
		func(ctx context.Context, in *contesting) (*onePost, error) {
			_, err := s.People.Contest(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.CommentID(in.Body.Comment), in.Body.Text)
			return s.after(ctx, "contest", in.ID, err)
		})
	route(s, feed.Write, talkOperation("flag", http.MethodPost, "/flags", "Tell those who moderate that something is unfit"),
		func(ctx context.Context, in *reasonFor) (*onePost, error) {
			_, err := s.People.Flag(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.CommentID(in.Body.Comment), in.Body.Reason)
			return s.after(ctx, "flag", in.ID, err)
		})
}

// flags are what those who moderate are told of a post.
func (s *server) flags(ctx context.Context, _ view, p *feed.Post, out *PostDetail) error {
	out.Flags = []Flag{}
	if !out.Can.Moderate {
		return nil
	}
	all, err := s.Talks.Flags(ctx, p.ID)
	if err != nil {
		return fmt.Errorf("flags of %s: %w", p.ID, err)
	}
	for _, f := range all {
		out.Flags = append(out.Flags, Flag{Comment: string(f.Comment), Reason: f.Reason, At: utc(f.At)})
	}
	return nil
}
