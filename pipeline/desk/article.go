package desk

import (
	"strings"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
)

// Bounds of what an ERP may call an article: PostgreSQL refuses longer keys,
// and with one the whole batch.
const (
	maxSKU   = 64  // bytes
	maxLabel = 200 // characters
)

// article returns what a record says of an article's stock, if it does.
func article(e *pipeline.Event) (feed.Article, bool) {
	sku, label := plain(e.Attr["sku"]), plain(e.Attr["label"])
	if e.Kind != pipeline.Record || e.Signal != "stock" || sku == "" || len(sku) > maxSKU || label == "" {
		return feed.Article{}, false
	}
	if runes := []rune(label); len(runes) > maxLabel {
		label = string(runes[:maxLabel])
	}
	a := feed.Article{Store: feed.Path(e.Asset), SKU: sku, Label: label, At: pipeline.Believed(e.At, e.Received)}
	if v, ok := e.Value.Number(); ok {
		a.OnHand = &v
	}
	return a, true
}

// plain is s without the NULs that systems of fixed widths pad with.
func plain(s string) string { return strings.ReplaceAll(s, "\x00", "") }
