package desk

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
)

// Bounds of what an ERP may call an article: PostgreSQL refuses longer keys,
// and with one the whole batch.
const (
	maxSKU   = 64  // bytes
	maxLabel = 200 // characters
	maxAisle = 200 // bytes
	maxMoney = 8   // characters
)

// article returns what a record says of an article, if it tells of its stock.
// What the ERP leaves out is left out.
func article(e *pipeline.Event) (feed.Article, bool) {
	sku, label := skuOf(e), plain(e.Attr["label"])
	if e.Kind != pipeline.Record || e.Signal != "stock" || sku == "" || label == "" {
		return feed.Article{}, false
	}
	if runes := []rune(label); len(runes) > maxLabel {
		label = string(runes[:maxLabel])
	}
	a := feed.Article{
		Store: feed.Path(e.Asset), SKU: sku, Label: label, Aisle: aisle(e), Source: e.Source,
		BackRoom: figure(e, "back_room"), Price: figure(e, "price"),
		At: pipeline.Believed(e.At, e.Received),
	}
	if v, ok := e.Value.Number(); ok {
		a.OnHand = &v
	}
	if currency := plain(e.Attr["currency"]); a.Price != nil && utf8.RuneCountInString(currency) <= maxMoney {
		a.Currency = currency
	}
	if at, err := time.Parse(time.RFC3339, e.Attr["delivery"]); err == nil {
		a.Delivery = feed.Delivery{At: at.UTC(), Quantity: figure(e, "delivery_quantity")}
	}
	return a, true
}

// skuOf is the code of the article that a record is about, empty when it has
// none that can be kept.
func skuOf(e *pipeline.Event) string {
	sku := plain(e.Attr["sku"])
	if len(sku) > maxSKU {
		return ""
	}
	return sku
}

// aisle is where the article stands: the ERP says the whole path, or what is
// below the store.
func aisle(e *pipeline.Event) feed.Path {
	store, said := feed.Path(e.Asset), feed.Path(plain(e.Attr["aisle"]))
	switch {
	case said == "" || len(said) > maxAisle:
		return ""
	case said.Within(store):
		return said
	}
	return store + "/" + said
}

// figure is the number that an attribute says, nil when it says none.
func figure(e *pipeline.Event, attr string) *float64 {
	v, err := strconv.ParseFloat(e.Attr[attr], 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// plain is s without the NULs that systems of fixed widths pad with.
func plain(s string) string { return strings.ReplaceAll(s, "\x00", "") }
