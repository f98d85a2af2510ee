package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// listColumns are the columns of listFields, in the same order: what lists
// tell of a post. The columns open and rule follow from others and are written
// by Save.
const listColumns = `id, kind, topic, state, severity, territory, asset, store, sku, key, ` +
	`author_kind, author_name, author, text, title_fr, title_en, data, signal, value, unit, bound, ` +
	`active, stale, back_to_normal, occurrences, me_too, taker_kind, taker_name, taker, taken_at, cause, ` +
	`comments, last_comment, useful, likes, recommends, series, ` +
	`opened_at, since, updated_at, bumped_at, closed_at, ` +
	`action, ask, members, total, holding, unstable, flips, latched, shelf, asked, level, noise, past, previous, ` +
	`audience, shadow_for, run, sheet, typed_at, photos, asked_by, steps, talk`

// postColumns are the columns of fields, in the same order: with where the post
// comes from, which is the costliest to read.
const postColumns = listColumns + `, provenance, heard_at`

// listFields are where the columns of a post in a list come from and go to.
func listFields(p *feed.Post) []any {
	return []any{
		word(&p.ID), word(&p.Kind), word(&p.Topic), word(&p.State), word(&p.Severity), word(&p.Territory), word(&p.Asset), word(&p.Store), &p.SKU, &p.Key,
		word(&p.Author.Kind), &p.Author.Name, word(&p.Author.Member), &p.Text, &p.Title.FR, &p.Title.EN, doc(&p.Values), &p.Signal, &p.Value, &p.Unit, &p.Limit,
		&p.Active, &p.Stale, &p.BackToNormal, count(&p.Occurrences), count(&p.MeToo), word(&p.Taker.Kind), &p.Taker.Name, word(&p.Taker.Member), at(&p.TakenAt), &p.Cause,
		count(&p.Comments), doc(&p.LastComment),
		tally{p, feed.Useful},
		tally{p, feed.Like},
		tally{p, feed.Recommend},
		curve{&p.Series},
		at(&p.OpenedAt), at(&p.Since), at(&p.UpdatedAt), at(&p.BumpedAt), at(&p.ClosedAt),
		&p.Action,
		asking{p},
		doc(&p.Members), count(&p.Total), count(&p.Holding), &p.Unstable, count(&p.Flips), &p.Latched, doc(&p.Shelf), &p.Asked, count(&p.Level), count(&p.Noise), doc(&p.Past), word(&p.Previous),
		word(&p.Audience), word(&p.ShadowFor), doc(&p.Run), doc(&p.Sheet), at(&p.TypedAt), doc(&p.Photos), &p.AskedBy, doc(&p.Steps), doc(&p.Talk),
	}
}

// fields are where the columns of a whole post come from and go to.
func fields(p *feed.Post) []any {
	return append(listFields(p), doc(&p.Provenance), at(&p.HeardAt))
}

// posts reads columns of what comes after SELECT … FROM posts p, with each
// post's change. One post is read into again and again, and copied: what its
// columns go to is told once.
func (c conn) posts(ctx context.Context, columns string, fields func(*feed.Post) []any, rest string, args ...any) ([]*feed.Post, error) {
	var out []*feed.Post
	var p feed.Post
	into := append(fields(&p), &p.Change)
	err := c.each(ctx, func(rows *sql.Rows) error {
		p = feed.Post{}
		err := rows.Scan(into...)
		read := p
		out = append(out, &read)
		return err
	}, `SELECT `+columns+`, c.seq FROM posts p JOIN changes c ON c.post = p.id `+rest, args...)
	return out, err
}

// list reads what lists tell of posts.
func (c conn) list(ctx context.Context, rest string, args ...any) ([]*feed.Post, error) {
	return c.posts(ctx, listColumns, listFields, rest, args...)
}

// Post returns a post that the reader of the scope may see, with its curve.
func (s *Store) Post(ctx context.Context, scope feed.Scope, id feed.PostID) (*feed.Post, error) {
	c := s.reader()
	posts, err := c.posts(ctx, postColumns, fields, `WHERE p.id = ?`, id)
	if err != nil {
		return nil, fmt.Errorf("post %s: %w", id, err)
	}
	if len(posts) == 0 || !scope.Sees(posts[0]) {
		return nil, feed.ErrNotFound
	}
	if err := c.draw(ctx, posts); err != nil {
		return nil, fmt.Errorf("curve of post %s: %w", id, err)
	}
	return posts[0], nil
}

