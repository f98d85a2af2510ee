package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Talks is what the API reads of conversations. All are asked of posts that were
// found in their reader's scope.
type Talks interface {
	// Versions lists what a post's own words, or a comment, said before.
	Versions(ctx context.Context, id feed.PostID, comment feed.CommentID) ([]feed.Version, error)
	// Flags lists who finds something on a post unfit.
	Flags(ctx context.Context, id feed.PostID) ([]feed.Flag, error)
	// Crowd is who may be mentioned on a post.
	Crowd(ctx context.Context, p *feed.Post, now time.Time) (*feed.Crowd, error)
	GuestBook
}

type editedText struct {
	ID      string `path:"id"`
	Comment string `path:"comment"`
	Body    struct {
		Text string `json:"text"`
	}
}

type editedPost struct {
	ID   string `path:"id"`
	Body struct {
		Text string `json:"text"`
	}
}

type commentID struct {
	ID      string `path:"id"`
	Comment string `path:"comment"`
}

type acceptance struct {
	ID   string `path:"id"`
	Body struct {
		Comment string `json:"comment" pattern:"^[!-~]+$"`
	}
}

// talkRoutes are what people do to what was said.
func (s *server) talkRoutes() {
	route(s, feed.Write, talkOperation("edit", http.MethodPatch, "", "Change the words of one's own post"),
		func(ctx context.Context, in *editedPost) (*onePost, error) {
			_, err := s.People.EditPost(ctx, visitorOf(ctx).member, feed.PostID(in.ID), in.Body.Text)
			return s.after(ctx, "edit", in.ID, err)
		})
	route(s, feed.Write, talkOperation("edit-comment", http.MethodPatch, "/comments/{comment}", "Change one's own comment"),
		func(ctx context.Context, in *editedText) (*onePost, error) {
			_, err := s.People.EditComment(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.CommentID(in.Comment), in.Body.Text)
			return s.after(ctx, "edit-comment", in.ID, err)
		})
	route(s, feed.Write, talkOperation("delete-comment", http.MethodDelete, "/comments/{comment}", "Take one's own comment back"),
		func(ctx context.Context, in *commentID) (*onePost, error) {
			_, err := s.People.DeleteComment(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.CommentID(in.Comment))
			return s.after(ctx, "delete-comment", in.ID, err)
		})
	s.acceptRoute("accept", http.MethodPut, "Keep an answer as the one that held", true)
	s.acceptRoute("unaccept", http.MethodDelete, "No longer keep an answer", false)
	route(s, feed.Write, huma.Operation{
		OperationID: "versions", Method: http.MethodGet, Path: postsPath + "/{id}/versions",
		Summary: "What a post or comment said before it was changed", Errors: []int{http.StatusNotFound},
	}, s.versions)
	s.recommendRoute()
	s.mentionableRoute()
	s.moderationRoutes()
	s.guestRoutes()
}

// talkOperation is one that answers with the post as it is then.
func talkOperation(id, method, path, summary string) huma.Operation {
	return huma.Operation{
		OperationID: id, Method: method, Path: postsPath + "/{id}" + path, Summary: summary, DefaultStatus: http.StatusOK,
		Errors: []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity},
	}
}

func (s *server) acceptRoute(id, method, summary string, on bool) {
	route(s, feed.Write, talkOperation(id, method, "/accepted", summary), func(ctx context.Context, in *acceptance) (*onePost, error) {
		_, err := s.People.Accept(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.CommentID(in.Body.Comment), on)
		return s.after(ctx, id, in.ID, err)
	})
}

type versionQuery struct {
	ID      string `path:"id"`
	Comment string `query:"comment" doc:"Absent: the post's own words."`
}

// Version is what was said before it was changed.
type Version struct {
	Text string    `json:"text"`
	At   time.Time `json:"at" doc:"Until when it said so."`
}

type versionList struct {
	Body struct {
		Versions []Version `json:"versions" nullable:"false"`
	}
}

// versions tells those who moderate, and the author, what was said before. What
// is hidden now was hidden then.
func (s *server) versions(ctx context.Context, in *versionQuery) (*versionList, error) {
	reader := visitorOf(ctx).member
	p, err := s.Posts.Post(ctx, reader.Scope(), feed.PostID(in.ID))
	if err != nil {
		return nil, fmt.Errorf("post %s: %w", in.ID, err)
	}
	author, shown, err := s.wrote(ctx, p, feed.CommentID(in.Comment))
	if err != nil {
		return nil, err
	}
	if !feed.Can(reader, feed.Moderate, p.Territory) && (author != reader.ID || !shown) {
		return nil, errVersions
	}
	all, err := s.Talks.Versions(ctx, p.ID, feed.CommentID(in.Comment))
	if err != nil {
		return nil, err
	}
	out := &versionList{}
	out.Body.Versions = make([]Version, 0, len(all))
	for _, v := range all {
		out.Body.Versions = append(out.Body.Versions, Version{Text: v.Text, At: utc(v.At)})
	}
	return out, nil
}

// wrote is who wrote a comment, or the post's own words, and whether they are
// shown.
func (s *server) wrote(ctx context.Context, p *feed.Post, comment feed.CommentID) (author feed.MemberID, shown bool, err error) {
	if comment == "" {
		return p.Author.Member, p.Talk == nil || p.Talk.Hidden == nil, nil
	}
	thread, err := s.Posts.Thread(ctx, p.ID)
	if err != nil {
		return "", false, err
	}
	for _, c := range thread {
		if c.ID == comment {
			return c.Author.Member, c.Shown(), nil
		}
	}
	return "", false, feed.ErrNotFound
}

var errVersions = feed.Refuse(feed.Forbidden, "Seuls l’auteur et la modération lisent les versions précédentes.",
	"Only the author and the moderation read earlier versions.")

type recommendation struct {
	ID   string `path:"id"`
	Body struct {
		People []string `json:"people,omitempty" maxItems:"50"`
		Roles  []string `json:"roles,omitempty" maxItems:"10" doc:"Or functions, at the places."`
		Places []string `json:"places,omitempty" maxItems:"10" doc:"Of the roles; absent: the post's own."`
	}
}

type recommended struct {
	Body struct {
		Reached int `json:"reached" doc:"How many people were told."`
	}
}

func (s *server) recommendRoute() {
	op := talkOperation("recommend", http.MethodPost, "/recommend", "Have people told of a post")
	route(s, feed.Write, op, func(ctx context.Context, in *recommendation) (*recommended, error) {
		m := visitorOf(ctx).member
		to, err := s.population(ctx, m, in)
		if err != nil {
			return nil, err
		}
		out := &recommended{}
		if out.Body.Reached, err = s.People.Recommend(ctx, m, feed.PostID(in.ID), to); err != nil {
			return nil, fmt.Errorf("recommend %s: %w", in.ID, err)
		}
		return out, nil
	})
}

// population is to whom a post is recommended: roles without a place are those
// of the post's own.
func (s *server) population(ctx context.Context, m feed.Member, in *recommendation) (feed.Population, error) {
	var to feed.Population
	for _, id := range in.Body.People {
		to.People = append(to.People, feed.MemberID(id))
	}
	for _, r := range in.Body.Roles {
		to.Roles = append(to.Roles, feed.Role(r))
	}
	for _, place := range in.Body.Places {
		to.Places = append(to.Places, feed.Path(place))
	}
	if len(to.Roles) > 0 && len(to.Places) == 0 {
		p, err := s.Posts.Post(ctx, m.Scope(), feed.PostID(in.ID))
		if err != nil {
			return to, err
		}
		to.Places = []feed.Path{p.Territory}
	}
	return to, nil
}
