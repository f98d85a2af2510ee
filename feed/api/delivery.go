package api

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Seals tells whose words a browser closed.
type Seals interface {
	// SealedBy returns the member or device whose seal has that id and its key,
	// feed.ErrNotFound when there is none or the member is revoked.
	SealedBy(ctx context.Context, id string) (feed.MemberID, []byte, error)
	// Author returns a member who is not revoked, or a device that is paired,
	// feed.ErrNotFound for others.
	Author(ctx context.Context, id feed.MemberID) (feed.Member, error)
}

// maxDelivery bounds what anybody may hand in: three photos as our own screens
// shrink them, in base64 twice over, and room to spare.
const maxDelivery = 4 << 20

type newDelivery struct {
	Body struct {
		Seal string `json:"seal" minLength:"1" maxLength:"64" pattern:"^[!-~]*$"`
		IV   []byte `json:"iv" doc:"The nonce of AES-256-GCM, base64."`
		Data []byte `json:"data" doc:"The letter, sealed, with its tag, base64."`
	}
}

// letter is what a member did and could not send.
type letter struct {
	Method  string          `json:"method"`
	Path    string          `json:"path"`
	Body    json.RawMessage `json:"body"`
	Key     string          `json:"key"`
	TypedAt string          `json:"typed_at"`
}

// Delivered is what came of a letter: whether it was done, and why not.
type Delivered struct {
	Status  int    `json:"status" doc:"HTTP status that its author would have got."`
	Problem string `json:"problem,omitempty"`
}

type delivered struct{ Body Delivered }

// deliveryRoute takes what somebody wrote on this device before somebody else
// took it: whoever holds it now carries the letter, and cannot read it.
func (s *server) deliveryRoute() {
	route(s, anyone, huma.Operation{
		OperationID: "deliver", Method: http.MethodPost, Path: "/api/v1/deliveries",
		Summary:      "Do what somebody sealed on this device, as that person",
		MaxBodyBytes: maxDelivery, BodyReadTimeout: photoTime,
		Errors: []int{http.StatusGone, http.StatusUnprocessableEntity, http.StatusTooManyRequests},
	}, s.deliver)
}

func (s *server) deliver(ctx context.Context, in *newDelivery) (*delivered, error) {
	if seconds, ok := s.letters.try(visitorOf(ctx).addr); !ok {
		return nil, &late{error: errTooMany, status: http.StatusTooManyRequests, seconds: seconds}
	}
	author, text, err := s.unseal(ctx, in.Body.Seal, in.Body.IV, in.Body.Data)
	if err != nil {
		return nil, err
	}
	var l letter
	if err := json.Unmarshal(text, &l); err != nil {
		return nil, errLetter
	}
	if err := l.check(); err != nil {
		return nil, err
	}
	status, problem, err := s.perform(ctx, author, l)
	if err != nil {
		return nil, fmt.Errorf("deliver what %s did: %w", author.ID, err)
	}
	return &delivered{Body: Delivered{Status: status, Problem: problem}}, nil
}

// unseal opens a letter and tells who wrote it. What cannot be opened never
// will be: why not is nobody's business.
func (s *server) unseal(ctx context.Context, seal string, iv, data []byte) (feed.Member, []byte, error) {
	if s.Seals == nil {
		return feed.Member{}, nil, errUnsealed
	}
	id, key, err := s.Seals.SealedBy(ctx, seal)
	if errors.Is(err, feed.ErrNotFound) {
		return feed.Member{}, nil, errUnsealed
	}
	if err != nil {
		return feed.Member{}, nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return feed.Member{}, nil, fmt.Errorf("seal %s: %w", seal, err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return feed.Member{}, nil, fmt.Errorf("seal %s: %w", seal, err)
	}
	if len(iv) != gcm.NonceSize() {
		return feed.Member{}, nil, errUnsealed
	}
	text, err := gcm.Open(nil, iv, data, nil)
	if err != nil {
		return feed.Member{}, nil, errUnsealed
	}
	author, err := s.Seals.Author(ctx, id)
	if errors.Is(err, feed.ErrNotFound) { // revoked a moment ago
		return feed.Member{}, nil, errUnsealed
	}
	return author, text, err
}

// check refuses a letter that does anything but write under /posts, once and at
// a time of its own.
func (l letter) check() error {
	at, err := time.Parse(time.RFC3339, l.TypedAt)
	clean := l.Path == path.Clean(l.Path) && !strings.ContainsAny(l.Path, "%?#\\")
	below := l.Path == postsPath || strings.HasPrefix(l.Path, postsPath+"/")
	switch {
	case !clean, !below, err != nil, at.IsZero(), l.Key == "",
		!slices.Contains([]string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}, l.Method):
		return errLetter
	}
	return nil
}

// perform does what a letter says as its author, by the same way as any other
// request, and reads of the answer only whether it was done.
func (s *server) perform(ctx context.Context, author feed.Member, l letter) (status int, problem string, err error) {
	carrier := visitorOf(ctx)
	v := &visitor{member: author, addr: carrier.addr, secure: carrier.secure, lang: author.Lang}
	if v.lang != feed.English {
		v.lang = feed.French
	}
	r, err := http.NewRequestWithContext(context.WithValue(ctx, visitorKey{}, v), l.Method, l.Path, bytes.NewReader(l.Body))
	if err != nil {
		return 0, "", errLetter
	}
	r.Header.Set(keyHeader, l.Key)
	r.Header.Set(typedHeader, l.TypedAt)
	if len(l.Body) > 0 {
		r.Header.Set("Content-Type", "application/json")
	}
	w := &outcome{header: http.Header{}, status: http.StatusOK}
	s.inner.ServeHTTP(w, r)
	if w.status < http.StatusBadRequest {
		return w.status, "", nil
	}
	var why huma.ErrorModel
	if err := json.Unmarshal(w.body.Bytes(), &why); err != nil {
		return 0, "", fmt.Errorf("read a refusal with status %d: %w", w.status, err)
	}
	return w.status, why.Detail, nil
}

// outcome keeps what a handler answers.
type outcome struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (o *outcome) Header() http.Header         { return o.header }
func (o *outcome) Write(b []byte) (int, error) { return o.body.Write(b) }
func (o *outcome) WriteHeader(status int)      { o.status = status }

var (
	errUnsealed = feed.Refuse(feed.Gone, "Cet envoi ne peut plus être ouvert.", "This can no longer be opened.")
	errLetter   = feed.Refuse(feed.Invalid, "Cet envoi ne dit rien que l’on puisse faire.", "This says nothing that can be done.")
)
