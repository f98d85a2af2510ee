package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Source is the health of one connector.
type Source struct {
	Name      string     `json:"name"`
	Kind      string     `json:"kind"`
	State     string     `json:"state" enum:"connecting,up,down,stopped"`
	Detail    string     `json:"detail"`
	Since     time.Time  `json:"since"`
	LastEvent *time.Time `json:"last_event,omitempty"`
	Accepted  uint64     `json:"accepted"`
	Rejected  uint64     `json:"rejected"`
}

type sourceList struct {
	Body struct {
		Sources []Source `json:"sources" nullable:"false"`
	}
}

func (s *server) sourceRoutes() {
	route(s, feed.Operate, huma.Operation{
		OperationID: "list-sources", Method: http.MethodGet, Path: "/api/v1/sources",
		Summary: "Where machines and the ERP are heard, and whether they are",
	}, func(context.Context, *struct{}) (*sourceList, error) {
		out := &sourceList{}
		out.Body.Sources = []Source{}
		if s.Sources != nil {
			out.Body.Sources = append(out.Body.Sources, s.Sources()...)
		}
		return out, nil
	})
}
