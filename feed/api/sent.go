package api

import (
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/fildefer/fildefer/feed"
)

// Headers that go with whatever a person does under /posts.
const (
	keyHeader   = "Idempotency-Key"
	typedHeader = "Typed-At"
	postsPath   = "/api/v1/posts"
	keyPattern  = "^[!-~]{1,200}$"
)

// sends tells whether an operation is something that a person does to the feed.
func sends(op huma.Operation) bool {
	return op.Method != http.MethodGet && (op.Path == postsPath || strings.HasPrefix(op.Path, postsPath+"/"))
}

// sentHeaders say in the document what sending reads.
func sentHeaders() []*huma.Param {
	return []*huma.Param{
		{
			Name: keyHeader, In: "header", Description: "What is sent again under the same key is done once.",
			Schema: &huma.Schema{Type: huma.TypeString, Pattern: keyPattern},
		},
		{
			Name: typedHeader, In: "header", Description: "When the person did it, if that is not now.",
			Schema: &huma.Schema{Type: huma.TypeString, Format: "date-time"},
		},
	}
}

// sending reads what goes with a person's request: under which key it is done
// once, and when the person did it.
func (s *server) sending(ctx huma.Context, next func(huma.Context)) {
	sent, err := sentBy(ctx.Header(keyHeader), ctx.Header(typedHeader))
	if err != nil {
		r, w := humago.Unwrap(ctx)
		s.refuse(w, r, err)
		return
	}
	next(huma.WithContext(ctx, sent.With(ctx.Context())))
}

// sentBy reads the headers.
func sentBy(key, typed string) (feed.Sent, error) {
	if len(key) > feed.MaxKey || strings.ContainsFunc(key, func(r rune) bool { return r < '!' || r > '~' }) {
		return feed.Sent{}, errKey
	}
	if typed == "" {
		return feed.Sent{Key: key}, nil
	}
	at, err := time.Parse(time.RFC3339, typed)
	if err != nil {
		return feed.Sent{}, errTyped
	}
	return feed.Sent{Key: key, TypedAt: at}, nil
}

var (
	errKey = feed.Refuse(feed.Invalid,
		"« Idempotency-Key » contient des caractères interdits.", "“Idempotency-Key” holds characters that are not allowed.")
	errTyped = feed.Refuse(feed.Invalid,
		"« Typed-At » doit être une date et une heure (RFC 3339).", "“Typed-At” must be a date and time (RFC 3339).")
)
