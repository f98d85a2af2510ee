package storetest

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// lead oversees the line that the operator works at.
var lead = feed.Member{ID: "lead", Name: "Sofia", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Lead}}}

// said is a notice of the rule "weight" about the filler.
func said(kind feed.NoticeKind, effect string, episode int64, at time.Time) feed.Notice {
	n := notice(kind, effect, episode, at, 512)
	n.Provenance = feed.Provenance{Source: "mqtt", Rule: "weight"}
	return n
}

// opened commits the first notice of a post and returns the post.
func (d *desk) opened(t *testing.T, n feed.Notice) *feed.Post {
	t.Helper()
	d.commit(t, n)
	var p *feed.Post
	require.NoError(t, d.b.InTx(t.Context(), func(tx feed.Tx) (err error) {
		p, err = tx.Latest(t.Context(), n.Key)
		return err
	}))
	require.NotNil(t, p)
	return p
}

// now is the post as its reader sees it.
func (b *bench) read(t *testing.T, id feed.PostID) *feed.Post {
	t.Helper()
	p, err := b.Post(t.Context(), manager.Scope(), id)
	require.NoError(t, err)
	return p
}

// acts takes the acts out of the outbox.
func (b *bench) acts(t *testing.T) (out []feed.Act) {
	t.Helper()
	pending, err := b.Pending(t.Context(), 100)
	require.NoError(t, err)
	var ids []string
	for _, m := range pending {
		ids = append(ids, m.ID)
		if m.Kind != "act" {
			continue
		}
		var a feed.Act
		require.NoError(t, json.Unmarshal(m.Payload, &a))
		out = append(out, a)
	}
	require.NoError(t, b.Sent(t.Context(), ids))
	return out
}

// entries are the kinds of a post's timeline.
func (b *bench) entries(t *testing.T, id feed.PostID) (out []feed.EntryKind) {
	t.Helper()
	timeline, err := b.Timeline(t.Context(), id)
	require.NoError(t, err)
	for _, e := range timeline {
		out = append(out, e.Kind)
	}
	return out
}

func allIsKept(t *testing.T, b *bench) {
	text := feed.Text{FR: "Pourquoi ?", EN: "Why?"}
	p := &feed.Post{
		ID: "p", Kind: feed.Production, State: feed.New, Territory: "lyon", OpenedAt: noon, BumpedAt: noon, Values: feed.Values{},
		Action: "Tendue", Owner: "@maintenance", Question: text, Causes: []feed.Text{text}, Actions: []feed.Text{text, text},
		Members: []feed.Condition{{Key: "k", Rule: "r", Asset: "lyon/a", Name: "A", At: noon, First: true, Active: true, Severity: feed.Major, Title: text}},
		Total:   132, Holding: 3, Unstable: true, Flips: 12, Latched: true,
		Shelf: &feed.Shelf{Until: noon.Add(time.Hour), OneShot: true, By: feed.Author{Kind: feed.ByPerson, Name: "Léa", Member: "lea"}, Reason: "Essais"},
		Asked: "lead", AskedBy: "Inès", Level: 2, Noise: 4,
		Past:     &feed.Past{Post: "o", Cause: "Courroie", Action: "Tendue", At: noon, Minutes: 12, By: "Karim"},
		Previous: "o",
		Run:      &feed.Run{Order: "OF-1", Count: 120, Target: 500, Stops: []feed.Halt{{Cause: "Bourrage", Count: 2, Minutes: 6}}, StartedAt: noon},
		Sheet:    &feed.Sheet{Shift: "Matin", Start: noon, End: noon.Add(time.Hour), Open: []feed.SheetLine{{Post: "x", Title: text}}, Opened: 3},
	}
	require.NoError(t, b.InTx(t.Context(), func(tx feed.Tx) error { return tx.Save(t.Context(), p) }))
	require.Equal(t, p, b.read(t, "p"))
	require.Equal(t, p, b.only(t, manager.Scope(), feed.Query{}), "a list tells as much of the condition")
	bare := &feed.Post{ID: "p", State: feed.New, Territory: "lyon", OpenedAt: noon, BumpedAt: noon, Values: feed.Values{}}
	require.NoError(t, b.InTx(t.Context(), func(tx feed.Tx) error { return tx.Save(t.Context(), bare) }))
	require.Equal(t, bare, b.read(t, "p"))
}

