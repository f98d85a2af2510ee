package storetest

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
)

// under is the context of what is sent under a key.
func under(ctx context.Context, key string) context.Context { return feed.Sent{Key: key}.With(ctx) }

// typed is the context of what somebody did at an instant and sends now.
func typed(ctx context.Context, at time.Time) context.Context {
	return feed.Sent{TypedAt: at}.With(ctx)
}

// aKeyedActIsDoneOnce sends an act again when the post has moved on.
func aKeyedActIsDoneOnce(t *testing.T, b *bench) {
	p := b.desk(t).opened(t, said(feed.Raise, "e1", 1, noon))
	ctx := under(t.Context(), "k1")
	_, err := b.service.Take(ctx, operator, p.ID)
	require.NoError(t, err)
	_, err = b.service.Release(t.Context(), operator, p.ID)
	require.NoError(t, err)

	again, err := b.service.Take(ctx, operator, p.ID)
	require.NoError(t, err)
	require.Equal(t, feed.New, again.State, "what was given back since stays so")
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WasTaken, feed.GaveBack}, b.entries(t, p.ID))

	_, err = b.service.Arrive(ctx, operator, p.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "another act needs a key of its own")
	_, err = b.service.Take(ctx, lead, p.ID)
	require.NoError(t, err, "the key is the member's own")
}

// aKeyedActThatChangedNothingIsKept has somebody take what they have.
func aKeyedActThatChangedNothingIsKept(t *testing.T, b *bench) {
	ctx := t.Context()
	p := b.desk(t).opened(t, said(feed.Raise, "e1", 1, noon))
	for _, key := range []string{"k1", "k2"} {
		_, err := b.service.Take(under(ctx, key), operator, p.ID)
		require.NoError(t, err)
	}
	_, err := b.service.Take(ctx, lead, p.ID)
	require.NoError(t, err)
	again, err := b.service.Take(under(ctx, "k2"), operator, p.ID)
	require.NoError(t, err)
	require.Equal(t, lead.ID, again.Taker.Member)
}

// retriesOfActsCountOnce has people send keyed acts, again and in any order:
// each is done once, when it came first.
func retriesOfActsCountOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	deeds := b.deeds()
	names := []string{"take", "arrive", "release", "resolve", "reopen", "shelve", "unshelve", "noise"}
	round := 0
	d := b.desk(t)
	rapid.Check(t, func(rt *rapid.T) {
		round++
		key := fmt.Sprint("retries ", round)
		p := d.opened(t, about(key, noon))
		plan := rapid.SliceOfN(rapid.SampledFrom(names), 1, 5).Draw(rt, "plan")
		order := rapid.SliceOfN(rapid.IntRange(0, len(plan)-1), 1, 16).Draw(rt, "order")
		done := map[int]bool{}
		for step, i := range order {
			b.now = noon.Add(time.Duration(step+1) * time.Minute)
			before := b.read(t, p.ID)
			sent := under(ctx, key+" "+strconv.Itoa(i))
			_, err := deeds[plan[i]](sent, operator, p.ID)
			if err != nil {
				require.False(rt, done[i], "what was done is never refused afterwards: %v", err)
				require.Contains(rt, []feed.Problem{feed.Conflict, feed.Forbidden}, feed.ProblemOf(err))
			}
			if done[i] || err != nil {
				require.Equal(rt, before.Change, b.read(t, p.ID).Change)
			}
			done[i] = done[i] || err == nil
		}
		require.LessOrEqual(rt, len(b.entries(t, p.ID)), 1+len(done))
	})
}

// typedTimesAreKept has what was done offline arrive an hour later.
func typedTimesAreKept(t *testing.T, b *bench) {
	p := b.desk(t).opened(t, said(feed.Raise, "e1", 1, noon))
	b.now = noon.Add(time.Hour)
	did := noon.Add(time.Minute)
	ctx := typed(t.Context(), did)
	_, err := b.service.Take(ctx, operator, p.ID)
	require.NoError(t, err)
	said, err := b.service.Comment(ctx, operator, p.ID, "", "Courroie")
	require.NoError(t, err)
	require.Equal(t, []time.Time{b.now, did}, []time.Time{said.At, said.TypedAt})
	thread, err := b.Thread(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, []feed.Comment{*said}, thread)
	require.Equal(t, did, b.read(t, p.ID).LastComment.TypedAt)

	timeline, err := b.Timeline(ctx, p.ID)
	require.NoError(t, err)
	require.Zero(t, timeline[0].TypedAt)
	require.Equal(t, []time.Time{b.now, did}, []time.Time{timeline[1].At, timeline[1].TypedAt})

	idea, _, err := b.service.Report(ctx, operator, feed.Draft{Kind: feed.Idea, Territory: "lyon/line-1", Text: "Un bac"})
	require.NoError(t, err)
	idea = b.read(t, idea.ID)
	require.Equal(t, []time.Time{b.now, did}, []time.Time{idea.OpenedAt, idea.TypedAt})
}

