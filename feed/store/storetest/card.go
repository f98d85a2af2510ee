package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// nozzle is what helped the last time the filler ran heavy.
var nozzle = feed.CardDraft{Cause: "Buse usée", Action: "Resserrer d’un quart de tour", Text: "À froid, sinon elle casse. #buse"}

// weighs opens the filler's alert of an episode.
func (b *bench) weighs(t *testing.T, d *desk, asset feed.Path, episode int64) *feed.Post {
	t.Helper()
	n := notice(feed.Raise, fmt.Sprint(asset, " raise ", episode), episode, b.now, 1012)
	n.Asset, n.Key, n.Provenance = asset, "weight "+string(asset), feed.Provenance{Source: "opc", Rule: "weight"}
	d.commit(t, n)
	var p *feed.Post
	require.NoError(t, b.InTx(t.Context(), func(tx feed.Tx) (err error) {
		p, err = tx.Latest(t.Context(), n.Key)
		return err
	}))
	return p
}

// lightens ends it, so that the next one is a post of its own.
func (b *bench) lightens(t *testing.T, d *desk, asset feed.Path, episode int64) {
	t.Helper()
	n := notice(feed.Clear, fmt.Sprint(asset, " clear ", episode), episode, b.now, 1000)
	n.Asset, n.Key = asset, "weight "+string(asset)
	d.commit(t, n)
}

// taught is a post that was solved, and the card made of it.
func (b *bench) taught(t *testing.T, d *desk, draft feed.CardDraft) (solved, card *feed.Post) {
	t.Helper()
	const filler = feed.Path("lyon/line-1/filler")
	solved = b.weighs(t, d, filler, 1)
	_, err := b.service.Resolve(t.Context(), operator, solved.ID, "Buse usée", "Resserrée")
	require.NoError(t, err)
	b.lightens(t, d, filler, 1)
	solved, err = b.service.Capitalise(t.Context(), operator, solved.ID, draft)
	require.NoError(t, err)
	return solved, b.cardOf(t, solved.ID)
}

func (b *bench) cardOf(t *testing.T, source feed.PostID) *feed.Post {
	t.Helper()
	var card *feed.Post
	require.NoError(t, b.InTx(t.Context(), func(tx feed.Tx) error {
		id, err := tx.CardOf(t.Context(), source)
		if err == nil {
			card, err = tx.Post(t.Context(), id)
		}
		return err
	}))
	return card
}

// offered lists the cards that are shown with a post, with why.
func (b *bench) offered(t *testing.T, m feed.Member, p *feed.Post) (out []string) {
	t.Helper()
	list, err := b.Fitting(t.Context(), m.Scope(), p, 3)
	require.NoError(t, err)
	for _, o := range list {
		out = append(out, fmt.Sprintf("%d %s", o.Close, o.Post.Talk.Card.Cause))
	}
	return out
}

// aCardIsMade of a solved post, once, by whoever may write there.
func aCardIsMade(t *testing.T, b *bench) {
	ctx, d := t.Context(), b.desk(t)
	open := b.weighs(t, d, "lyon/line-1/filler", 1)
	_, err := b.service.Capitalise(ctx, operator, open.ID, nozzle)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "it is not solved")
	_, err = b.service.Resolve(ctx, operator, open.ID, "Buse usée", "Resserrée")
	require.NoError(t, err)
	_, err = b.service.Capitalise(ctx, staff, open.ID, nozzle)
	require.ErrorIs(t, err, feed.ErrNotFound, "she does not read it")
	_, err = b.service.Capitalise(ctx, operator, open.ID, feed.CardDraft{Cause: "Buse usée"})
	require.Equal(t, feed.Invalid, feed.ProblemOf(err), "nothing helped")

	for range 2 { // the second one comes of a broken network
		_, err = b.service.Capitalise(under(ctx, "once"), operator, open.ID, nozzle)
		require.NoError(t, err)
	}
	_, err = b.service.Capitalise(ctx, manager, open.ID, nozzle)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "it has its card")

	card := b.cardOf(t, open.ID)
	require.Equal(t, feed.Practice, card.Kind)
	require.Equal(t, feed.Closed, card.State, "nobody has to do anything about it")
	require.Equal(t, open.ID, card.Talk.From)
	require.Equal(t, feed.Path("lyon/line-1/filler"), card.Talk.Card.Asset)
	require.Equal(t, "weight", card.Talk.Card.Rule)
	require.Equal(t, "Remplisseuse : 1\u202f012 g", card.Talk.Card.Wrong.Render(feed.French, card.Talk.Card.Values))
	require.Equal(t, "Buse usée : Resserrer d’un quart de tour", card.Title.Render(feed.French, card.Values))
	require.Equal(t, []string{"buse"}, card.Talk.Tags)
	require.Contains(t, b.entries(t, open.ID), feed.BecameCard)
	require.Equal(t, []feed.EntryKind{feed.BecameCard}, b.entries(t, card.ID))

	born, err := b.Born(ctx, operator.Scope(), open.ID)
	require.NoError(t, err)
	require.Len(t, born, 1)
	require.Equal(t, card.ID, born[0].ID)
	_, err = b.service.Take(ctx, operator, card.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "it is to be read")
	_, err = b.service.Reopen(ctx, operator, card.ID)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err))
}

