package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// Article returns what the ERP says of an article, or nil.
func (t *tx) Article(ctx context.Context, store feed.Path, sku string) (*feed.Article, error) {
	var out *feed.Article
	err := t.each(ctx, func(rows *sql.Rows) error {
		out = &feed.Article{}
		return rows.Scan(&out.Store, &out.SKU, &out.Label, &out.OnHand, at(&out.At))
	}, `SELECT store, sku, label, on_hand, at FROM articles WHERE store = ? AND sku = ?`, store, sku)
	if err != nil {
		return nil, fmt.Errorf("article %s of %s: %w", sku, store, err)
	}
	return out, nil
}

// register keeps what the ERP says of an article.
func (t *tx) register(ctx context.Context, a feed.Article) error {
	_, err := t.exec(ctx, `
		INSERT INTO articles (store, sku, label, on_hand, at)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (store, sku) DO UPDATE
		SET label = excluded.label, on_hand = excluded.on_hand, at = excluded.at`,
		a.Store, a.SKU, a.Label, a.OnHand, at(&a.At))
	return err
}