// aClockIsBelievedWithinReason sends times that cannot be, or say nothing.
func aClockIsBelievedWithinReason(t *testing.T, b *bench) {
	p := b.desk(t).opened(t, said(feed.Raise, "e1", 1, noon))
	b.now = noon.Add(20 * 24 * time.Hour)
	for name, c := range map[string]struct {
		off  time.Duration
		kept bool
	}{
		"a moment ago":     {-4 * time.Second, false},
		"a while ago":      {-5 * time.Second, true},
		"a clock ahead":    {time.Minute, true},
		"a clock astray":   {3 * time.Minute, false},
		"two weeks before": {-feed.MaxSentAge, true},
	} {
		c2, err := b.service.Comment(typed(t.Context(), b.now.Add(c.off)), operator, p.ID, "", "Vu")
		require.NoError(t, err, name)
		require.Equal(t, c.kept, !c2.TypedAt.IsZero(), name)
	}
	old := typed(t.Context(), b.now.Add(-feed.MaxSentAge-time.Second))
	_, err := b.service.Comment(old, operator, p.ID, "", "Vu")
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	_, err = b.service.Take(old, operator, p.ID)
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	_, _, err = b.service.Report(old, operator, feed.Draft{Kind: feed.Idea, Territory: "lyon/line-1", Text: "Un bac"})
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
}

// aLateActUndoesNothing has acts arrive after what they knew nothing of.
func aLateActUndoesNothing(t *testing.T, b *bench) {
	ctx := t.Context()
	paris := time.FixedZone("", 3600)
	at := func(minute int) time.Time { return noon.Add(time.Duration(minute) * time.Minute) }
	late := typed(ctx, at(14).In(paris))
	d := b.desk(t)
	type act = func(context.Context, feed.Member, feed.PostID) (*feed.Post, error)
	deeds := b.deeds()
	for name, c := range map[string]struct {
		before, meanwhile []act // at 12:10 by the one who is late, at 12:20 by a lead
		then              act
		want              string
	}{
		"taken":      {nil, []act{deeds["take"]}, deeds["take"], "Pris par Nadia à 13:20, après votre geste de 13:14."},
		"on site":    {nil, []act{deeds["arrive"]}, deeds["arrive"], "Nadia est sur place à 13:20, après votre geste de 13:14."},
		"ended":      {nil, []act{deeds["resolve"]}, deeds["take"], "Résolu par Nadia à 13:20, après votre geste de 13:14."},
		"given back": {[]act{deeds["take"]}, []act{deeds["take"]}, deeds["release"], "Pris par Nadia à 13:20, après votre geste de 13:14."},
		"explained":  {nil, []act{deeds["resolve"]}, b.resolve("Autre"), "Résolu par Nadia à 13:20, après votre geste de 13:14."},
		"reopened":   {[]act{deeds["resolve"]}, []act{deeds["reopen"]}, b.resolve("Autre"), "Rouvert par Nadia à 13:20, après votre geste de 13:14."},
		"ended anew": {[]act{deeds["resolve"]}, []act{deeds["reopen"], deeds["resolve"]}, deeds["reopen"], "Résolu par Nadia à 13:20, après votre geste de 13:14."},
		"shelved":    {[]act{deeds["shelve"]}, []act{b.silence("Plus long")}, deeds["unshelve"], "Mis en veille par Nadia à 13:20, après votre geste de 13:14."},
		"unshelved":  {[]act{deeds["shelve"]}, []act{deeds["unshelve"]}, b.silence("Encore"), "Sorti de veille par Nadia à 13:20, après votre geste de 13:14."},
	} {
		p := d.opened(t, about("late "+name, noon))
		do := func(m feed.Member, now time.Time, acts []act) {
			for _, a := range acts {
				b.now = now
				_, err := a(ctx, m, p.ID)
				require.NoError(t, err, name)
			}
		}
		nadia := lead
		nadia.Name = "Nadia"
		do(operator, at(10), c.before)
		do(nadia, at(20), c.meanwhile)
		before := b.read(t, p.ID)
		b.now = at(30)
		_, err := c.then(late, operator, p.ID)
		require.Equal(t, feed.Conflict, feed.ProblemOf(err), name)
		var refusal *feed.Error
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, c.want, refusal.Text.Render(feed.French, refusal.Values), name)
		require.Contains(t, refusal.Text.Render(feed.English, refusal.Values), " at 13:20, after what you did at 13:14.", name)
		require.Equal(t, before.Change, b.read(t, p.ID).Change, name)
		b.now = at(24 * 60)
		_, err = c.then(late, operator, p.ID)
		require.ErrorAs(t, err, &refusal)
		require.Contains(t, refusal.Text.Render(feed.French, refusal.Values), "le 21/11 à 13:20, après votre geste du 21/11 à 13:14", name)
		_, err = c.then(typed(ctx, at(25)), operator, p.ID)
		if name != "ended" && name != "explained" && name != "given back" { // which are refused whenever they come
			require.NoError(t, err, "%s: who knew may do it", name)
		}
	}
}