// onlyBumpsRise has a group grow in silence: it keeps its place in the feed.
func onlyBumpsRise(t *testing.T, b *bench) {
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	require.Equal(t, noon, p.BumpedAt)
	grown := said(feed.Update, "e2", 1, noon.Add(time.Minute))
	grown.Members = []feed.Condition{{Key: "a", Asset: "lyon/line-1/filler", First: true, Active: true, Values: feed.Values{"asset": "filler"}}, {Key: "b", Asset: "lyon/line-1/capper"}}
	grown.Total, grown.Holding = 132, 41
	d.commit(t, grown)
	p = b.read(t, p.ID)
	require.Equal(t, noon, p.BumpedAt)
	require.Equal(t, []string{"Remplisseuse", "capper"}, []string{p.Members[0].Name, p.Members[1].Name})
	require.Equal(t, "Remplisseuse", p.Members[0].Values["asset"], "its sentence says its name")
	require.Equal(t, []int{132, 41}, []int{p.Total, p.Holding})

	worse := said(feed.Worsen, "e3", 1, noon.Add(2*time.Minute))
	worse.Bump = false
	d.commit(t, worse)
	p = b.read(t, p.ID)
	require.Equal(t, noon, p.BumpedAt)
	require.Equal(t, 132, p.Total, "a notice of one condition leaves the others")
	worse.Effect, worse.Bump, worse.At = "e4", true, noon.Add(3*time.Minute)
	d.commit(t, worse)
	require.Equal(t, worse.At, b.read(t, p.ID).BumpedAt)

	d.commit(t, said(feed.Clear, "e5", 1, noon.Add(4*time.Minute)))
	p = b.read(t, p.ID)
	require.Zero(t, p.Holding)
	require.False(t, p.Members[0].Active)
	require.True(t, p.Members[0].First)
}

func anUnstablePostSaysSoOnce(t *testing.T, b *bench) {
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	unstable := func(kind feed.NoticeKind, effect string, flips int) feed.Notice {
		n := said(kind, effect, 1, noon.Add(time.Duration(flips)*time.Second))
		n.Flips = flips
		return n
	}
	d.commit(t, unstable(feed.GoUnstable, "e2", 4), unstable(feed.GoUnstable, "e3", 5), unstable(feed.Update, "e4", 12))
	p = b.read(t, p.ID)
	require.True(t, p.Unstable)
	require.Equal(t, 12, p.Flips)
	require.Equal(t, noon, p.BumpedAt)
	d.commit(t, unstable(feed.Clear, "e5", 13), unstable(feed.GoSteady, "e6", 0))
	p = b.read(t, p.ID)
	require.False(t, p.Unstable, "it settles after it ended too")
	require.Zero(t, p.Flips)
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WentUnstable, feed.Recovered, feed.WentSteady}, b.entries(t, p.ID))
}

