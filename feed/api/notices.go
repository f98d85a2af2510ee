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

// Notices is what the API reads of who read what.
type Notices interface {
	// Readings tells which wording of each post a member read.
	Readings(ctx context.Context, m feed.MemberID, posts []feed.PostID) (map[feed.PostID]string, error)
	// MyVote is the choice that a member made in a poll, -1 when none.
	MyVote(ctx context.Context, id feed.PostID, m feed.MemberID) (int, error)
}

type noticeList struct {
	Body struct {
		Posts []Post `json:"posts" nullable:"false" doc:"Must-read notices in force that are for the reader and that they have not read, the newest first; on a station all that are for its place, which each person reads."`
	}
}

// Readership is how far a notice has come.
type Readership struct {
	Read    int      `json:"read"`
	Of      int      `json:"of" doc:"People whom it is for now."`
	Waiting []string `json:"waiting" nullable:"false" doc:"Names of those who have not read it, by name; when the others did, nobody keeps."`
}

type oneReadership struct{ Body Readership }

type reachQuery struct {
	Places []string `query:"place,explode" minItems:"1" maxItems:"50" nullable:"false"`
	Roles  []string `query:"role,explode" maxItems:"20" nullable:"false"`
	Skills []string `query:"skill,explode" maxItems:"20" nullable:"false"`
	Shifts []string `query:"shift,explode" maxItems:"20" nullable:"false"`
}

type oneReach struct {
	Body struct {
		People int `json:"people" doc:"How many would have it put to them now."`
	}
}

type pollVote struct {
	ID   string `path:"id"`
	Body struct {
		Choice int `json:"choice" minimum:"0" maximum:"4" doc:"From 0."`
	}
}

// noticeRoutes put words to people, and say how far they came.
func (s *server) noticeRoutes() {
	route(s, feed.Read, huma.Operation{
		OperationID: "list-notices", Method: http.MethodGet, Path: "/api/v1/notices",
		Summary: "What the reader must read and has not",
	}, s.notices)
	route(s, feed.Publish, huma.Operation{
		OperationID: "measure-reach", Method: http.MethodGet, Path: "/api/v1/reach",
		Summary: "How many people a publication would reach", Errors: []int{http.StatusNotFound},
	}, s.reach)
	route(s, feed.Write, actOperation("read", "Say that one read and understood a notice"), func(ctx context.Context, in *postID) (*onePost, error) {
		_, err := s.People.MarkRead(ctx, visitorOf(ctx).member, feed.PostID(in.ID))
		return s.after(ctx, "read", in.ID, err)
	})
	route(s, feed.Write, huma.Operation{
		OperationID: "list-readers", Method: http.MethodGet, Path: "/api/v1/posts/{id}/readers",
		Summary: "How many read a notice, and who has not, for its author and those in charge", Errors: []int{http.StatusNotFound},
	}, s.readers)
	route(s, feed.Write, actOperation("remind", "Tell those again who have not read a notice, once in a shift"), s.remind)
	route(s, feed.Write, actOperation("end", "End an announcement or a notice before its time"), func(ctx context.Context, in *postID) (*onePost, error) {
		_, err := s.People.EndNotice(ctx, visitorOf(ctx).member, feed.PostID(in.ID))
		return s.after(ctx, "end", in.ID, err)
	})
	route(s, feed.Write, huma.Operation{
		OperationID: "choose", Method: http.MethodPut, Path: "/api/v1/posts/{id}/choice", Summary: "Make a choice of a poll one's own",
		Errors: []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity},
	}, func(ctx context.Context, in *pollVote) (*onePost, error) {
		_, err := s.People.Vote(ctx, visitorOf(ctx).member, feed.PostID(in.ID), in.Body.Choice)
		return s.after(ctx, "vote", in.ID, err)
	})
}

func (s *server) notices(ctx context.Context, _ *struct{}) (*noticeList, error) {
	v := visitorOf(ctx)
	page, err := s.Posts.Feed(ctx, v.member.Scope(), feed.Query{Kind: feed.MustRead, State: feed.AnyOpen, Limit: feed.MaxPage})
	if err != nil {
		return nil, fmt.Errorf("notices for %s: %w", v.member.ID, err)
	}
	mine := slices.DeleteFunc(page.Posts, func(p *feed.Post) bool { return !s.isFor(p, v) })
	if v.person {
		if mine, err = s.unread(ctx, v.member.ID, mine); err != nil {
			return nil, err
		}
	}
	view, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	out := &noticeList{}
	out.Body.Posts = make([]Post, 0, len(mine))
	for _, p := range mine {
		out.Body.Posts = append(out.Body.Posts, view.post(p))
	}
	return out, nil
}

