package rule

import "strings"

// Bytes that are kept of what a source says in its own words.
const (
	maxLabel   = 120 // of the name of an article, an order, a cause
	maxMessage = 240
)

// label is a name as a post can show it.
func label(s string) string { return cut(strings.TrimSpace(s), maxLabel) }

// cut leaves most bytes of s at most, and no half of a character.
func cut(s string, most int) string { return strings.ToValidUTF8(s[:min(len(s), most)], "") }
