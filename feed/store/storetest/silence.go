package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// Two who look after places, beside the manager.
var (
	lyonnaise = feed.Member{ID: "camille", Name: "Camille", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Animator}}}
	liner     = feed.Member{ID: "paul", Name: "Paul", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Lead}}}
)

// eightHours is a calendar whose shifts begin at 0, 8 and 16 o'clock, every day.
func eightHours(_ feed.Path, from, to time.Time, most int) int {
	begin := from.Truncate(8 * time.Hour)
	if begin.Before(from) {
		begin = begin.Add(8 * time.Hour)
	}
	return max(0, min(int(to.Sub(begin)/(8*time.Hour)), most))
}

const (
	lineFlat = "flat Ligne 1 n’a plus de pouls : personne n’a rien fait ni dit pendant 2 équipes"
	siteFlat = "flat Lyon n’a plus de pouls : personne n’a rien fait ni dit pendant 2 équipes"
)

// aSilenceIsToldOnce lets a plant fall silent, live again and fall silent again.
func aSilenceIsToldOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	b.staffed(t, lyonnaise, manager, operator, plumber)
	vigil := feed.NewVigil(b, eightHours, b.clock)
	at := func(after time.Duration) {
		b.now = noon.Add(after)
		require.NoError(t, vigil.Listen(ctx))
	}
	at(0) // from here on somebody listens
	d := b.desk(t)
	p := d.opened(t, notice(feed.Raise, "e1", 1, noon.Add(time.Hour), 1012))
	at(19 * time.Hour)
	require.Empty(t, b.told(t, lyonnaise), "one whole shift went by, from 16 to 0 o'clock")
	for _, hours := range []time.Duration{20, 21, 30, 60} {
		at(hours * time.Hour)
		require.Equal(t, []string{siteFlat}, b.told(t, lyonnaise), "told once, of the whole site, though a machine posted")
	}
	require.NotContains(t, b.told(t, manager), siteFlat, "an animator looks after it")
	list, _, err := b.Notifications(ctx, lyonnaise, "", 10)
	require.NoError(t, err)
	require.Equal(t, "/territories/lyon", list[0].Page)
	require.NoError(t, b.ReadNotifications(ctx, lyonnaise.ID, b.now))
	at(70 * time.Hour)
	require.Zero(t, b.unread(t, lyonnaise), "what was read is not told again")

	b.now = noon.Add(71 * time.Hour)
	_, err = b.service.Comment(ctx, operator, p.ID, "", "Vu")
	require.NoError(t, err)
	at(72 * time.Hour)
	require.Equal(t, []string{"flat Ligne 2 n’a plus de pouls : personne n’a rien fait ni dit pendant 2 équipes"}, b.told(t, lyonnaise),
		"the site and its line live again; the other line is still silent, and alone now")
	at(92 * time.Hour)
	require.Contains(t, b.told(t, lyonnaise), siteFlat, "another silence is told again")
	require.Equal(t, 2, b.unread(t, lyonnaise))
}

// aSilenceIsItsAnimators asks who is told, and of which places.
func aSilenceIsItsAnimators(t *testing.T, b *bench) {
	ctx := t.Context()
	b.staffed(t, manager, liner, operator, plumber, staff)
	paul := liner.ID
	require.NoError(t, b.places().Edit(ctx, manager, "lyon/line-1", feed.Edit{Animator: &paul}))
	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon/line-2", feed.RolloutGhost))
	vigil := feed.NewVigil(b, func(place feed.Path, from, to time.Time, most int) int {
		if place.Within("shop") {
			return 0 // nobody keeps a calendar there
		}
		return eightHours(place, from, to, most)
	}, b.clock)
	for _, after := range []time.Duration{0, 24 * time.Hour, 48 * time.Hour} {
		b.now = noon.Add(after)
		require.NoError(t, vigil.Listen(ctx))
	}
	require.Equal(t, []string{lineFlat}, b.told(t, liner), "the line has an animator of its own")
	require.Equal(t, []string{siteFlat}, b.told(t, manager), "without an animator: who else may animate; of no ghost, and of no place without shifts")
	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon/line-1", feed.RolloutGhost))
	b.now = b.now.Add(time.Hour)
	require.NoError(t, vigil.Listen(ctx))
	require.Empty(t, b.told(t, liner), "a ghost is no silence")
}
