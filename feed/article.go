package feed

import "time"

// Article is what the ERP last said of an article in a store.
type Article struct {
	Store  Path
	SKU    string
	Label  string
	OnHand *float64 // nil when the ERP no longer lists it
	At     time.Time
}
