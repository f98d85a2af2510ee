package connectortest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/fildefer/fildefer/pipeline"
)

// recorder is a sink that stores what its verdict lets through, and watches
// that nothing is settled before.
type recorder struct {
	harness *Harness
	verdict func(ctx context.Context) (stored bool, err error)
	invalid string // the key of an input whose events are never stored; "" for none

	mu       sync.Mutex
	accepted map[string]pipeline.EventID
	offered  map[string]pipeline.EventID // accepted or not
	letters  []pipeline.DeadLetter
	faults   []string
}

func newRecorder(h *Harness, verdict func(context.Context) (bool, error)) *recorder {
	return &recorder{
		harness: h, verdict: verdict,
		accepted: map[string]pipeline.EventID{}, offered: map[string]pipeline.EventID{},
	}
}

func (r *recorder) Accept(ctx context.Context, events []pipeline.Event) error {
	for i := range events {
		r.offer(&events[i])
	}
	stored, err := r.verdict(ctx)
	r.watch()
	if stored {
		r.mu.Lock()
		defer r.mu.Unlock()
		if e := r.refused(events); e != nil {
			return fmt.Errorf("accept: %w", &pipeline.InvalidError{ID: e.ID, Err: errors.New("the far side is right, and we refuse it")})
		}
		for i := range events {
			r.accepted[r.harness.Key(&events[i])] = events[i].ID
		}
	}
	return err
}

// refused is the first event that can never be stored.
func (r *recorder) refused(events []pipeline.Event) *pipeline.Event {
	for i := range events {
		if r.invalid != "" && r.harness.Key(&events[i]) == r.invalid {
			return &events[i]
		}
	}
	return nil
}

func (r *recorder) Reject(ctx context.Context, letter pipeline.DeadLetter) error {
	stored, err := r.verdict(ctx)
	if stored {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.letters = append(r.letters, letter)
	}
	return err
}

func (r *recorder) offer(e *pipeline.Event) {
	key := r.harness.Key(e)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := e.Validate(); err != nil {
		r.fault("input %s became an event that cannot be used: %v", key, err)
	}
	if before, seen := r.offered[key]; seen && before != e.ID {
		r.fault("input %s was offered as %s, then as %s", key, before, e.ID)
	}
	r.offered[key] = e.ID
}

// watch holds what the far side calls settled against what is stored.
func (r *recorder) watch() {
	if r.harness.Settled == nil {
		return
	}
	settled := r.harness.Settled()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, key := range settled {
		if _, stored := r.accepted[key]; !stored && !r.aside(key) {
			r.fault("input %s was settled before it was stored", key)
		}
	}
}

// aside tells whether an input of that key is among the letters.
func (r *recorder) aside(key string) bool {
	return slices.ContainsFunc(r.letters, func(l pipeline.DeadLetter) bool { return bytes.Contains(l.Body, []byte(key)) })
}

func (r *recorder) fault(format string, args ...any) {
	if sentence := fmt.Sprintf(format, args...); !slices.Contains(r.faults, sentence) {
		r.faults = append(r.faults, sentence)
	}
}

// missing lists the keys that are not yet stored.
func (r *recorder) missing(keys []string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var missing []string
	for _, key := range keys {
		if _, stored := r.accepted[key]; !stored {
			missing = append(missing, key)
		}
	}
	return missing
}

// invented lists what was offered though nobody emitted it.
func (r *recorder) invented(keys []string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var invented []string
	for key := range r.offered {
		if !slices.Contains(keys, key) {
			invented = append(invented, key)
		}
	}
	return invented
}

func (r *recorder) offers() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.offered)
}

func (r *recorder) rejected() []pipeline.DeadLetter {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.letters)
}

func (r *recorder) found() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.faults)
}
