package store_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// TestWhatWasIndexedBeforeWordsWereKeptIsFound has an index as versions left it
// that kept no words beside it.
func TestWhatWasIndexedBeforeWordsWereKeptIsFound(t *testing.T) {
	t.Parallel()
	const posts = 700 // more than are filled at once
	file := filepath.Join(t.TempDir(), "feed.db")
	s := open(t, "sqlite:"+file)
	at := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	save := func(tx feed.Tx, i int, text string) error {
		return tx.Save(t.Context(), &feed.Post{ID: feed.PostID(fmt.Sprintf("p%04d", i)), Kind: feed.Idea, State: feed.New, Territory: "lyon", Text: text, OpenedAt: at.Add(time.Duration(i) * time.Second)})
	}
	require.NoError(t, s.InTx(t.Context(), func(tx feed.Tx) error {
		for i := range posts {
			if err := save(tx, i, fmt.Sprintf("lot%d", i)); err != nil {
				return err
			}
		}
		return nil
	}))
	indexAll(t, s)
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	_, err = db.ExecContext(t.Context(), `UPDATE search_docs SET tokens = ''`)
	require.NoError(t, err)
	require.Equal(t, posts, countFound(t, s, "lo"), "before they are kept")

	require.NoError(t, s.InTx(t.Context(), func(tx feed.Tx) error { return save(tx, 0, "autre") }))
	indexAll(t, s)
	bare := 0
	require.NoError(t, db.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM search_docs WHERE tokens NOT LIKE ' % '`).Scan(&bare))
	require.Zero(t, bare)
	require.Equal(t, posts-1, countFound(t, s, "lo"))
	require.Equal(t, 1, countFound(t, s, "autre"))
}
