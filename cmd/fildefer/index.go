package main

import (
	"context"
	"log/slog"
	"time"
)

// Posts that change together are indexed together: indexPause after one look
// comes the next, or as long as it took, so that others who write have at least
// half of the database. indexPace is how often changes are looked for that
// another node may have made and not indexed, and indexRetry how long a look
// that failed waits. indexMany is how many changes are told of.
const (
	indexPause = 200 * time.Millisecond
	indexPace  = 5 * time.Second
	indexRetry = 10 * time.Second
	indexMany  = 10_000
)

// indexer has the search follow what is written. It goes on wherever it was when
// the program ended, and begins with all that there is.
type indexer struct {
	index func(context.Context) (changed int, err error)
	log   *slog.Logger
	wake  chan struct{}
}

func newIndexer(index func(context.Context) (int, error), log *slog.Logger) *indexer {
	return &indexer{index: index, log: log, wake: make(chan struct{}, 1)}
}

// changed has it look soon. It returns at once.
func (x *indexer) changed() {
	select {
	case x.wake <- struct{}{}:
	default: // it will look anyway
	}
}

// run indexes what changes until ctx ends.
func (x *indexer) run(ctx context.Context) {
	done, told := 0, 0
	for ctx.Err() == nil {
		began := time.Now()
		n, err := x.index(ctx)
		switch pause := max(indexPause, time.Since(began)); {
		case ctx.Err() != nil:
		case err != nil:
			x.log.LogAttrs(ctx, slog.LevelWarn, "what is new is not found by its words yet; trying again", slog.Any("error", err))
			rest(ctx, indexRetry, nil)
		case n > 0:
			if done += n; done-told >= indexMany {
				told = done
				x.log.LogAttrs(ctx, slog.LevelInfo, "indexing for the search", slog.Int("changes", done))
			}
			rest(ctx, pause, nil)
		default:
			done, told = 0, 0
			rest(ctx, indexPace, x.wake)
		}
	}
}

// rest waits for a while, or less when something wakes it or ctx ends.
func rest(ctx context.Context, pause time.Duration, wake <-chan struct{}) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-wake:
	case <-timer.C:
	}
}