// some reads whole posts, also in the transaction that saves them, where their
// changes have no number yet.
func (c conn) some(ctx context.Context, where string, args ...any) ([]*feed.Post, error) {
	var out []*feed.Post
	err := c.each(ctx, func(rows *sql.Rows) error {
		p := &feed.Post{}
		out = append(out, p)
		return rows.Scan(append(fields(p), &p.Change)...)
	}, `SELECT `+postColumns+`, COALESCE(c.seq, 0) FROM posts p LEFT JOIN changes c ON c.post = p.id WHERE `+where, args...)
	return out, err
}

// one reads a post like some; nil when there is none.
func (t *tx) one(ctx context.Context, where string, args ...any) (*feed.Post, error) {
	posts, err := t.some(ctx, where, args...)
	if len(posts) == 0 {
		return nil, err
	}
	return posts[0], err
}

// Post returns a post, ErrNotFound when there is none.
func (t *tx) Post(ctx context.Context, id feed.PostID) (*feed.Post, error) {
	p, err := t.one(ctx, `p.id = ?`, id)
	if err == nil && p == nil {
		err = feed.ErrNotFound
	}
	return p, err
}

// Latest returns the post with that key that was opened last, or nil.
func (t *tx) Latest(ctx context.Context, key string) (*feed.Post, error) {
	if key == "" {
		return nil, nil
	}
	return t.one(ctx, `p.key = ? AND p.key <> '' ORDER BY p.opened_at DESC, p.open DESC, p.id DESC LIMIT 1`, key)
}

// OpenOn returns everybody's open post about an article in a topic, first one
// that no rule holds, or nil.
func (t *tx) OpenOn(ctx context.Context, store feed.Path, sku string, topic feed.Topic) (*feed.Post, error) {
	if sku == "" {
		return nil, nil
	}
	return t.one(ctx, `p.store = ? AND p.sku = ? AND p.sku <> '' AND p.topic = ? AND p.open AND p.audience = ''
		ORDER BY p.key <> '', p.opened_at, p.id LIMIT 1`, store, sku, topic)
}

// Save inserts or replaces a post, indexes it under its territory and each
// ancestor, and has its change numbered at the end of the transaction.
func (t *tx) Save(ctx context.Context, p *feed.Post) error {
	columns := strings.Split(postColumns, ", ")
	query := `INSERT INTO posts (` + postColumns + `, open, rule) VALUES (` + strings.Repeat(`?, `, len(columns)) + `?, ?) ` +
		`ON CONFLICT (id) DO UPDATE SET open = excluded.open, rule = excluded.rule`
	for _, c := range columns[1:] {
		query += `, ` + c + ` = excluded.` + c
	}
	if _, err := t.exec(ctx, query, append(fields(p), p.State.Open(), p.Rule())...); err != nil {
		return err
	}
	if err := t.index(ctx, p); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if err := t.tagged(ctx, p); err != nil {
		return fmt.Errorf("tags: %w", err)
	}
	if t.saved[p.ID] == nil {
		t.order = append(t.order, p.ID)
	}
	t.saved[p.ID] = append(t.saved[p.ID], p)
	return nil
}

func (t *tx) index(ctx context.Context, p *feed.Post) error {
	places, err := t.standing(ctx, p)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, `DELETE FROM post_index WHERE post = ? AND territory NOT IN (?)`, p.ID, places); err != nil {
		return err
	}
	args := make([]any, 0, 4*len(places))
	for _, place := range places {
		args = append(args, p.ID, place, p.State.Open(), at(&p.BumpedAt))
	}
	_, err = t.exec(ctx, `
		INSERT INTO post_index (post, territory, open, bumped_at)
		VALUES (?, ?, ?, ?)`+strings.Repeat(`, (?, ?, ?, ?)`, len(places)-1)+`
		ON CONFLICT (post, territory) DO UPDATE
		SET open = excluded.open, bumped_at = excluded.bumped_at
		WHERE post_index.open <> excluded.open OR post_index.bumped_at <> excluded.bumped_at`, args...)
	return err
}
