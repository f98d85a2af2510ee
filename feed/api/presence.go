package api

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Presences keeps who is at work.
type Presences interface {
	MarkPresent(ctx context.Context, p feed.Presence) error
	SeeBy(ctx context.Context, scope feed.Scope, m feed.MemberID, posts []feed.PostID) error
	// SeenBy counts who is present at the place of a post, and who of them
	// opened it.
	SeenBy(ctx context.Context, p *feed.Post, reader feed.MemberID, now time.Time) (seen, present int, err error)
}

// markEvery is how often somebody who goes on acting is marked present again.
const markEvery = 5 * time.Minute

// attendance remembers who was marked present lately, and where.
type attendance struct {
	mu     sync.Mutex
	marked map[feed.MemberID]mark
}

type mark struct {
	at    time.Time
	place feed.Path
}

// due tells whether to mark a member present, and takes it that this happens.
func (a *attendance) due(m feed.MemberID, place feed.Path, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if last, ok := a.marked[m]; ok && last.place == place && now.Sub(last.at) < markEvery {
		return false
	}
	if a.marked == nil || len(a.marked) > maxMarked {
		a.marked = map[feed.MemberID]mark{}
	}
	a.marked[m] = mark{now, place}
	return true
}

// maxMarked bounds how many are remembered: beyond that all are marked anew.
const maxMarked = 50_000

// forget lets the next act mark the member again.
func (a *attendance) forget(m feed.MemberID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.marked, m)
}

// attend marks somebody present who acts, or opens the app. A page that reads by
// itself is no sign of anybody; nor are the words that say that one goes.
func (s *server) attend(r *http.Request, v *visitor) {
	opens := r.Method == http.MethodGet && r.URL.Path == "/api/v1/session"
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	leaves := r.Method == http.MethodDelete && slices.Contains([]string{"/api/v1/session", "/api/v1/presence"}, r.URL.Path)
	away := r.URL.Path == "/api/v1/absence" || r.URL.Path == "/api/v1/deliveries"
	if s.Presences == nil || !v.person || reads && !opens || leaves || away {
		return
	}
	p := feed.Presence{Member: v.member.ID, Until: time.Now().Add(feed.PresentFor)}
	if v.device != nil {
		p.Place = v.device.Place
	}
	if !s.attendance.due(p.Member, p.Place, time.Now()) {
		return
	}
	if err := s.Presences.MarkPresent(r.Context(), p); err != nil { // being counted is not worth failing for
		s.attendance.forget(p.Member)
		s.Log.LogAttrs(r.Context(), slog.LevelWarn, "presence not kept", slog.Any("error", err))
	}
}

type newAbsence struct {
	Body struct {
		From     time.Time `json:"from"`
		Until    time.Time `json:"until"`
		Delegate string    `json:"delegate,omitempty" doc:"Who decides meanwhile; has one of the roles that one has."`
	}
}

type seenPosts struct {
	Body struct {
		Posts []string `json:"posts" minItems:"1" maxItems:"50" nullable:"false"`
	}
}

type colleagueList struct {
	Body struct {
		People []Named `json:"people" nullable:"false"`
	}
}

// presenceRoutes are about who is here, who is away, and who saw what.
func (s *server) presenceRoutes() {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1" + path, Summary: summary, DefaultStatus: http.StatusNoContent}
	}
	route(s, signedIn, op("leave", http.MethodDelete, "/presence", "Say that one goes: one is no longer shown as present"), func(ctx context.Context, _ *struct{}) (*struct{}, error) {
		m := visitorOf(ctx).member
		defer s.attendance.forget(m.ID)
		return nil, s.personal(ctx, func() error { return s.Cards.Leave(ctx, m) })
	})
	away := op("announce-absence", http.MethodPut, "/absence", "Announce when one is away, and who decides meanwhile")
	away.Errors = []int{http.StatusNotFound, http.StatusUnprocessableEntity}
	route(s, signedIn, away, func(ctx context.Context, in *newAbsence) (*struct{}, error) {
		b := in.Body
		return nil, s.personal(ctx, func() error {
			return s.Cards.Away(ctx, visitorOf(ctx).member, b.From, b.Until, feed.MemberID(b.Delegate))
		})
	})
	route(s, signedIn, op("end-absence", http.MethodDelete, "/absence", "Say that one is back, or stays"), func(ctx context.Context, _ *struct{}) (*struct{}, error) {
		return nil, s.personal(ctx, func() error { return s.Cards.Back(ctx, visitorOf(ctx).member) })
	})
	list := op("list-delegates", http.MethodGet, "/delegates", "Who may decide while one is away")
	list.DefaultStatus = http.StatusOK
	route(s, signedIn, list, s.delegates)
	route(s, signedIn, op("see", http.MethodPost, "/seen", "Say that one opened posts: they are counted, and no time is kept"), func(ctx context.Context, in *seenPosts) (*struct{}, error) {
		m := visitorOf(ctx).member
		ids := make([]feed.PostID, 0, len(in.Body.Posts))
		for _, id := range in.Body.Posts {
			ids = append(ids, feed.PostID(id))
		}
		return nil, s.personal(ctx, func() error { return s.Presences.SeeBy(ctx, m.Scope(), m.ID, ids) })
	})
}

// personal does what nobody does for somebody else, nor a device.
func (s *server) personal(ctx context.Context, do func() error) error {
	if !visitorOf(ctx).person {
		return feed.ErrSignedOut
	}
	return do()
}

// delegates are the colleagues who have one of the reader's roles.
func (s *server) delegates(ctx context.Context, _ *struct{}) (*colleagueList, error) {
	m := visitorOf(ctx).member
	found, err := s.Directory.Directory(ctx, m.Scope(), feed.DirectoryQuery{Limit: 1000}, time.Now())
	if err != nil {
		return nil, err
	}
	out := &colleagueList{}
	out.Body.People = []Named{}
	for _, p := range found {
		if p.Replaces(m) && p.Absence == nil && len(out.Body.People) < maxPeople {
			out.Body.People = append(out.Body.People, Named{ID: string(p.ID), Name: p.Name})
		}
	}
	return out, nil
}

// seen counts who of those present opened the post, the reader among them.
func (s *server) seen(ctx context.Context, _ view, p *feed.Post, out *PostDetail) (err error) {
	if s.Presences == nil {
		return nil
	}
	var reader feed.MemberID
	if v := visitorOf(ctx); v.person {
		reader = v.member.ID
	}
	out.SeenBy, out.Present, err = s.Presences.SeenBy(ctx, p, reader, time.Now())
	return err
}