func (b *bench) resolve(cause string) func(context.Context, feed.Member, feed.PostID) (*feed.Post, error) {
	return func(ctx context.Context, m feed.Member, id feed.PostID) (*feed.Post, error) {
		return b.service.Resolve(ctx, m, id, cause, "")
	}
}

func (b *bench) silence(reason string) func(context.Context, feed.Member, feed.PostID) (*feed.Post, error) {
	return func(ctx context.Context, m feed.Member, id feed.PostID) (*feed.Post, error) {
		return b.service.Shelve(ctx, m, id, time.Time{}, true, reason)
	}
}

// ownActsArriveInOrder drains what one person did offline: none is overtaken by
// those before it.
func ownActsArriveInOrder(t *testing.T, b *bench) {
	p := b.desk(t).opened(t, said(feed.Raise, "e1", 1, noon))
	b.now = noon.Add(time.Hour)
	deeds := b.deeds()
	for i, name := range []string{"take", "release", "arrive", "resolve", "reopen", "resolve"} {
		_, err := deeds[name](typed(t.Context(), noon.Add(time.Duration(i+1)*time.Minute)), operator, p.ID)
		require.NoError(t, err, name)
	}
	require.Equal(t, feed.Resolved, b.read(t, p.ID).State)
}

// aLateCauseDoesNotEndWhatCameBack gives a cause to what began again since, and
// to what ended by itself.
func aLateCauseDoesNotEndWhatCameBack(t *testing.T, b *bench) {
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	d.commit(t, said(feed.Clear, "e2", 1, noon.Add(10*time.Minute)))
	d.commit(t, said(feed.Raise, "e3", 1, noon.Add(20*time.Minute)))
	b.now = noon.Add(time.Hour)
	late := typed(t.Context(), noon.Add(5*time.Minute))
	_, err := b.service.Resolve(late, operator, p.ID, "Buse", "")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	require.Contains(t, err.Error(), "The problem came back at")
	require.True(t, b.read(t, p.ID).State.Open())

	d.commit(t, said(feed.Clear, "e4", 1, noon.Add(50*time.Minute)))
	_, err = b.service.Resolve(late, operator, p.ID, "Buse", "")
	require.NoError(t, err, "it ended by itself: a cause takes nothing away")
	require.Equal(t, "Buse", b.read(t, p.ID).Cause)
}

// aShelfComesAgainUnderItsKey sends a shelf of an hour again a second later.
func aShelfComesAgainUnderItsKey(t *testing.T, b *bench) {
	p := b.desk(t).opened(t, said(feed.Raise, "e1", 1, noon))
	for range 2 {
		b.now = b.now.Add(time.Second)
		_, err := b.service.Shelve(under(t.Context(), "k1"), operator, p.ID, b.now.Add(time.Hour), false, "Essais")
		require.NoError(t, err)
	}
	require.Equal(t, noon.Add(time.Hour+time.Second), b.read(t, p.ID).Shelf.Until)
}
