package main

import (
	"context"
	"log/slog"
	"time"
)

// sweepEvery is how late something may happen that is due at an instant and
// that nobody waits for at their screen.
const sweepEvery = 30 * time.Second

// sweep is what is due now and then. It finds by itself what is.
type sweep struct {
	name string
	run  func(ctx context.Context) error
}

// sweeps is the list of them.
func (a *app) sweeps() []sweep {
	return []sweep{
		{"calls for a hand go further", a.service.WidenHelp},
		{"publications end", a.service.Expire},
	}
}

// sweep does what is due until ctx ends. What fails is logged, and tried again
// the next time.
func (a *app) sweep(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		for _, s := range a.sweeps() {
			if err := s.run(ctx); err != nil && ctx.Err() == nil {
				a.log.LogAttrs(ctx, slog.LevelError, "sweep", slog.String("what", s.name), slog.Any("error", err))
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
