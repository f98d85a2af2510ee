package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	// maxBatch and maxBatchBytes stay inside the server's 1,000 messages a
	// batch, and bound what it stages before a commit.
	maxBatch      = 500
	maxBatchBytes = 4 << 20
	// An atomic batch costs the server some 2 ms on disk before its first
	// event, a single publish a tenth of that: fewer events go one by one.
	fewOnDisk = 10
	// linger is how long a batch waits for the callers of the one before.
	linger = 2 * time.Millisecond
	// publishTimeout bounds a publish to a server that does not answer.
	publishTimeout = 5 * time.Second

	errStoreFailed    jetstream.ErrorCode = 10077
	errDuplicateInUse jetstream.ErrorCode = 10158 // another node is storing the same id
	maximumBytes                          = "maximum bytes exceeded"
)

// publisher makes one atomic batch of what several callers bring, because the
// disk is synced once a batch and not once an event. One batch is in flight;
// what arrives meanwhile makes the next, so a lone caller never waits.
type publisher struct {
	js       jetstream.JetStream
	metrics  *Metrics
	few      int                        // events that are quicker published one by one
	makeRoom func(context.Context) bool // frees consumed events, and tells whether it could

	calls chan *call
	ended chan struct{}
	held  *call // taken, but did not fit in the batch before
	peers int   // callers of the batch before
}

// call is one caller's part of a batch.
type call struct {
	messages []*nats.Msg
	bytes    int
	done     chan error // of one
}

func newPublisher(js jetstream.JetStream, few int, metrics *Metrics, makeRoom func(context.Context) bool) *publisher {
	return &publisher{
		js: js, metrics: metrics, few: few, makeRoom: makeRoom, calls: make(chan *call), ended: make(chan struct{}),
	}
}

