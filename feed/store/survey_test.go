package store_test

import (
	"database/sql"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/feed/store/storetest"
)

// TestPlansGrowWithTheTables holds a database that grew from nothing since its
// statements were first planned, and that has not analysed its tables by itself,
// to reading by its indexes, and by no more of them than it takes.
func TestPlansGrowWithTheTables(t *testing.T) {
	t.Parallel()
	const posts, rounds = 6000, 40
	url := storetest.Postgres(t)
	db, err := sql.Open("pgx", url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	s, err := store.Open(t.Context(), url, store.Options{})
	require.NoError(t, err)
	for _, table := range []string{"posts", "post_index", "changes", "comments", "search_docs"} {
		_, err := db.ExecContext(t.Context(), `ALTER TABLE `+table+` SET (autovacuum_enabled = off)`)
		require.NoError(t, err)
	}
	written, last := 0, int64(0)
	grow := func(count int) {
		write(t, s, written, written+count)
		written += count
		_, err := s.IndexSearch(t.Context())
		require.NoError(t, err)
	}
	use := func() {
		for range rounds { // more than PostgreSQL plans anew
			grow(2)
			_, err := s.Feed(t.Context(), feed.Scope{Roots: []feed.Path{"lyon"}}, feed.Query{})
			require.NoError(t, err)
			_, err = s.Post(t.Context(), feed.Scope{Roots: []feed.Path{"lyon"}}, "p0001")
			require.NoError(t, err)
			changed, change, err := s.Changes(t.Context(), last, 10)
			require.NoError(t, err)
			require.NotEmpty(t, changed)
			last = change
		}
	}
	use()
	for written < posts {
		grow(500)
	}
	indexAll(t, s)
	last, err = s.LastChange(t.Context())
	require.NoError(t, err)
	use()
	require.NoError(t, s.Close()) // its connections tell what they read as they end

	rows, err := db.QueryContext(t.Context(), `SELECT relname, seq_tup_read + COALESCE(idx_tup_fetch, 0) FROM pg_stat_user_tables`)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	for rows.Next() {
		var table string
		var read int
		require.NoError(t, rows.Scan(&table, &read))
		require.Less(t, read, 3*rounds*posts/4, "%s is read whole again and again", table)
	}
	require.NoError(t, rows.Err())
}
