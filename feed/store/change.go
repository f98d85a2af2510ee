package store

import (
	"context"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// LastChange is the number of the last committed change.
func (s *Store) LastChange(ctx context.Context) (int64, error) {
	var n int64
	if err := s.reader().get(ctx, &n, `SELECT value FROM counters WHERE name = 'change'`); err != nil {
		return 0, fmt.Errorf("last change: %w", err)
	}
	return n, nil
}

// Changes returns the posts that changed after the number since, as they are
// now, in the order of their last changes and at most limit of them. The next
// call starts from last. It sees all scopes: who passes posts on has to look.
func (s *Store) Changes(ctx context.Context, since int64, limit int) (posts []*feed.Post, last int64, err error) {
	c := s.reader()
	posts, err = c.list(ctx, `WHERE c.seq > ? ORDER BY c.seq LIMIT ?`, since, limit)
	if err == nil {
		err = c.draw(ctx, posts)
	}
	if err != nil {
		return nil, since, fmt.Errorf("changes since %d: %w", since, err)
	}
	if len(posts) == 0 {
		return nil, since, nil
	}
	return posts, posts[len(posts)-1].Change, nil
}
