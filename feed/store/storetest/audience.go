package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// animator keeps the rules of the plant, and handles nothing.
var animator = feed.Member{ID: "animator", Name: "Yanis", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Animator}}}

// posts counts what a reader finds who asks for an audience.
func (b *bench) posts(t *testing.T, m feed.Member, a feed.Audience) int {
	t.Helper()
	page, err := b.Feed(t.Context(), m.Scope(), feed.Query{Audience: a})
	require.NoError(t, err)
	return len(page.Posts)
}

func ghostsAreAskedFor(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.service.SetRollout(ctx, animator, "lyon/line-1", feed.RolloutGhost))
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	require.Equal(t, feed.Ghost, p.Audience)
	for _, m := range []feed.Member{operator, lead, manager, animator} {
		require.Zero(t, b.posts(t, m, feed.Everybody), m.ID)
	}
	require.Equal(t, []int{0, 0, 1, 1}, []int{
		b.posts(t, operator, feed.Ghost), b.posts(t, lead, feed.Ghost), b.posts(t, manager, feed.Ghost), b.posts(t, animator, feed.Ghost),
	})
	_, err := b.Post(ctx, operator.Scope(), p.ID)
	require.ErrorIs(t, err, feed.ErrNotFound)
	_, err = b.Post(ctx, animator.Scope(), p.ID)
	require.NoError(t, err)
	_, err = b.service.Take(ctx, operator, p.ID)
	require.ErrorIs(t, err, feed.ErrNotFound, "nobody takes what they cannot see")
	_, err = b.service.OutOfService(ctx, operator, p.ID, "Dépose")
	require.ErrorIs(t, err, feed.ErrNotFound, "nor learns that it is there")
	_, err = b.service.Comment(ctx, operator, p.ID, "", "Bouh")
	require.ErrorIs(t, err, feed.ErrNotFound)

	counts, err := b.OpenCounts(ctx, manager.Scope())
	require.NoError(t, err)
	require.Empty(t, counts)
	vitals, err := b.Machines(ctx, manager.Scope(), "lyon")
	require.NoError(t, err)
	require.Empty(t, vitals[0].Severity)

	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon/line-1", feed.RolloutOpen))
	d.commit(t, said(feed.Worsen, "e2", 1, noon.Add(time.Minute)))
	require.Zero(t, b.posts(t, operator, feed.Everybody), "a ghost stays a ghost")
	d.commit(t, said(feed.Clear, "e3", 1, noon.Add(2*time.Minute)), said(feed.Raise, "e4", 2, noon.Add(time.Hour)))
	require.Equal(t, 1, b.posts(t, operator, feed.Everybody))
	require.Equal(t, 1, b.posts(t, manager, feed.Ghost))
}

func aShadowHasOneReader(t *testing.T, b *bench) {
	ctx := t.Context()
	report, _, err := b.service.Report(ctx, staff, empty())
	require.NoError(t, err)
	author := feed.Member{ID: "author", Name: "Ana", Grants: []feed.Grant{{Territory: "shop", Role: feed.Animator}}}
	moved := feed.Member{ID: "author", Name: "Ana", Grants: []feed.Grant{{Territory: "lyon", Role: feed.Animator}}}

	n := shelf(feed.Raise, "e1", 1, noon)
	n.ShadowFor, n.Provenance.Rule = "author", "draft"
	d := b.desk(t)
	p := d.opened(t, n)
	require.NotEqual(t, report.ID, p.ID, "what runs in shadow joins nobody")
	require.Equal(t, []any{feed.Shadow, feed.MemberID("author")}, []any{p.Audience, p.ShadowFor})
	require.Equal(t, []int{1, 0, 0, 0}, []int{
		b.posts(t, author, feed.Shadow), b.posts(t, moved, feed.Shadow), b.posts(t, manager, feed.Shadow), b.posts(t, staff, feed.Shadow),
	})
	for _, m := range []feed.Member{author, manager, staff} {
		_, err = b.Post(ctx, m.Scope(), p.ID)
		if m.ID == "author" {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, feed.ErrNotFound)
		}
	}
	require.Equal(t, report.ID, b.only(t, author.Scope(), feed.Query{}).ID)

	_, err = b.service.Resolve(ctx, staff, report.ID, "Rempli", "")
	require.NoError(t, err)
	_, joined, err := b.service.Report(ctx, staff, empty())
	require.NoError(t, err)
	require.False(t, joined, "nobody joins what they cannot see")
}

