package feed

import "slices"

// Hook is what a webhook is told of.
type Hook struct {
	Name   string
	Events []EntryKind
	Places []Path // at or below; empty: everywhere but in groups
}

// Covers tells whether the webhook is told of a place. Of a post that not
// everybody sees there is no place to tell of.
func (h Hook) Covers(place Path) bool {
	if len(h.Places) == 0 {
		return place != "" && place[0] != '@'
	}
	return slices.ContainsFunc(h.Places, place.Within)
}
