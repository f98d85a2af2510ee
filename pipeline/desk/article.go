package desk

import (
	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
)

// article returns what a record says of an article's stock, if it does.
func article(e *pipeline.Event) (feed.Article, bool) {
	sku, label := e.Attr["sku"], e.Attr["label"]
	if e.Kind != pipeline.Record || e.Signal != "stock" || sku == "" || label == "" {
		return feed.Article{}, false
	}
	a := feed.Article{Store: feed.Path(e.Asset), SKU: sku, Label: label, At: sourceTime(e)}
	if v, ok := e.Value.Number(); ok {
		a.OnHand = &v
	}
	return a, true
}
