package store

import (
	"context"
	"fmt"
)

// PostgreSQL plans a statement for the tables as they are and keeps the plan
// until it has analysed them: what reads a table of ten rows whole goes on doing
// so when there are 100,000, for a minute or more. It is told while the database
// is young; later it sees to that by itself.
const (
	youngAt  = 1 << 10 // changes
	grownAt  = 1 << 20
	youngBy  = 4 // times as many since the last survey
	surveyed = `
		ANALYZE (SKIP_LOCKED)
			posts (id, key, open), post_index, changes, entries (post), comments (id, post), search_docs (n, post, comment)`
)

// survey has the database look how large its tables became between two changes.
func (s *Store) survey(ctx context.Context, from, to int64) error {
	if s.dialect.survey == "" || !outgrown(from, to) {
		return nil
	}
	if _, err := (conn{ExtContext: s.write}).exec(ctx, s.dialect.survey); err != nil {
		return fmt.Errorf("survey the tables: %w", err)
	}
	return nil
}

// outgrown tells whether plans made before one change are too small after another.
func outgrown(from, to int64) bool {
	for n := int64(youngAt); n <= grownAt; n *= youngBy {
		if from < n && to >= n {
			return true
		}
	}
	return false
}
