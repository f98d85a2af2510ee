package api

import (
	"context"
	"net/http"

	"github.com/fildefer/fildefer/feed"
)

type outOfService struct {
	ID   string `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"1"`
	}
}

// serviceRoutes put the conditions of a post out of service and back (ISA-18.2,
// out-of-service alarms): unlike a shelf that state has no end of its own, so
// it is for those who oversee the place.
func (s *server) serviceRoutes() {
	op := actOperation("out-of-service", "Silence a post until somebody puts it back in service")
	op.Errors = append(op.Errors, http.StatusUnprocessableEntity)
	route(s, feed.Oversee, op, func(ctx context.Context, in *outOfService) (*onePost, error) {
		_, err := s.People.OutOfService(ctx, visitorOf(ctx).member, feed.PostID(in.ID), in.Body.Reason)
		return s.after(ctx, "out-of-service", in.ID, err)
	})
	route(s, feed.Oversee, actOperation("in-service", "Put a post back in service"), func(ctx context.Context, in *postID) (*onePost, error) {
		_, err := s.People.InService(ctx, visitorOf(ctx).member, feed.PostID(in.ID))
		return s.after(ctx, "in-service", in.ID, err)
	})
}
