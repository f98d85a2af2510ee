package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
)

// scatter saves posts all over a random tree, some at the same instant, and
// returns them as they should be listed: newest bump first.
func (b *bench) scatter(ctx context.Context, rt *rapid.T, n int) []*feed.Post {
	paths := rapid.SliceOfN(path(), 1, 12).Draw(rt, "paths")
	posts := make([]*feed.Post, n)
	for i := range posts {
		posts[i] = &feed.Post{
			ID:        feed.PostID(fmt.Sprintf("p%03d", i)),
			Territory: rapid.SampledFrom(paths).Draw(rt, "territory"),
			Kind:      rapid.SampledFrom([]feed.Kind{feed.Alert, feed.Idea}).Draw(rt, "kind"),
			Topic:     rapid.SampledFrom(feed.Topics[:2]).Draw(rt, "topic"),
			State:     rapid.SampledFrom([]feed.State{feed.New, feed.Taken, feed.Closed}).Draw(rt, "state"),
			Audience:  rapid.SampledFrom([]feed.Audience{feed.Everybody, feed.Everybody, feed.Ghost, feed.Shadow}).Draw(rt, "audience"),
			ShadowFor: rapid.SampledFrom([]feed.MemberID{"ana", "bob"}).Draw(rt, "author"),
			OpenedAt:  noon, UpdatedAt: noon,
			BumpedAt: noon.Add(time.Duration(rapid.IntRange(0, n/2).Draw(rt, "bump")) * time.Second),
		}
	}
	require.NoError(rt, b.InTx(ctx, func(tx feed.Tx) error {
		for _, p := range posts {
			if err := tx.Save(ctx, p); err != nil {
				return err
			}
		}
		return nil
	}))
	slices.SortFunc(posts, func(x, y *feed.Post) int {
		return cmp.Or(y.BumpedAt.Compare(x.BumpedAt), cmp.Compare(y.ID, x.ID))
	})
	return posts
}

// path draws places whose names are prefixes of each other: "a" is not above
// "ab".
func path() *rapid.Generator[feed.Path] {
	return rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "ab", "A", "a_", "%"}), 1, 4), func(s []string) feed.Path {
		p := feed.Path(s[0])
		for _, x := range s[1:] {
			p += feed.Path("/" + x)
		}
		return p
	})
}

func scope() *rapid.Generator[feed.Scope] {
	root := rapid.OneOf(path(), path(), path(), rapid.Just(feed.Path("")))
	return rapid.Custom(func(rt *rapid.T) feed.Scope {
		return feed.Scope{
			Roots: rapid.SliceOfN(root, 0, 4).Draw(rt, "roots"), Ghosts: rapid.SliceOfN(root, 0, 2).Draw(rt, "ghosts"),
			Reader: rapid.SampledFrom([]feed.MemberID{"", "ana"}).Draw(rt, "reader"),
		}
	})
}

func query(rt *rapid.T) feed.Query {
	return feed.Query{
		Territory: rapid.OneOf(rapid.Just(feed.Path("")), path()).Draw(rt, "below"),
		Kind:      rapid.SampledFrom([]feed.Kind{"", "", feed.Alert}).Draw(rt, "of kind"),
		Topic:     rapid.SampledFrom([]feed.Topic{"", "", feed.Quality}).Draw(rt, "of topic"),
		State:     rapid.SampledFrom([]string{"", feed.AnyOpen, feed.AnyEnded, string(feed.Taken)}).Draw(rt, "in state"),
		Audience:  rapid.SampledFrom([]feed.Audience{feed.Everybody, feed.Everybody, feed.Ghost, feed.Shadow}).Draw(rt, "for whom"),
		Limit:     rapid.IntRange(1, 9).Draw(rt, "limit"),
	}
}

// wanted is what a page should hold, said in the plainest way.
func wanted(p *feed.Post, s feed.Scope, q feed.Query) bool {
	return s.Sees(p) && p.Audience == q.Audience && p.Territory.Within(q.Territory) &&
		(q.Kind == "" || p.Kind == q.Kind) && (q.Topic == "" || p.Topic == q.Topic) &&
		(q.State == "" || q.State == string(p.State) ||
			q.State == feed.AnyOpen && p.State.Open() || q.State == feed.AnyEnded && !p.State.Open())
}

