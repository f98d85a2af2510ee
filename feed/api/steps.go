package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

type stepOf struct {
	ID   string `path:"id"`
	Step string `path:"step" enum:"backroom,ordered"`
}

// stepRoutes are how a stock-out comes from its report to its end, and how a
// report made by mistake is taken back.
func (s *server) stepRoutes() {
	route(s, feed.Handle, huma.Operation{
		OperationID: "step", Method: http.MethodPost, Path: "/api/v1/posts/{id}/steps/{step}",
		Summary: "Say how far one came with a stock-out", Errors: []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity},
	}, func(ctx context.Context, in *stepOf) (*onePost, error) {
		_, err := s.People.Step(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.StepKind(in.Step))
		return s.after(ctx, "step "+in.Step+" of", in.ID, err)
	})
	route(s, feed.Report, actOperation("withdraw", "Take one's own report back"), func(ctx context.Context, in *postID) (*onePost, error) {
		_, err := s.People.Withdraw(ctx, visitorOf(ctx).member, feed.PostID(in.ID))
		return s.after(ctx, "withdraw", in.ID, err)
	})
}
