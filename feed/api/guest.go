package api

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// GuestBook is what the API reads of guests.
type GuestBook interface {
	// Guests lists the links to a post, the newest first.
	Guests(ctx context.Context, post feed.PostID) ([]feed.Guest, error)
	// GuestOf is the guest whose token has that hash.
	GuestOf(ctx context.Context, hash string) (feed.Guest, error)
	// Member is a person who is not revoked: of a guest, who made the link.
	Member(ctx context.Context, id feed.MemberID) (feed.Member, error)
}

// Guest is somebody from outside who reads one thread by a link.
type Guest struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	By    Author    `json:"by"`
	At    time.Time `json:"at"`
	Until time.Time `json:"until"`
	Valid bool      `json:"valid" doc:"The link still opens the post."`
	Path  string    `json:"path,omitempty" doc:"Of the screen that the link opens: told once, when it is made."`
}

type newGuest struct {
	ID   string `path:"id"`
	Body struct {
		Name string `json:"name" doc:"Of the guest: shown over what they read."`
		Days int    `json:"days" minimum:"1" maximum:"30"`
	}
}

type oneGuest struct{ Body Guest }

type guestList struct {
	Body struct {
		Guests []Guest `json:"guests" nullable:"false"`
	}
}

type guestID struct {
	ID    string `path:"id"`
	Guest string `path:"guest"`
}

type guestToken struct {
	Token string `path:"token"`
}

// GuestThread is what a guest reads: one post and its conversation.
type GuestThread struct {
	Name   string    `json:"name" doc:"Of the guest."`
	Until  time.Time `json:"until"`
	Post   Post      `json:"post"`
	Thread []Comment `json:"thread" nullable:"false"`
}

type oneGuestThread struct{ Body *GuestThread }

func (s *server) guestRoutes() {
	path := postsPath + "/{id}/guests"
	errs := []int{http.StatusNotFound, http.StatusUnprocessableEntity}
	route(s, feed.Moderate, huma.Operation{
		OperationID: "admit-guest", Method: http.MethodPost, Path: path, DefaultStatus: http.StatusCreated, Errors: append(errs, http.StatusConflict),
		Summary: "Make a link that opens this thread, and nothing else, to somebody from outside",
	}, s.admitGuest)
	route(s, feed.Moderate, huma.Operation{
		OperationID: "guests", Method: http.MethodGet, Path: path, Errors: errs, Summary: "The links of guests to a thread",
	}, s.guests)
	route(s, feed.Moderate, huma.Operation{
		OperationID: "end-guest", Method: http.MethodDelete, Path: path + "/{guest}", Errors: errs, Summary: "Take a guest's link back",
	}, func(ctx context.Context, in *guestID) (*struct{}, error) {
		return nil, s.People.EndGuest(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.GuestID(in.Guest))
	})
	route(s, anyone, huma.Operation{
		OperationID: "read-as-guest", Method: http.MethodGet, Path: "/api/v1/guests/{token}", Errors: []int{http.StatusGone, http.StatusNotFound},
		Summary: "The thread that a guest's link opens",
	}, s.readAsGuest)
}

func (s *server) admitGuest(ctx context.Context, in *newGuest) (*oneGuest, error) {
	token := rand.Text() + rand.Text()
	g, err := s.People.AdmitGuest(ctx, visitorOf(ctx).member, feed.PostID(in.ID), in.Body.Name, in.Body.Days, hashOf(token))
	if err != nil {
		return nil, fmt.Errorf("guest of %s: %w", in.ID, err)
	}
	out := guest(*g)
	out.Path = "/guest/" + url.PathEscape(token)
	return &oneGuest{out}, nil
}

func (s *server) guests(ctx context.Context, in *postID) (*guestList, error) {
	reader := visitorOf(ctx).member
	p, err := s.Posts.Post(ctx, reader.Scope(), feed.PostID(in.ID))
	if err != nil {
		return nil, fmt.Errorf("post %s: %w", in.ID, err)
	}
	if err := feed.Require(reader, feed.Moderate, p.Territory); err != nil {
		return nil, err
	}
	all, err := s.Talks.Guests(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	out := &guestList{}
	out.Body.Guests = make([]Guest, 0, len(all))
	for _, g := range all {
		out.Body.Guests = append(out.Body.Guests, guest(g))
	}
	return out, nil
}

// readAsGuest shows the one post that the link is for, as who made it sees it:
// read only, without the photos and the curve's neighbours that lie elsewhere.
func (s *server) readAsGuest(ctx context.Context, in *guestToken) (*oneGuestThread, error) {
	g, err := s.Talks.GuestOf(ctx, hashOf(in.Token))
	if feed.ProblemOf(err) == feed.NotFound || err == nil && !g.Valid(time.Now()) {
		return nil, errGuestGone
	}
	if err != nil {
		return nil, err
	}
	host, err := s.Talks.Member(ctx, g.By.Member)
	if err != nil {
		return nil, errGuestGone // whoever made the link may no longer read there
	}
	p, err := s.Posts.Post(ctx, host.Scope(), g.Post)
	if err != nil {
		return nil, errGuestGone
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	thread, err := s.Posts.Thread(ctx, p.ID)
	if err != nil {
		return nil, fmt.Errorf("thread of %s: %w", p.ID, err)
	}
	out := &GuestThread{Name: g.Name, Until: utc(g.Until), Post: v.outside(p), Thread: []Comment{}}
	for _, c := range thread {
		c.Photos, c.Mentions = nil, nil
		out.Thread = append(out.Thread, comment(c))
	}
	return &oneGuestThread{out}, nil
}

// outside is a post without what leads on from it to others.
func (v view) outside(p *feed.Post) Post {
	out := v.post(p)
	out.Past, out.Previous, out.Members, out.Sheet, out.Photos, out.Run, out.LastComment = nil, "", nil, nil, nil, nil, nil
	if out.Talk != nil {
		out.Talk.For, out.Talk.Course, out.Talk.From, out.Talk.Mentions = nil, nil, "", nil
	}
	return out
}

func guest(g feed.Guest) Guest {
	return Guest{ID: string(g.ID), Name: g.Name, By: author(g.By), At: utc(g.At), Until: utc(g.Until), Valid: g.Valid(time.Now())}
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

var errGuestGone = feed.Refuse(feed.Gone, "Ce lien n’est plus valable. Demandez-en un autre à qui vous l’a donné.",
	"This link is no longer good. Ask whoever gave it to you for another.")
