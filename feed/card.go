package feed

import "time"

// Card is a good practice: what helped against a cause at a kind of machine. It
// shows itself on the next occurrence, ages, and is confirmed or retired.
type Card struct {
	Asset     Path      `json:"asset,omitempty"` // machine, with what lies below it
	SKU       string    `json:"sku,omitempty"`
	Rule      string    `json:"rule,omitempty"`
	Cause     string    `json:"cause"`
	Confirmed time.Time `json:"confirmed"` // last time that somebody said it holds
	By        Author    `json:"by"`
	Uses      int       `json:"uses,omitempty"`
	Retired   bool      `json:"retired,omitempty"`
}