func aLatchedPostWaits(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	d.commit(t, said(feed.Latch, "e2", 1, noon.Add(time.Minute)))
	p = b.read(t, p.ID)
	require.True(t, p.Latched)
	require.False(t, p.Active)
	require.Equal(t, feed.New, p.State)

	_, err := b.service.Reset(ctx, operator, p.ID)
	require.NoError(t, err)
	p, err = b.service.Reset(ctx, operator, p.ID)
	require.NoError(t, err, "said twice is said once")
	require.False(t, p.Latched)
	require.Equal(t, []feed.Act{{Kind: feed.ActReset, Asset: "lyon/line-1/filler", Thread: p.Key, Key: p.Key, Member: "operator"}}, b.acts(t))
	d.commit(t, said(feed.Clear, "e3", 1, noon.Add(2*time.Minute)))
	p = b.read(t, p.ID)
	require.Equal(t, feed.Closed, p.State)
	require.True(t, p.BackToNormal)

	d.commit(t, said(feed.Raise, "e4", 1, noon.Add(3*time.Minute)), said(feed.Latch, "e5", 1, noon.Add(4*time.Minute)))
	_, err = b.service.Resolve(ctx, operator, p.ID, "Buse", "Nettoyée")
	require.NoError(t, err)
	acts := b.acts(t)
	require.Len(t, acts, 2)
	require.Equal(t, []feed.ActKind{feed.ActResolve, feed.ActReset}, []feed.ActKind{acts[0].Kind, acts[1].Kind})
	d.commit(t, said(feed.Clear, "e6", 1, noon.Add(5*time.Minute)))
	p = b.read(t, p.ID)
	require.Equal(t, feed.Closed, p.State)
	require.False(t, p.BackToNormal, "a person ended it")
	require.Equal(t, []feed.EntryKind{
		feed.Opened, feed.WasLatched, feed.WasReset, feed.Recovered, feed.Recurred, feed.WasLatched, feed.Solved, feed.Recovered,
	}, b.entries(t, p.ID))

	d.commit(t, said(feed.Raise, "e7", 1, noon.Add(6*time.Minute)), said(feed.Latch, "e8", 1, noon.Add(7*time.Minute)), said(feed.Raise, "e9", 1, noon.Add(8*time.Minute)))
	require.False(t, b.read(t, p.ID).Latched, "what holds again is not over")
}

func aChangedRuleRetires(t *testing.T, b *bench) {
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	_, err := b.service.Shelve(t.Context(), operator, p.ID, noon.Add(time.Hour), false, "Essais")
	require.NoError(t, err)
	d.commit(t, said(feed.Retire, "e2", 1, noon.Add(time.Minute)))
	p = b.read(t, p.ID)
	require.Equal(t, feed.Closed, p.State)
	require.False(t, p.Active || p.BackToNormal, "nobody knows whether it ended")
	require.Nil(t, p.Shelf)
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WasShelved, feed.WasRetired}, b.entries(t, p.ID))
	d.commit(t, said(feed.Retire, "e3", 1, noon.Add(2*time.Minute)))
	require.Equal(t, p, b.read(t, p.ID))
}

func anEscalationAsks(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	ask := func(effect string, after time.Duration, level int, role string) feed.Notice {
		n := said(feed.Escalate, effect, 1, noon.Add(after))
		n.Asked, n.Level, n.Bump = role, level, true
		return n
	}
	d.commit(t, ask("e2", 5*time.Minute, 1, "lead"), ask("e3", 20*time.Minute, 2, "manager"))
	p = b.read(t, p.ID)
	require.Equal(t, []any{"manager", 2, noon.Add(20 * time.Minute)}, []any{p.Asked, p.Level, p.BumpedAt})
	timeline, err := b.Timeline(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, "lead", timeline[1].Text)

	p, err = b.service.Take(ctx, operator, p.ID)
	require.NoError(t, err)
	require.Empty(t, p.Asked, "somebody answered")
	_, err = b.service.Resolve(ctx, operator, p.ID, "Buse", "")
	require.NoError(t, err)
	d.commit(t, ask("e4", 30*time.Minute, 3, "manager"))
	require.Empty(t, b.read(t, p.ID).Asked, "what is solved needs nobody")

	require.NoError(t, b.service.SetRollout(ctx, manager, "lyon/line-1", feed.RolloutPilot))
	d.commit(t, said(feed.Clear, "e5", 1, noon.Add(40*time.Minute)), said(feed.Raise, "e6", 1, noon.Add(41*time.Minute)), ask("e7", 50*time.Minute, 1, "lead"))
	p = b.read(t, p.ID)
	require.Empty(t, p.Asked, "in a pilot nobody is asked for help")
	require.True(t, p.Active)
}