// aCardShowsItself on the next occurrence, to whoever sees it and to nobody else.
func aCardShowsItself(t *testing.T, b *bench) {
	ctx, d := t.Context(), b.desk(t)
	solved, card := b.taught(t, d, nozzle)
	require.Empty(t, b.offered(t, operator, solved), "it was made of that one")
	b.now = b.now.Add(3 * time.Hour)
	again := b.weighs(t, d, "lyon/line-1/filler", 2)
	require.NotEqual(t, solved.ID, again.ID)
	require.Equal(t, []string{"4 Buse usée"}, b.offered(t, operator, again))
	require.Empty(t, b.offered(t, staff, again), "what one does not read is not offered")

	other := b.weighs(t, d, "lyon/line-2", 1)
	require.Empty(t, b.offered(t, manager, other), "the card is for the filler")

	_, err := b.service.RewriteCard(ctx, operator, card.ID, feed.CardDraft{Cause: "Buse usée", Action: "La changer", Wide: true})
	require.NoError(t, err)
	require.Equal(t, []string{"3 Buse usée"}, b.offered(t, operator, again), "it is for the line now")
	require.Empty(t, b.offered(t, manager, other))

	point, _, err := b.service.Report(ctx, operator, feed.Draft{Kind: feed.StopPoint, Territory: "lyon/line-1", Asset: "lyon/line-1/filler", Text: "Elle fuit"})
	require.NoError(t, err)
	require.Empty(t, b.offered(t, operator, point))
	point, err = b.service.Resolve(ctx, operator, point.ID, "BUSE  USEE", "")
	require.NoError(t, err)
	require.Equal(t, []string{"2 Buse usée"}, b.offered(t, operator, point), "the cause is the same")

	_, err = b.service.Hide(ctx, manager, card.ID, "", "Dangereux")
	require.NoError(t, err)
	require.Empty(t, b.offered(t, operator, again), "nobody reads it")
}

// aCardStaysWhereItIs: one that stands above a line is not told on that line.
func aCardStaysWhereItIs(t *testing.T, b *bench) {
	ctx := t.Context()
	site, _, err := b.service.Report(ctx, manager, feed.Draft{Kind: feed.StopPoint, Territory: "lyon", Text: "Coupure d’air"})
	require.NoError(t, err)
	_, err = b.service.Resolve(ctx, manager, site.ID, "Compresseur", "Redémarré")
	require.NoError(t, err)
	_, err = b.service.Capitalise(ctx, manager, site.ID, feed.CardDraft{Cause: "Compresseur", Action: "Appeler le 12"})
	require.NoError(t, err)
	card := b.cardOf(t, site.ID)

	point, _, err := b.service.Report(ctx, operator, feed.Draft{Kind: feed.StopPoint, Territory: "lyon/line-1", Text: "Plus d’air"})
	require.NoError(t, err)
	point, err = b.service.Resolve(ctx, operator, point.ID, "compresseur", "")
	require.NoError(t, err)
	require.Equal(t, []string{"2 Compresseur"}, b.offered(t, manager, point))
	require.Empty(t, b.offered(t, operator, point), "the card stands above what they read")
	_, err = b.service.CardHelped(ctx, operator, point.ID, card.ID, true)
	require.ErrorIs(t, err, feed.ErrNotFound)
	_, err = b.service.CardHelped(ctx, manager, point.ID, card.ID, true)
	require.NoError(t, err)
	timeline, err := b.Timeline(ctx, point.ID)
	require.NoError(t, err)
	for _, e := range timeline {
		require.NotContains(t, e.Text, "Appeler", "who reads the line is told no word of the card")
	}
	for _, state := range []feed.CardState{feed.LiveCards, feed.AllCards} {
		seen, err := b.Cards(ctx, operator.Scope(), "", state, b.now, 10)
		require.NoError(t, err)
		require.Empty(t, seen)
	}
	_, err = b.service.ConfirmCard(ctx, operator, card.ID)
	require.ErrorIs(t, err, feed.ErrNotFound)
}

