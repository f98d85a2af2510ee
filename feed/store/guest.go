package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

const guestColumns = `id, post, name, author_name, author, at, until, ended`

func guestFields(g *feed.Guest) []any {
	return []any{&g.ID, &g.Post, &g.Name, &g.By.Name, &g.By.Member, at(&g.At), at(&g.Until), at(&g.Ended)}
}

// AddGuest keeps a link under the hash of its token; added again, the new token
// takes the place of the old.
func (t *tx) AddGuest(ctx context.Context, g feed.Guest, hash string) error {
	_, err := t.exec(ctx, `
		INSERT INTO guests (`+guestColumns+`, token)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE
		SET token = excluded.token`, append(guestFields(&g), hash)...)
	if err != nil {
		return fmt.Errorf("guest of %s: %w", g.Post, err)
	}
	return nil
}

// EndGuest takes a link back, ErrNotFound when the post has none of that id.
func (t *tx) EndGuest(ctx context.Context, post feed.PostID, id feed.GuestID, now time.Time) error {
	n, err := t.exec(ctx, `UPDATE guests SET ended = CASE WHEN ended = 0 THEN ? ELSE ended END WHERE post = ? AND id = ?`, at(&now), post, id)
	if err != nil {
		return fmt.Errorf("end guest %s of %s: %w", id, post, err)
	}
	if n == 0 {
		return feed.ErrNotFound
	}
	return nil
}

func (c conn) guests(ctx context.Context, where string, args ...any) ([]feed.Guest, error) {
	var out []feed.Guest
	err := c.each(ctx, func(rows *sql.Rows) error {
		g := feed.Guest{By: feed.Author{Kind: feed.ByPerson}}
		err := rows.Scan(guestFields(&g)...)
		out = append(out, g)
		return err
	}, `SELECT `+guestColumns+` FROM guests WHERE `+where, args...)
	return out, err
}

// Guests lists the links to a post, the newest first. The caller has found that
// its reader may make them.
func (s *Store) Guests(ctx context.Context, post feed.PostID) ([]feed.Guest, error) {
	out, err := s.reader().guests(ctx, `post = ? ORDER BY at DESC, id DESC`, post)
	if err != nil {
		return nil, fmt.Errorf("guests of %s: %w", post, err)
	}
	return out, nil
}

// GuestOf is the guest whose token has that hash, ErrNotFound when there is none.
func (s *Store) GuestOf(ctx context.Context, hash string) (feed.Guest, error) {
	out, err := s.reader().guests(ctx, `token = ?`, hash)
	if err != nil {
		return feed.Guest{}, fmt.Errorf("guest: %w", err)
	}
	if len(out) == 0 {
		return feed.Guest{}, feed.ErrNotFound
	}
	return out[0], nil
}