func aDecisionWins(t *testing.T, b *bench) {
	ctx := t.Context()
	rollout := func(p feed.Path) feed.Rollout {
		tree, err := b.Tree(ctx)
		require.NoError(t, err)
		return tree.Rollout(p)
	}
	configured := []feed.Territory{{Path: "lyon", Name: "Lyon", Kind: feed.Site, Rollout: feed.RolloutPilot}}
	require.NoError(t, b.SetTerritories(ctx, configured))
	require.Equal(t, feed.RolloutPilot, rollout("lyon/line-1/filler"))
	require.Equal(t, feed.RolloutOpen, rollout("shop/drinks"))
	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon/line-1", feed.RolloutGhost))
	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon", feed.RolloutOpen))
	require.NoError(t, b.SetTerritories(ctx, configured))
	require.Equal(t, feed.RolloutGhost, rollout("lyon/line-1/filler"))
	require.Equal(t, feed.RolloutOpen, rollout("lyon/line-2"), "the program started again")

	for want, err := range map[feed.Problem]error{
		feed.Forbidden: b.service.SetRollout(ctx, operator, "lyon/line-1", feed.RolloutOpen),
		feed.NotFound:  b.service.SetRollout(ctx, animator, "shop", feed.RolloutOpen),
		feed.Invalid:   b.service.SetRollout(ctx, animator, "lyon", "shut"),
	} {
		require.Equal(t, want, feed.ProblemOf(err))
	}
	require.ErrorIs(t, b.service.SetRollout(ctx, animator, "lyon/nowhere", feed.RolloutOpen), feed.ErrNotFound)
}

// whatHoldsIsNotHidden has a territory open, and a rule step out of its shadow,
// while conditions hold that few may see.
func whatHoldsIsNotHidden(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon/line-1", feed.RolloutGhost))
	ghost := d.opened(t, said(feed.Raise, "e1", 1, noon))
	dark := about("draft", noon)
	dark.ShadowFor = manager.ID
	shadow := d.opened(t, dark)
	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon/line-1", feed.RolloutOpen))

	d.commit(t, said(feed.Update, "e2", 1, noon.Add(time.Minute)))
	dark.Kind, dark.Effect, dark.Bump, dark.At = feed.Update, "e3", false, noon.Add(time.Minute)
	d.commit(t, dark)
	require.Zero(t, b.posts(t, operator, feed.Everybody))

	lit := dark
	lit.ShadowFor, lit.Effect, lit.At = "", "e4", noon.Add(2*time.Minute)
	d.commit(t, lit)
	p := b.only(t, operator.Scope(), feed.Query{})
	require.Equal(t, []any{shadow.ID, lit.At}, []any{p.ID, p.BumpedAt}, "the rule speaks to everybody now")
	lit.Effect, lit.At = "e5", noon.Add(3*time.Minute)
	d.commit(t, lit)
	require.Equal(t, noon.Add(2*time.Minute), b.read(t, shadow.ID).BumpedAt, "told once")

	again := said(feed.Raise, "e7", 1, noon.Add(5*time.Minute))
	d.commit(t, said(feed.Clear, "e6", 1, noon.Add(4*time.Minute)), again)
	page, err := b.Feed(ctx, operator.Scope(), feed.Query{})
	require.NoError(t, err)
	require.Len(t, page.Posts, 2)
	require.Equal(t, ghost.ID, page.Posts[0].ID, "what comes back is what its territory is by now")
	require.Zero(t, b.posts(t, manager, feed.Ghost))

	dark.Kind, dark.Effect, dark.Key, dark.At = feed.Raise, "e8", "gone", noon
	gone := d.opened(t, dark)
	dark.Kind, dark.Effect, dark.ShadowFor = feed.Retire, "e9", "" // of a rule that is no more
	d.commit(t, dark)
	_, err = b.Post(ctx, operator.Scope(), gone.ID)
	require.ErrorIs(t, err, feed.ErrNotFound)
}