// aCardHelpsOnce counts one use a person and post, and forgets it when asked.
func aCardHelpsOnce(t *testing.T, b *bench) {
	ctx, d := t.Context(), b.desk(t)
	_, card := b.taught(t, d, nozzle)
	b.now = b.now.Add(3 * time.Hour)
	again := b.weighs(t, d, "lyon/line-1/filler", 2)
	uses := func() int { return b.read(t, card.ID).Talk.Card.Uses }
	for range 2 {
		_, err := b.service.CardHelped(ctx, operator, again.ID, card.ID, true)
		require.NoError(t, err)
	}
	_, err := b.service.CardHelped(ctx, manager, again.ID, card.ID, true)
	require.NoError(t, err)
	require.Equal(t, 2, uses())
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WasHelpful, feed.WasHelpful}, b.entries(t, again.ID))
	mine, err := b.Helped(ctx, again.ID, operator.ID)
	require.NoError(t, err)
	require.Equal(t, []feed.PostID{card.ID}, mine)

	for range 2 {
		_, err = b.service.CardHelped(ctx, operator, again.ID, card.ID, false)
		require.NoError(t, err)
	}
	require.Equal(t, 1, uses())
	require.Equal(t, []feed.EntryKind{feed.Opened, feed.WasHelpful}, b.entries(t, again.ID))
	_, err = b.service.CardHelped(ctx, operator, again.ID, card.ID, true)
	require.NoError(t, err)
	require.Equal(t, 2, uses())
	_, err = b.service.CardHelped(ctx, operator, again.ID, again.ID, true)
	require.ErrorIs(t, err, feed.ErrNotFound, "that is no card")
}

// aCardAges: it is asked about once, then confirmed, or retired with a reason.
func aCardAges(t *testing.T, b *bench) {
	ctx, d := t.Context(), b.desk(t)
	b.staffed(t, maintainer, operator, manager)
	quality := feed.Member{ID: "qual", Name: "Zoé", Lang: feed.French, Functions: []string{"quality"}, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Operator}}}
	b.staffed(t, quality)
	_, card := b.taught(t, d, nozzle)
	age := func() {
		t.Helper()
		require.NoError(t, b.service.AgeCards(ctx))
	}
	age()
	require.Empty(t, b.told(t, operator), "it is fresh")

	b.now = b.now.Add(feed.CardAge)
	b.present(t, "lyon/line-1", maintainer, quality)
	age()
	age()
	asked := []string{"confirm Toujours valable ? « Buse usée : Resserrer d’un quart de tour »"}
	require.Equal(t, asked, b.told(t, quality))
	require.Empty(t, b.told(t, maintainer), "quality is not his")
	require.Empty(t, b.told(t, operator), "who knows is there")
	due, err := b.Cards(ctx, operator.Scope(), "lyon/line-1/filler", feed.DueCards, b.now, 10)
	require.NoError(t, err)
	require.Len(t, due, 1)

	_, err = b.service.ConfirmCard(ctx, quality, card.ID)
	require.NoError(t, err)
	require.Empty(t, b.told(t, quality), "it is answered")
	counts, err := b.CountCards(ctx, operator.Scope(), b.now)
	require.NoError(t, err)
	require.Equal(t, feed.CardCounts{feed.LiveCards: 1, feed.DueCards: 0, feed.RetiredCards: 0}, counts)

	b.now = b.now.Add(feed.CardAge)
	age()
	require.Equal(t, []string{"confirm À faire confirmer par un collègue : « Buse usée : Resserrer d’un quart de tour »"}, b.told(t, operator), "nobody is there: who wrote it looks for somebody")
	_, err = b.service.RetireCard(ctx, guide, card.ID, "Machine changée")
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err), "she handles nothing there")
	_, err = b.service.RetireCard(ctx, operator, card.ID, "Machine changée")
	require.NoError(t, err)
	require.Empty(t, b.told(t, operator))
	again := b.weighs(t, d, "lyon/line-1/filler", 2)
	require.Empty(t, b.offered(t, operator, again), "it is offered no more")
	b.now = b.now.Add(feed.CardAge)
	age()
	require.Empty(t, b.told(t, operator), "nobody is asked about it any more")
	kept, err := b.Cards(ctx, operator.Scope(), "", feed.RetiredCards, b.now, 10)
	require.NoError(t, err)
	require.Equal(t, "Machine changée", kept[0].Talk.Card.Reason)

	_, err = b.service.ConfirmCard(ctx, operator, card.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"4 Buse usée"}, b.offered(t, operator, again))
	require.Equal(t, []feed.EntryKind{feed.BecameCard, feed.WasConfirmed, feed.WasPutAside, feed.WasConfirmed}, b.entries(t, card.ID))
}

