package storetest

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

const lineUnled = "unled Ce lieu n’a plus d’animateur : Ligne 1"

// missed lists the places that need an animator, and how often somebody was told
// of the line.
func (b *bench) missed(t *testing.T, m feed.Member) (places []feed.Path, told int) {
	t.Helper()
	list, err := feed.NewNeeds(b, b, b.clock).Of(t.Context(), m)
	require.NoError(t, err)
	for _, p := range list {
		if slices.ContainsFunc(p.Needs, func(n feed.Need) bool { return n.Why == feed.NeedsLead }) {
			places = append(places, p.Place)
		}
	}
	for _, said := range b.told(t, m) {
		if said == lineUnled {
			told++
		}
	}
	return places, told
}

// anAnimatorWhoLeavesIsMissed lets the animator of a line leave in each way that
// there is, and somebody come after.
func anAnimatorWhoLeavesIsMissed(t *testing.T, b *bench) {
	ctx := t.Context()
	b.staffed(t, manager, liner, operator, maintainer, staff)
	keeper := feed.Member{ID: "nadia", Name: "Nadia", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Operator}}}
	b.staffed(t, keeper)
	b.circle(t, keeper.ID, feed.JoinOpen, "lyon/line-1")
	s, roster := feed.NewSuccession(b, b.clock), feed.NewRoster(b, b.clock)
	name := func(id feed.MemberID) {
		require.NoError(t, b.places().Edit(ctx, manager, "lyon/line-1", feed.Edit{Animator: &id}))
	}
	look := func() (places []feed.Path, told int) {
		for range 2 {
			b.now = b.now.Add(time.Minute)
			require.NoError(t, s.Look(ctx))
		}
		return b.missed(t, manager)
	}
	calm := func(why string) {
		places, told := look()
		require.Empty(t, places, why)
		require.Zero(t, told, why)
		led, err := s.Led(ctx, "lyon/line-1/filler")
		require.NoError(t, err)
		require.True(t, led, why)
	}
	part := feed.Grant{Territory: "lyon/line-1", Role: feed.Animator}
	for _, leaves := range []struct {
		why   string
		comes func()
		goes  func() error
	}{
		{"who is named is dismissed", func() { name(liner.ID) }, func() error { return roster.Dismiss(ctx, feed.Console(), liner.ID) }},
		{"who is named is forgotten", func() { name(operator.ID) }, func() error {
			return roster.Erase(ctx, feed.Member{}, operator.ID, func(feed.Erasure) error { return nil })
		}},
		{"the part is laid down", func() {
			name("")
			require.NoError(t, roster.Give(ctx, feed.Console(), maintainer.ID, part))
		}, func() error { return roster.Take(ctx, feed.Console(), maintainer.ID, part) }},
	} {
		leaves.comes()
		calm(leaves.why)
		require.NoError(t, leaves.goes())
		places, told := look()
		require.Equal(t, []feed.Path{"lyon/line-1"}, places, leaves.why)
		require.Equal(t, 1, told, "told once: %s", leaves.why)
		require.Contains(t, b.told(t, keeper), lineUnled, "who keeps a group there is told too: %s", leaves.why)
		require.NotContains(t, b.told(t, staff), lineUnled, leaves.why)
		led, err := s.Led(ctx, "lyon/line-1/filler")
		require.NoError(t, err)
		require.False(t, led, leaves.why)
	}
	name(maintainer.ID)
	calm("somebody came after the last")
}
