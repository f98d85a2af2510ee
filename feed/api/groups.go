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

// Circles is what the API reads of groups.
type Circles interface {
	// Circles lists the groups that a member may know of, by name.
	Circles(ctx context.Context, m feed.Member) ([]*feed.Circle, error)
}

// Group is a group as somebody who may know of it sees it.
type Group struct {
	ID       string     `json:"id"`
	Place    string     `json:"place" doc:"Territory at which what is said in it stands."`
	Name     string     `json:"name"`
	Purpose  string     `json:"purpose"`
	Kind     string     `json:"kind" enum:"team,project,subject,watch,place"`
	Join     string     `json:"join" enum:"open,asked,invited" doc:"How one comes in: at once, when a keeper accepts, or when a keeper invites."`
	Hidden   bool       `json:"hidden" doc:"Only who is in it, or invited, knows of it."`
	Home     Named      `json:"home" doc:"Whoever works around this place sees that the group exists."`
	Archived *time.Time `json:"archived,omitempty" doc:"It is read and takes nothing more."`
	Members  int        `json:"members"`
	Mine     string     `json:"mine" enum:"none,member,keeper,asked,invited" doc:"What the reader is to it."`
	Keepers  []string   `json:"keepers" nullable:"false" doc:"Names of those who keep it."`

	Pinned string     `json:"pinned,omitempty" doc:"The post that its members see first; for members."`
	Latest *time.Time `json:"latest,omitempty" doc:"When something last moved in it; for members."`
}

// GroupDetail is a group with its people, as far as the reader may know them.
type GroupDetail struct {
	Group
	People   []Fellow `json:"people" nullable:"false" doc:"For members."`
	Requests []Caller `json:"requests" nullable:"false" doc:"Who asks to come in; for keepers."`
	Invited  []Caller `json:"invited" nullable:"false" doc:"Who has not answered yet; for keepers."`
}

// Fellow is somebody in a group.
type Fellow struct {
	Member string `json:"member"`
	Name   string `json:"name"`
	Role   string `json:"role" enum:"member,keeper"`
}

// Caller is somebody who asks to come into a group, or is asked to.
type Caller struct {
	Member string    `json:"member"`
	Name   string    `json:"name"`
	At     time.Time `json:"at"`
}

type groupList struct {
	Body struct {
		Groups []Group `json:"groups" nullable:"false"`
	}
}

type groupID struct {
	ID string `path:"id"`
}

type oneGroup struct{ Body GroupDetail }

type newGroup struct {
	Body struct {
		Name    string `json:"name"`
		Purpose string `json:"purpose,omitempty"`
		Kind    string `json:"kind" enum:"team,project,subject,watch,place"`
		Join    string `json:"join" enum:"open,asked,invited"`
		Hidden  bool   `json:"hidden,omitempty"`
		Home    string `json:"home" minLength:"1"`
	}
}

type groupChange struct {
	ID   string `path:"id"`
	Body struct {
		Name     *string `json:"name,omitempty"`
		Purpose  *string `json:"purpose,omitempty"`
		Join     *string `json:"join,omitempty" enum:"open,asked,invited"`
		Hidden   *bool   `json:"hidden,omitempty"`
		Pinned   *string `json:"pinned,omitempty" doc:"Empty: nothing is pinned any more."`
		Archived *bool   `json:"archived,omitempty"`
	}
}

type fellowChange struct {
	ID     string `path:"id"`
	Member string `path:"member"`
	Body   struct {
		Role string `json:"role" enum:"member,keeper"`
	}
}

type fellowID struct {
	ID     string `path:"id"`
	Member string `path:"member"`
}

type candidateList struct {
	Body struct {
		People []Invitable `json:"people" nullable:"false"`
	}
}

// Invitable is somebody whom a keeper may invite.
type Invitable struct {
	Member string `json:"member"`
	Name   string `json:"name"`
}

