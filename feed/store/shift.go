package store

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

var _ feed.Shop = (*Store)(nil)

// OpenAt lists what is open at a place as of now; see [feed.Tx].
func (s *Store) OpenAt(ctx context.Context, place feed.Path, limit int) ([]*feed.Post, error) {
	posts, err := s.reader().OpenAt(ctx, place, limit)
	if err != nil {
		return nil, fmt.Errorf("open posts at %s: %w", place, err)
	}
	return posts, nil
}

// Tally counts what became of the posts of a place as of now; see [feed.Tx].
func (s *Store) Tally(ctx context.Context, place feed.Path, from, to time.Time) (feed.Tally, error) {
	return s.reader().Tally(ctx, place, from, to)
}

// OpenAt lists everybody's open posts at or below a place: first the few that ask
// nobody for anything, then the others, gravest and oldest first.
func (c conn) OpenAt(ctx context.Context, place feed.Path, limit int) ([]*feed.Post, error) {
	return c.some(ctx, `p.id IN (SELECT i.post FROM post_index i WHERE i.territory = ? AND i.open = ?)
		ORDER BY CASE WHEN p.kind IN ('handover', 'production') THEN 0 ELSE 1 END,
			CASE p.severity WHEN 'critical' THEN 0 WHEN 'major' THEN 1 WHEN 'minor' THEN 2 ELSE 3 END, p.opened_at, p.id
		LIMIT ?`, place, true, limit)
}

// Tally counts what became of everybody's posts at or below a place. A post is
// never older than its last bump, which the index orders by.
func (c conn) Tally(ctx context.Context, place feed.Path, from, to time.Time) (feed.Tally, error) {
	var out feed.Tally
	if err := c.get(ctx, &out.Opened, `
		SELECT COUNT(*)
		FROM post_index i
		JOIN posts p ON p.id = i.post
		WHERE i.territory = ? AND i.open IN (?, ?) AND i.bumped_at >= ? AND p.opened_at >= ? AND p.opened_at <= ?`,
		place, true, false, at(&from), at(&from), at(&to)); err != nil {
		return out, fmt.Errorf("opened: %w", err)
	}
	where, args := within(`territory`, []feed.Path{place})
	if err := c.get(ctx, &out.Solved, `
		SELECT COUNT(*)
		FROM posts
		WHERE audience = '' AND cause <> '' AND closed_at >= ? AND closed_at <= ? AND `+where,
		append([]any{at(&from), at(&to)}, args...)...); err != nil {
		return out, fmt.Errorf("solved: %w", err)
	}
	if err := c.get(ctx, &out.Held, `
		SELECT COUNT(*)
		FROM held
		WHERE audience = '' AND since <= ? AND (released_at = 0 OR released_at >= ?) AND `+where,
		append([]any{at(&to), at(&from)}, args...)...); err != nil {
		return out, fmt.Errorf("held: %w", err)
	}
	return out, nil
}
