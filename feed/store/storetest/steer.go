package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func actsLeave(t *testing.T, b *bench) {
	ctx := t.Context()
	p := b.desk(t).opened(t, said(feed.Raise, "e1", 1, noon))
	for _, do := range []func() error{
		func() error { _, err := b.service.Take(ctx, operator, p.ID); return err },
		func() error { _, err := b.service.Resolve(ctx, operator, p.ID, "Buse", "Nettoyée"); return err },
		func() error { _, err := b.service.Reopen(ctx, operator, p.ID); return err },
		func() error { _, err := b.service.Arrive(ctx, manager, p.ID); return err },
	} {
		require.NoError(t, do())
		require.NoError(t, do(), "the same again")
	}
	act := func(kind feed.ActKind, who feed.MemberID) feed.Act {
		return feed.Act{Kind: kind, Asset: "lyon/line-1/filler", Thread: p.Key, Member: who}
	}
	require.Equal(t, []feed.Act{
		act(feed.ActTake, "operator"), act(feed.ActResolve, "operator"), act(feed.ActReopen, "operator"), act(feed.ActTake, "manager"),
	}, b.acts(t), "each once, and being on site takes")

	idea, _, err := b.service.Report(ctx, manager, feed.Draft{Kind: feed.Idea, Territory: "lyon/line-1", Text: "Un chariot plus bas"})
	require.NoError(t, err)
	_, err = b.service.Take(ctx, manager, idea.ID)
	require.NoError(t, err)
	require.Empty(t, b.acts(t), "no rule waits for an answer to a person")
	for _, err := range []error{
		second(b.service.Shelve(ctx, manager, idea.ID, noon.Add(time.Hour), false, "Essais")),
		second(b.service.Noise(ctx, manager, idea.ID, true)),
	} {
		require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	}
}

func second(_ *feed.Post, err error) error { return err }

func whatWasTakenIsGivenBack(t *testing.T, b *bench) {
	ctx := t.Context()
	p := b.desk(t).opened(t, said(feed.Raise, "e1", 1, noon))
	colleague := feed.Member{ID: "colleague", Name: "Ana", Grants: operator.Grants}
	_, err := b.service.Take(ctx, operator, p.ID)
	require.NoError(t, err)
	_, err = b.service.Release(ctx, colleague, p.ID)
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	b.now = b.now.Add(time.Minute)
	p, err = b.service.Release(ctx, operator, p.ID)
	require.NoError(t, err)
	require.Equal(t, feed.New, p.State)
	require.Zero(t, p.Taker)
	require.Equal(t, b.now, p.BumpedAt, "others have to see that nobody has it")
	_, err = b.service.Release(ctx, operator, p.ID)
	require.NoError(t, err, "said twice is said once")

	_, err = b.service.Take(ctx, operator, p.ID)
	require.NoError(t, err)
	_, err = b.service.Release(ctx, lead, p.ID)
	require.NoError(t, err, "a lead gives back for who has left")
	_, err = b.service.Resolve(ctx, operator, p.ID, "Buse", "")
	require.NoError(t, err)
	_, err = b.service.Release(ctx, operator, p.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WasTaken, feed.GaveBack, feed.WasTaken, feed.GaveBack, feed.Solved}, b.entries(t, p.ID))
	var kinds []feed.ActKind
	for _, a := range b.acts(t) {
		kinds = append(kinds, a.Kind)
	}
	require.Equal(t, []feed.ActKind{feed.ActTake, feed.ActReopen, feed.ActTake, feed.ActReopen, feed.ActResolve}, kinds)
}

