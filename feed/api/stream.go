package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/fildefer/fildefer/feed"
)

// Stream answers a request with the changes in scope, as they come, resuming
// where the request says that it stopped. It ends when still says no. An error
// means that nothing was written.
type Stream interface {
	Serve(w http.ResponseWriter, r *http.Request, scope feed.Scope, lang feed.Lang, still func(context.Context) bool) error
}

type streamQuery struct {
	Territory string `query:"territory" doc:"At or below this place."`
	Since     string `query:"since" doc:"Number of the last change that is known."`
	Last      string `header:"Last-Event-ID" doc:"The same, as browsers send it."`
}

func (s *server) streamRoute() {
	route(s, feed.Read, huma.Operation{
		OperationID: "stream", Method: http.MethodGet, Path: "/api/v1/stream",
		Summary: "Changes as server-sent events",
		Description: "`hello` comes first; `post` carries a Post and its change number as id; `told` says that the reader's notifications changed; " +
			"`reload` says that too much was missed to be told one by one.",
		Errors:    []int{http.StatusNotFound},
		Responses: map[string]*huma.Response{"200": {Content: map[string]*huma.MediaType{"text/event-stream": {}}}},
	}, func(ctx context.Context, in *streamQuery) (*huma.StreamResponse, error) {
		v := visitorOf(ctx)
		scope, err := v.within(in.Territory)
		if err != nil {
			return nil, err
		}
		return &huma.StreamResponse{Body: func(ctx huma.Context) {
			r, w := humago.Unwrap(ctx)
			if err := s.Stream.Serve(w, r, scope, v.lang, s.still(v)); err != nil {
				s.refuse(w, r, err)
			}
		}}, nil
	})
}

// still tells whether the visitor may go on reading: the session holds, or the
// device is paired, and it may see what it could when the stream began.
func (s *server) still(v *visitor) func(context.Context) bool {
	return func(ctx context.Context) bool {
		ctx, cancel := context.WithTimeout(ctx, checkTime)
		defer cancel()
		now, err := s.again(ctx, v)
		if err != nil { // a database that is away says nothing about the visitor
			return feed.ProblemOf(err) != feed.Unauthorized
		}
		return len(now) == len(v.member.Grants) && !slices.ContainsFunc(now, func(g feed.Grant) bool {
			return !slices.Contains(v.member.Grants, g)
		})
	}
}

// again is what the visitor is granted by now.
func (s *server) again(ctx context.Context, v *visitor) ([]feed.Grant, error) {
	if v.person {
		session, err := s.Sessions.Session(ctx, v.token)
		return session.Member.Grants, err
	}
	d, err := s.Pairing.Device(ctx, v.paired)
	return d.Member(v.lang).Grants, err
}
