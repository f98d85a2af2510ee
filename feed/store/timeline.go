package store

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

const entryColumns = `post, kind, at, author_kind, author_name, author, text, value, typed_at`

func entryFields(e *feed.Entry) []any {
	return []any{&e.Post, &e.Kind, at(&e.At), &e.Author.Kind, &e.Author.Name, &e.Author.Member, &e.Text, &e.Value, at(&e.TypedAt)}
}

func (c conn) entries(ctx context.Context, rest string, args ...any) ([]feed.Entry, error) {
	return rowsOf(ctx, c, func(e *feed.Entry) []any {
		return append(entryFields(e), &e.Effect)
	}, `SELECT `+entryColumns+`, COALESCE(effect, '') FROM entries `+rest, args...)
}

// Log appends to a post's timeline; an effect is written once.
func (t *tx) Log(ctx context.Context, e feed.Entry) error {
	_, err := t.exec(ctx, `
		INSERT INTO entries (`+entryColumns+`, effect)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, ''))
		ON CONFLICT (effect) DO NOTHING`, append(entryFields(&e), e.Effect)...)
	if err != nil {
		return fmt.Errorf("log %s of %s: %w", e.Kind, e.Post, err)
	}
	return nil
}

// Since lists what happened to a post after an instant, the latest first.
func (t *tx) Since(ctx context.Context, id feed.PostID, after time.Time) ([]feed.Entry, error) {
	return t.entries(ctx, `WHERE post = ? AND at > ? ORDER BY n DESC`, id, at(&after))
}

// Timeline is what happened to a post, oldest first. The caller has read the
// post in its reader's scope.
func (s *Store) Timeline(ctx context.Context, id feed.PostID) ([]feed.Entry, error) {
	out, err := s.reader().entries(ctx, `WHERE post = ? ORDER BY n`, id)
	if err != nil {
		return nil, fmt.Errorf("timeline of %s: %w", id, err)
	}
	return out, nil
}