func aShelfIsLimited(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	for name, c := range map[string]struct {
		who    feed.Member
		until  time.Time
		once   bool
		reason string
		want   feed.Problem
	}{
		"without a reason":   {operator, noon.Add(time.Hour), false, " ", feed.Invalid},
		"without an end":     {operator, time.Time{}, false, "Essais", feed.Invalid},
		"in the past":        {operator, noon, false, "Essais", feed.Invalid},
		"beyond a shift":     {operator, noon.Add(9 * time.Hour), false, "Essais", feed.Invalid},
		"beyond three days":  {manager, noon.Add(73 * time.Hour), false, "Essais", feed.Invalid},
		"out of scope":       {staff, noon.Add(time.Hour), false, "Essais", feed.NotFound},
		"once, for too long": {operator, noon.Add(9 * time.Hour), true, "Essais", feed.Invalid},
	} {
		_, err := b.service.Shelve(ctx, c.who, p.ID, c.until, c.once, c.reason)
		require.Equal(t, c.want, feed.ProblemOf(err), name)
	}
	require.Empty(t, b.acts(t))
	_, err := b.service.Shelve(ctx, lead, p.ID, noon.Add(72*time.Hour), false, "Pièce commandée")
	require.NoError(t, err)

	p, err = b.service.Shelve(ctx, operator, p.ID, time.Time{}, true, "Essais")
	require.NoError(t, err)
	again, err := b.service.Shelve(ctx, operator, p.ID, time.Time{}, true, "Essais")
	require.NoError(t, err)
	require.Equal(t, p.Change, again.Change)
	require.Equal(t, &feed.Shelf{Until: noon.Add(feed.MaxShelf), OneShot: true, By: feed.Author{Kind: feed.ByPerson, Name: "Karim", Member: "operator"}, Reason: "Essais"}, b.read(t, p.ID).Shelf)
	acts := b.acts(t)
	require.Len(t, acts, 2)
	require.Equal(t, feed.Act{
		Kind: feed.ActShelve, Asset: "lyon/line-1/filler", Thread: p.Key, Key: p.Key,
		Until: noon.Add(feed.MaxShelf), OneShot: true, Reason: "Essais", Member: "operator",
	}, acts[1])

	shelved := said(feed.Shelve, "e2", 1, noon.Add(time.Second))
	shelved.Held = &feed.Held{Until: noon.Add(4 * time.Hour)}
	d.commit(t, shelved)
	p = b.read(t, p.ID)
	require.Equal(t, noon.Add(4*time.Hour), p.Shelf.Until, "the rule allows less")
	require.Equal(t, "Essais", p.Shelf.Reason)
	d.commit(t, said(feed.Clear, "e3", 1, noon.Add(time.Minute)), said(feed.Unshelve, "e4", 1, noon.Add(time.Minute)))
	require.Nil(t, b.read(t, p.ID).Shelf)
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WasShelved, feed.WasShelved, feed.Recovered}, b.entries(t, p.ID))
}

// aShelfEnds has a condition come back under its shelf, which outlives it, and
// then be heard again; another is silenced by what no act on the post said.
func aShelfEnds(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	_, err := b.service.Shelve(ctx, operator, p.ID, noon.Add(time.Hour), false, "Essais")
	require.NoError(t, err)
	d.commit(t, said(feed.Clear, "e2", 1, noon.Add(time.Minute)), said(feed.Raise, "e3", 1, noon.Add(2*time.Minute)))
	require.NotNil(t, b.read(t, p.ID).Shelf)
	end := said(feed.Unshelve, "e4", 1, noon.Add(time.Hour))
	end.Bump = true
	d.commit(t, end)
	p = b.read(t, p.ID)
	require.Nil(t, p.Shelf)
	require.Equal(t, end.At, p.BumpedAt, "people are told that it still holds")

	silent := said(feed.Shelve, "e5", 1, noon.Add(2*time.Hour))
	silent.Held = &feed.Held{Until: noon.Add(3 * time.Hour)}
	d.commit(t, silent)
	require.Equal(t, silent.Held.Until, b.read(t, p.ID).Shelf.Until)
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WasShelved, feed.Recovered, feed.Recurred, feed.Unshelved, feed.WasShelved}, b.entries(t, p.ID))
}

func aShelfIsToldToEach(t *testing.T, b *bench) {
	ctx := t.Context()
	n := said(feed.Raise, "e1", 1, noon)
	n.Key, n.Total, n.Holding = "group\tlyon/line-1\tquality", 3, 2
	n.Members = []feed.Condition{
		{Key: "a", Asset: "lyon/line-1/filler", Active: true}, {Key: "b", Asset: "lyon/line-1/capper"}, {Key: "c", Asset: "lyon/line-1/packer", Active: true},
	}
	p := b.desk(t).opened(t, n)
	keys := func() (out []string) {
		for _, a := range b.acts(t) {
			require.Equal(t, n.Key, a.Thread)
			out = append(out, string(a.Kind)+" "+a.Key+" "+a.Asset.Base())
		}
		return out
	}
	_, err := b.service.Shelve(ctx, operator, p.ID, noon.Add(time.Hour), false, "Essais")
	require.NoError(t, err)
	require.Equal(t, []string{"shelve a filler", "shelve c packer"}, keys(), "those that hold")
	_, err = b.service.Unshelve(ctx, operator, p.ID)
	require.NoError(t, err)
	_, err = b.service.Unshelve(ctx, operator, p.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"unshelve a filler", "unshelve b capper", "unshelve c packer"}, keys(), "whichever was")
}

