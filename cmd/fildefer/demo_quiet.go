package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// addDemoQuiet leaves one aisle without an answer for days, so that whoever
// animates the demo sees which place needs a hand. It is made once, with the
// history.
func addDemoQuiet(ctx context.Context, repo feed.Repository, now time.Time) error {
	fatou := teammate("fatou", "Fatou Ndiaye")
	at := now.Add(-75 * time.Hour).Truncate(time.Second)
	p := feed.Post{
		ID: "quiet", Kind: feed.QualityPoint, Topic: feed.Quality, Severity: feed.Minor, State: feed.New,
		Territory: "villeurbanne/frais", Author: fatou, Values: feed.Values{}, Occurrences: 1,
		Text:     "La vitrine du fond ne redescend plus sous 6 °C la nuit.",
		OpenedAt: at, Since: at, BumpedAt: at, UpdatedAt: at,
	}
	return repo.InTx(ctx, func(tx feed.Tx) error {
		if err := tx.Save(ctx, &p); err != nil {
			return fmt.Errorf("quiet post of the demo: %w", err)
		}
		if err := tx.Log(ctx, feed.Entry{Post: p.ID, Kind: feed.Opened, At: at, Author: fatou}); err != nil {
			return fmt.Errorf("quiet post of the demo: %w", err)
		}
		return nil
	})
}
