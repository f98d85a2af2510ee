package bus

import (
	"context"
	"fmt"
	"slices"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/fildefer/fildefer/pipeline"
)

// headerRoom is what the headers of a message may take, the event id aside.
const headerRoom = 256

// Accept implements [pipeline.Sink]. Concurrent calls share batches; events of
// one call are stored in their order. An id that the stream remembers counts
// as stored. A full stream of unread events gives [pipeline.ErrBacklog], an
// event that breaks a rule or the server's bounds a [*pipeline.InvalidError].
func (b *Bus) Accept(ctx context.Context, events []pipeline.Event) error {
	if len(events) > maxBatch {
		if err := b.check(events); err != nil {
			return fmt.Errorf("accept: %w", err)
		}
	}
	for batch := range slices.Chunk(events, maxBatch) {
		messages, err := b.messages(batch)
		if err != nil {
			return fmt.Errorf("accept: %w", err)
		}
		for len(messages) > 0 {
			n, bytes := head(messages)
			if err := b.publisher.publish(ctx, messages[:n], bytes); err != nil {
				return fmt.Errorf("accept %d events: %w", len(events), err)
			}
			messages = messages[n:]
		}
	}
	return nil
}

// check finds an invalid event before anything of its call is stored. What it
// encodes it throws away: a large call would fill the memory.
func (b *Bus) check(events []pipeline.Event) error {
	for batch := range slices.Chunk(events, maxBatch) {
		if _, err := b.messages(batch); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bus) messages(events []pipeline.Event) ([]*nats.Msg, error) {
	messages := make([]*nats.Msg, len(events))
	for i := range events {
		var err error
		if messages[i], err = b.message(&events[i]); err != nil {
			return nil, &pipeline.InvalidError{ID: events[i].ID, Err: err}
		}
	}
	return messages, nil
}

func (b *Bus) message(e *pipeline.Event) (*nats.Msg, error) {
	if err := e.Validate(); err != nil {
		return nil, err
	}
	return b.encode(e, Subject(e, b.options.Shards))
}

func (b *Bus) encode(e *pipeline.Event, subject string) (*nats.Msg, error) {
	data := pipeline.Append(make([]byte, 0, 512), e)
	id := messageID(e.ID)
	if size, most := len(data)+len(id)+headerRoom, b.conn.MaxPayload(); int64(size) > most {
		return nil, fmt.Errorf("event %q has %d bytes with its headers, the server takes at most %d", e.ID, size, most)
	}
	return &nats.Msg{
		Subject: subject,
		Header:  nats.Header{jetstream.MsgIDHeader: {id}, jetstream.ExpectedStreamHeader: {EventStream}},
		Data:    data,
	}, nil
}

// head is how many messages fit in one batch, and their bytes. It is at least
// one: a message alone is bounded by the server's payload.
func head(messages []*nats.Msg) (n, bytes int) {
	for n < len(messages) && n < maxBatch {
		size := len(messages[n].Data)
		if n > 0 && bytes+size > maxBatchBytes {
			break
		}
		n, bytes = n+1, bytes+size
	}
	return n, bytes
}
