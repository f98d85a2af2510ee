package mqtt

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"time"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// maxEvents is how many events are gathered before they are offered.
const maxEvents = 500

// Bounds of the delay before the sink is offered the same events again, and
// the interval at which refused subscriptions are asked for again.
const (
	storeMin   = 100 * time.Millisecond
	storeMax   = 5 * time.Second
	askAgainIn = time.Minute
)

// session is what one Run remembers across links.
type session struct {
	*Connector
	sink     pipeline.Sink
	status   *connectors.Status
	asked    []request
	granted  grants
	arrivals arrivals
	flaps    flaps
	logged   string // the last fault, until the link is well again
}

// live opens a link and stores what arrives until the link or ctx ends. It
// returns why.
func (s *session) live(ctx context.Context) error {
	l, err := dial(ctx, s.cfg, s.clientID, s.cfg.CleanSession)
	if err != nil {
		s.flaps.clear()
		return explain(s.cfg.URL, err)
	}
	defer l.close()
	if s.granted, err = l.subscribe(ctx, s.asked); err == nil {
		s.up()
		err = s.deliver(ctx, l)
	}
	if closedByBroker(err) {
		s.flaps.add(time.Now())
	}
	return s.suspect(explain(s.cfg.URL, err))
}

// suspect adds to err what repeated losses of the link suggest.
func (s *session) suspect(err error) error {
	if !s.flaps.tooMany(time.Now()) {
		return err
	}
	return fmt.Errorf("%w; this repeats, so another client probably uses the client id %q: give each a client_id of its own", err, s.clientID)
}

// up shows a refused subscription as down, though the others flow: an operator
// must not take silence for health.
func (s *session) up() {
	detail, err := s.granted.sentence(s.cfg.URL, s.asked)
	if err != nil {
		s.down(err)
		return
	}
	if s.flaps.tooMany(time.Now()) {
		s.down(s.suspect(fmt.Errorf("%s: the broker closes the connection again and again", s.cfg.URL)))
		return
	}
	if s.logged != "" {
		s.log.Info("the source is up again", slog.String("detail", detail))
		s.logged = ""
	}
	s.status.Up(detail)
}

// down logs a fault once, however often it repeats.
func (s *session) down(err error) {
	s.status.Down(err)
	if err.Error() != s.logged {
		s.log.Warn("the source is down", slog.Any("error", err), connectors.Stack(err))
		s.logged = err.Error()
	}
}

// deliver stores and acknowledges until the link or ctx ends. What a lost link
// has brought is stored all the same: nobody may deliver it again.
func (s *session) deliver(ctx context.Context, l *link) error {
	again := time.NewTicker(askAgainIn)
	defer again.Stop()
	for {
		if err := s.empty(ctx, l); err != nil {
			return err
		}
		select {
		case <-l.inbox.ready:
		case <-l.lost:
			if err := s.empty(ctx, l); err != nil {
				return err
			}
			return l.cause
		case <-ctx.Done():
			return ctx.Err()
		case <-again.C:
			if err := s.askAgain(ctx, l); err != nil {
				return err
			}
		}
	}
}

// askAgain asks for what was refused, since access lists change without the
// link being lost, and shows how things stand.
func (s *session) askAgain(ctx context.Context, l *link) error {
	if refused := s.granted.refused(s.asked); len(refused) > 0 {
		granted, err := l.subscribe(ctx, refused)
		if err != nil {
			return err
		}
		maps.Copy(s.granted, granted)
	}
	s.up()
	return nil
}

// empty stores and acknowledges all that waits.
func (s *session) empty(ctx context.Context, l *link) error {
	for {
		batch, dropped := l.inbox.take()
		if dropped > 0 {
			s.log.Warn("messages of QoS 0 dropped, since they arrive faster than they are stored", slog.Int("count", dropped))
		}
		if len(batch) == 0 {
			return nil
		}
		if err := s.store(ctx, batch); err != nil {
			return err
		}
		l.settle(batch)
	}
}

// store returns after everything in batch is stored, or with an error when ctx
// ends. A batch of large messages is stored in parts, each of whole messages.
func (s *session) store(ctx context.Context, batch []delivery) error {
	var parcel connectors.Parcel[delivery]
	skipped := 0
	for _, d := range batch {
		sub, _ := s.mapper.find(d.Topic())
		if d.Retained() && sub != nil && !sub.retained {
			skipped++
			continue
		}
		d.received = s.arrivals.first(d)
		mapped, err := s.mapper.Events(d.Topic(), d.Payload(), d.received)
		if err != nil {
			if err := s.reject(ctx, d, err); err != nil {
				return err
			}
			continue
		}
		if d.Retained() {
			mapped[0].Attr["retained"] = "true" // shared by the events of a message
		}
		parcel.Add(d, mapped...)
		if parcel.Len() >= maxEvents {
			if err := s.accept(ctx, &parcel); err != nil {
				return err
			}
		}
	}
	if skipped > 0 {
		s.log.Info("retained messages are not news and were skipped", slog.Int("count", skipped))
	}
	return s.accept(ctx, &parcel)
}

func (s *session) accept(ctx context.Context, parcel *connectors.Parcel[delivery]) error {
	return parcel.Store(
		func(events []pipeline.Event) error {
			return s.insist(ctx, func() error { return s.sink.Accept(ctx, events) })
		},
		func(d delivery, reason error) error { return s.reject(ctx, d, reason) },
	)
}

func (s *session) reject(ctx context.Context, d delivery, reason error) error {
	body := d.Payload()
	letter := pipeline.DeadLetter{
		Source: s.name, Origin: d.Topic(), Reason: reason.Error(), Received: d.received,
		Body: body[:min(len(body), pipeline.MaxDeadLetterBytes)], Attr: map[string]string{"topic": d.Topic()},
	}
	return s.insist(ctx, func() error { return s.sink.Reject(ctx, letter) })
}

// insist offers the same to the sink until it is stored, or can never be, and
// shows meanwhile that messages wait on the broker.
func (s *session) insist(ctx context.Context, store func() error) error {
	backoff := connectors.Backoff{Min: storeMin, Max: storeMax}
	for failed := false; ; failed = true {
		err := store()
		if err == nil || errors.Is(err, pipeline.ErrInvalid) {
			if failed {
				s.up()
			}
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s.down(fmt.Errorf("%s: messages wait on the broker, since they cannot be stored: %w", s.cfg.URL, err))
		if err := backoff.Wait(ctx); err != nil {
			return err
		}
	}
}