// isFor tells whether a notice is for the visitor now. A station shows whatever
// is for its place to whoever comes. What is for a shift is for whoever is there
// while it works.
func (s *server) isFor(p *feed.Post, v *visitor) bool {
	if !v.person {
		return p.Talk != nil && p.State.Open()
	}
	if !p.IsFor(v.member) {
		return false
	}
	shifts := p.Talk.For.Shifts
	if len(shifts) == 0 || s.Shifts == nil {
		return true
	}
	return slices.ContainsFunc(p.Addressees(), func(place feed.Path) bool {
		shift, works := s.Shifts(place, time.Now())
		return works && slices.Contains(shifts, shift.Shift)
	})
}

// unread leaves out what a member has read as it is worded now.
func (s *server) unread(ctx context.Context, m feed.MemberID, posts []*feed.Post) ([]*feed.Post, error) {
	ids := make([]feed.PostID, 0, len(posts))
	for _, p := range posts {
		ids = append(ids, p.ID)
	}
	read, err := s.Notices.Readings(ctx, m, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(posts, func(p *feed.Post) bool { return read[p.ID] == p.Wording() }), nil
}

func (s *server) reach(ctx context.Context, in *reachQuery) (*oneReach, error) {
	to := feed.Population{Skills: in.Skills, Shifts: in.Shifts}
	for _, p := range in.Places {
		to.Places = append(to.Places, feed.Path(p))
	}
	for _, r := range in.Roles {
		to.Roles = append(to.Roles, feed.Role(r))
	}
	found, err := s.People.Reach(ctx, visitorOf(ctx).member, to)
	if err != nil {
		return nil, fmt.Errorf("reach: %w", err)
	}
	out := &oneReach{}
	out.Body.People = len(found)
	return out, nil
}

func (s *server) readers(ctx context.Context, in *postID) (*oneReadership, error) {
	r, err := s.People.Readers(ctx, visitorOf(ctx).member, feed.PostID(in.ID))
	if err != nil {
		return nil, fmt.Errorf("readers of %s: %w", in.ID, err)
	}
	out := &oneReadership{Body: Readership{Read: r.Read, Of: r.Of, Waiting: make([]string, 0, len(r.Waiting))}}
	for _, m := range r.Waiting {
		out.Body.Waiting = append(out.Body.Waiting, m.Name)
	}
	slices.Sort(out.Body.Waiting)
	return out, nil
}

// remind is allowed once in the shift that works at the post's place, or once in
// eight hours where no calendar says.
func (s *server) remind(ctx context.Context, in *postID) (*onePost, error) {
	v, now := visitorOf(ctx), time.Now()
	p, err := s.Posts.Post(ctx, v.member.Scope(), feed.PostID(in.ID))
	if err != nil {
		return nil, fmt.Errorf("remind %s: %w", in.ID, err)
	}
	since := now.Add(-8 * time.Hour)
	if s.Shifts != nil {
		if shift, works := s.Shifts(p.Territory, now); works {
			since = shift.Start
		}
	}
	_, err = s.People.Remind(ctx, v.member, p.ID, since)
	return s.after(ctx, "remind", in.ID, err)
}

// ownPoll is the reader's choice in a poll. Who has not chosen sees the counts
// once the poll is over.
func (s *server) ownPoll(ctx context.Context, _ view, p *feed.Post, out *PostDetail) error {
	if p.Talk == nil || p.Talk.Poll == nil || out.Talk.Poll == nil {
		return nil
	}
	m := visitorOf(ctx).member.ID
	mine, err := s.Notices.MyVote(ctx, p.ID, m)
	if err != nil {
		return fmt.Errorf("vote of %s on %s: %w", m, p.ID, err)
	}
	if mine >= 0 {
		out.MineVote = &mine
		out.Talk.Poll = poll(p.Talk.Poll, true)
	}
	return nil
}

// ownReading tells whether the reader has a notice to read, and may know who has.
func (s *server) ownReading(ctx context.Context, _ view, p *feed.Post, out *PostDetail) error {
	v := visitorOf(ctx)
	out.Can.Readers = p.ReadersShownTo(v.member)
	out.Can.End = p.State.Open() && (p.Kind == feed.MustRead || p.Kind == feed.Announcement) &&
		(p.Author.Member == v.member.ID || feed.Can(v.member, feed.Moderate, p.Territory))
	if p.Kind != feed.MustRead || !s.isFor(p, v) {
		return nil
	}
	if !v.person {
		out.MineRead = "each"
		return nil
	}
	left, err := s.unread(ctx, v.member.ID, []*feed.Post{p})
	if out.MineRead = "read"; len(left) > 0 {
		out.MineRead = "unread"
	}
	return err
}
