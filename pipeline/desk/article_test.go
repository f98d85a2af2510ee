package desk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
)

// row is a record of a business system on the mint syrup.
func row(signal string, value float64, attr map[string]string) pipeline.Event {
	all := map[string]string{"sku": "3760124500004", "label": "Sirop de menthe 70 cl"}
	for k, v := range attr {
		all[k] = v
	}
	return pipeline.Event{Asset: "shop", Signal: signal, Kind: pipeline.Record, Value: pipeline.Number(value), Attr: all}
}

const shopCalendar = `
calendars:
  - {territory: shop, zone: Europe/Paris, shifts: [{name: ouverture, from: "08:30", to: "20:00", roles: [staff]}]}
rules:` + weightRule

func TestWhatAnExportSaysOfAnArticleIsKept(t *testing.T) {
	t.Parallel()
	inADay(t, "rules:"+weightRule, func(t *testing.T, d *day) {
		article := func() *feed.Article {
			a, err := d.store.Article(t.Context(), []feed.Path{"shop"}, "3760124500004")
			require.NoError(t, err)
			return a
		}
		d.tell(t, row("stock", 14, map[string]string{
			"aisle": "drinks", "back_room": "4", "price": "2.45", "currency": "EUR", "delivery": "2026-11-21T05:30:00Z", "delivery_quantity": "48",
		}))
		a := article()
		require.Equal(t, feed.Path("shop/drinks"), a.Aisle)
		require.InDelta(t, 14, *a.OnHand, 0)
		require.InDelta(t, 4, *a.BackRoom, 0)
		require.InDelta(t, 2.45, *a.Price, 0)
		require.Equal(t, "EUR", a.Currency)
		require.Equal(t, time.Date(2026, 11, 21, 5, 30, 0, 0, time.UTC), a.Delivery.At)
		require.InDelta(t, 48, *a.Delivery.Quantity, 0)

		d.tell(t, row("stock", 13, map[string]string{"aisle": "shop/drinks", "back_room": "beaucoup", "price": "NaN", "currency": "EUR", "delivery": "demain"}))
		a = article()
		require.Equal(t, feed.Path("shop/drinks"), a.Aisle)
		require.Nil(t, a.BackRoom)
		require.Nil(t, a.Price)
		require.Empty(t, a.Currency, "nothing costs that")
		require.Zero(t, a.Delivery)
	})
}

func TestSalesAreCountedOnTheDayOfTheStore(t *testing.T) {
	t.Parallel()
	inADay(t, shopCalendar, func(t *testing.T, d *day) {
		late := row("sales", 2, nil)
		late.At = time.Date(2026, 11, 18, 23, 30, 0, 0, time.UTC) // already the 19th in Paris
		d.sayAt(t, late, d.now)
		d.tell(t, row("sales", 3, nil))
		d.tell(t, row("sales", 4, map[string]string{"baseline": "true"}))
		d.tell(t, row("price", 2.45, nil))
		d.catchUp(t)
		sold, err := d.store.Sold(t.Context(), "shop", "3760124500004", "2026-11-01")
		require.NoError(t, err)
		require.Equal(t, []feed.Sold{{Day: "2026-11-19", Pieces: 2}, {Day: "2026-11-20", Pieces: 3}}, sold)
	})
}
