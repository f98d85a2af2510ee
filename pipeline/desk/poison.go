package desk

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
)

// patience is how often the desk fails at one place before it looks for the
// event that stops it.
const patience = 3

// stuck knows where the desk fails, how often in a row, and which event it
// suspects.
type stuck struct {
	at      uint64
	times   int
	suspect uint64
}

func (s *stuck) note(at uint64) {
	if s.at != at {
		*s = stuck{at: at}
	}
	s.times++
}

// here tells whether the place is the one where the desk fails again and again,
// or lies within the batch that failed there.
func (s *stuck) here(at uint64) bool {
	return s.times >= patience && at >= s.at && at < s.at+maxBatch
}

// again tells whether the event at seq is suspected for the second time: the
// first time, the database may have come back only just after the event failed.
func (s *stuck) again(seq uint64) bool {
	known := s.suspect == seq
	s.suspect = seq
	return known
}

// maxBatch is the most messages that one read may bring.
const maxBatch = 500

// passOver sets the event aside that the desk cannot decide on: it becomes a
// dead letter, and the position moves past it. A database that is away is no
// fault of the event: what cannot commit anything at all is only tried again.
// The engine has seen the event, so the sitting ends with an error either way.
func (s *sitting) passOver(ctx context.Context, m *pipeline.Message, cause error) error {
	empty := feed.Batch{Stream: s.stream, Epoch: s.epoch}
	if err := s.commit(ctx, empty, s.lowest()); err != nil || !s.desk.stuck.again(m.Seq) {
		return cause
	}
	letter := pipeline.DeadLetter{
		Source: m.Event.Source, Origin: fmt.Sprintf("event %s, place %d of the stream", m.Event.ID, m.Seq),
		Reason: fmt.Sprintf("the rules or the feed cannot take it: %v", cause),
		Body:   pipeline.Append(nil, &m.Event), Received: m.Event.Received,
	}
	if err := s.desk.stream.Reject(ctx, letter); err != nil {
		return fmt.Errorf("set aside event %s: %w", m.Event.ID, err)
	}
	if err := s.commit(ctx, empty, m.Seq); err != nil {
		return err
	}
	s.desk.metrics.poison.Inc()
	s.desk.log.LogAttrs(ctx, slog.LevelError, "an event stopped the desk and was set aside among the dead letters",
		slog.String("event", string(m.Event.ID)), slog.Any("error", cause))
	return fmt.Errorf("passed over event %s: %w", m.Event.ID, cause)
}
