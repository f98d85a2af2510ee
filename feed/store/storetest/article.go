package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// syrup is what the ERP says of an article when it says all that it may.
func syrup() feed.Article {
	onHand, backRoom, price, coming := 14.0, 4.0, 2.45, 48.0
	return feed.Article{
		Store: "shop", SKU: "3760124500004", Label: "Sirop de menthe 70 cl", Aisle: "shop/drinks", OnHand: &onHand,
		BackRoom: &backRoom, Price: &price, Currency: "EUR", Delivery: feed.Delivery{At: noon.Add(18 * time.Hour), Quantity: &coming}, Source: "stock", At: noon,
	}
}

// told commits what an ERP says.
func (d *desk) told(t *testing.T, articles []feed.Article, sales ...feed.Sale) {
	t.Helper()
	batch := d.batch()
	batch.Articles, batch.Sales = articles, sales
	require.NoError(t, d.b.Commit(t.Context(), batch))
	d.seq++
}

func anArticleIsAsTheERPSays(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	full := syrup()
	other := feed.Article{Store: "shop", SKU: "3760124500127", Label: "Œufs plein air x 12", At: noon}
	d.told(t, []feed.Article{full, other})

	a, err := b.Article(ctx, []feed.Path{"lyon", "shop"}, full.SKU)
	require.NoError(t, err)
	require.Equal(t, &full, a)
	a, err = b.Article(ctx, []feed.Path{"shop"}, other.SKU)
	require.NoError(t, err)
	require.Equal(t, &other, a, "what the ERP does not say is not made up")
	for _, stores := range [][]feed.Path{nil, {"lyon"}} {
		a, err = b.Article(ctx, stores, full.SKU)
		require.NoError(t, err)
		require.Nil(t, a, "%v", stores)
	}

	full.BackRoom, full.Delivery = nil, feed.Delivery{}
	d.told(t, []feed.Article{full})
	a, err = b.Article(ctx, []feed.Path{"shop"}, full.SKU)
	require.NoError(t, err)
	require.Equal(t, &full, a, "what it says no more is not known any more")

	for typed, want := range map[string][]string{
		"3760": {full.SKU, other.SKU}, "37601245001": {other.SKU}, "menthe sir": {full.SKU}, "OEUFS": {other.SKU},
		"  air": {other.SKU}, "irop": nil, "menthe air": nil, "-": nil, "%": nil,
	} {
		found, err := b.Articles(ctx, []feed.Path{"shop"}, typed, 20)
		require.NoError(t, err)
		var skus []string
		for _, f := range found {
			skus = append(skus, f.SKU)
		}
		require.ElementsMatch(t, want, skus, typed)
	}
	found, err := b.Articles(ctx, []feed.Path{"shop"}, "3760", 1)
	require.NoError(t, err)
	require.Len(t, found, 1)
}

func aSaleCountsOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	sale := func(id, sku string, day feed.Day, pieces float64) feed.Sale {
		return feed.Sale{Effect: "sold " + id, Store: "shop", SKU: sku, Day: day, Pieces: pieces, At: noon}
	}
	d := b.desk(t)
	history := []feed.Sale{sale("1", "mint", "2026-11-19", 2), sale("2", "mint", "2026-11-21", 3), sale("3", "mint", "2026-11-21", -1), sale("4", "jam", "2026-11-20", 5)}
	d.told(t, nil, history...)
	d.told(t, nil, sale("2", "mint", "2026-11-21", 3))
	require.NoError(t, b.ResetStream(ctx, d.claim, "restored"))
	d = b.desk(t)
	batch := d.batch()
	batch.Stream, batch.Sales = "restored", history
	require.NoError(t, b.Commit(ctx, batch), "a stream that is read again tells it again")

	sold, err := b.Sold(ctx, "shop", "mint", "2026-11-15")
	require.NoError(t, err)
	require.Equal(t, []feed.Sold{{Day: "2026-11-19", Pieces: 2}, {Day: "2026-11-20", Pieces: 0}, {Day: "2026-11-21", Pieces: 2}}, sold,
		"on the 20th others were sold, and none of it; of other days nothing is known")
	sold, err = b.Sold(ctx, "shop", "mint", "2026-11-21")
	require.NoError(t, err)
	require.Len(t, sold, 1)
	sold, err = b.Sold(ctx, "lyon", "mint", "2026-11-15")
	require.NoError(t, err)
	require.Empty(t, sold)
}

func oldSalesAreForgotten(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	d.told(t, nil, feed.Sale{Effect: "sold 1", Store: "shop", SKU: "mint", Day: "2026-10-01", Pieces: 2, At: noon},
		feed.Sale{Effect: "sold 2", Store: "shop", SKU: "mint", Day: "2026-11-21", Pieces: 2, At: noon})
	d.commit(t, notice(feed.Raise, "e1", 1, noon, 512))
	sold, err := b.Sold(ctx, "shop", "mint", "2026-01-01")
	require.NoError(t, err)
	require.Equal(t, []feed.Sold{{Day: "2026-11-21", Pieces: 2}}, sold)
}

func threadsOnAnArticleAreScoped(t *testing.T, b *bench) {
	ctx := t.Context()
	d := b.desk(t)
	d.told(t, []feed.Article{syrup()})
	p, _, err := b.service.Report(ctx, staff, feed.Draft{Kind: feed.StockOut, Territory: "shop/drinks", SKU: syrup().SKU})
	require.NoError(t, err)
	threads, err := b.Threads(ctx, staff.Scope(), "shop", syrup().SKU)
	require.NoError(t, err)
	require.Len(t, threads, 1)
	require.Equal(t, p.ID, threads[0].ID)
	threads, err = b.Threads(ctx, operator.Scope(), "shop", syrup().SKU)
	require.NoError(t, err)
	require.Empty(t, threads)
	_, err = b.service.Resolve(ctx, staff, p.ID, "Remis en rayon", "")
	require.NoError(t, err)
	threads, err = b.Threads(ctx, staff.Scope(), "shop", syrup().SKU)
	require.NoError(t, err)
	require.Empty(t, threads, "it has ended")
}

