package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
)

// addDemoPlaces gives the demo's places what makes them places of somebody: who
// looks after them, a charter, neighbours. A second start leaves them as whoever
// tried the demo made them.
func addDemoPlaces(ctx context.Context, s *store.Store) error {
	tree, err := s.Tree(ctx)
	if err != nil {
		return fmt.Errorf("demo places: %w", err)
	}
	if c, _ := tree.Charter("lyon"); c != nil {
		return nil
	}
	camille, marc := feed.MemberID("animator"), feed.MemberID("marc")
	shifts, hours := "3 × 8", "Ouverture 9 h – 20 h"
	french, sideways := feed.French, true
	places := feed.NewPlaces(s, time.Now)
	for path, e := range map[feed.Path]feed.Edit{
		"lyon": {Calendar: &shifts, Lang: &french, Animator: &camille, Charter: &feed.Text{
			FR: "Une alerte prise est suivie jusqu’à sa cause.\nOn parle des machines et des produits, jamais d’une personne.\nToute idée reçoit une réponse et son motif.",
			EN: "An alert that is taken is followed to its cause.\nWe talk of machines and products, never of a person.\nEvery idea gets an answer and its reason.",
		}},
		"lyon/bottling/line-3": {After: &[]feed.Path{"lyon/presses"}, Sideways: &sideways},
		"lyon/presses":         {Words: map[string]feed.Text{string(feed.Workshop): {FR: "Îlot", EN: "Cell"}}, Sideways: &sideways},
		"villeurbanne":         {Calendar: &hours, Animator: &marc},
		"villeurbanne/epicerie-sucree": {
			Before: &[]feed.Path{"villeurbanne/boissons"}, After: &[]feed.Path{"villeurbanne/frais"}, Sideways: &sideways,
		},
	} {
		if err := places.Edit(ctx, everywhere(), path, e); err != nil {
			return fmt.Errorf("demo place %s: %w", path, err)
		}
	}
	return nil
}
