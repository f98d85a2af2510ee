package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// demoWaiting is what somebody reported the day before yesterday, and nobody
// answered: the place needs a hand.
var demoWaiting = feed.Draft{
	Kind: feed.QualityPoint, Territory: "lyon/presses", Text: "Bavures sur le bord des pièces depuis le changement d’outil.",
}

// addDemoLife makes who animates the demo's places see one that needs a hand. A
// second start finds the same post.
func addDemoLife(ctx context.Context, a *app) error {
	tomas, err := a.store.Member(ctx, "tomas")
	if err != nil {
		return err
	}
	before := time.Now().Add(-40 * time.Hour)
	past := feed.NewService(a.store, func() time.Time { return before })
	ctx = feed.Sent{Key: "demo-life"}.With(ctx)
	if _, _, err := past.Report(ctx, tomas, demoWaiting); err != nil {
		return fmt.Errorf("demo post that waits: %w", err)
	}
	return nil
}