func aStockOutHasSteps(t *testing.T, b *bench) {
	ctx := t.Context()
	p, _, err := b.service.Report(ctx, staff, feed.Draft{Kind: feed.StockOut, Territory: "shop/drinks", SKU: "mint"})
	require.NoError(t, err)
	p, err = b.service.Step(ctx, staff, p.ID, feed.BackRoomChecked)
	require.NoError(t, err)
	require.Equal(t, feed.Taken, p.State, "who looks in the back room has it")
	require.Equal(t, staff.ID, p.Taker.Member)
	b.now = noon.Add(time.Minute)
	again, err := b.service.Step(ctx, manager, p.ID, feed.BackRoomChecked)
	require.NoError(t, err)
	require.Equal(t, p.Steps, again.Steps, "a step is made once")
	_, err = b.service.Step(ctx, manager, p.ID, feed.Reordered)
	require.NoError(t, err)

	kept, err := b.Post(ctx, staff.Scope(), p.ID)
	require.NoError(t, err)
	person := func(m feed.Member) feed.Author {
		return feed.Author{Kind: feed.ByPerson, Name: m.Name, Member: m.ID}
	}
	require.Equal(t, []feed.Step{
		{Kind: feed.BackRoomChecked, At: noon, By: person(staff)}, {Kind: feed.Reordered, At: b.now, By: person(manager)},
	}, kept.Steps)
	require.Equal(t, staff.ID, kept.Taker.Member)
	entries, err := b.Timeline(ctx, p.ID)
	require.NoError(t, err)
	var kinds []feed.EntryKind
	for _, e := range entries {
		kinds = append(kinds, e.Kind)
	}
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.CheckedBackRoom, feed.WasReordered}, kinds)

	_, err = b.service.Step(ctx, staff, p.ID, "baked")
	require.Equal(t, feed.Invalid, feed.ProblemOf(err))
	_, err = b.service.Step(ctx, operator, p.ID, feed.Reordered)
	require.ErrorIs(t, err, feed.ErrNotFound)
	idea, _, err := b.service.Report(ctx, staff, feed.Draft{Kind: feed.Idea, Territory: "shop/drinks", Text: "Plus de place"})
	require.NoError(t, err)
	_, err = b.service.Step(ctx, staff, idea.ID, feed.BackRoomChecked)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))

	_, err = b.service.Resolve(ctx, staff, p.ID, "Remis en rayon", "")
	require.NoError(t, err)
	_, err = b.service.Step(ctx, staff, p.ID, feed.Reordered)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
	p, err = b.service.Reopen(ctx, staff, p.ID)
	require.NoError(t, err)
	require.Empty(t, p.Steps, "it begins again")
}

func aReportIsWithdrawn(t *testing.T, b *bench) {
	ctx := t.Context()
	hugo := feed.Member{ID: "hugo", Name: "Hugo", Grants: staff.Grants}
	empty := func(m feed.Member, text string) *feed.Post {
		p, _, err := b.service.Report(ctx, m, feed.Draft{Kind: feed.StockOut, Territory: "shop/drinks", SKU: "mint", Text: text})
		require.NoError(t, err)
		return p
	}
	p := empty(staff, "")
	p, err := b.service.Withdraw(ctx, staff, p.ID)
	require.NoError(t, err)
	require.Equal(t, feed.Resolved, p.State)
	require.Empty(t, p.Cause, "a mistake is no answer to suggest to others")

	p = empty(staff, "")
	require.Equal(t, 2, empty(hugo, "").MeToo)
	p, err = b.service.Withdraw(ctx, hugo, p.ID)
	require.NoError(t, err)
	require.Equal(t, 1, p.MeToo)
	require.Equal(t, feed.New, p.State, "the other one's report stays")
	p, err = b.service.Withdraw(ctx, hugo, p.ID)
	require.NoError(t, err)
	require.Equal(t, 1, p.MeToo, "what is withdrawn is not withdrawn again")

	empty(hugo, "")
	p, err = b.service.Withdraw(ctx, staff, p.ID)
	require.NoError(t, err)
	require.Equal(t, feed.New, p.State, "others report it too")
	require.Equal(t, 1, p.MeToo)
	_, err = b.service.Withdraw(ctx, operator, p.ID)
	require.ErrorIs(t, err, feed.ErrNotFound)
	_, err = b.service.Withdraw(ctx, staff, p.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
}

// aWithdrawalTellsTheRule takes back a report that a rule has joined, since the
// ERP counts some of the article.
func aWithdrawalTellsTheRule(t *testing.T, b *bench) {
	ctx := t.Context()
	p, _, err := b.service.Report(under(ctx, "k1"), staff, empty())
	require.NoError(t, err)
	d := b.desk(t)
	d.commit(t, shelf(feed.Raise, "e1", 1, noon.Add(time.Minute)))
	p, err = b.service.Withdraw(ctx, staff, p.ID)
	require.NoError(t, err)
	require.Equal(t, feed.Resolved, p.State)
	pending, err := b.Pending(ctx, 10)
	require.NoError(t, err)
	var told []string
	for _, m := range pending {
		told = append(told, m.Kind+" "+string(m.Payload))
	}
	require.Len(t, told, 3)
	require.Contains(t, told[1], `"state":"filled"`)
	require.Contains(t, told[2], `"kind":"resolve"`)
}
