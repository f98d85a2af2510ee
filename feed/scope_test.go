package feed_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
)

func TestAScopeSeesWhatIsMeantForItsReader(t *testing.T) {
	t.Parallel()
	m := feed.Member{ID: "ana", Grants: []feed.Grant{
		{Territory: "lyon", Role: feed.Operator}, {Territory: "lyon/line-1", Role: feed.Animator}, {Territory: "shop", Role: feed.Manager},
	}}
	s := m.Scope()
	require.Equal(t, feed.Scope{Roots: []feed.Path{"lyon", "shop"}, Ghosts: []feed.Path{"lyon/line-1", "shop"}, Reader: "ana"}, s)
	for _, c := range []struct {
		post feed.Post
		want bool
	}{
		{feed.Post{Territory: "lyon/line-2"}, true},
		{feed.Post{Territory: "paris"}, false},
		{feed.Post{Territory: "lyon/line-2", Audience: feed.Ghost}, false},
		{feed.Post{Territory: "lyon/line-1", Audience: feed.Ghost}, true},
		{feed.Post{Territory: "lyon/line-2", Audience: feed.Shadow, ShadowFor: "ana"}, true},
		{feed.Post{Territory: "lyon/line-2", Audience: feed.Shadow, ShadowFor: "bob"}, false},
		{feed.Post{Territory: "paris", Audience: feed.Shadow, ShadowFor: "ana"}, false},
	} {
		require.Equal(t, c.want, s.Sees(&c.post), "%+v", c.post)
	}
	require.False(t, feed.Scope{Roots: []feed.Path{"lyon"}}.Sees(&feed.Post{Territory: "lyon", Audience: feed.Shadow}), "nobody is no author")
	require.Equal(t, feed.Scope{Roots: []feed.Path{"lyon/line-1/a"}, Ghosts: []feed.Path{"lyon/line-1/a"}, Reader: "ana"}, s.Narrow("lyon/line-1/a"))
	require.Equal(t, feed.Scope{Roots: []feed.Path{"lyon"}, Ghosts: []feed.Path{"lyon/line-1"}, Reader: "ana"}, s.Narrow("lyon"))
}

// TestNarrowIsAnIntersection compares what is seen through a narrowed scope with
// what is seen and lies there.
func TestNarrowIsAnIntersection(t *testing.T) {
	t.Parallel()
	path := rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "ab", "b"}), 1, 3), func(s []string) feed.Path {
		p := feed.Path(s[0])
		for _, x := range s[1:] {
			p += feed.Path("/" + x)
		}
		return p
	})
	rapid.Check(t, func(rt *rapid.T) {
		var m feed.Member
		for range rapid.IntRange(0, 4).Draw(rt, "grants") {
			m.Grants = append(m.Grants, feed.Grant{Territory: path.Draw(rt, "place"), Role: rapid.SampledFrom(feed.Roles).Draw(rt, "role")})
		}
		p := &feed.Post{Territory: path.Draw(rt, "post"), Audience: rapid.SampledFrom([]feed.Audience{feed.Everybody, feed.Ghost}).Draw(rt, "audience")}
		below := path.Draw(rt, "below")
		s := m.Scope()
		require.Equal(rt, s.Sees(p) && p.Territory.Within(below), s.Narrow(below).Sees(p))
		action := map[feed.Audience]feed.Action{feed.Everybody: feed.Read, feed.Ghost: feed.Animate}[p.Audience]
		may := slices.ContainsFunc(m.Grants, func(g feed.Grant) bool {
			alone := feed.Member{Grants: []feed.Grant{g}} // who keeps the rules and reads nothing sees no ghosts either
			return feed.Can(alone, feed.Read, p.Territory) && feed.Can(alone, action, p.Territory)
		})
		require.Equal(rt, may, s.Sees(p), "what one sees is what one may see")
	})
}

func TestARolloutIsThatOfTheNearestPlaceThatSays(t *testing.T) {
	t.Parallel()
	tree := feed.NewTree([]feed.Territory{
		{Path: "lyon", Rollout: feed.RolloutGhost}, {Path: "lyon/line-1"}, {Path: "lyon/line-2", Rollout: feed.RolloutPilot}, {Path: "shop"},
	})
	for p, want := range map[feed.Path]feed.Rollout{
		"lyon/line-1/filler": feed.RolloutGhost, "lyon/line-2/press": feed.RolloutPilot, "shop": feed.RolloutOpen, "unknown/place": feed.RolloutOpen, "": feed.RolloutOpen,
	} {
		require.Equal(t, want, tree.Rollout(p), p)
	}
}
