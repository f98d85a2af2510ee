package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// solve has a condition of an asset come and go, and somebody explain it.
func (d *desk) solve(t *testing.T, key string, asset feed.Path, at time.Time, cause, action string) {
	t.Helper()
	n := about(key, at)
	n.Asset = asset
	p := d.opened(t, n)
	d.b.now = at.Add(time.Minute)
	_, err := d.b.service.Resolve(t.Context(), manager, p.ID, cause, action)
	require.NoError(t, err)
}

func answersAreSuggested(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	const here, there = "lyon/line-1/filler", "lyon/line-1/capper"
	for i, s := range []struct {
		asset         feed.Path
		cause, action string
	}{
		{there, "Bourrage", "Dégagé"},
		{there, "Bourrage", "Dégagé"},
		{there, "Réglage", ""},
		{here, "Buse", "Nettoyée"},
		{here, "Courroie", "Retendue"},
		{here, "Buse", "Changée"},
		{here, "Étiquette", "Changée"},
		{"lyon/line-2/press", "Secret", "Secret"},
	} {
		d.solve(t, string(rune('a'+i)), s.asset, noon.Add(time.Duration(i)*time.Hour), s.cause, s.action)
	}
	p := d.opened(t, about("now", noon.Add(24*time.Hour)))
	causes, actions, err := b.Suggestions(ctx, p)
	require.NoError(t, err)
	require.Equal(t, []string{"Buse", "Étiquette", "Courroie", "Bourrage", "Réglage"}, causes, "none that a reader of the line may not see")
	require.Equal(t, []string{"Changée", "Retendue", "Nettoyée", "Dégagé"}, actions)
	for i := range 9 {
		d.solve(t, "many"+string(rune('a'+i)), here, noon.Add(time.Duration(30+i)*time.Hour), "Cause "+string(rune('a'+i)), "")
	}
	causes, _, err = b.Suggestions(ctx, p)
	require.NoError(t, err)
	require.Equal(t, []string{"Buse", "Cause i", "Cause h", "Cause g", "Cause f", "Cause e", "Cause d"}, causes)
	causes, actions, err = b.Suggestions(ctx, &feed.Post{Territory: "lyon"})
	require.NoError(t, err)
	require.Empty(t, append(causes, actions...))
}

func figuresAreScoped(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	d.opened(t, about("before", noon.Add(-time.Hour)))
	p, other := d.opened(t, about("a", noon)), d.opened(t, about("b", noon.Add(time.Minute)))
	worse := said(feed.Worsen, "w", 1, noon.Add(2*time.Minute))
	worse.Key = "a"
	elsewhere := about("c", noon.Add(time.Hour))
	elsewhere.Asset = "lyon/line-2/press"
	d.commit(t, worse, elsewhere, held(feed.Hold, "h", "x", "budget", "lyon/line-1/filler", noon))
	for _, err := range []error{
		second(b.service.Noise(ctx, operator, p.ID, true)), second(b.service.Noise(ctx, operator, other.ID, true)),
		second(b.service.Noise(ctx, manager, p.ID, true)),
		second(b.service.Shelve(ctx, operator, p.ID, noon.Add(time.Hour), false, "Essais")),
		second(b.service.Resolve(ctx, operator, other.ID, "Buse", "")),
		b.service.SetRollout(ctx, manager, "lyon/line-1", feed.RolloutGhost),
	} {
		require.NoError(t, err)
	}
	d.opened(t, about("ghost", noon.Add(3*time.Minute)))

	want := feed.RuleFigures{
		Rule: "weight", Posts: 2, Bumps: 1, Noise: 3, NoisePeople: 2, Shelved: 1, Held: 1, Resolved: 1, Last: noon.Add(time.Minute),
	}
	got, err := b.RuleFigures(ctx, operator.Scope(), noon)
	require.NoError(t, err)
	require.Equal(t, []feed.RuleFigures{want}, got)
	got, err = b.RuleFigures(ctx, manager.Scope(), noon)
	require.NoError(t, err)
	want.Posts, want.Ghosts, want.Last = 3, 1, noon.Add(time.Hour)
	require.Equal(t, []feed.RuleFigures{want}, got, "who keeps the rules sees the baseline too")
	for _, s := range []feed.Scope{{}, staff.Scope()} {
		got, err = b.RuleFigures(ctx, s, noon)
		require.NoError(t, err)
		require.Empty(t, got)
	}
}

func alertsHangOnProduction(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	run := about("run", noon)
	run.PostKind, run.Asset, run.Run = feed.Production, "lyon/line-1", &feed.Run{StartedAt: noon.Add(-time.Minute)}
	thread := d.opened(t, run)
	d.opened(t, about("before", noon.Add(-time.Hour)))
	first, during := d.opened(t, about("first", noon.Add(-30*time.Second))), d.opened(t, about("during", noon.Add(time.Hour)))
	elsewhere := about("elsewhere", noon.Add(time.Hour))
	elsewhere.Asset = "lyon/line-2/press"
	d.commit(t, elsewhere)
	related := func(s feed.Scope) (out []feed.PostID) {
		posts, err := b.Related(ctx, s, thread, 10)
		require.NoError(t, err)
		for _, p := range posts {
			out = append(out, p.ID)
		}
		return out
	}
	require.Equal(t, []feed.PostID{during.ID, first.ID}, related(operator.Scope()))
	require.Empty(t, related(staff.Scope()))
	end := said(feed.Clear, "end", 1, noon.Add(2*time.Hour))
	end.Key = "run"
	d.commit(t, end)
	thread = b.read(t, thread.ID)
	d.opened(t, about("after", noon.Add(3*time.Hour)))
	require.Equal(t, []feed.PostID{during.ID, first.ID}, related(manager.Scope()))
}

func aShadowIsCompared(t *testing.T, b *bench) {
	d := b.desk(t)
	post := func(rule, key string, asset feed.Path, from, to time.Duration) *feed.Post {
		n := about(key, noon.Add(from))
		n.Asset, n.Provenance.Rule, n.Bump = asset, rule, true
		if rule == "draft" {
			n.ShadowFor = "author"
		}
		p := d.opened(t, n)
		if to > 0 {
			n.Effect, n.Kind, n.At = key+" ends", feed.Clear, noon.Add(to)
			d.commit(t, n)
		}
		return p
	}
	const filler, capper, press = "lyon/line-1/filler", "lyon/line-1/capper", "lyon/line-2/press"
	post("weight", "w1", filler, time.Hour, 2*time.Hour)
	both := post("draft", "d1", filler, 90*time.Minute, 3*time.Hour)
	late := post("draft", "d2", filler, 5*time.Hour, 6*time.Hour)
	missed := post("weight", "w2", capper, time.Hour, 0)
	post("weight", "w3", press, -2*time.Hour, 2*time.Hour)
	earlier := post("draft", "d3", press, time.Minute, 0)
	post("other", "o1", press, time.Minute, 0)

	diff, err := b.ShadowDiff(t.Context(), "draft", "weight", noon)
	require.NoError(t, err)
	ids := func(posts []*feed.Post) (out []feed.PostID) {
		for _, p := range posts {
			out = append(out, p.ID)
		}
		return out
	}
	require.Equal(t, []feed.PostID{both.ID, earlier.ID}, ids(diff.Both), "one that was open before the comparison counts")
	require.Equal(t, []feed.PostID{late.ID}, ids(diff.OnlyShadow))
	require.Equal(t, []feed.PostID{missed.ID}, ids(diff.OnlyCurrent))
	require.Equal(t, "draft", diff.OnlyShadow[0].Rule())
}
