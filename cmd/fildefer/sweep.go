package main

import (
	"context"
	"log/slog"
	"time"
)

// sweepPace is how often time is let pass over what waits for it.
const sweepPace = 30 * time.Second

// sweep is something that time itself makes necessary.
type sweep struct {
	name string
	run  func(context.Context) error
}

// sweeps lists what is done at each look.
func (a *app) sweeps() []sweep {
	return []sweep{
		{"decisions", a.service.Due},
		{"calls for a hand", a.service.WidenHelp},
		{"publications", a.service.Expire},
		{"good practices", a.service.AgeCards},
		{"silent places", a.vigil.Listen},
		{"places without an animator", a.succession.Look},
		{"newcomers", a.embassies.Welcome},
	}
}

// runSweeps lets time pass until ctx ends. What fails is told, and tried again
// at the next look.
func (a *app) runSweeps(ctx context.Context, pace time.Duration) {
	ticker := time.NewTicker(pace)
	defer ticker.Stop()
	for {
		for _, s := range a.sweeps() {
			if err := s.run(ctx); err != nil && ctx.Err() == nil {
				a.log.LogAttrs(ctx, slog.LevelError, "a look at what is due failed", slog.String("sweep", s.name), slog.Any("error", err))
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
