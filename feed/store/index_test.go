package store_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/feed/store/storetest"
)

func TestWhatWasWrittenIsIndexedWhereverTheProgramEnded(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "feed.db") },
		"postgres": func(t *testing.T) string { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			nothingIsPassedOver(t, url(t))
		})
	}
}

func nothingIsPassedOver(t *testing.T, url string) {
	t.Helper()
	const posts = 1100
	s := open(t, url)
	write(t, s, 0, posts)
	first, err := s.IndexSearch(t.Context())
	require.NoError(t, err)
	require.Positive(t, first)
	require.Less(t, first, posts)
	require.NoError(t, s.Close())

	s = open(t, url) // it goes on where it was
	write(t, s, posts, posts+50)
	other := open(t, url) // on a node beside it
	var nodes sync.WaitGroup
	for _, node := range []*store.Store{s, other} {
		nodes.Go(func() { indexAll(t, node) })
	}
	nodes.Wait()
	for _, typed := range []string{"fuites", "joints", "jo"} {
		require.Equal(t, posts+50, countFound(t, s, typed), typed)
	}
	changed, err := s.IndexSearch(t.Context())
	require.NoError(t, err)
	require.Zero(t, changed)
}

// write makes posts of a leak, with what somebody said of a joint.
func write(t *testing.T, s *store.Store, from, to int) {
	t.Helper()
	at := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	require.NoError(t, s.InTx(t.Context(), func(tx feed.Tx) error {
		for i := from; i < to; i++ {
			p := &feed.Post{ID: feed.PostID(fmt.Sprintf("p%04d", i)), Kind: feed.Idea, State: feed.New, Territory: "lyon", Text: "fuite", OpenedAt: at, Comments: 1}
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
}

func indexAll(t *testing.T, s *store.Store) {
	for changed := 1; changed > 0; {
		var err error
		if changed, err = s.IndexSearch(t.Context()); err != nil {
			t.Error(err)
			return
		}
	}
}

// countFound counts what answers a question, page by page.
func countFound(t *testing.T, s *store.Store, typed string) (found int) {
	t.Helper()
	r := search.Request{Question: search.Parse(typed), Limit: feed.MaxPage}
	for {
		page, err := s.Search(t.Context(), feed.Scope{Roots: []feed.Path{""}}, r)
		require.NoError(t, err)
		found += len(page.Hits)
		if r.Cursor = page.Next; r.Cursor == "" {
			return found
		}
	}
}
