package main

import (
	"context"
	"log/slog"
	"time"
)

// fillPause leaves the database to others between two steps, and fillRetry is
// how long a step that failed waits; fillEvery is how often progress is told.
const (
	fillPause = 50 * time.Millisecond
	fillRetry = time.Minute
	fillEvery = 10_000
)

// fillSearch indexes what was there before the search, once in the life of an
// installation. It goes on wherever it was when the program ended.
func (a *app) fillSearch(ctx context.Context) {
	filled, told := 0, 0
	for {
		n, err := a.store.FillSearch(ctx)
		pause := fillPause
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			a.log.LogAttrs(ctx, slog.LevelWarn, "older posts are not found yet; trying again", slog.Any("error", err))
			pause = fillRetry
		case n == 0:
			if filled > 0 {
				a.log.LogAttrs(ctx, slog.LevelInfo, "all older posts are found by their words", slog.Int("posts", filled))
			}
			return
		}
		if filled += n; filled-told >= fillEvery {
			told = filled
			a.log.LogAttrs(ctx, slog.LevelInfo, "indexing older posts for the search", slog.Int("posts", filled))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}
