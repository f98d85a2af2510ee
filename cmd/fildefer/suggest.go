package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// suggestEvery is how often it is looked at who keeps answering each other.
const suggestEvery = time.Hour

// suggest proposes places to people of different branches who keep answering
// each other, until ctx ends.
func (a *app) suggest(ctx context.Context) {
	tick := time.NewTicker(suggestEvery)
	defer tick.Stop()
	for {
		if _, err := a.proposals.Suggest(ctx, a.nameOf(ctx)); err != nil && ctx.Err() == nil {
			a.log.LogAttrs(ctx, slog.LevelError, "places were not suggested", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// nameOf names a place after the branches whose people it is of.
func (a *app) nameOf(ctx context.Context) func([]feed.Path) string {
	tree, err := a.store.Tree(ctx)
	if err != nil {
		tree = feed.NewTree(nil)
	}
	return func(branches []feed.Path) string {
		var names []string
		for _, b := range branches {
			names = append(names, tree.Name(b))
		}
		return strings.Join(names, " · ")
	}
}