// theFeedIsASortedWalk compares whole walks, page by page, with a list that was
// filtered and sorted in memory: the same posts, in the same order, none twice,
// and none of another's scope.
func theFeedIsASortedWalk(t *testing.T, b *bench) {
	ctx := t.Context()
	rapid.Check(t, func(rt *rapid.T) {
		posts := b.scatter(ctx, rt, 40)
		for range 5 {
			s, q := scope().Draw(rt, "scope"), query(rt)
			var want, got []feed.PostID
			for _, p := range posts {
				if wanted(p, s, q) {
					want = append(want, p.ID)
				}
			}
			for page, err := b.Feed(ctx, s, q); ; page, err = b.Feed(ctx, s, q) {
				require.NoError(rt, err)
				require.LessOrEqual(rt, len(page.Posts), q.Limit)
				for _, p := range page.Posts {
					got = append(got, p.ID)
				}
				if q.Cursor = page.Next; q.Cursor == "" {
					break
				}
			}
			require.Equal(rt, want, got)
		}
	})
	_, err := b.Feed(ctx, manager.Scope(), feed.Query{Cursor: "not a cursor"})
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
}

func noPostLeavesItsScope(t *testing.T, b *bench) {
	ctx := t.Context()
	rapid.Check(t, func(rt *rapid.T) {
		posts := b.scatter(ctx, rt, 20)
		s := scope().Draw(rt, "scope")
		for _, p := range posts {
			_, err := b.Post(ctx, s, p.ID)
			if s.Sees(p) {
				require.NoError(rt, err)
			} else {
				require.ErrorIs(rt, err, feed.ErrNotFound)
			}
		}
	})
	_, err := b.Post(ctx, manager.Scope(), "nowhere")
	require.ErrorIs(t, err, feed.ErrNotFound)
}

func placesAreScoped(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	d.commit(t, notice(feed.Raise, "e1", 1, noon, 512), shelf(feed.Raise, "e2", 1, noon))
	counts, err := b.OpenCounts(ctx, manager.Scope())
	require.NoError(t, err)
	require.Equal(t, map[feed.Path]int{"lyon": 1, "lyon/line-1": 1, "shop": 1, "shop/drinks": 1}, counts)
	counts, err = b.OpenCounts(ctx, operator.Scope())
	require.NoError(t, err)
	require.Equal(t, map[feed.Path]int{"lyon/line-1": 1}, counts)

	names := func(s feed.Scope) (out []feed.Path) {
		places, err := b.Territories(ctx, s)
		require.NoError(t, err)
		for _, p := range places {
			out = append(out, p.Path)
		}
		return out
	}
	require.Equal(t, []feed.Path{"lyon", "lyon/line-1", "lyon/line-1/filler"}, names(operator.Scope()))
	require.Empty(t, names(feed.Scope{}))
	require.NoError(t, b.SetTerritories(ctx, []feed.Territory{
		{Path: "lyon/line-1/capper", Kind: feed.Machine}, {Path: "lyon/line-1", Name: "Embouteillage", Kind: feed.Line},
	}))
	require.Len(t, names(operator.Scope()), 4, "the others are kept")
	tree, err := b.Tree(ctx)
	require.NoError(t, err)
	require.Equal(t, "Embouteillage", tree.Name("lyon/line-1"))
}

func machinesShowTheirVitals(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	d.weigh(t, noon, 512, notice(feed.Raise, "e1", 1, noon, 512))
	d.weigh(t, noon.Add(time.Minute), 513, notice(feed.Spoil, "e2", 1, noon, 512))
	got, err := b.Machines(ctx, operator.Scope(), "lyon")
	require.NoError(t, err)
	require.Equal(t, []feed.Vitals{{
		Machine: plant[2], Severity: feed.Major, Stale: true,
		Traces: []feed.Trace{{
			Asset: "lyon/line-1/filler", Signal: "weight", Unit: "g", At: noon.Add(time.Minute),
			Points: []feed.Point{{At: noon.Add(time.Minute), Value: 513}},
		}},
	}}, got)
	p := b.only(t, operator.Scope(), feed.Query{})
	_, err = b.service.Take(ctx, operator, p.ID)
	require.NoError(t, err)
	got, err = b.Machines(ctx, operator.Scope(), "")
	require.NoError(t, err)
	require.True(t, got[0].Taken)
	for _, s := range []feed.Scope{staff.Scope(), operator.Scope()} {
		got, err = b.Machines(ctx, s, "shop")
		require.NoError(t, err)
		require.Empty(t, got)
	}
}
