package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func hand(skill string, learners bool) feed.Draft {
	return feed.Draft{Kind: feed.HelpWanted, Territory: "lyon/line-1", Text: "Changer la bobine", Help: &feed.Help{Skill: skill, Learners: learners}}
}

// asked lists the open calls that a member was asked to answer.
func (b *bench) asked(t *testing.T, m feed.Member) []feed.PostID {
	t.Helper()
	posts, err := b.HelpFor(t.Context(), m.ID)
	require.NoError(t, err)
	out := []feed.PostID{}
	for _, p := range posts {
		out = append(out, p.ID)
	}
	return out
}

func aCallReachesThoseNear(t *testing.T, b *bench) {
	ctx := t.Context()
	b.inhabit(t)
	b.present(t, "", operator, welder, mender)
	p, joined, err := b.service.Report(ctx, operator, hand("", false))
	require.NoError(t, err)
	require.False(t, joined)
	require.Equal(t, []feed.PostID{p.ID}, b.asked(t, welder))
	require.Empty(t, b.asked(t, operator), "nobody is asked to help themselves")
	require.Empty(t, b.asked(t, mender), "the next line is not asked at once")
	require.Equal(t, 1, p.Talk.Help.Asked)

	require.NoError(t, b.service.WidenHelp(ctx))
	require.Empty(t, b.asked(t, mender))
	b.now = b.now.Add(feed.WidenAfter)
	require.NoError(t, b.service.WidenHelp(ctx))
	require.Equal(t, []feed.PostID{p.ID}, b.asked(t, mender), "nobody came: the call goes further")
	require.Equal(t, 2, b.only(t, operator.Scope(), feed.Query{}).Talk.Help.Asked)
	b.now = b.now.Add(feed.WidenAfter)
	require.NoError(t, b.service.WidenHelp(ctx))
	require.Equal(t, 2, b.only(t, operator.Scope(), feed.Query{}).Talk.Help.Asked, "nobody is asked twice")
}

func theFirstToComeHelps(t *testing.T, b *bench) {
	ctx := t.Context()
	b.inhabit(t)
	b.present(t, "", operator, welder, mender)
	p, _, err := b.service.Report(ctx, operator, hand("", false))
	require.NoError(t, err)
	b.now = b.now.Add(feed.WidenAfter)
	require.NoError(t, b.service.WidenHelp(ctx))

	_, err = b.service.Take(ctx, operator, p.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "one's own call waits for somebody else")
	_, err = b.service.Come(ctx, staff, p.ID)
	require.ErrorIs(t, err, feed.ErrNotFound)
	taken, err := b.service.Come(ctx, mender, p.ID)
	require.NoError(t, err, "who was asked from next door may come")
	require.Equal(t, mender.Name, taken.Taker.Name)
	_, err = b.service.Come(ctx, mender, p.ID)
	require.NoError(t, err)
	_, err = b.service.Take(ctx, welder, p.ID)
	require.ErrorContains(t, err, "Bruno is already going")
	_, err = b.service.Arrive(ctx, welder, p.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	b.now = b.now.Add(time.Hour)
	require.NoError(t, b.service.WidenHelp(ctx), "what was answered goes no further")

	_, err = b.service.Resolve(ctx, operator, p.ID, "Merci", "")
	require.NoError(t, err)
	require.Empty(t, b.asked(t, mender))
	_, err = b.service.Come(ctx, mender, p.ID)
	require.ErrorIs(t, err, feed.ErrNotFound, "with the call ends what it let one see")
}

func aCallAsksForASkill(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.inhabit(t)
	require.NoError(t, d.SetSkill(ctx, mender, feed.Skill{Name: "Bobineuse", Level: feed.Able}))
	require.NoError(t, d.Wish(ctx, welder, "bobineuse", true))
	b.present(t, "", operator, welder, mender, manager)
	p, _, err := b.service.Report(ctx, operator, hand("Bobineuse", false))
	require.NoError(t, err)
	require.Equal(t, []feed.PostID{p.ID}, b.asked(t, mender), "where nobody near knows it, those around are asked at once")
	require.Empty(t, b.asked(t, welder))
	require.Empty(t, b.asked(t, manager))
	_, err = b.service.Withdraw(ctx, operator, p.ID)
	require.NoError(t, err)
	require.Empty(t, b.asked(t, mender))

	p, _, err = b.service.Report(ctx, operator, hand("Bobineuse", true))
	require.NoError(t, err)
	require.Equal(t, []feed.PostID{p.ID}, b.asked(t, welder), "who would like to learn it is asked too")
	_, err = b.service.Take(ctx, welder, p.ID)
	require.NoError(t, err)
	_, err = b.service.Release(ctx, welder, p.ID)
	require.NoError(t, err)
	require.Equal(t, []feed.PostID{p.ID}, b.asked(t, welder), "what is given back is called again")
	_, _, err = b.service.Report(ctx, operator, feed.Draft{Kind: feed.HelpWanted, Territory: "lyon/line-1", Text: "x", Help: &feed.Help{At: b.now.Add(30 * 24 * time.Hour)}})
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	_, _, err = b.service.Report(ctx, operator, feed.Draft{Kind: feed.HelpWanted, Territory: "lyon/line-1", Text: "x", From: "none"})
	require.ErrorIs(t, err, feed.ErrNotFound)
}
