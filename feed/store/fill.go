package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// fillBatch is how many posts are indexed in one transaction: others that write
// wait no longer than that.
const fillBatch = 200

// FillSearch indexes some of the posts that were there before the search was,
// with what was said of them, and tells how many; 0: nothing is left. What is
// written meanwhile indexes itself. Each call is a transaction, so the next one
// goes on wherever the last one ended.
func (s *Store) FillSearch(ctx context.Context) (filled int, err error) {
	err = s.inTx(ctx, func(t *tx) error {
		filled = 0
		var done bool
		if err := t.get(ctx, &done, `SELECT done FROM search_fill`); err != nil || done {
			return err
		}
		if err := t.lock(ctx); err != nil {
			return err
		}
		ids, err := t.unfilled(ctx)
		if err != nil {
			return err
		}
		filled = len(ids)
		if filled == 0 {
			_, err := t.exec(ctx, `UPDATE search_fill SET done = ?`, true)
			return err
		}
		for _, id := range ids {
			if err := t.fillPost(ctx, id); err != nil {
				return err
			}
		}
		_, err = t.exec(ctx, `UPDATE search_fill SET reached = ?`, ids[filled-1])
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("index what was there for the search: %w", err)
	}
	return filled, nil
}

// unfilled lists the next posts, in the order of their ids.
func (t *tx) unfilled(ctx context.Context) ([]feed.PostID, error) {
	var ids []feed.PostID
	column := `id` + t.store.dialect.bytewise
	err := t.each(ctx, func(rows *sql.Rows) error {
		var id feed.PostID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, `
		SELECT id
		FROM posts
		WHERE `+column+` > (SELECT reached FROM search_fill)
		ORDER BY `+column+`
		LIMIT ?`, fillBatch)
	return ids, err
}

func (t *tx) fillPost(ctx context.Context, id feed.PostID) error {
	p, err := t.Post(ctx, id)
	if err != nil {
		return fmt.Errorf("post %s: %w", id, err)
	}
	if err := t.searched(ctx, p); err != nil || p.Comments == 0 {
		return err
	}
	return t.searchedThread(ctx, id)
}
