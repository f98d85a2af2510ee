package store

import (
	"context"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

const commentColumns = `id, post, parent, author_kind, author_name, author, text, at, typed_at, photos, mentions, edited_at, deleted_at, hidden`

func commentFields(c *feed.Comment) []any {
	return []any{
		&c.ID, &c.Post, &c.Parent, &c.Author.Kind, &c.Author.Name, &c.Author.Member, &c.Text, at(&c.At), at(&c.TypedAt), doc(&c.Photos),
		doc(&c.Mentions), at(&c.EditedAt), at(&c.DeletedAt), doc(&c.Hidden),
	}
}

func (c conn) comments(ctx context.Context, rest string, args ...any) ([]feed.Comment, error) {
	return rowsOf(ctx, c, commentFields, `SELECT `+commentColumns+` FROM comments `+rest, args...)
}

// Thread is the conversation on a post, oldest first. The caller has read the
// post in its reader's scope.
func (s *Store) Thread(ctx context.Context, id feed.PostID) ([]feed.Comment, error) {
	out, err := s.reader().comments(ctx, `WHERE post = ? ORDER BY at, id`, id)
	if err != nil {
		return nil, fmt.Errorf("thread of %s: %w", id, err)
	}
	return out, nil
}

// AddComment stores a comment.
func (t *tx) AddComment(ctx context.Context, c feed.Comment) error {
	_, err := t.exec(ctx, `
		INSERT INTO comments (`+commentColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, commentFields(&c)...)
	return err
}

// Comment returns a comment, ErrNotFound when there is none.
func (t *tx) Comment(ctx context.Context, id feed.CommentID) (*feed.Comment, error) {
	found, err := t.comments(ctx, `WHERE id = ?`, id)
	if err != nil {
		return nil, fmt.Errorf("comment %s: %w", id, err)
	}
	if len(found) == 0 {
		return nil, feed.ErrNotFound
	}
	return &found[0], nil
}
