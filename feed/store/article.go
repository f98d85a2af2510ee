package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

const articleColumns = `store, sku, label, aisle, on_hand, back_room, price, currency, delivery_at, delivery, source, at`

// articleFields are where the columns of an article come from and go to.
func articleFields(a *feed.Article) []any {
	return []any{
		&a.Store, &a.SKU, &a.Label, &a.Aisle, &a.OnHand, &a.BackRoom, &a.Price, &a.Currency,
		at(&a.Delivery.At), &a.Delivery.Quantity, &a.Source, at(&a.At),
	}
}

// articles reads the articles of what comes after SELECT … FROM articles, at
// most limit of those that fit.
func (c conn) articles(ctx context.Context, limit int, fits func(*feed.Article) bool, rest string, args ...any) ([]feed.Article, error) {
	var out []feed.Article
	err := c.each(ctx, func(rows *sql.Rows) error {
		if len(out) == limit {
			return nil
		}
		var a feed.Article
		if err := rows.Scan(articleFields(&a)...); err != nil {
			return err
		}
		if fits(&a) {
			out = append(out, a)
		}
		return nil
	}, `SELECT `+articleColumns+` FROM articles `+rest, args...)
	return out, err
}

// article is the first of that code that one of the stores has, or nil.
func (c conn) article(ctx context.Context, stores []feed.Path, sku string) (*feed.Article, error) {
	if len(stores) == 0 {
		return nil, nil
	}
	any := func(*feed.Article) bool { return true }
	found, err := c.articles(ctx, 1, any, `WHERE store IN (?) AND sku = ? ORDER BY store`, stores, sku)
	switch {
	case err != nil:
		return nil, fmt.Errorf("article %s of %v: %w", sku, stores, err)
	case len(found) == 0:
		return nil, nil
	}
	return &found[0], nil
}

// Article returns what the ERP says of an article, or nil.
func (t *tx) Article(ctx context.Context, store feed.Path, sku string) (*feed.Article, error) {
	return t.article(ctx, []feed.Path{store}, sku)
}

// Article returns what the ERP says of an article in the first of the stores
// that has it, or nil.
func (s *Store) Article(ctx context.Context, stores []feed.Path, sku string) (*feed.Article, error) {
	return s.reader().article(ctx, stores, sku)
}

// Articles lists those of the stores that somebody who typed this may mean, by
// their names.
func (s *Store) Articles(ctx context.Context, stores []feed.Path, typed string, limit int) ([]feed.Article, error) {
	if len(stores) == 0 {
		return nil, nil
	}
	fits := func(a *feed.Article) bool { return a.Matches(typed) }
	found, err := s.reader().articles(ctx, limit, fits, `WHERE store IN (?) ORDER BY label, store, sku`, stores)
	if err != nil {
		return nil, fmt.Errorf("articles of %v like %q: %w", stores, typed, err)
	}
	return found, nil
}

// Threads lists everybody's open posts about an article that the reader of the
// scope may see, the oldest first.
func (s *Store) Threads(ctx context.Context, scope feed.Scope, store feed.Path, sku string) ([]*feed.Post, error) {
	c := s.reader()
	found, err := c.list(ctx, `
		WHERE p.store = ? AND p.sku = ? AND p.sku <> '' AND p.open AND p.audience = ''
		ORDER BY p.opened_at, p.id`, store, sku)
	if err != nil {
		return nil, fmt.Errorf("threads on %s of %s: %w", sku, store, err)
	}
	var out []*feed.Post
	for _, p := range found {
		if scope.Sees(p) {
			out = append(out, p)
		}
	}
	if err := c.draw(ctx, out); err != nil {
		return nil, fmt.Errorf("curves of threads on %s of %s: %w", sku, store, err)
	}
	return out, nil
}

// register keeps what the ERP says of an article.
func (t *tx) register(ctx context.Context, a feed.Article) error {
	_, err := t.exec(ctx, `
		INSERT INTO articles (`+articleColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (store, sku) DO UPDATE
		SET label = excluded.label, aisle = excluded.aisle, on_hand = excluded.on_hand, back_room = excluded.back_room,
			price = excluded.price, currency = excluded.currency, delivery_at = excluded.delivery_at, delivery = excluded.delivery,
			source = excluded.source, at = excluded.at`, articleFields(&a)...)
	return err
}

// soldKept is how long it is known what was sold of an article on a day.
const soldKept = 35 * 24 * time.Hour

// everything stands for all articles of a store: on a day on which nothing at
// all is known to be sold, nothing is known of any article.
const everything = ""

// sell counts a sale, once.
func (t *tx) sell(ctx context.Context, s *feed.Sale) error {
	fresh, err := t.effect(ctx, s.Effect, s.At)
	if err != nil || !fresh {
		return err
	}
	for _, sku := range []string{everything, s.SKU} {
		_, err := t.exec(ctx, `
			INSERT INTO sold (store, sku, day, pieces)
			VALUES (?, ?, ?, ?)
			ON CONFLICT (store, sku, day) DO UPDATE
			SET pieces = sold.pieces + excluded.pieces`, s.Store, sku, s.Day, s.Pieces)
		if err != nil {
			return err
		}
	}
	return nil
}

// forgetSold deletes days that nobody asks for any more.
func (t *tx) forgetSold(ctx context.Context, now int64) error {
	_, err := t.exec(ctx, `DELETE FROM sold WHERE day < ?`, feed.DayOf(fromMillis(now).Add(-soldKept)))
	return err
}

// Sold is what was sold of an article on each day from a day on, the oldest
// first. Days of which the store says nothing are left out.
func (s *Store) Sold(ctx context.Context, store feed.Path, sku string, from feed.Day) ([]feed.Sold, error) {
	out, err := rowsOf(ctx, s.reader(), func(d *feed.Sold) []any { return []any{&d.Day, &d.Pieces} }, `
		SELECT known.day, COALESCE(own.pieces, 0)
		FROM sold known
		LEFT JOIN sold own ON own.store = known.store AND own.sku = ? AND own.day = known.day
		WHERE known.store = ? AND known.sku = ? AND known.day >= ?
		ORDER BY known.day`, sku, store, everything, from)
	if err != nil {
		return nil, fmt.Errorf("what was sold of %s in %s: %w", sku, store, err)
	}
	return out, nil
}
