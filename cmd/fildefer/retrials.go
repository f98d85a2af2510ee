package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/fildefer/fildefer/pipeline/replay"
)

const (
	// mostRetrials is how many run at once: they read the stream that the live
	// rules read too.
	mostRetrials = 2
	// keptRetrials is how many are remembered; the oldest that have ended go.
	keptRetrials = 16
)

// Faults of whoever asks for a retrial.
var (
	errRetrialRunning = errors.New("one is running already; wait until it has ended, or cancel it")
	errRetrialsFull   = errors.New("others are running; try again when they have ended")
	errNoRetrial      = errors.New("there is no such retrial")
)

// retrials are those that were asked for, in memory. They run beside everything
// else and write nothing.
type retrials struct {
	ctx  func() context.Context // of those that run
	stop context.CancelFunc
	work sync.WaitGroup

	mu   sync.Mutex
	last int
	jobs []*retrialJob // oldest first
}

// retrialJob is one of them.
type retrialJob struct {
	id     string
	owner  string
	cancel context.CancelFunc
	state  retrialState
}

// retrialState is how far one is. Done without an error has a result.
type retrialState struct {
	Done   bool     `json:"done"`
	Share  float64  `json:"share"` // 0 to 1
	Events int64    `json:"events"`
	Error  string   `json:"error,omitempty"`
	Result *retried `json:"result,omitempty"`
}

// newRetrials returns a list that is empty. It must be closed.
func newRetrials(ctx context.Context) *retrials {
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	return &retrials{ctx: func() context.Context { return ctx }, stop: stop}
}

// start runs r over source until it ends or is cancelled, and returns at once.
// One owner has one that runs.
func (l *retrials) start(owner string, r *retrial, source replay.Source) (id string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	running := 0
	for _, j := range l.jobs {
		if j.state.Done {
			continue
		}
		if running++; j.owner == owner {
			return "", errRetrialRunning
		}
	}
	if running >= mostRetrials {
		return "", errRetrialsFull
	}
	l.forget()
	l.last++
	ctx, cancel := context.WithCancel(l.ctx())
	j := &retrialJob{id: strconv.Itoa(l.last), owner: owner, cancel: cancel}
	l.jobs = append(l.jobs, j)
	r.Progress = func(share float64, p replay.Progress) {
		l.mu.Lock()
		defer l.mu.Unlock()
		j.state.Share, j.state.Events = max(j.state.Share, share), p.Events
	}
	l.work.Go(func() {
		result, err := r.run(ctx, source)
		cancel()
		l.end(j, result, err)
	})
	return j.id, nil
}

func (l *retrials) end(j *retrialJob, result *retried, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	j.state.Done = true
	if err != nil {
		j.state.Error = err.Error()
		return
	}
	j.state.Share, j.state.Result = 1, result
}

// forget makes room for another.
func (l *retrials) forget() {
	for len(l.jobs) >= keptRetrials {
		ended := slices.IndexFunc(l.jobs, func(j *retrialJob) bool { return j.state.Done })
		if ended < 0 {
			return
		}
		l.jobs = slices.Delete(l.jobs, ended, ended+1)
	}
}

// get tells how far one is, to its owner only.
func (l *retrials) get(owner, id string) (retrialState, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	j := l.find(owner, id)
	if j == nil {
		return retrialState{}, fmt.Errorf("retrial %s: %w", id, errNoRetrial)
	}
	return j.state, nil
}

// drop cancels one, and forgets it.
func (l *retrials) drop(owner, id string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	j := l.find(owner, id)
	if j == nil {
		return fmt.Errorf("retrial %s: %w", id, errNoRetrial)
	}
	j.cancel()
	if j.state.Done {
		l.jobs = slices.DeleteFunc(l.jobs, func(other *retrialJob) bool { return other == j })
	}
	j.owner = "" // it counts until it has ended, and nobody finds it
	return nil
}

func (l *retrials) find(owner, id string) *retrialJob {
	for _, j := range l.jobs {
		if j.id == id && j.owner == owner {
			return j
		}
	}
	return nil
}

// close cancels all and returns when they have ended.
func (l *retrials) close() {
	l.stop()
	l.work.Wait()
}
