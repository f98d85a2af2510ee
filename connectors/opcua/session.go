package opcua

import (
	"context"
	"fmt"
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
	publisher := newPublisher(l.client)
	subscriber := newSubscriber(&s.cfg, l, s.log, publisher.watch)
	if err := subscriber.place(ctx); err != nil {
		return err
	}
	report := func() { s.report(subscriber) }
	intake := &intake{
		sink: s.sink, mapper: mapper, status: s.status, log: s.log,
		item: subscriber.item, report: report, told: s.memory.told,
	}
	publisher.take = intake.take
	report()
	if !s.memory.heard.IsZero() {
		if err := intake.lost(ctx, subscriber.assets(), s.memory.heard, time.Now()); err != nil {
			return err
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	for _, work := range []func() error{
		func() error { return publisher.run(ctx) },
		func() error { return s.mend(ctx, l, subscriber) },
	} {
		group.Go(func() error { return connectors.Guard(work) })
	}
	err = group.Wait()
	if !publisher.heard.IsZero() {
		s.memory.heard = publisher.heard
	}
	return err
}

// mend looks again and again for what the server did not know.
func (s *session) mend(ctx context.Context, l *link, sub *subscriber) error {
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
		s.report(sub)
	}
}

// report tells operators what is delivered, and what is not.
func (s *session) report(sub *subscriber) {
	granted, lack := sub.outcome()
	if lack != nil {
		s.status.Down(fmt.Errorf("%s: %w", s.cfg.Endpoint, lack))
		return
	}
	s.status.Up(fmt.Sprintf("%s (%s): %s", s.cfg.Endpoint, &s.cfg.Security, granted))
}
