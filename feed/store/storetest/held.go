package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// held is a notice that holds a condition of the rule "weight" back, or ends
// that.
func held(kind feed.NoticeKind, effect, key, reason string, asset feed.Path, at time.Time) feed.Notice {
	n := said(kind, effect, 1, at)
	n.Asset, n.Held = asset, &feed.Held{Key: key, Reason: reason, Since: at}
	return n
}

func (b *bench) heldIn(t *testing.T, m feed.Member, territory feed.Path) (out []string) {
	t.Helper()
	list, err := b.Held(t.Context(), m.Scope(), territory, 10)
	require.NoError(t, err)
	for _, h := range list {
		out = append(out, h.Key+" "+h.Reason)
	}
	return out
}

func whatIsHeldIsListed(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	parent := d.opened(t, said(feed.Raise, "e1", 1, noon))
	child := held(feed.Hold, "e2", "a", "suppressed", "lyon/line-1/filler", noon)
	child.Held.By, child.Held.Until = parent.Key, noon.Add(time.Minute)
	d.commit(t, child,
		held(feed.Hold, "e3", "b", "budget", "lyon/line-2/press", noon.Add(time.Second)),
		held(feed.Hold, "e4", "c", "budget", "shop/drinks", noon.Add(2*time.Second)))
	require.Equal(t, []string{"c budget", "b budget", "a suppressed"}, b.heldIn(t, manager, ""))
	require.Equal(t, []string{"a suppressed"}, b.heldIn(t, operator, ""))
	require.Equal(t, []string{"b budget", "a suppressed"}, b.heldIn(t, manager, "lyon"))
	require.Empty(t, b.heldIn(t, operator, "shop"))
	require.Empty(t, b.heldIn(t, feed.Member{}, ""))
	list, err := b.Held(ctx, operator.Scope(), "", 10)
	require.NoError(t, err)
	require.Equal(t, feed.HeldCondition{
		Key: "a", Reason: "suppressed", By: parent.Key, Post: parent.ID, Territory: "lyon/line-1", Asset: "lyon/line-1/filler",
		Rule: "weight", Topic: feed.Quality, Severity: feed.Major, Title: parent.Title,
		Values: feed.Values{"asset": "Remplisseuse", "value": 512.}, Since: noon, Until: noon.Add(time.Minute),
	}, list[0])

	d.commit(t, held(feed.Hold, "e5", "a", "flood", "lyon/line-1/filler", noon.Add(time.Minute)),
		held(feed.Release, "e6", "b", "budget", "lyon/line-2/press", noon.Add(time.Minute)))
	require.Equal(t, []string{"a flood"}, b.heldIn(t, manager, "lyon"), "one condition is held once, for one reason")
	d.commit(t, held(feed.Release, "e7", "a", "flood", "lyon/line-1/filler", noon.Add(2*time.Minute)))
	require.Empty(t, b.heldIn(t, manager, "lyon"))
	d.commit(t, held(feed.Hold, "e8", "a", "budget", "lyon/line-1/filler", noon.Add(3*time.Minute)))
	require.Equal(t, []string{"a budget"}, b.heldIn(t, operator, ""))

	secret := held(feed.Hold, "e9", "d", "budget", "lyon/line-1/filler", noon.Add(3*time.Minute))
	secret.ShadowFor = "author"
	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon/line-2", feed.RolloutGhost))
	d.commit(t, secret, held(feed.Hold, "e10", "e", "budget", "lyon/line-2/press", noon.Add(3*time.Minute)))
	require.Equal(t, []string{"a budget"}, b.heldIn(t, manager, "lyon"), "nobody is told of what nobody would see")
}

func whatWasHeldIsForgotten(t *testing.T, b *bench) {
	d := b.desk(t)
	d.commit(t, held(feed.Hold, "e1", "a", "budget", "lyon/line-1/filler", noon), held(feed.Hold, "e2", "b", "budget", "lyon/line-1/filler", noon),
		held(feed.Release, "e3", "a", "budget", "lyon/line-1/filler", noon.Add(time.Minute)))
	kept := func(at time.Time) int {
		d.commit(t, said(feed.Update, "u", 1, at))
		figures, err := b.RuleFigures(t.Context(), manager.Scope(), noon)
		require.NoError(t, err)
		return figures[0].Held
	}
	week := noon.Add(7 * 24 * time.Hour)
	require.Equal(t, 2, kept(week))
	require.Equal(t, 1, kept(week.Add(2*time.Hour)), "what is still held back is kept")
	require.Equal(t, []string{"b budget"}, b.heldIn(t, manager, ""))
}
