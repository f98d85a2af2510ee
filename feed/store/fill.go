package store

import (
	"context"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// fillIndex keeps the words of some documents that were indexed before words
// were kept, the newest first, and tells of how many; 0: nothing is left. They
// are found all along.
func (s *Store) fillIndex(ctx context.Context, reached int64) (filled int, err error) {
	if !s.dialect.wordsApart {
		return 0, nil
	}
	c := s.reader()
	ids, err := column[feed.PostID](ctx, c, `SELECT post FROM search_docs WHERE tokens = '' ORDER BY n DESC LIMIT ?`, indexBatch)
	switch {
	case err != nil:
		return 0, fmt.Errorf("documents whose words are not kept: %w", err)
	case len(ids) == 0:
		return 0, nil
	}
	posts, err := c.list(ctx, `WHERE p.id IN (?)`, ids)
	if err != nil {
		return 0, fmt.Errorf("posts whose words are not kept: %w", err)
	}
	docs, err := c.stale(ctx, posts)
	if err != nil {
		return 0, fmt.Errorf("words to keep: %w", err)
	}
	err = s.inTx(ctx, func(t *tx) error {
		// What changed since it was read is indexed after that.
		same, err := t.exec(ctx, `UPDATE search_reached SET change = change WHERE change = ?`, reached)
		if err != nil || same == 0 {
			return err
		}
		if err := t.reindex(ctx, docs); err != nil {
			return err
		}
		// What nobody says any more has no words.
		_, err = t.exec(ctx, `UPDATE search_docs SET tokens = ' ' WHERE tokens = '' AND post IN (?)`, ids)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("keep the words of what is indexed: %w", err)
	}
	return len(ids), nil
}
