package opcua

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/gopcua/opcua/ua"
)

// sender is the part of the client that publishing needs.
type sender interface {
	Send(ctx context.Context, req ua.Request, h func(ua.Response) error) error
}

// call sends one request and returns its answer.
func call[T ua.Response](ctx context.Context, s sender, req ua.Request) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return exchange[T](ctx, s, req)
}

func exchange[T ua.Response](ctx context.Context, s sender, req ua.Request) (T, error) {
	var res T
	err := s.Send(ctx, req, func(r ua.Response) error {
		var ok bool
		if res, ok = r.(T); !ok {
			return fmt.Errorf("the server answered %T with %T", req, r)
		}
		return nil
	})
	return res, err
}

// publisher is the loop that asks the server for what changed. It acknowledges
// a message only after its changes are stored, and ends with an error as soon
// as the link is silent or a message is missing: the session is then rebuilt.
type publisher struct {
	sender sender
	take   func(ctx context.Context, changes []*ua.MonitoredItemNotification, received time.Time) error
	hear   func(ctx context.Context, events []*ua.EventFieldList, received time.Time) error

	heard    time.Time // when the server last answered
	acks     []*ua.SubscriptionAcknowledgement
	listened time.Duration // time spent waiting for the server, in all

	mu    sync.Mutex // guards pulses: subscriptions join while the loop runs
	pulse map[uint32]*pulse
}

// pulse is the life of one subscription.
type pulse struct {
	window time.Duration // how long it may be silent
	heard  time.Duration // what listened was when it last spoke
	next   uint32        // the sequence number that comes next; 0 before the first
}

func newPublisher(s sender) *publisher {
	return &publisher{sender: s, pulse: make(map[uint32]*pulse)}
}

// watch makes a subscription owe a sign of life in every window.
func (p *publisher) watch(subscription uint32, window time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pulse[subscription] = &pulse{window: window, heard: p.listened}
}

// run publishes until ctx ends or the link is of no use any more.
func (p *publisher) run(ctx context.Context) error {
	for {
		res, err := p.publish(ctx)
		if err != nil {
			return err
		}
		if res != nil {
			err = p.handle(ctx, res)
		}
		if err := errors.Join(err, p.silence()); err != nil {
			return err
		}
	}
}

// publish waits for one answer, at most until a subscription must have spoken:
// then there is neither an answer nor an error.
func (p *publisher) publish(ctx context.Context) (*ua.PublishResponse, error) {
	waiting, cancel := context.WithTimeout(ctx, p.patience())
	defer cancel()
	req := &ua.PublishRequest{SubscriptionAcknowledgements: p.acks}
	if req.SubscriptionAcknowledgements == nil {
		req.SubscriptionAcknowledgements = []*ua.SubscriptionAcknowledgement{}
	}
	start := time.Now()
	res, err := exchange[*ua.PublishResponse](waiting, p.sender, req)
	p.mu.Lock()
	p.listened += time.Since(start)
	p.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, ua.StatusBadTimeout):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("publish: %w", err)
	}
	p.heard, p.acks = time.Now(), nil
	return res, nil
}

// patience is how long the quietest subscription may stay so.
func (p *publisher) patience() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	least := requestTimeout
	for _, s := range p.pulse {
		least = min(least, s.window-(p.listened-s.heard))
	}
	return max(least, time.Millisecond)
}

// silence reports a subscription that owes too many keep-alives. Only the time
// spent listening counts: while changes are being stored, nobody listens.
func (p *publisher) silence() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, s := range p.pulse {
		if p.listened-s.heard >= s.window {
			return fmt.Errorf("the server is silent: subscription %d owes %d keep-alives (%s)",
				id, missedKeepAlives, s.window)
		}
	}
	return nil
}

// handle takes what one answer holds, and acknowledges it with the next
// request, once it is stored.
func (p *publisher) handle(ctx context.Context, res *ua.PublishResponse) error {
	message := res.NotificationMessage
	if message == nil {
		return fmt.Errorf("publish: subscription %d sent no message", res.SubscriptionID)
	}
	isKeepAlive := len(message.NotificationData) == 0
	if err := p.advance(res.SubscriptionID, message.SequenceNumber, isKeepAlive); err != nil {
		return err
	}
	for _, data := range message.NotificationData {
		switch v := data.Value.(type) {
		case *ua.DataChangeNotification:
			if err := p.take(ctx, v.MonitoredItems, p.heard); err != nil {
				return err
			}
		case *ua.EventNotificationList:
			if err := p.hear(ctx, v.Events, p.heard); err != nil {
				return err
			}
		case *ua.StatusChangeNotification:
			return fmt.Errorf("publish: the server ended subscription %d: %w", res.SubscriptionID, v.Status)
		}
	}
	if !isKeepAlive {
		p.acks = append(p.acks, &ua.SubscriptionAcknowledgement{
			SubscriptionID: res.SubscriptionID, SequenceNumber: message.SequenceNumber,
		})
	}
	return nil
}

// advance notes a sign of life, and reports missing messages. A keep-alive
// carries the number of the message that comes next, without using it up. A
// number that was seen before is no loss: equal changes have equal ids.
func (p *publisher) advance(subscription, sequence uint32, isKeepAlive bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	s, ok := p.pulse[subscription]
	if !ok {
		return nil // of an earlier life of the session
	}
	s.heard = p.listened
	if s.next != 0 && sequence > s.next {
		return fmt.Errorf("publish: subscription %d lost messages: number %d came when %d was due",
			subscription, sequence, s.next)
	}
	if !isKeepAlive {
		s.next = max(sequence+1, 1) // numbers wrap around past 0, which is never used
	}
	return nil
}
