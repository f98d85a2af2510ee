package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/fildefer/fildefer/feed"
)

// What a route may ask for besides the actions of the domain.
const (
	anyone   feed.Action = "anyone"    // signed in or not
	signedIn feed.Action = "signed-in" // whoever has a session, or a paired device
	inPerson feed.Action = "in-person" // whoever has a session
)

// maxBody bounds what a request may carry: four thousand characters, each
// escaped, and room to spare.
const maxBody = 64 << 10

// route registers an operation with what its visitor must be allowed to do: a
// route without an action does not compile. The action is asked for somewhere
// before the request is looked at; whether it holds at the place in question
// is asked by feed.Service and by the scope of every read.
func route[I, O any](s *server, action feed.Action, op huma.Operation, handle func(context.Context, *I) (*O, error)) {
	op.Extensions = map[string]any{"x-action": string(action)}
	op.Middlewares = huma.Middlewares{s.admit(action, op.OperationID)}
	if op.Method != http.MethodGet && slices.Contains(steppedUp, action) {
		op.Middlewares = append(op.Middlewares, s.stepUp)
	}
	if sends(op) {
		op.Middlewares = append(op.Middlewares, s.sending)
		op.Parameters = append(op.Parameters, sentHeaders()...)
	}
	op.MaxBodyBytes = max(op.MaxBodyBytes, maxBody)
	op.Errors = append(op.Errors, http.StatusInternalServerError)
	if action != anyone {
		op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden)
		op.Security = []map[string][]string{{"cookie": {}}, {"bearer": {}}}
		if slices.Contains([]feed.Action{signedIn, feed.Know, feed.Read, feed.Attend}, action) {
			op.Security = append(op.Security, map[string][]string{"device": {}})
		}
	}
	huma.Register(s.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			s.denied(ctx, op.OperationID, err)
			return nil, s.problem(ctx, err)
		}
		return out, nil
	})
}

// admit refuses visitors who may do the action nowhere.
func (s *server) admit(action feed.Action, operation string) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if err := visitorOf(ctx.Context()).may(action); err != nil {
			if action != feed.Read { // screens ask ahead for what they may read
				s.denied(ctx.Context(), operation, err)
			}
			r, w := humago.Unwrap(ctx)
			s.refuse(w, r, err)
			return
		}
		next(ctx)
	}
}

func (v *visitor) may(action feed.Action) error {
	switch {
	case action == anyone:
		return nil
	case v.member.ID == "":
		return feed.ErrSignedOut
	case action == signedIn, action == inPerson && v.person:
		return nil
	case slices.ContainsFunc(v.member.Grants, func(g feed.Grant) bool { return feed.Can(v.member, action, g.Territory) }):
		return nil
	default:
		return errRole
	}
}

var (
	errRole    = feed.Refuse(feed.Forbidden, "Votre rôle ne permet pas cette action.", "Your role does not allow this.")
	errNoRoute = feed.Refuse(feed.NotFound, "Cette adresse n’existe pas.", "There is nothing at this address.")
)
