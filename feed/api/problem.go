package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// statuses says which HTTP status a refusal of the domain is.
var statuses = map[feed.Problem]int{
	feed.Internal:     http.StatusInternalServerError,
	feed.Invalid:      http.StatusUnprocessableEntity,
	feed.NotFound:     http.StatusNotFound,
	feed.Forbidden:    http.StatusForbidden,
	feed.Conflict:     http.StatusConflict,
	feed.Unauthorized: http.StatusUnauthorized,
	feed.Locked:       http.StatusLocked,
	feed.Gone:         http.StatusGone,
}

// titles head a problem of each status.
var titles = map[int]feed.Text{
	http.StatusBadRequest:            {FR: "Demande illisible", EN: "Unreadable request"},
	http.StatusUnauthorized:          {FR: "Non connecté", EN: "Not signed in"},
	http.StatusForbidden:             {FR: "Non autorisé", EN: "Not allowed"},
	http.StatusNotFound:              {FR: "Introuvable", EN: "Not found"},
	http.StatusRequestTimeout:        {FR: "Demande trop lente", EN: "Request too slow"},
	http.StatusConflict:              {FR: "Plus possible", EN: "No longer possible"},
	http.StatusGone:                  {FR: "N’existe plus", EN: "No longer there"},
	http.StatusRequestEntityTooLarge: {FR: "Demande trop grande", EN: "Request too large"},
	http.StatusUnsupportedMediaType:  {FR: "Format inattendu", EN: "Unexpected format"},
	http.StatusUnprocessableEntity:   {FR: "Demande non valable", EN: "Invalid request"},
	http.StatusLocked:                {FR: "Verrouillé", EN: "Locked"},
	http.StatusTooManyRequests:       {FR: "Trop d’essais", EN: "Too many tries"},
	http.StatusServiceUnavailable:    {FR: "Service injoignable", EN: "Service unreachable"},
	http.StatusInternalServerError:   {FR: "Erreur du serveur", EN: "Server error"},
}

var errInternal = feed.Refuse(feed.Internal,
	"Une erreur est survenue sur le serveur ; réessayez dans un moment.", "Something went wrong on the server; try again in a moment.")

var errRules = feed.Refuse(feed.Invalid,
	"Ces règles ne sont pas valables ; fautes trouvées : {n}.", "These rules are not valid; faults found: {n}.")

// late is a refusal that says when to come back.
type late struct {
	error
	status  int
	seconds int
}

func (l *late) Unwrap() error { return l.error }

// problem is err as RFC 9457 has it, in the visitor's language. What is our
// fault is logged and not shown.
func (s *server) problem(ctx context.Context, err error) error {
	var e *feed.Error
	var faults Faults
	if errors.As(err, &faults) {
		err = errRules.With(feed.Values{"n": float64(len(faults))})
	}
	if !errors.As(err, &e) || e.Problem == feed.Internal {
		if ctx.Err() == nil { // else the visitor hung up
			s.Log.LogAttrs(ctx, slog.LevelError, "request failed", slog.Any("error", err))
		}
		e = errInternal
	}
	status := statuses[e.Problem]
	var l *late
	if errors.As(err, &l) {
		status = l.status
	}
	lang := visitorOf(ctx).lang
	kind := "about:blank"
	if errors.Is(err, errStepUp) {
		kind = stepUpType
	}
	var waits *feed.CharterError
	if errors.As(err, &waits) {
		kind = charterType
	}
	model := &huma.ErrorModel{
		Type: kind, Title: titles[status].Render(lang, nil), Status: status, Detail: e.Text.Render(lang, e.Values),
		Errors: faults.details(),
	}
	if l == nil {
		return model
	}
	return huma.ErrorWithHeaders(model, http.Header{"Retry-After": {strconv.Itoa(l.seconds)}})
}

// refuse answers err outside of the operations.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	ctx := r.Context()
	if ctx.Value(visitorKey{}) == nil {
		ctx = context.WithValue(ctx, visitorKey{}, &visitor{lang: s.language(r, "")})
	}
	var model *huma.ErrorModel
	errors.As(s.problem(ctx, err), &model)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(model.Status)
	_ = json.NewEncoder(w).Encode(model) // to a visitor who may have gone
}
