package feed

import (
	"context"
	"fmt"
	"time"
)

// MaxPhotos bounds what goes with one post or comment.
const MaxPhotos = 3

// PhotoID identifies a photo for ever.
type PhotoID string

// Photo is what lists tell of a picture that somebody sent.
type Photo struct {
	ID     PhotoID `json:"id"`
	Width  int     `json:"width"` // of the large one, in pixels
	Height int     `json:"height"`
}

// Picture is a photo made ready to be kept: two JPEGs that say nothing of where
// and with what it was taken.
type Picture struct {
	Width  int // of the large one, in pixels
	Height int
	Large  []byte
	Small  []byte
	Sum    string // of the bytes that were sent: the same were sent before
}

// StoredPhoto is a picture under the post, or the comment on it, that it went
// with.
type StoredPhoto struct {
	ID      PhotoID
	Post    PostID
	Comment CommentID // empty: it is the post's own
	Picture Picture
	At      time.Time
}

// checkPhotos bounds how many go with one text.
func checkPhotos(pictures []Picture) error {
	if len(pictures) > MaxPhotos {
		return Refuse(Invalid, "Joignez {limit} photos au plus.", "Attach {limit} photos at most.").With(Values{"limit": float64(MaxPhotos)})
	}
	return nil
}

// sums are what pictures were made of, for the digest of what was sent.
func sums(pictures []Picture) []string {
	out := make([]string, 0, len(pictures))
	for _, p := range pictures {
		out = append(out, p.Sum)
	}
	return out
}

// photos names pictures, in their order.
func photos(pictures []Picture, at time.Time) []Photo {
	var out []Photo
	for _, p := range pictures {
		out = append(out, Photo{ID: PhotoID(newID(at)), Width: p.Width, Height: p.Height})
	}
	return out
}

// keepPhotos keeps the pictures that were named photos, in the same order.
func keepPhotos(ctx context.Context, tx Tx, post PostID, comment CommentID, photos []Photo, pictures []Picture, at time.Time) error {
	for i, p := range photos {
		err := tx.AddPhoto(ctx, StoredPhoto{ID: p.ID, Post: post, Comment: comment, Picture: pictures[i], At: at})
		if err != nil {
			return fmt.Errorf("add photo to %s: %w", post, err)
		}
	}
	return nil
}
