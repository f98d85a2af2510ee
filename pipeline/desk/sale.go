package desk

import (
	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/shift"
)

// sale returns the pieces that a record says were sold, if it does. They count
// for the day that it was then at the store, where its calendar tells its zone.
func sale(e *pipeline.Event, calendar *shift.Calendar) (feed.Sale, bool) {
	sku := skuOf(e)
	pieces, ok := e.Value.Number()
	if e.Kind != pipeline.Record || e.Signal != "sales" || sku == "" || !ok || !e.Usable() || e.Attr["baseline"] != "" {
		return feed.Sale{}, false
	}
	at := e.At // believed however old: a week of tickets may come at once
	if at.IsZero() || at.Sub(e.Received) > pipeline.MaxAhead {
		at = e.Received
	}
	local := at.UTC()
	if calendar != nil {
		local = calendar.Local(at)
	}
	return feed.Sale{
		Effect: "sold " + string(e.ID), Store: feed.Path(e.Asset), SKU: sku, Day: feed.DayOf(local), Pieces: pieces, At: e.Received.UTC(),
	}, true
}