// aGhostLeavesWhatEndedAlone has a condition come back, again and again, where
// everybody saw it end and only few may see it now.
func aGhostLeavesWhatEndedAlone(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	rollout := func(r feed.Rollout) { require.NoError(t, b.service.SetRollout(ctx, manager, "lyon/line-1", r)) }
	after := func(kind feed.NoticeKind, effect string, minutes int) feed.Notice {
		return said(kind, effect, 1, noon.Add(time.Duration(minutes)*time.Minute))
	}
	seen := d.opened(t, after(feed.Raise, "e1", 0))
	rollout(feed.RolloutGhost)
	d.commit(t, after(feed.Raise, "e2", 1))
	require.Equal(t, feed.Everybody, b.read(t, seen.ID).Audience, "what is open goes on as it is")
	require.Zero(t, b.posts(t, manager, feed.Ghost))
	d.commit(t, after(feed.Clear, "e3", 2))

	ghost := d.opened(t, after(feed.Raise, "e4", 3))
	require.Equal(t, []any{feed.Ghost, seen.ID, true}, []any{ghost.Audience, ghost.Previous, ghost.Active})
	require.Equal(t, feed.Closed, b.read(t, seen.ID).State)
	require.Equal(t, 1, b.read(t, seen.ID).Occurrences)
	d.commit(t, after(feed.Raise, "e4", 3))
	d.commit(t, after(feed.Raise, "e4 by another name", 3))
	require.Equal(t, 1, b.posts(t, manager, feed.Ghost), "the same notice makes one post")

	d.commit(t, after(feed.Clear, "e5", 4))
	require.Equal(t, ghost.ID, d.opened(t, after(feed.Raise, "e6", 5)).ID, "a ghost comes back as itself")
	require.Equal(t, 2, b.read(t, ghost.ID).Occurrences)
	d.commit(t, after(feed.Clear, "e7", 6))

	rollout(feed.RolloutOpen)
	d.commit(t, after(feed.Raise, "e8", 7), after(feed.Clear, "e9", 8))
	require.Equal(t, 2, b.posts(t, operator, feed.Everybody))
	rollout(feed.RolloutGhost)
	second := d.opened(t, after(feed.Raise, "e10", 9))
	require.NotContains(t, []feed.PostID{seen.ID, ghost.ID}, second.ID)
	require.Equal(t, 2, b.posts(t, operator, feed.Everybody))
	require.Equal(t, 1, b.posts(t, manager, feed.Ghost))
}

// aGhostLeavesWhatIsSolvedAlone has a condition called again that somebody
// resolved while it held, where its territory became a ghost since.
func aGhostLeavesWhatIsSolvedAlone(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	_, err := b.service.Resolve(ctx, operator, p.ID, "Buse", "Nettoyée")
	require.NoError(t, err)
	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon/line-1", feed.RolloutGhost))
	ghost := d.opened(t, said(feed.Raise, "e2", 1, noon.Add(10*time.Minute)))
	require.Equal(t, feed.Ghost, ghost.Audience)
	was := b.read(t, p.ID)
	require.Equal(t, []any{feed.Resolved, "Buse", false}, []any{was.State, was.Cause, was.Active})
	d.commit(t, said(feed.Clear, "e3", 1, noon.Add(11*time.Minute)))
	require.Equal(t, feed.Closed, b.read(t, ghost.ID).State)
	require.Equal(t, feed.Resolved, b.read(t, p.ID).State)
}
