package bus

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/fildefer/fildefer/pipeline"
)

// Letter is a dead letter and its place in the stream.
type Letter struct {
	Seq uint64
	pipeline.DeadLetter
}

// envelope is the first line of a stored letter; the original bytes follow it.
type envelope struct {
	Source   string            `json:"source"`
	Origin   string            `json:"origin"`
	Reason   string            `json:"reason"`
	Received time.Time         `json:"received"`
	Attr     map[string]string `json:"attr,omitempty"`
}

// Bounds of what goes with a body, so that a letter always fits in a message:
// one that cannot be stored would stop its source for ever.
const (
	maxLetterText = 4 << 10
	maxEnvelope   = 256 << 10
)

// Reject implements [pipeline.Sink]. The same letter offered again is kept once.
func (b *Bus) Reject(ctx context.Context, letter pipeline.DeadLetter) error {
	data, err := encodeLetter(letter)
	if err != nil {
		return fmt.Errorf("reject input of %s from %s: %w", letter.Source, letter.Origin, err)
	}
	digest := sha256.Sum256(data)
	return b.reject(ctx, data, hex.EncodeToString(digest[:16]))
}

func (b *Bus) reject(ctx context.Context, data []byte, id string) error {
	ctx, cancel := context.WithTimeout(ctx, publishTimeout)
	defer cancel()
	_, err := b.js.PublishMsg(ctx, &nats.Msg{
		Subject: deadSubject,
		Header:  nats.Header{jetstream.MsgIDHeader: {id}, jetstream.ExpectedStreamHeader: {DeadStream}},
		Data:    data,
	})
	if err != nil {
		return fmt.Errorf("store dead letter %s: %w", id, err)
	}
	b.metrics.DeadLettered.Inc()
	return nil
}

func encodeLetter(l pipeline.DeadLetter) ([]byte, error) {
	e := envelope{Source: cut(l.Source), Origin: cut(l.Origin), Reason: cut(l.Reason), Received: l.Received.UTC()}
	e.Attr = make(map[string]string, len(l.Attr))
	for k, v := range l.Attr {
		e.Attr[k] = cut(v)
	}
	head, err := json.Marshal(e)
	if err == nil && len(head) > maxEnvelope {
		e.Attr = map[string]string{"attr": "too large to be kept"}
		head, err = json.Marshal(e)
	}
	if err != nil {
		return nil, err
	}
	return append(append(head, '\n'), l.Body[:min(len(l.Body), pipeline.MaxDeadLetterBytes)]...), nil
}

func cut(s string) string {
	if len(s) <= maxLetterText {
		return s
	}
	return strings.ToValidUTF8(s[:maxLetterText], "") + "…"
}

func decodeLetter(data []byte) (pipeline.DeadLetter, error) {
	head, body, _ := bytes.Cut(data, []byte("\n"))
	var e envelope
	if err := json.Unmarshal(head, &e); err != nil {
		return pipeline.DeadLetter{}, err
	}
	return pipeline.DeadLetter{
		Source: e.Source, Origin: e.Origin, Reason: e.Reason, Received: e.Received, Attr: e.Attr, Body: body,
	}, nil
}

// DeadLetters lists up to limit letters stored after the given sequence, the
// oldest first. Replaying one is its connector's work; see [Bus.DropLetter].
func (b *Bus) DeadLetters(ctx context.Context, after uint64, limit int) ([]Letter, error) {
	var letters []Letter
	for len(letters) < limit {
		m, err := b.dead.GetMsg(ctx, after+1, jetstream.WithGetMsgSubject(deadSubject))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("dead letter after %d: %w", after, err)
		}
		after = m.Sequence
		letter, err := decodeLetter(m.Data)
		if err != nil { // not written by us, and still to be seen
			letter = pipeline.DeadLetter{Reason: "the letter itself cannot be read: " + err.Error(), Body: m.Data, Received: m.Time}
		}
		letters = append(letters, Letter{Seq: m.Sequence, DeadLetter: letter})
	}
	return letters, nil
}

// DropLetter removes a letter for ever, once it was replayed or given up.
func (b *Bus) DropLetter(ctx context.Context, seq uint64) error {
	if err := b.dead.DeleteMsg(ctx, seq); err != nil {
		return fmt.Errorf("drop dead letter %d: %w", seq, err)
	}
	return nil
}