func (s *server) groupRoutes() {
	route(s, feed.Write, huma.Operation{
		OperationID: "list-groups", Method: http.MethodGet, Path: "/api/v1/groups",
		Summary: "The groups that the reader may know of, by name",
	}, s.listGroups)
	route(s, feed.Write, huma.Operation{
		OperationID: "create-group", Method: http.MethodPost, Path: "/api/v1/groups", DefaultStatus: http.StatusCreated,
		Summary: "Make a group and keep it", Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, s.createGroup)
	route(s, feed.Write, huma.Operation{
		OperationID: "read-group", Method: http.MethodGet, Path: "/api/v1/groups/{id}",
		Summary: "One group with its people", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *groupID) (*oneGroup, error) {
		all, err := s.circlesOf(ctx)
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			if c.ID == in.ID {
				return s.oneGroup(ctx, c, nil)
			}
		}
		return nil, feed.ErrNotFound
	})
	route(s, feed.Write, huma.Operation{
		OperationID: "change-group", Method: http.MethodPatch, Path: "/api/v1/groups/{id}",
		Summary: "Change what a group is, pin a post in it, archive it",
		Errors:  []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, s.changeGroup)
	route(s, feed.Write, huma.Operation{
		OperationID: "join-group", Method: http.MethodPost, Path: "/api/v1/groups/{id}/join",
		Summary: "Come into a group, or ask to", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, func(ctx context.Context, in *groupID) (*oneGroup, error) {
		c, err := s.Groups.Join(ctx, visitorOf(ctx).member, in.ID)
		return s.oneGroup(ctx, c, err)
	})
	s.fellowRoutes()
}

// fellowRoutes say who is in a group.
func (s *server) fellowRoutes() {
	route(s, feed.Write, huma.Operation{
		OperationID: "admit-to-group", Method: http.MethodPut, Path: "/api/v1/groups/{id}/members/{member}",
		Summary: "Accept who asks, invite who does not, or give a member another role",
		Errors:  []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity},
	}, func(ctx context.Context, in *fellowChange) (*oneGroup, error) {
		c, err := s.Groups.Admit(ctx, visitorOf(ctx).member, in.ID, feed.MemberID(in.Member), feed.Role(in.Body.Role))
		return s.oneGroup(ctx, c, err)
	})
	route(s, feed.Write, huma.Operation{
		OperationID: "part-from-group", Method: http.MethodDelete, Path: "/api/v1/groups/{id}/members/{member}",
		Summary: "Leave a group, take somebody out of it, or refuse a request", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, func(ctx context.Context, in *fellowID) (*struct{}, error) {
		return nil, s.Groups.Part(ctx, visitorOf(ctx).member, in.ID, feed.MemberID(in.Member))
	})
	route(s, feed.Write, huma.Operation{
		OperationID: "list-candidates", Method: http.MethodGet, Path: "/api/v1/groups/{id}/candidates",
		Summary: "Whom its keepers may invite", Errors: []int{http.StatusNotFound},
	}, s.candidates)
}

// circlesOf are the groups that the visitor may know of.
func (s *server) circlesOf(ctx context.Context) ([]*feed.Circle, error) {
	m := visitorOf(ctx).member
	all, err := s.Circles.Circles(ctx, m)
	if err != nil {
		return nil, fmt.Errorf("groups of %s: %w", m.ID, err)
	}
	return all, nil
}

func (s *server) listGroups(ctx context.Context, _ *struct{}) (*groupList, error) {
	all, err := s.circlesOf(ctx)
	if err != nil {
		return nil, err
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	out := &groupList{}
	out.Body.Groups = make([]Group, 0, len(all))
	for _, c := range all {
		out.Body.Groups = append(out.Body.Groups, v.group(c, visitorOf(ctx).member.ID))
	}
	return out, nil
}

func (s *server) createGroup(ctx context.Context, in *newGroup) (*oneGroup, error) {
	c, err := s.Groups.Create(ctx, visitorOf(ctx).member, feed.Circle{
		Name: in.Body.Name, Purpose: in.Body.Purpose, Kind: feed.CircleKind(in.Body.Kind), Join: feed.JoinPolicy(in.Body.Join),
		Hidden: in.Body.Hidden, Home: feed.Path(in.Body.Home),
	})
	return s.oneGroup(ctx, c, err)
}

func (s *server) changeGroup(ctx context.Context, in *groupChange) (*oneGroup, error) {
	b := in.Body
	c, err := s.Groups.Change(ctx, visitorOf(ctx).member, in.ID, func(c *feed.Circle) {
		set(&c.Name, b.Name)
		set(&c.Purpose, b.Purpose)
		set(&c.Join, (*feed.JoinPolicy)(b.Join))
		set(&c.Hidden, b.Hidden)
		set(&c.Pinned, (*feed.PostID)(b.Pinned))
		switch {
		case b.Archived == nil:
		case !*b.Archived:
			c.ArchivedAt = time.Time{}
		case c.ArchivedAt.IsZero():
			c.ArchivedAt = utc(time.Now())
		}
	})
	return s.oneGroup(ctx, c, err)
}

// set writes what was said, and leaves what was not.
func set[T any](to, said *T) {
	if said != nil {
		*to = *said
	}
}

// oneGroup answers with a group, or with why there is none.
func (s *server) oneGroup(ctx context.Context, c *feed.Circle, err error) (*oneGroup, error) {
	if err != nil {
		return nil, fmt.Errorf("group: %w", err)
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	me := visitorOf(ctx).member.ID
	out := GroupDetail{Group: v.group(c, me), People: []Fellow{}, Requests: []Caller{}, Invited: []Caller{}}
	role := c.RoleOf(me)
	if role != "" {
		for _, f := range c.Fellows {
			out.People = append(out.People, Fellow{Member: string(f.Member), Name: f.Name, Role: string(f.Role)})
		}
	}
	if role == feed.Keeper {
		for _, call := range c.Calls {
			list := &out.Requests
			if call.Invited {
				list = &out.Invited
			}
			*list = append(*list, Caller{Member: string(call.Member), Name: call.Name, At: utc(call.At)})
		}
	}
	return &oneGroup{Body: out}, nil
}

func (v view) group(c *feed.Circle, me feed.MemberID) Group {
	out := Group{
		ID: c.ID, Place: string(feed.Group(c.ID)), Name: c.Name, Purpose: c.Purpose, Kind: string(c.Kind), Join: string(c.Join), Hidden: c.Hidden,
		Home: Named{string(c.Home), v.tree.Name(c.Home)}, Archived: instant(c.ArchivedAt), Members: len(c.Fellows), Mine: "none", Keepers: []string{},
	}
	for _, f := range c.Fellows {
		if f.Role == feed.Keeper {
			out.Keepers = append(out.Keepers, f.Name)
		}
	}
	if call := c.CallOf(me); call != nil && call.Invited {
		out.Mine = "invited"
	} else if call != nil {
		out.Mine = "asked"
	}
	if role := c.RoleOf(me); role != "" {
		out.Mine, out.Pinned, out.Latest = string(role), string(c.Pinned), instant(c.Latest)
	}
	return out
}

// candidates are those who work around the group's home and are not in it.
func (s *server) candidates(ctx context.Context, in *groupID) (*candidateList, error) {
	all, err := s.circlesOf(ctx)
	if err != nil {
		return nil, err
	}
	me := visitorOf(ctx).member.ID
	i := slices.IndexFunc(all, func(c *feed.Circle) bool { return c.ID == in.ID })
	switch {
	case i < 0:
		return nil, feed.ErrNotFound
	case all[i].RoleOf(me) != feed.Keeper:
		return nil, errRole
	}
	accounts, err := s.Members.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	out := &candidateList{}
	out.Body.People = []Invitable{}
	for _, a := range accounts {
		if c := all[i]; c.RoleOf(a.ID) == "" && a.Works(c.Home) {
			out.Body.People = append(out.Body.People, Invitable{Member: string(a.ID), Name: a.Name})
		}
	}
	return out, nil
}
