package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// aResolvedPostOpensAgain has somebody resolve what still holds, and rules say
// that there is more to it.
func aResolvedPostOpensAgain(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	resolve := func() {
		_, err := b.service.Resolve(ctx, operator, p.ID, "Buse", "Nettoyée")
		require.NoError(t, err)
	}
	b.now = noon.Add(time.Minute)
	resolve()
	silent := said(feed.Worsen, "e2", 1, noon.Add(2*time.Minute))
	silent.Bump = false
	d.commit(t, silent)
	require.Equal(t, feed.Resolved, b.read(t, p.ID).State, "nobody is told of it")

	joined := said(feed.Raise, "e3", 1, noon.Add(3*time.Minute))
	joined.Bump = false // people were told a moment ago
	d.commit(t, joined)
	p = b.read(t, p.ID)
	require.Equal(t, []any{feed.New, true, ""}, []any{p.State, p.Active, p.Cause}, "another joined the post: it is not over")
	require.Equal(t, "Buse", p.Past.Cause)
	require.Equal(t, noon, p.BumpedAt)

	b.now = noon.Add(4 * time.Minute)
	resolve()
	d.commit(t, said(feed.Worsen, "e4", 1, noon.Add(5*time.Minute)))
	p = b.read(t, p.ID)
	require.Equal(t, []any{feed.New, true, noon.Add(5 * time.Minute)}, []any{p.State, p.Active, p.BumpedAt})
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.Solved, feed.Worse, feed.Recurred, feed.Solved, feed.Worse}, b.entries(t, p.ID))
}

// aShelfEndsInSilence has the time of a shelf end while its condition is over:
// no notice says so of a post that has ended.
func aShelfEndsInSilence(t *testing.T, b *bench) {
	d := b.desk(t)
	p := d.opened(t, said(feed.Raise, "e1", 1, noon))
	_, err := b.service.Shelve(t.Context(), operator, p.ID, noon.Add(time.Hour), false, "Essais")
	require.NoError(t, err)
	d.commit(t, said(feed.Clear, "e2", 1, noon.Add(50*time.Minute)), said(feed.Raise, "e3", 1, noon.Add(time.Hour)))
	require.Nil(t, b.read(t, p.ID).Shelf, "it is heard again")

	several := func(kind feed.NoticeKind, effect string, at time.Time, member string) feed.Notice {
		n := said(kind, effect, 1, at)
		n.Key, n.Total, n.Holding = "group", 1, 1
		n.Members = []feed.Condition{{Key: member, Asset: "lyon/line-1/filler", Active: true}}
		return n
	}
	p = d.opened(t, several(feed.Raise, "e4", noon, "one"))
	_, err = b.service.Shelve(t.Context(), operator, p.ID, noon.Add(time.Hour), false, "Essais")
	require.NoError(t, err)
	d.commit(t, several(feed.Clear, "e5", noon.Add(time.Minute), "one"), several(feed.Raise, "e6", noon.Add(2*time.Minute), "two"))
	require.Nil(t, b.read(t, p.ID).Shelf, "nobody silenced the other one")
}

// theFirstOutMayTurnOut has a condition join a post that happened before all
// others there: the post is about that one from then on.
func theFirstOutMayTurnOut(t *testing.T, b *bench) {
	d := b.desk(t)
	members := []feed.Condition{{Key: "late", Asset: "lyon/line-1/late", First: true, Active: true}, {Key: "filler", Asset: "lyon/line-1/filler", Active: true}}
	n := said(feed.Raise, "e1", 1, noon)
	n.Key, n.Members, n.Total, n.Holding = "group", members[1:], 1, 1
	p := d.opened(t, n)
	require.Equal(t, feed.Path("lyon/line-1/filler"), p.Asset)

	n = said(feed.Update, "e2", 1, noon.Add(time.Second))
	n.Key, n.Members, n.Total, n.Holding = "group", members, 2, 2
	n.Asset, n.Values["asset"] = "lyon/line-1/late", "late"
	d.commit(t, n)
	p = b.read(t, p.ID)
	require.Equal(t, feed.Path("lyon/line-1/late"), p.Asset)
	require.Equal(t, "late : 512 g", p.Title.Render(feed.French, p.Values))
	require.Equal(t, "late", p.Author.Name)
}

// aJoinedReportIsSteered has a rule join a person's report: what people do to it
// reaches the condition, and the next post shows how it was solved.
func aJoinedReportIsSteered(t *testing.T, b *bench) {
	ctx := t.Context()
	p, _, err := b.service.Report(ctx, staff, empty())
	require.NoError(t, err)
	b.acts(t)
	n := shelf(feed.Raise, "e1", 1, noon)
	n.Provenance.Rule, n.Title = "shelf", feed.Text{FR: "{asset} : rupture", EN: "{asset}: out of stock"}
	d := b.desk(t)
	require.Equal(t, p.ID, d.opened(t, n).ID)
	p, err = b.service.Shelve(ctx, staff, p.ID, noon.Add(time.Hour), false, "Livraison à midi")
	require.NoError(t, err)
	require.Equal(t, "Boissons : rupture", p.Title.Render(feed.French, p.Values))
	acts := b.acts(t)
	require.Len(t, acts, 1)
	require.Equal(t, []any{feed.Path("shop/drinks"), n.Key}, []any{acts[0].Asset, acts[0].Key})

	_, err = b.service.Resolve(ctx, staff, p.ID, "Palette en réserve", "")
	require.NoError(t, err)
	n.Kind, n.Effect, n.At = feed.Clear, "e2", noon.Add(time.Minute)
	d.commit(t, n)
	n.Kind, n.Effect, n.At, n.Episode = feed.Raise, "e3", noon.Add(2*time.Hour), 2
	next := d.opened(t, n)
	require.NotEqual(t, p.ID, next.ID)
	require.NotNil(t, next.Past)
	require.Equal(t, "Palette en réserve", next.Past.Cause)
}
