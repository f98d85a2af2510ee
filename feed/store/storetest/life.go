package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func aPostLives(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	d.commit(t, notice(feed.Raise, "e1", 1, noon, 512))
	p := b.only(t, operator.Scope(), feed.Query{State: feed.AnyOpen})
	require.Equal(t, feed.Path("lyon/line-1"), p.Territory)
	require.Equal(t, "Remplisseuse: 512 g", p.Title.Render(feed.English, p.Values))
	require.Equal(t, noon, p.OpenedAt)
	require.True(t, p.Active)
	require.EqualValues(t, 1, p.Change)

	_, err := b.service.Take(ctx, operator, p.ID)
	require.NoError(t, err)
	c, err := b.service.Comment(under(ctx, "key-1"), manager, p.ID, "", "J’arrive")
	require.NoError(t, err)
	again, err := b.service.Comment(under(ctx, "key-1"), manager, p.ID, "", "J’arrive")
	require.NoError(t, err)
	require.Equal(t, c.ID, again.ID)

	d.commit(t, notice(feed.Update, "e2", 1, noon.Add(time.Minute), 515))
	d.commit(t, notice(feed.Clear, "e3", 1, noon.Add(2*time.Minute), 500))
	p, err = b.Post(ctx, operator.Scope(), p.ID)
	require.NoError(t, err)
	require.Equal(t, feed.Closed, p.State)
	require.True(t, p.BackToNormal)
	require.Equal(t, 1, p.Comments)
	require.Equal(t, "J’arrive", p.LastComment.Text)

	d.commit(t, notice(feed.Raise, "e4", 1, noon.Add(3*time.Minute), 520))
	p = b.only(t, operator.Scope(), feed.Query{})
	require.Equal(t, 2, p.Occurrences)
	require.Equal(t, feed.New, p.State)

	timeline, err := b.Timeline(ctx, p.ID)
	require.NoError(t, err)
	var kinds []feed.EntryKind
	for _, e := range timeline {
		kinds = append(kinds, e.Kind)
	}
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WasTaken, feed.Recovered, feed.Recurred}, kinds)
	thread, err := b.Thread(ctx, p.ID)
	require.NoError(t, err)
	require.Len(t, thread, 1)
}
