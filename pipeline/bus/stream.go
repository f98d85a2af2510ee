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

// Names of the streams.
const (
	EventStream = "FDF_EVENTS"
	DeadStream  = "FDF_DEAD"

	deadSubject  = "fdf.dead"
	shardsMember = "fildefer-shards" // in the stream's metadata
)

// ensureStreams creates the streams or brings their bounds up to date.
func (b *Bus) ensureStreams(ctx context.Context) error {
	if err := b.checkShards(ctx); err != nil {
		return err
	}
	var err error
	b.events, err = b.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name:        EventStream,
		Description: "what machines and business systems said",
		Subjects:    []string{subjectPrefix + ">"},
		Storage:     jetstream.FileStorage,
		Replicas:    b.options.Replicas,
		// A full stream refuses; only the janitor removes, and only what
		// was consumed. So no MaxAge here.
		Discard:            jetstream.DiscardNew,
		MaxBytes:           b.options.MaxBytes,
		Duplicates:         b.options.Duplicates,
		AllowAtomicPublish: true,
		AllowDirect:        true, // the janitor asks for the first event after an instant
		Metadata:           map[string]string{shardsMember: strconv.Itoa(b.options.Shards)},
	})
	if err != nil {
		return fmt.Errorf("stream %s: %w", EventStream, err)
	}
	b.dead, err = b.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name:        DeadStream,
		Description: "input that could not become an event",
		Subjects:    []string{deadSubject},
		Storage:     jetstream.FileStorage,
		Replicas:    b.options.Replicas,
		// A source that sends rubbish for ever must not stop the good ones,
		// so here the oldest goes.
		Discard:    jetstream.DiscardOld,
		MaxBytes:   b.options.MaxDeadBytes,
		Duplicates: b.options.Duplicates,
	})
	if err != nil {
		return fmt.Errorf("stream %s: %w", DeadStream, err)
	}
	return nil
}

// checkShards refuses another number of shards than the stream was made with:
// an asset would move to a shard whose reader knows nothing of its past.
func (b *Bus) checkShards(ctx context.Context) error {
	stream, err := b.js.Stream(ctx, EventStream)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("stream %s: %w", EventStream, err)
	}
	if made := stream.CachedInfo().Config.Metadata[shardsMember]; made != strconv.Itoa(b.options.Shards) {
		return fmt.Errorf("stream %s was made with %s shards and cannot be read with %d", EventStream, made, b.options.Shards)
	}
	return nil
}

// Identity tells a stream from another of the same name, and how far it goes.
type Identity = pipeline.StreamIdentity

// Identity asks the server. A reader whose stored identity differs is looking
// at a stream that was restored or made anew.
func (b *Bus) Identity(ctx context.Context) (Identity, error) {
	info, err := b.events.Info(ctx)
	if err != nil {
		return Identity{}, fmt.Errorf("identity of stream %s: %w", EventStream, err)
	}
	return identity(info), nil
}

func identity(info *jetstream.StreamInfo) Identity {
	return Identity{
		Stream: info.Config.Name + "@" + info.Created.UTC().Format(time.RFC3339Nano),
		First:  max(info.State.FirstSeq, 1),
		Last:   info.State.LastSeq,
	}
}

// Since is the place of the first event that was stored at t or later; one
// after the last when there is none.
func (b *Bus) Since(ctx context.Context, t time.Time) (uint64, error) {
	info, err := b.events.Info(ctx)
	if err != nil {
		return 0, fmt.Errorf("state of stream %s: %w", EventStream, err)
	}
	return b.firstSince(ctx, t, info.State)
}
