package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func aRoleIsAsked(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	p := d.opened(t, about("weight", noon))
	b.now = noon.Add(5 * time.Minute)
	_, err := b.service.Assign(ctx, operator, p.ID, "maintenance", "")
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err), "whom to ask is decided by who oversees the place")
	_, err = b.service.Assign(ctx, staff, p.ID, "maintenance", "")
	require.ErrorIs(t, err, feed.ErrNotFound)
	for _, role := range []string{"", " @ ", "une équipe dont le nom ne tient sur aucune étiquette"} {
		_, err = b.service.Assign(ctx, manager, p.ID, role, "")
		require.Equal(t, feed.Invalid, feed.ProblemOf(err), role)
	}
	for range 2 {
		_, err = b.service.Assign(under(ctx, "one"), manager, p.ID, "@maintenance", "Buse 3")
		require.NoError(t, err)
	}
	p = b.read(t, p.ID)
	require.Equal(t, []any{"maintenance", "Inès", 0, 1}, []any{p.Asked, p.Asker(), p.Level, p.Comments}, "the same key asks once")
	require.Equal(t, b.now, p.BumpedAt, "people are told")
	_, err = b.service.Assign(under(ctx, "two"), manager, p.ID, "maintenance", "")
	require.NoError(t, err)
	entries, err := b.Timeline(ctx, p.ID)
	require.NoError(t, err)
	last := entries[len(entries)-1]
	require.Equal(t, []any{2, feed.WasAssigned, "maintenance", "Inès"}, []any{len(entries), last.Kind, last.Text, last.Author.Name})

	again := said(feed.Escalate, "again", 1, noon.Add(10*time.Minute))
	again.Key, again.Asked, again.Level = "weight", "lead", 1
	d.commit(t, again)
	p = b.read(t, p.ID)
	require.Equal(t, []any{"lead", ""}, []any{p.Asked, p.Asker()}, "a rule asked last")
	_, err = b.service.Assign(ctx, manager, p.ID, "quality", "")
	require.NoError(t, err)
	_, err = b.service.Take(ctx, operator, p.ID)
	require.NoError(t, err)
	p = b.read(t, p.ID)
	require.Equal(t, []any{"", ""}, []any{p.Asked, p.Asker()}, "somebody answered")
	_, err = b.service.Resolve(ctx, operator, p.ID, "Buse", "")
	require.NoError(t, err)
	_, err = b.service.Assign(ctx, manager, p.ID, "quality", "")
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "nobody is asked for what is over")
}

func placesHaveAPulse(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	open := func(key string, asset feed.Path, at time.Time) *feed.Post {
		n := about(key, at)
		n.Asset = asset
		return d.opened(t, n)
	}
	act := func(at time.Time, do func(feed.PostID) error, p *feed.Post) {
		b.now = at
		require.NoError(t, do(p.ID))
	}
	take := func(id feed.PostID) error { return second(b.service.Take(ctx, manager, id)) }
	say := func(id feed.PostID) error {
		_, err := b.service.Comment(ctx, manager, id, "", "Vu")
		return err
	}
	old := open("old", "lyon/line-1/filler", noon.Add(-30*time.Hour))
	first, next := open("a", "lyon/line-1/filler", noon.Add(-23*time.Hour-30*time.Minute)), open("b", "lyon/line-1/filler", noon.Add(-2*time.Hour))
	press := open("c", "lyon/line-2/press", noon.Add(-90*time.Minute))
	act(noon.Add(-23*time.Hour-20*time.Minute), take, first)
	act(noon.Add(-110*time.Minute), take, next)
	act(noon.Add(-109*time.Minute), say, next)
	act(noon.Add(-108*time.Minute), take, old)
	act(noon.Add(-30*time.Minute), take, press)
	worse := said(feed.Worsen, "w", 1, noon.Add(-20*time.Minute))
	worse.Key = "b"
	d.commit(t, worse)
	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon/line-2", feed.RolloutGhost))
	open("ghost", "lyon/line-2/press", noon.Add(-10*time.Minute))
	waits := open("d", "lyon/line-1/filler", noon.Add(-time.Minute))

	of := func(s feed.Scope) map[feed.Path]feed.Pulse {
		list, err := b.Pulses(ctx, s, noon)
		require.NoError(t, err)
		out := map[feed.Path]feed.Pulse{}
		for _, p := range list {
			out[p.Territory] = p
		}
		require.Len(t, out, len(list))
		return out
	}
	beats := func(at map[int]int) (out [feed.PulseHours]int) {
		for i, n := range at {
			out[i] = n
		}
		return out
	}
	all := of(manager.Scope())
	require.Len(t, all, 5, "machines have the pulse of their line")
	require.Equal(t, feed.Pulse{
		Territory: "lyon/line-1", Beats: beats(map[int]int{0: 2, 22: 4, 23: 1}), Waiting: 1, Open: 4,
		Takes: []time.Duration{10 * time.Minute, 10 * time.Minute},
	}, all["lyon/line-1"], "that a machine says again how it is, is no beat; a ghost's neither")
	require.Equal(t, beats(map[int]int{0: 2, 22: 5, 23: 2}), all["lyon"].Beats, "what is done below a place is done there")
	half, ok := all["lyon"].TakenP50()
	require.Equal(t, []any{true, 10 * time.Minute}, []any{ok, half})
	require.Equal(t, []any{1, 5}, []any{all["lyon"].Waiting, all["lyon"].Open})
	shop := all["shop"]
	require.True(t, shop.Flat())
	_, ok = shop.TakenP50()
	require.False(t, ok)
	require.Len(t, of(operator.Scope()), 1)
	require.Empty(t, of(feed.Scope{}))
	act(noon, func(id feed.PostID) error {
		return second(b.service.Shelve(ctx, manager, id, noon.Add(time.Hour), false, "Essais"))
	}, waits)
	silent := of(operator.Scope())["lyon/line-1"]
	require.Zero(t, silent.Waiting, "what is silenced asks for nobody")
}
