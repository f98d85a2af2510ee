package opcua

import (
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// session is one life of the link, from sign-in to the first fault. Between
// sessions only memory remains.
type session struct {
	*Connector
	sink   pipeline.Sink
	status *connectors.Status
	memory *memory
}

// memory is what one session leaves to the next.
type memory struct {
	heard time.Time       // when the server last answered; zero before the first session
	told  map[string]bool // nodes whose unreadable type was reported
	roll  *roll           // alarms that the stream was told are active
}

// run subscribes and publishes until ctx ends or the link is of no use. It
// leaves no goroutine and no session at the server behind.
func (s *session) run(ctx context.Context) error {
	l, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer l.close(ctx)
	mapper, err := NewMapper(s.name, s.cfg, l.server)
	if err != nil {
		return err
	}
	publisher, refresher := newPublisher(l.client), newRefresher(s.log)
	subscriber := newSubscriber(&s.cfg, l, s.log, publisher.watch)
	subscriber.hears = refresher.include
	if err := subscriber.place(ctx); err != nil {
		return err
	}
	report := func() { s.report(subscriber, refresher) }
	intake := &intake{
		sink: s.sink, mapper: mapper, status: s.status, log: s.log,
		item: subscriber.item, report: report, told: s.memory.told,
	}
	hearing := newHearing(intake, s.memory.roll, refresher.want)
	publisher.take, publisher.hear, refresher.report = intake.take, hearing.hear, report
	report()
	if err := s.catchUp(ctx, subscriber, hearing); err != nil {
		return err
	}
	err = together(ctx,
		publisher.run,
		func(ctx context.Context) error { return s.mend(ctx, l, subscriber, report) },
		func(ctx context.Context) error { return refresher.run(ctx, l) },
	)
	if !publisher.heard.IsZero() {
		s.memory.heard = publisher.heard
	}
	return err
}

// together runs all works until the first of them ends.
func together(ctx context.Context, works ...func(context.Context) error) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, work := range works {
		group.Go(func() error {
			return connectors.Guard(func() error { return work(ctx) })
		})
	}
	return group.Wait()
}

// catchUp tells what is known of the time since the last session.
func (s *session) catchUp(ctx context.Context, sub *subscriber, h *hearing) error {
	now := time.Now()
	if !s.memory.heard.IsZero() {
		assets := append(sub.assets(), h.assets(sub.notifiers())...)
		slices.Sort(assets)
		if err := h.lost(ctx, slices.Compact(assets), s.memory.heard, now); err != nil {
			return err
		}
	}
	return h.forget(ctx, s.cfg.Alarms, now)
}

// mend looks again and again for what the server did not know.
func (s *session) mend(ctx context.Context, l *link, sub *subscriber, report func()) error {
	ticker := time.NewTicker(s.cfg.retryMissing())
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
		if sub.complete() {
			continue
		}
		if err := l.refresh(ctx); err != nil {
			return err
		}
		if err := sub.place(ctx); err != nil {
			return err
		}
		report()
	}
}

// report tells operators what is delivered, and what is not.
func (s *session) report(sub *subscriber, alarms *refresher) {
	granted, lack := sub.outcome()
	if refused := alarms.outcome(); refused != nil {
		granted += "; " + refused.Error()
	}
	if lack != nil {
		s.status.Down(fmt.Errorf("%s: %w", s.cfg.Endpoint, lack))
		return
	}
	s.status.Up(fmt.Sprintf("%s (%s): %s", s.cfg.Endpoint, &s.cfg.Security, granted))
}
