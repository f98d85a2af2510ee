package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// demoCardAge is older than a card may be before somebody is asked about it.
const demoCardAge = feed.CardAge + 12*24*time.Hour

// addDemoCards makes two good practices known once: one of an alert of the past
// hours, fresh, and an old one that somebody should confirm.
func addDemoCards(ctx context.Context, a *app, clock *clock) error {
	operator := demoPeople[0].Member
	now := time.Now().UTC()
	known, err := a.store.CountCards(ctx, operator.Scope(), now)
	if err != nil || known[feed.LiveCards] > 0 {
		return err
	}
	clock.set(now.Add(-demoCardAge))
	if err := addOldCard(ctx, a, colleague("ines")); err != nil {
		return fmt.Errorf("demo card: %w", err)
	}
	clock.set(now)
	if err := addFreshCard(ctx, a, operator); err != nil {
		return fmt.Errorf("demo card: %w", err)
	}
	return nil
}

// addOldCard has somebody learn from a stop of long ago.
func addOldCard(ctx context.Context, a *app, m feed.Member) error {
	p, _, err := a.service.Report(ctx, m, feed.Draft{
		Kind: feed.StopPoint, Territory: "lyon/bottling/line-3", Asset: "lyon/bottling/line-3/labeller", Text: "L’étiqueteuse s’arrête sans raison et bloque la ligne.",
	})
	if err != nil {
		return err
	}
	if _, err := a.service.Resolve(ctx, m, p.ID, "Cellule sale", "Cellule nettoyée"); err != nil {
		return err
	}
	_, err = a.service.Capitalise(ctx, m, p.ID, feed.CardDraft{
		Cause: "Cellule sale", Action: "Nettoyer la cellule au chiffon sec", Text: "Sans alcool : il voile l’optique.", Wide: true,
	})
	return err
}

// addFreshCard learns from an alert on the weight that somebody solved lately.
func addFreshCard(ctx context.Context, a *app, m feed.Member) error {
	page, err := a.store.Feed(ctx, m.Scope(), feed.Query{Kind: feed.Alert, Topic: feed.Quality, State: feed.AnyEnded, Limit: feed.MaxPage})
	if err != nil {
		return err
	}
	for _, p := range page.Posts {
		if !p.Teaches() || p.Asset == "" {
			continue
		}
		_, err := a.service.Capitalise(ctx, m, p.ID, feed.CardDraft{
			Cause: p.Cause, Action: "Démonter la buse, la rincer, remonter à la main", Text: "La clé abîme le joint : serrer à la main suffit.", Wide: true,
		})
		return err
	}
	return nil
}
