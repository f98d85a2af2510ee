package replay

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
)

const (
	// mostJobs is how many run at once: they read the stream that the live rules
	// read too.
	mostJobs = 2
	// keptJobs is how many are remembered; the oldest that have ended go.
	keptJobs = 16
)

// Errors of whoever asks for a job.
var (
	ErrRunning = errors.New("a replay of yours is running already; wait until it has ended, or cancel it")
	ErrBusy    = errors.New("others are replaying; try again when they have ended")
	ErrNoJob   = errors.New("there is no such replay")
)

// Jobs are tasks that run beside everything else, and their results, in memory.
// They are safe for concurrent use.
type Jobs struct {
	ended chan struct{} // closed by Close
	work  sync.WaitGroup

	mu   sync.Mutex
	last int
	list []*job // oldest first
}

// job is one of them.
type job struct {
	id     string
	owner  string // empty: nobody may find it any more
	cancel context.CancelFunc
	state  JobState
}

// JobState is how far a job is. One that is done has an error or a result.
type JobState struct {
	Done   bool    `json:"done"`
	Share  float64 `json:"share"` // 0 to 1
	Events int64   `json:"events"`
	Error  string  `json:"error,omitempty"`
	Result *Result `json:"result,omitempty"`
}

// NewJobs returns an empty list. It must be closed.
func NewJobs() *Jobs { return &Jobs{ended: make(chan struct{})} }

// Start runs t over source until it ends or is dropped, and returns at once. It
// refuses with [ErrRunning] an owner who has one that runs, and with [ErrBusy]
// when others have.
func (l *Jobs) Start(owner string, t Task, source Source) (id string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	running := 0
	for _, j := range l.list {
		if j.state.Done {
			continue
		}
		if running++; j.owner == owner {
			return "", ErrRunning
		}
	}
	select {
	case <-l.ended:
		return "", ErrBusy
	default:
	}
	if running >= mostJobs {
		return "", ErrBusy
	}
	l.forget()
	l.last++
	ctx, cancel := context.WithCancel(context.Background()) // it outlives who asks
	j := &job{id: strconv.Itoa(l.last), owner: owner, cancel: cancel}
	l.list = append(l.list, j)
	t.Options.Progress = func(p Progress) {
		l.mu.Lock()
		defer l.mu.Unlock()
		j.state.Share, j.state.Events = max(j.state.Share, p.Share), p.Events
	}
	l.work.Go(func() {
		result, err := t.Run(ctx, source)
		cancel()
		l.end(j, result, err)
	})
	return j.id, nil
}

func (l *Jobs) end(j *job, result *Result, err error) {
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
func (l *Jobs) forget() {
	for len(l.list) >= keptJobs {
		oldest := slices.IndexFunc(l.list, func(j *job) bool { return j.state.Done })
		if oldest < 0 {
			return
		}
		l.list = slices.Delete(l.list, oldest, oldest+1)
	}
}

// Get tells how far a job is, to its owner only.
func (l *Jobs) Get(owner, id string) (JobState, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := l.find(owner, id)
	if i < 0 {
		return JobState{}, fmt.Errorf("replay %s: %w", id, ErrNoJob)
	}
	return l.list[i].state, nil
}

// Drop cancels a job of its owner, and forgets it. Until it has ended it counts
// among those that run.
func (l *Jobs) Drop(owner, id string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := l.find(owner, id)
	if i < 0 {
		return fmt.Errorf("replay %s: %w", id, ErrNoJob)
	}
	l.list[i].cancel()
	if l.list[i].owner = ""; l.list[i].state.Done {
		l.list = slices.Delete(l.list, i, i+1)
	}
	return nil
}

func (l *Jobs) find(owner, id string) int {
	return slices.IndexFunc(l.list, func(j *job) bool { return j.id == id && j.owner == owner && owner != "" })
}

// Close cancels all jobs and returns when they have ended. No other starts.
func (l *Jobs) Close() {
	l.mu.Lock()
	close(l.ended)
	for _, j := range l.list {
		j.cancel()
	}
	l.mu.Unlock()
	l.work.Wait()
}
