package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/feed/store/storetest"
)

func TestWhatWasThereBeforeTheSearchIsFound(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "feed.db") },
		"postgres": func(t *testing.T) string { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			theyAreFilled(t, url(t))
		})
	}
}

func theyAreFilled(t *testing.T, url string) {
	t.Helper()
	const posts = 450
	at := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	before, err := store.Open(t.Context(), url, store.Options{Plain: true})
	require.NoError(t, err)
	require.NoError(t, before.InTx(t.Context(), func(tx feed.Tx) error {
		for i := range posts {
			p := &feed.Post{ID: feed.PostID(fmt.Sprintf("p%03d", i)), Kind: feed.Idea, State: feed.New, Territory: "lyon", Text: "fuite", OpenedAt: at, Comments: 1}
			if err := tx.Save(t.Context(), p); err != nil {
				return err
			}
			c := feed.Comment{ID: feed.CommentID("c" + p.ID), Post: p.ID, Author: feed.Author{Member: "ana"}, Text: "joint", At: at}
			if err := tx.AddComment(t.Context(), c); err != nil {
				return err
			}
		}
		return nil
	}))
	require.NoError(t, before.Close())

	s := open(t, url)
	first, err := s.FillSearch(t.Context())
	require.NoError(t, err)
	require.Less(t, first, posts)
	require.NoError(t, s.Close())
	s = open(t, url) // it goes on where it was
	filled := first
	for {
		n, err := s.FillSearch(t.Context())
		require.NoError(t, err)
		if n == 0 {
			break
		}
		filled += n
	}
	require.Equal(t, posts, filled)
	n, err := s.FillSearch(t.Context())
	require.NoError(t, err)
	require.Zero(t, n)
	for _, typed := range []string{"fuites", "joints"} {
		r := search.Request{Question: search.Parse(typed), Limit: feed.MaxPage}
		found := 0
		for {
			page, err := s.Search(t.Context(), feed.Scope{Roots: []feed.Path{""}}, r)
			require.NoError(t, err)
			found += len(page.Hits)
			if r.Cursor = page.Next; r.Cursor == "" {
				break
			}
		}
		require.Equal(t, posts, found, typed)
	}
}
