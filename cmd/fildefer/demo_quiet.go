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
	return repo.InTx(ctx, func(tx feed.Tx) error {
		for i, p := range []feed.Post{
			{ID: "quiet-1", Text: "La vitrine du fond ne redescend plus sous 6 °C la nuit.", OpenedAt: now.Add(-75 * time.Hour)},
			{ID: "quiet-2", Text: "Il manque des étiquettes de prix sur toute la rangée des yaourts.", OpenedAt: now.Add(-50 * time.Hour)},
			{ID: "quiet-3", Text: "Le rideau de nuit du meuble laitier ne ferme plus.", OpenedAt: now.Add(-29 * time.Hour)},
		} {
			p.Kind, p.Topic, p.Severity, p.State = feed.QualityPoint, feed.Quality, feed.Minor, feed.New
			p.Territory, p.Author, p.Values, p.Occurrences = "villeurbanne/frais", fatou, feed.Values{}, 1
			p.OpenedAt = p.OpenedAt.Truncate(time.Second)
			p.Since, p.BumpedAt, p.UpdatedAt = p.OpenedAt, p.OpenedAt, p.OpenedAt
			if err := tx.Save(ctx, &p); err != nil {
				return fmt.Errorf("quiet post %d of the demo: %w", i+1, err)
			}
			if err := tx.Log(ctx, feed.Entry{Post: p.ID, Kind: feed.Opened, At: p.OpenedAt, Author: fatou}); err != nil {
				return fmt.Errorf("quiet post %d of the demo: %w", i+1, err)
			}
		}
		return nil
	})
}
