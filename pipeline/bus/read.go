package bus

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	// maxRead and readLinger bound a batch of Read.
	maxRead    = 500
	readLinger = 10 * time.Millisecond
	// identityEvery is how often a reader makes sure that its stream is still
	// the one it began with.
	identityEvery = 5 * time.Second
)

// Message is one stored event and its place.
type Message = pipeline.Message

// GapError says that events after a position are gone before they were read.
type GapError = pipeline.GapError

// AheadError says that a position lies beyond the end of the stream, which was
// restored or made anew: what it holds now would be skipped in silence.
type AheadError struct {
	After uint64 // the position
	Last  uint64 // the last event that there is
}

func (e *AheadError) Error() string {
	return fmt.Sprintf("position %d is beyond the last event %d: the stream was restored or made anew", e.After, e.Last)
}

// Read hands the events of shards stored after the given sequence to fn, in
// stream order, in batches: what has arrived, at most 500. It follows the
// stream until ctx ends, which returns nil, or until fn fails, which returns
// fn's error. It survives reconnects. Fn must not keep its slice.
//
// Before anything is delivered, a [GapError] or an [AheadError] tells of a
// position that does not fit the stream.
func (b *Bus) Read(ctx context.Context, shards []int, after uint64, fn func(context.Context, []Message) error) error {
	r := &reader{bus: b, all: len(shards) == b.options.Shards, last: after, arrivals: make(chan jetstream.Msg, 2*maxRead)}
	if err := r.begin(ctx); err != nil {
		return fmt.Errorf("read stream %s: %w", EventStream, err)
	}
	err := r.follow(ctx, r.subjects(shards), fn)
	if err != nil && ctx.Err() != nil {
		return nil
	}
	return err
}

type reader struct {
	bus      *Bus
	all      bool // reads every shard, so that sequences have no holes
	stream   string
	last     uint64
	arrivals chan jetstream.Msg
	batch    []Message
}

func (r *reader) subjects(shards []int) []string {
	if r.all {
		return []string{subjectPrefix + ">"}
	}
	subjects := make([]string, len(shards))
	for i, shard := range shards {
		subjects[i] = subjectPrefix + strconv.Itoa(shard) + ".>"
	}
	return subjects
}

// begin compares the position with the stream.
func (r *reader) begin(ctx context.Context) error {
	id, err := r.bus.Identity(ctx)
	switch {
	case err != nil:
		return err
	case id.First > r.last+1:
		return &GapError{After: r.last, First: id.First}
	case id.Last < r.last:
		return &AheadError{After: r.last, Last: id.Last}
	}
	r.stream = id.Stream
	return nil
}

func (r *reader) follow(ctx context.Context, subjects []string, fn func(context.Context, []Message) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	consumer, err := r.bus.js.OrderedConsumer(ctx, EventStream, jetstream.OrderedConsumerConfig{
		FilterSubjects: subjects,
		DeliverPolicy:  jetstream.DeliverByStartSequencePolicy,
		OptStartSeq:    r.last + 1,
	})
	if err != nil {
		return fmt.Errorf("consumer on stream %s: %w", EventStream, err)
	}
	// A slow fn fills arrivals and then holds the handler, which stops the
	// client from asking for more.
	handle := func(m jetstream.Msg) {
		select {
		case r.arrivals <- m:
		case <-ctx.Done():
		}
	}
	consuming, err := consumer.Consume(handle,
		jetstream.PullMaxMessages(4*maxRead),
		jetstream.PullExpiry(10*time.Second),
		jetstream.PullHeartbeat(2*time.Second),
		jetstream.ConsumeErrHandler(func(_ jetstream.ConsumeContext, err error) {
			r.bus.log.Debug("reading the event stream", "err", err)
		}))
	if err != nil {
		return fmt.Errorf("consume stream %s: %w", EventStream, err)
	}
	defer func() {
		cancel()
		consuming.Stop()
		<-consuming.Closed()
	}()
	return r.deliver(ctx, fn)
}

func (r *reader) deliver(ctx context.Context, fn func(context.Context, []Message) error) error {
	check := time.NewTicker(identityEvery)
	defer check.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-r.bus.publisher.ended:
			return errClosed
		case <-check.C:
			if err := r.sameStream(ctx); err != nil {
				return err
			}
		case first := <-r.arrivals:
			fault := r.gather(ctx, first)
			if len(r.batch) > 0 { // what came before a gap is as good as ever
				r.bus.metrics.Read.Add(float64(len(r.batch)))
				if err := fn(ctx, r.batch); err != nil {
					return err
				}
			}
			if fault != nil {
				return fault
			}
		}
	}
}

// gather makes a batch of first and of what arrives within a moment.
func (r *reader) gather(ctx context.Context, first jetstream.Msg) error {
	r.batch = r.batch[:0]
	if err := r.add(ctx, first); err != nil {
		return err
	}
	timer := time.NewTimer(readLinger)
	defer timer.Stop()
	for len(r.batch) < maxRead {
		select {
		case m := <-r.arrivals:
			if err := r.add(ctx, m); err != nil {
				return err
			}
		case <-timer.C:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (r *reader) add(ctx context.Context, m jetstream.Msg) error {
	meta, err := m.Metadata()
	if err != nil {
		return fmt.Errorf("place of a message on %s: %w", m.Subject(), err)
	}
	seq := meta.Sequence.Stream
	if r.all && seq > r.last+1 {
		return &GapError{After: r.last, First: seq}
	}
	message := Message{Seq: seq, Stored: meta.Timestamp.UTC()}
	message.Shard, err = shardOf(m.Subject())
	if err == nil {
		message.Event, err = pipeline.Decode(m.Data())
	}
	if err != nil {
		if err := r.bury(ctx, m, message, err); err != nil {
			return err
		}
	}
	r.last = seq
	r.batch = append(r.batch, message)
	return nil
}

// bury puts what is no event among the dead letters, once however often the
// stream is read.
func (r *reader) bury(ctx context.Context, m jetstream.Msg, place Message, cause error) error {
	data, err := encodeLetter(pipeline.DeadLetter{
		Source: tickSource, Origin: m.Subject(), Reason: cause.Error(), Body: m.Data(), Received: place.Stored,
		Attr: map[string]string{"stream": r.stream, "sequence": strconv.FormatUint(place.Seq, 10)},
	})
	if err != nil {
		return fmt.Errorf("bury message %d: %w", place.Seq, err)
	}
	return r.bus.reject(ctx, data, r.stream+":"+strconv.FormatUint(place.Seq, 10))
}

// sameStream fails when the stream was replaced under the reader. A server
// that does not answer is no proof of that.
func (r *reader) sameStream(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, publishTimeout)
	defer cancel()
	id, err := r.bus.Identity(ctx)
	switch {
	case errors.Is(err, jetstream.ErrStreamNotFound):
		return err
	case err != nil:
		return nil
	case id.Stream != r.stream:
		return fmt.Errorf("stream %s was replaced by %s while it was read", r.stream, id.Stream)
	}
	return nil
}
