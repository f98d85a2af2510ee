package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Badges is whose badge is whose.
type Badges interface {
	// SetBadge makes what a badge says a way for the member to sign in on
	// paired devices; an empty text takes it away. It is written down by whom.
	SetBadge(ctx context.Context, by, id feed.MemberID, badge string) error
}

// Member is somebody who may sign in, as whoever looks after a place sees them.
type Member struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Grants []Grant `json:"grants" nullable:"false" doc:"Those in places that the reader invites to."`
	Badge  bool    `json:"badge" doc:"A badge is known."`
	Entry  bool    `json:"entry" doc:"They have a way to sign in: a PIN, a badge or the company's account."`
}

type memberList struct {
	Body struct {
		Members []Member `json:"members" nullable:"false"`
	}
}

type memberID struct {
	ID string `path:"id"`
}

type memberBadge struct {
	ID   string `path:"id"`
	Body struct {
		Badge string `json:"badge" minLength:"4" maxLength:"128" pattern:"^[^\\x00-\\x1f]*$"`
	}
}

func (s *server) memberRoutes() {
	route(s, feed.Invite, huma.Operation{
		OperationID: "list-members", Method: http.MethodGet, Path: "/api/v1/members",
		Summary: "The people of the places that the reader invites to",
	}, s.members)
	route(s, feed.Administer, huma.Operation{
		OperationID: "set-badge", Method: http.MethodPut, Path: "/api/v1/members/{id}/badge", DefaultStatus: http.StatusNoContent,
		Summary: "Make a badge somebody's", Errors: []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity},
	}, func(ctx context.Context, in *memberBadge) (*struct{}, error) {
		return nil, s.setBadge(ctx, in.ID, in.Body.Badge)
	})
	route(s, feed.Administer, huma.Operation{
		OperationID: "take-badge", Method: http.MethodDelete, Path: "/api/v1/members/{id}/badge",
		Summary: "Take somebody's badge away, with every session of theirs", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *memberID) (*struct{}, error) {
		return nil, s.setBadge(ctx, in.ID, "")
	})
}

func (s *server) members(ctx context.Context, _ *struct{}) (*memberList, error) {
	accounts, err := s.Members.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, err
	}
	out := &memberList{}
	out.Body.Members = []Member{}
	for _, a := range accounts {
		m := Member{ID: string(a.ID), Name: a.Name, Badge: a.Badge, Entry: a.PIN || a.Badge || a.Company}
		for _, g := range a.Grants {
			if feed.Can(visitorOf(ctx).member, feed.Invite, g.Territory) {
				m.Grants = append(m.Grants, grant(tree, g))
			}
		}
		if len(m.Grants) > 0 {
			out.Body.Members = append(out.Body.Members, m)
		}
	}
	return out, nil
}

// setBadge asks for the right to administer everywhere the member may do
// something: whoever knows what a badge says is that member.
func (s *server) setBadge(ctx context.Context, id, badge string) error {
	accounts, err := s.Members.Accounts(ctx)
	if err != nil {
		return err
	}
	admin := visitorOf(ctx).member
	for _, a := range accounts {
		if a.ID != feed.MemberID(id) {
			continue
		}
		mine, all := 0, 0
		for _, g := range a.Grants {
			if g.Territory.IsGroup() {
				continue // groups are nobody's to administer
			}
			all++
			if feed.Can(admin, feed.Administer, g.Territory) {
				mine++
			}
		}
		switch {
		case mine == 0:
			return feed.ErrNotFound
		case mine < all:
			return errElsewhere
		}
		return s.Badges.SetBadge(ctx, admin.ID, a.ID, badge)
	}
	return feed.ErrNotFound
}

var errElsewhere = feed.Refuse(feed.Forbidden,
	"Cette personne travaille aussi hors de votre périmètre : un administrateur de l’ensemble doit le faire.",
	"This person works outside of your scope too: an administrator of all of it has to do this.")
