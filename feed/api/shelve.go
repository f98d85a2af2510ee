package api

import (
	"context"
	"net/http"
	"time"

	"github.com/fildefer/fildefer/feed"
)

type shelving struct {
	ID   string `path:"id"`
	Body struct {
		Minutes int    `json:"minutes,omitempty" minimum:"1" maximum:"4320" doc:"How long it is silenced."`
		Once    bool   `json:"once,omitempty" doc:"Until the condition ends, however long that takes."`
		Reason  string `json:"reason" minLength:"1"`
	}
}

// shelveRoute silences a post for a while: the condition is still followed, and
// whoever looks sees that it is silenced, by whom and why.
func (s *server) shelveRoute() {
	op := actOperation("shelve", "Silence a post for a while, or until its condition ends")
	op.Errors = append(op.Errors, http.StatusUnprocessableEntity)
	route(s, feed.Handle, op, func(ctx context.Context, in *shelving) (*onePost, error) {
		if (in.Body.Minutes == 0) != in.Body.Once {
			return nil, errShelving
		}
		var until time.Time
		if !in.Body.Once {
			until = feed.SentWith(ctx).When(time.Now()).Add(time.Duration(in.Body.Minutes) * time.Minute)
		}
		_, err := s.People.Shelve(ctx, visitorOf(ctx).member, feed.PostID(in.ID), until, in.Body.Once, in.Body.Reason)
		return s.after(ctx, "shelve", in.ID, err)
	})
}

var errShelving = feed.Refuse(feed.Invalid,
	"Dites pour combien de temps (« minutes »), ou pour cette fois (« once »).", "Say for how long (“minutes”), or for this time (“once”).")
