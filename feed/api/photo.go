package api

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Photos makes what a phone took ready to be kept.
type Photos interface {
	Develop(ctx context.Context, sent []byte) (feed.Picture, error)
}

// What photos ask of a request: three of four megabytes each in base64 beside
// the words, over the network of an aisle.
const (
	maxPhotoBody = 17 << 20
	photoTime    = 45 * time.Second
)

// develop makes the photos of a request ready to be kept.
func (s *server) develop(ctx context.Context, sent []string) ([]feed.Picture, error) {
	var out []feed.Picture
	for i, text := range sent {
		if s.Photos == nil {
			return nil, errNoPhotos
		}
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, errBase64
		}
		p, err := s.Photos.Develop(ctx, b)
		if err != nil {
			return nil, fmt.Errorf("photo %d: %w", i+1, err)
		}
		out = append(out, p)
	}
	return out, nil
}

func photos(list []feed.Photo) []Photo {
	var out []Photo
	for _, p := range list {
		out = append(out, Photo{ID: string(p.ID), Width: p.Width, Height: p.Height})
	}
	return out
}

type photoID struct {
	ID   string `path:"id"`
	Size string `query:"size" enum:"large,small" default:"large"`
}

type photoBytes struct {
	Type  string `header:"Content-Type"`
	Cache string `header:"Cache-Control"`
	Body  []byte
}

// photoRoute serves what people photographed to those who may read its post.
func (s *server) photoRoute() {
	route(s, feed.Read, huma.Operation{
		OperationID: "read-photo", Method: http.MethodGet, Path: "/api/v1/photos/{id}", Summary: "A photo, as a JPEG",
		Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity},
		Responses: map[string]*huma.Response{"200": {
			Description: "The photo.",
			Content:     map[string]*huma.MediaType{"image/jpeg": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}},
		}},
	}, func(ctx context.Context, in *photoID) (*photoBytes, error) {
		b, err := s.Posts.Photo(ctx, visitorOf(ctx).member.Scope(), feed.PhotoID(in.ID), in.Size == "small")
		return &photoBytes{Type: "image/jpeg", Cache: "private, no-store", Body: b}, err
	})
}

var (
	errBase64   = feed.Refuse(feed.Invalid, "Une photo n’est pas en base64.", "A photo is not in base64.")
	errNoPhotos = feed.Refuse(feed.Invalid, "Ce site ne prend pas de photos.", "This site takes no photos.")
)
