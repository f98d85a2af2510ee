package main

import (
	"context"
	"log/slog"
	"time"
)

// callRoll asks the company after its people until ctx ends. A call that takes
// longer than the pace is followed by the next at once.
func (a *app) callRoll(ctx context.Context) {
	if a.roll == nil {
		return
	}
	ticker := time.NewTicker(a.cfg.OIDC.AskEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := a.roll.Call(ctx); err != nil && ctx.Err() == nil {
			a.log.LogAttrs(ctx, slog.LevelWarn, "the company was asked after its people in vain", slog.Any("error", err))
		}
	}
}
