package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// manyPostsAreAskedAtOnce: each gets its own best card, and nobody more than they see.
func manyPostsAreAskedAtOnce(t *testing.T, b *bench) {
	ctx, d := t.Context(), b.desk(t)
	solved, card := b.taught(t, d, nozzle)
	b.now = b.now.Add(3 * time.Hour)
	again := b.weighs(t, d, "lyon/line-1/filler", 2)
	elsewhere := b.weighs(t, d, "lyon/line-2", 1)
	ids := []feed.PostID{elsewhere.ID, again.ID, solved.ID, "none"}

	best, err := b.FittingEach(ctx, manager.Scope(), ids)
	require.NoError(t, err)
	require.Len(t, best, 1, "the other is of another line, and the first is what it was made of")
	require.Equal(t, card.ID, best[again.ID].Post.ID)
	require.Equal(t, feed.SameThing, best[again.ID].Close)

	best, err = b.FittingEach(ctx, staff.Scope(), ids)
	require.NoError(t, err)
	require.Empty(t, best, "what one does not read is not asked about")
	best, err = b.FittingEach(ctx, manager.Scope(), nil)
	require.NoError(t, err)
	require.Empty(t, best)

	_, err = b.service.RetireCard(ctx, operator, card.ID, "Machine changée")
	require.NoError(t, err)
	best, err = b.FittingEach(ctx, manager.Scope(), ids)
	require.NoError(t, err)
	require.Empty(t, best, "it is offered no more")
}
