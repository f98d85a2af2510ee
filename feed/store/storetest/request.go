package storetest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func anIdempotencyKeyMakesOnePost(t *testing.T, b *bench) {
	ctx := t.Context()
	idea := feed.Draft{Kind: feed.Idea, Territory: "shop/drinks", Text: "Un chariot plus bas"}
	first, _, err := b.service.Report(under(ctx, "k1"), staff, idea)
	require.NoError(t, err)
	again, _, err := b.service.Report(under(ctx, "k1"), staff, idea)
	require.NoError(t, err)
	require.Equal(t, first.ID, again.ID)
	require.Equal(t, first.Change, again.Change)
	other, _, err := b.service.Report(under(ctx, "k1"), manager, idea)
	require.NoError(t, err)
	require.NotEqual(t, first.ID, other.ID, "the key is the member's own")
	idea.Text = "Autre chose"
	_, _, err = b.service.Report(under(ctx, "k1"), staff, idea)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
}

// aJoinSentAgainJoinsOnce has a report that joined without words come again
// when the post has ended and, by another report, a new one is open.
func aJoinSentAgainJoinsOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	post, _, err := b.service.Report(under(ctx, "k1"), manager, empty())
	require.NoError(t, err)
	_, joined, err := b.service.Report(under(ctx, "k2"), staff, empty())
	require.NoError(t, err)
	require.True(t, joined)
	_, err = b.service.Resolve(ctx, manager, post.ID, "Rempli", "")
	require.NoError(t, err)

	again, joined, err := b.service.Report(under(ctx, "k2"), staff, empty())
	require.NoError(t, err)
	require.True(t, joined)
	require.Equal(t, post.ID, again.ID)
	require.Equal(t, feed.Resolved, again.State, "what ended stays so")
	next, joined, err := b.service.Report(under(ctx, "k3"), manager, empty())
	require.NoError(t, err)
	require.False(t, joined)
	require.NotEqual(t, post.ID, next.ID)
	again, _, err = b.service.Report(under(ctx, "k2"), staff, empty())
	require.NoError(t, err)
	require.Equal(t, post.ID, again.ID)
	require.Equal(t, 1, b.only(t, staff.Scope(), feed.Query{State: feed.AnyOpen}).MeToo)

	other := empty()
	other.Text = "Toujours rien"
	_, _, err = b.service.Report(under(ctx, "k2"), staff, other)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
}

// aKeyStandsForOneRequest sends one key with requests that differ.
func aKeyStandsForOneRequest(t *testing.T, b *bench) {
	ctx := t.Context()
	post, _, err := b.service.Report(under(ctx, "same"), staff, empty())
	require.NoError(t, err)
	_, err = b.service.Comment(under(ctx, "same"), staff, post.ID, "", "Bonjour")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	thread, err := b.Thread(ctx, post.ID)
	require.NoError(t, err)
	require.Empty(t, thread, "what is refused leaves nothing")

	said, err := b.service.Comment(under(ctx, "k2"), staff, post.ID, "", "Bonjour")
	require.NoError(t, err)
	again, err := b.service.Comment(under(ctx, "k2"), staff, post.ID, "", "Bonjour")
	require.NoError(t, err)
	require.Equal(t, said, again)
	_, err = b.service.Comment(under(ctx, "k2"), staff, post.ID, said.ID, "Bonjour")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "an answer is something else")
	_, _, err = b.service.Report(under(ctx, "k2"), staff, empty())
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))

	// A machine that joins makes it another kind of post: the report is the same.
	n := shelf(feed.Raise, "e1", 1, noon)
	n.PostKind = feed.PhantomStock
	b.desk(t).commit(t, n)
	same, joined, err := b.service.Report(under(ctx, "same"), staff, empty())
	require.NoError(t, err)
	require.False(t, joined)
	require.Equal(t, post.ID, same.ID)

	long := strings.Repeat("k", feed.MaxKey+1)
	_, _, err = b.service.Report(under(ctx, long), staff, empty())
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	_, err = b.service.Comment(under(ctx, long), staff, post.ID, "", "Bonjour")
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	_, err = b.service.Comment(under(ctx, long[1:]), staff, post.ID, "", "Bonjour")
	require.NoError(t, err)
}
