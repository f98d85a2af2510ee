package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/fildefer/fildefer/feed"
)

// AddPhoto stores a picture under its post.
func (t *tx) AddPhoto(ctx context.Context, p feed.StoredPhoto) error {
	_, err := t.exec(ctx, `
		INSERT INTO photos (id, post, comment, width, height, large, small, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, p.Post, p.Comment, p.Picture.Width, p.Picture.Height, p.Picture.Large, p.Picture.Small, at(&p.At))
	return err
}

// Photo returns the JPEG of a photo, the small one or the large, when the reader
// of the scope may see its post, and nobody hid what it went with.
func (s *Store) Photo(ctx context.Context, scope feed.Scope, id feed.PhotoID, small bool) ([]byte, error) {
	column := "large"
	if small {
		column = "small"
	}
	var post feed.PostID
	var out []byte
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&post, &out)
	}, `
		SELECT h.post, h.`+column+`
		FROM photos h
		LEFT JOIN comments c ON c.id = h.comment
		WHERE h.id = ? AND COALESCE(c.hidden, '') = ''`, id)
	if err != nil {
		return nil, fmt.Errorf("photo %s: %w", id, err)
	}
	if post == "" {
		return nil, feed.ErrNotFound
	}
	p, err := s.Post(ctx, scope, post)
	if err != nil {
		return nil, fmt.Errorf("photo %s: %w", id, err)
	}
	if p.Talk != nil && p.Talk.Hidden != nil && slices.ContainsFunc(p.Photos, func(own feed.Photo) bool { return own.ID == id }) {
		return nil, feed.ErrNotFound
	}
	return out, nil
}
