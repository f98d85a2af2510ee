package rule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const shelf = `
rules:
- id: shelf
  kind: stock
  signal: stock
  match: {asset: "shop"}
  at_most: 0
  phantom: true
  topic: stock
  severity: major
  territory: "shop/{attr.aisle}"
  titles:
    stock_out: {fr: "{article} : rupture"}
    phantom: {fr: "{article} : rayon vide, {on_hand|0} au stock"}
`

func (p *tape) stock(s, v float64) []rule.Effect {
	return p.step(sku(s, "stock", pipeline.Number(v)))
}

func (p *tape) shelf(s float64, said string) []rule.Effect {
	return p.step(sku(s, "shelf", pipeline.Text(said)))
}

func TestStockOutAndPhantomStockAreOnePost(t *testing.T) {
	t.Parallel()
	p := play(t, shelf)
	require.Empty(t, p.stock(0, 14))
	effects := p.shelf(10, "empty")
	require.Equal(t, "raise 14", brief(effects))
	e := effects[0]
	require.Equal(t, []any{"phantom-stock", "{article} : rayon vide, {on_hand|0} au stock", "ERP", "erp"},
		[]any{e.PostKind, e.TitleFR, e.AuthorName, e.Author})
	require.Equal(t, []any{"3017620422003", "Pâte à tartiner", pipeline.AssetPath("shop/epicerie")},
		[]any{e.SKU, e.Values["article"], e.Territory})
	require.Empty(t, e.Signal, "the store's curve would mix all articles")

	effects = p.stock(10.2, 0) // the ERP is corrected: told at once, though a second has not passed
	require.Equal(t, "update 0", brief(effects))
	require.Equal(t, []any{"stock-out", e.Key}, []any{effects[0].PostKind, effects[0].Key})
	require.Empty(t, p.shelf(20, "filled"))
	effects = p.stock(30, 24)
	require.Equal(t, "clear 24", brief(effects))
	require.Equal(t, "stock-out", effects[0].PostKind)
}

func TestAReportOfAnEmptyShelfIsBelievedForTwelveHours(t *testing.T) {
	t.Parallel()
	p := play(t, shelf)
	p.stock(0, 14)
	require.Equal(t, "raise 14", brief(p.shelf(10, "empty")))
	require.Empty(t, p.tick(12*3600+9, "shop"))
	require.Equal(t, "clear 14", brief(p.tick(12*3600+10, "shop")))
}

func TestABaselineStockOutIsRaisedWhenItChangesOnly(t *testing.T) {
	t.Parallel()
	p := play(t, shelf)
	ev := sku(0, "stock", pipeline.Number(0))
	ev.Attr["baseline"] = "true"
	require.Empty(t, p.step(ev))
	require.Empty(t, p.stock(10, 0))
	require.Empty(t, p.shelf(15, "empty"))
	require.Empty(t, p.tick(13*3600, "shop"), "the report has expired and the stock is as it was")
	require.Empty(t, p.stock(13*3600+10, 5))
	require.Equal(t, "raise 0", brief(p.stock(13*3600+20, 0)))
}

func TestArticlesAreToldApartAndEventsWithoutOneAreIgnored(t *testing.T) {
	t.Parallel()
	p := play(t, shelf)
	other := sku(1, "stock", pipeline.Number(0))
	other.Attr = map[string]string{"sku": "other"}
	none := sku(2, "stock", pipeline.Number(0))
	none.Attr = nil
	first := p.stock(0, 0)[0].Key
	effects := p.step(other)
	require.Equal(t, "raise 0", brief(effects))
	require.NotEqual(t, first, effects[0].Key)
	require.Equal(t, pipeline.AssetPath(""), effects[0].Territory, "no aisle: at home")
	require.Empty(t, p.step(none))
}