// aCardIsRewritten by its author or who handles the place; its photos are its own.
func aCardIsRewritten(t *testing.T, b *bench) {
	ctx := t.Context()
	leak := feed.Picture{Width: 1600, Height: 900, Large: []byte("\xff\xd8large\x00"), Small: []byte("\xff\xd8small"), Sum: "a"}
	point, _, err := b.service.Report(ctx, operator, feed.Draft{Kind: feed.QualityPoint, Territory: "lyon/line-1", Asset: "lyon/line-1/filler", Text: "Elle goutte\ndepuis ce matin", Photos: []feed.Picture{leak}})
	require.NoError(t, err)
	c, err := b.service.Comment(ctx, manager, point.ID, "", "Voici", leak)
	require.NoError(t, err)
	_, err = b.service.Resolve(ctx, operator, point.ID, "Joint usé", "Changé")
	require.NoError(t, err)
	draft := feed.CardDraft{Cause: "Joint usé", Action: "Le changer", Photos: []feed.PhotoID{"nothing"}}
	_, err = b.service.Capitalise(ctx, operator, point.ID, draft)
	require.ErrorIs(t, err, feed.ErrNotFound, "that is no photo of it")
	draft.Photos = []feed.PhotoID{point.Photos[0].ID, c.Photos[0].ID}
	_, err = b.service.Capitalise(ctx, operator, point.ID, draft)
	require.NoError(t, err)
	card := b.cardOf(t, point.ID)
	require.Equal(t, "Elle goutte", card.Talk.Card.Wrong.Render(feed.English, card.Talk.Card.Values))
	require.Len(t, card.Photos, 2)
	_, err = b.service.Hide(ctx, manager, point.ID, "", "Un visage")
	require.NoError(t, err)
	b.shows(t, card.Photos[0].ID, leak)
	b.shows(t, card.Photos[1].ID, leak)

	b.now = b.now.Add(time.Hour)
	_, err = b.service.RewriteCard(ctx, guide, card.ID, feed.CardDraft{Cause: "x", Action: "y"})
	require.Equal(t, feed.Forbidden, feed.ProblemOf(err))
	_, err = b.service.RewriteCard(ctx, manager, card.ID, feed.CardDraft{Cause: "Joint sec", Action: "Le graisser", Text: "Graisse verte"})
	require.NoError(t, err)
	card = b.read(t, card.ID)
	require.Equal(t, "Joint sec : Le graisser", card.Title.Render(feed.French, card.Values))
	require.Equal(t, "Graisse verte", card.Text)
	require.Len(t, card.Photos, 2)
	versions, err := b.Versions(ctx, card.ID, "")
	require.NoError(t, err)
	require.Equal(t, "Joint usé : Le changer", versions[0].Text)
	_, err = b.service.RewriteCard(ctx, manager, point.ID, draft)
	require.Equal(t, feed.Conflict, feed.ProblemOf(err), "that is no card")
}

// aCardOfAnArticleIsForItsStore and for what was said of that article.
func aCardOfAnArticleIsForItsStore(t *testing.T, b *bench) {
	ctx := t.Context()
	report := func(kind feed.Kind, sku string) *feed.Post {
		p, _, err := b.service.Report(ctx, staff, feed.Draft{Kind: kind, Territory: "shop/drinks", SKU: sku})
		require.NoError(t, err)
		return p
	}
	empty := report(feed.StockOut, "376")
	_, err := b.service.Resolve(ctx, staff, empty.ID, "Faux stock", "Compté")
	require.NoError(t, err)
	_, err = b.service.Capitalise(ctx, staff, empty.ID, feed.CardDraft{Cause: "Faux stock", Action: "Voir la tête de gondole"})
	require.NoError(t, err)
	require.Equal(t, feed.Path("shop"), b.cardOf(t, empty.ID).Talk.Card.Asset)
	require.Equal(t, []string{"4 Faux stock"}, b.offered(t, staff, report(feed.StockOut, "376")))
	require.Empty(t, b.offered(t, staff, report(feed.StockOut, "377")), "of another article")
	require.Empty(t, b.offered(t, staff, report(feed.SellingWell, "376")), "that asks for no help")
	require.Empty(t, b.offered(t, staff, report(feed.PricePoint, "376")), "of another matter")
}