// publish returns after the acknowledgement of all messages, or when ctx ends.
func (p *publisher) publish(ctx context.Context, messages []*nats.Msg, bytes int) error {
	c := &call{messages: messages, bytes: bytes, done: make(chan error, 1)}
	select {
	case p.calls <- c:
	case <-p.ended:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-c.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run publishes until ctx ends, and then answers who was already taken.
func (p *publisher) run(ctx context.Context) {
	defer close(p.ended)
	for {
		first := p.held
		p.held = nil
		if first == nil {
			select {
			case first = <-p.calls:
			case <-ctx.Done():
				return
			}
		}
		calls := p.gather(first)
		p.peers = len(calls)
		p.settle(context.WithoutCancel(ctx), calls)
	}
}

// gather adds the callers that are waiting already. When the batch before had
// several, they are about to come again: it gives them a moment.
func (p *publisher) gather(first *call) []*call {
	calls, messages, bytes := []*call{first}, len(first.messages), first.bytes
	var patience <-chan time.Time
	if p.peers > 1 {
		timer := time.NewTimer(linger)
		defer timer.Stop()
		patience = timer.C
	}
	for messages < maxBatch {
		var next *call
		select {
		case next = <-p.calls:
		default:
			if len(calls) >= p.peers {
				return calls
			}
			select {
			case next = <-p.calls:
			case <-patience:
				return calls
			}
		}
		if messages+len(next.messages) > maxBatch || bytes+next.bytes > maxBatchBytes {
			p.held = next
			return calls
		}
		calls, messages, bytes = append(calls, next), messages+len(next.messages), bytes+next.bytes
	}
	return calls
}

// settle publishes calls together. If the server refuses, it takes each alone,
// so that every caller hears of its own trouble only.
func (p *publisher) settle(ctx context.Context, calls []*call) {
	err := p.store(ctx, distinct(calls))
	var refusal *jetstream.APIError
	if len(calls) > 1 && errors.As(err, &refusal) {
		for _, c := range calls {
			c.done <- p.store(ctx, distinct([]*call{c}))
		}
		return
	}
	for _, c := range calls {
		c.done <- err
	}
}

// distinct joins the messages of calls, the first of each id.
func distinct(calls []*call) []*nats.Msg {
	var n int
	for _, c := range calls {
		n += len(c.messages)
	}
	messages := make([]*nats.Msg, 0, n)
	seen := make(map[string]struct{}, n)
	for _, c := range calls {
		for _, m := range c.messages {
			id := m.Header.Get(jetstream.MsgIDHeader)
			if _, again := seen[id]; !again {
				seen[id] = struct{}{}
				messages = append(messages, m)
			}
		}
	}
	return messages
}

// store publishes messages in order. A full stream is given one chance to
// forget what was consumed.
func (p *publisher) store(ctx context.Context, messages []*nats.Msg) error {
	err := p.storeBatch(ctx, messages)
	if isFull(err) && p.makeRoom(ctx) {
		err = p.storeBatch(ctx, messages)
	}
	if isFull(err) {
		p.metrics.Refused.Inc()
		return pipeline.ErrBacklog
	}
	return err
}

func (p *publisher) storeBatch(ctx context.Context, messages []*nats.Msg) error {
	if len(messages) <= p.few {
		return p.storeSingly(ctx, messages)
	}
	start := time.Now()
	err := publishBatch(ctx, p.js, messages)
	switch {
	case err == nil:
		p.metrics.Published.Add(float64(len(messages)))
		p.metrics.BatchEvents.Observe(float64(len(messages)))
		p.metrics.PublishTime.Observe(time.Since(start).Seconds())
		return nil
	case hasCode(err, jetstreamext.JSErrCodeBatchPublishDuplicateMsgID):
		return p.storeSingly(ctx, messages)
	case hasCode(err, jetstreamext.JSErrCodeBatchPublishExceedsLimit): // the server was set to smaller batches
		half := len(messages) / 2
		if err := p.storeBatch(ctx, messages[:half]); err != nil {
			return err
		}
		return p.storeBatch(ctx, messages[half:])
	}
	return fmt.Errorf("publish %d events: %w", len(messages), err)
}

// storeSingly waits for each acknowledgement before it sends the next, so that
// a failure in the middle cannot change the order of what is sent again.
func (p *publisher) storeSingly(ctx context.Context, messages []*nats.Msg) error {
	for _, m := range messages {
		unbatch(m)
		start := time.Now()
		ack, err := p.storeOne(ctx, m)
		if err != nil {
			return fmt.Errorf("publish event %q: %w", m.Header.Get(jetstream.MsgIDHeader), err)
		}
		if ack.Duplicate {
			p.metrics.Deduplicated.Inc()
			continue
		}
		p.metrics.Published.Inc()
		p.metrics.BatchEvents.Observe(1)
		p.metrics.PublishTime.Observe(time.Since(start).Seconds())
	}
	return nil
}

func (p *publisher) storeOne(ctx context.Context, m *nats.Msg) (*jetstream.PubAck, error) {
	ctx, cancel := context.WithTimeout(ctx, publishTimeout)
	defer cancel()
	return p.js.PublishMsg(ctx, m)
}

func publishBatch(ctx context.Context, js jetstream.JetStream, messages []*nats.Msg) error {
	ctx, cancel := context.WithTimeout(ctx, publishTimeout)
	defer cancel()
	_, err := jetstreamext.PublishMsgBatch(ctx, js, messages,
		jetstreamext.BatchFlowControl{AckFirst: true, AckTimeout: publishTimeout})
	return err
}

// unbatch removes what a refused batch left on m.
func unbatch(m *nats.Msg) {
	m.Reply = ""
	for _, name := range []string{jetstreamext.BatchIDHeader, jetstreamext.BatchSeqHeader, jetstreamext.BatchCommitHeader} {
		m.Header.Del(name)
	}
}

func hasCode(err error, code jetstream.ErrorCode) bool {
	var refusal *jetstream.APIError
	return errors.As(err, &refusal) && refusal.ErrorCode == code
}

// isFull reads the description too, because the server has one code for all
// that its store refuses.
func isFull(err error) bool {
	var refusal *jetstream.APIError
	return errors.As(err, &refusal) && refusal.ErrorCode == errStoreFailed && refusal.Description == maximumBytes
}
