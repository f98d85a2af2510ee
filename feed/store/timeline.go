package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// Log appends to a post's timeline; an effect is written once.
func (t *tx) Log(ctx context.Context, e feed.Entry) error {
	_, err := t.exec(ctx, `
		INSERT INTO entries (post, kind, at, author_kind, author_name, author, text, value, effect)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, ''))
		ON CONFLICT (effect) DO NOTHING`,
		e.Post, e.Kind, at(&e.At), e.Author.Kind, e.Author.Name, e.Author.Member, e.Text, e.Value, e.Effect)
	if err != nil {
		return fmt.Errorf("log %s of %s: %w", e.Kind, e.Post, err)
	}
	return nil
}

// Timeline is what happened to a post, oldest first. The caller has read the
// post in its reader's scope.
func (s *Store) Timeline(ctx context.Context, id feed.PostID) ([]feed.Entry, error) {
	var out []feed.Entry
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		var e feed.Entry
		err := rows.Scan(&e.Post, &e.Kind, at(&e.At), &e.Author.Kind, &e.Author.Name, &e.Author.Member, &e.Text, &e.Value, &e.Effect)
		out = append(out, e)
		return err
	}, `
		SELECT post, kind, at, author_kind, author_name, author, text, value, COALESCE(effect, '')
		FROM entries
		WHERE post = ?
		ORDER BY n`, id)
	if err != nil {
		return nil, fmt.Errorf("timeline of %s: %w", id, err)
	}
	return out, nil
}