func outOfServiceIsALeads(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	_, err := b.service.OutOfService(ctx, operator, p.ID, "Dépose")
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	p, err = b.service.OutOfService(ctx, lead, p.ID, "Dépose")
	require.NoError(t, err)
	require.True(t, p.Shelf.OutOfService())
	for _, err := range []error{
		second(b.service.Unshelve(ctx, operator, p.ID)),
		second(b.service.InService(ctx, operator, p.ID)),
		second(b.service.Shelve(ctx, operator, p.ID, noon.Add(time.Hour), false, "Essais")),
	} {
		require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	}
	_, err = b.service.Shelve(ctx, lead, p.ID, noon.Add(time.Hour), false, "Essais")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "what would end by itself is no longer out of service")
	_, err = b.service.InService(ctx, manager, p.ID)
	require.NoError(t, err)
	require.Nil(t, b.read(t, p.ID).Shelf)
	acts := b.acts(t)
	require.Len(t, acts, 2)
	require.Equal(t, []feed.ActKind{feed.ActDisable, feed.ActEnable}, []feed.ActKind{acts[0].Kind, acts[1].Kind})
	d.commit(t, said(feed.Unshelve, "e2", 1, noon.Add(time.Second)))
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WasShelved, feed.Unshelved}, b.entries(t, p.ID), "the notice confirms what was said")
}

func noiseCountsOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	p := b.desk(t).opened(t, said(feed.Raise, "e1", 1, noon))
	say := func(m feed.Member, on bool) int {
		for range 2 {
			now, err := b.service.Noise(ctx, m, p.ID, on)
			require.NoError(t, err)
			p = now
		}
		return p.Noise
	}
	require.Equal(t, 1, say(operator, true))
	require.Equal(t, 2, say(manager, true))
	require.Equal(t, 1, say(operator, false))
	for m, want := range map[feed.MemberID]bool{"manager": true, "operator": false} {
		got, err := b.CalledNoise(ctx, p.ID, m)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	require.Equal(t, 1, b.read(t, p.ID).Noise)
}

func thePastIsShown(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	first := d.opened(t, said(feed.Raise, "e1", 1, noon))
	require.Nil(t, first.Past)
	b.now = noon.Add(12 * time.Minute)
	_, err := b.service.Resolve(ctx, operator, first.ID, "Courroie", "Retendue")
	require.NoError(t, err)
	_, err = b.service.Resolve(ctx, operator, first.ID, "Courroie", "Changée")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	d.commit(t, said(feed.Clear, "e2", 1, noon.Add(20*time.Minute)))
	want := &feed.Past{Post: first.ID, Cause: "Courroie", Action: "Retendue", At: b.now, Minutes: 12, By: "Karim"}

	d.commit(t, said(feed.Raise, "e3", 1, noon.Add(30*time.Minute)))
	again := b.read(t, first.ID)
	require.Equal(t, want, again.Past, "what comes back shows it too")
	require.Empty(t, again.Cause+again.Action)
	d.commit(t, said(feed.Clear, "e4", 1, noon.Add(31*time.Minute)))
	b.now = noon.Add(32 * time.Minute)
	_, err = b.service.Resolve(ctx, operator, first.ID, "Buse", "")
	require.NoError(t, err, "what ended by itself takes a cause")

	next := d.opened(t, said(feed.Raise, "e5", 2, noon.Add(time.Hour)))
	require.Equal(t, "Buse", next.Past.Cause)
	require.InDelta(t, 31, next.Past.Minutes, 0)
	require.Equal(t, first.ID, next.Previous, "too old to be reopened, it goes on in another")
	other := said(feed.Raise, "e6", 1, noon.Add(time.Hour))
	other.Key, other.Provenance.Rule = "other", "other"
	require.Nil(t, d.opened(t, other).Past, "another rule, another thing")

	d.commit(t, said(feed.Clear, "e7", 2, noon.Add(2*time.Hour)))
	require.Empty(t, d.opened(t, said(feed.Raise, "e8", 3, noon.Add(9*time.Hour))).Previous)
}
