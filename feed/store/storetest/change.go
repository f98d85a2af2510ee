package storetest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func changesAreNumbered(t *testing.T, b *bench) {
	ctx := t.Context()
	var told atomic.Int32
	b.Notify(func() { told.Add(1) })
	d := b.desk(t)
	d.commit(t, notice(feed.Raise, "e1", 1, noon, 512), notice(feed.Worsen, "e2", 1, noon, 513), shelf(feed.Raise, "e3", 1, noon))
	posts, last, err := b.Changes(ctx, 0, 10)
	require.NoError(t, err)
	require.Len(t, posts, 2, "a post changes once in a commit")
	require.EqualValues(t, 2, last)
	d.commit(t)
	require.EqualValues(t, 1, told.Load(), "only changes are told")

	filler := posts[0].ID
	p, err := b.service.Take(ctx, manager, filler)
	require.NoError(t, err)
	require.EqualValues(t, 3, p.Change)
	posts, last, err = b.Changes(ctx, 2, 10)
	require.NoError(t, err)
	require.Len(t, posts, 1)
	require.Equal(t, feed.Taken, posts[0].State)
	require.EqualValues(t, 3, last)

	posts, last, err = b.Changes(ctx, 0, 1)
	require.NoError(t, err)
	require.Equal(t, feed.Stock, posts[0].Topic, "the older of the last changes comes first")
	require.EqualValues(t, 2, last)
	posts, last, err = b.Changes(ctx, 3, 10)
	require.NoError(t, err)
	require.Empty(t, posts)
	require.EqualValues(t, 3, last)
	last, err = b.LastChange(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 3, last)
	require.EqualValues(t, 2, told.Load())
}

// noReaderPassesOverAChange has writers of all kinds at work while a reader
// follows the numbers. Whoever sees a number has seen all below it: a change
// that was committed late under a low number would be lost to the reader.
func noReaderPassesOverAChange(t *testing.T, b *bench) {
	const writers, each = 8, 25
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var group sync.WaitGroup
	errs := make([]error, writers)
	for w := range writers {
		group.Go(func() { errs[w] = b.writePosts(ctx, fmt.Sprint("w", w), each) })
	}
	seen, since := map[feed.PostID]int64{}, int64(0)
	for len(seen) < writers*each && ctx.Err() == nil {
		posts, last, err := b.Changes(ctx, since, 7)
		require.NoError(t, err)
		for _, p := range posts {
			require.Greater(t, p.Change, since)
			seen[p.ID] = p.Change
		}
		since = last
	}
	group.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	require.Len(t, seen, writers*each)
	require.EqualValues(t, writers*each, since)
}

func (b *bench) writePosts(ctx context.Context, name string, n int) error {
	for i := range n {
		err := b.InTx(ctx, func(tx feed.Tx) error {
			return tx.Save(ctx, &feed.Post{
				ID: feed.PostID(fmt.Sprintf("%s-%d", name, i)), State: feed.New, Territory: "lyon", OpenedAt: noon, BumpedAt: noon,
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}
