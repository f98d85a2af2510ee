package connectors

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/fildefer/fildefer/pipeline"
)

// Bounds of the delay before a connector that ended with an error is run
// again. Connectors reconnect by themselves; what ends them is a fault that
// somebody has to mend, so there is no hurry.
const (
	restartMin = 10 * time.Second
	restartMax = 5 * time.Minute
)

// Supervisor keeps connectors running, each on its own: one that fails never
// stops the others.
type Supervisor struct {
	log     *slog.Logger
	members []*member
}

type member struct {
	connector Connector
	status    *Status
}

// NewSupervisor returns a supervisor without connectors, whose metrics are
// registered with registerer.
func NewSupervisor(log *slog.Logger, registerer prometheus.Registerer) *Supervisor {
	s := &Supervisor{log: log}
	registerer.MustRegister(collector{health: s.Health})
	return s
}

// Add adds a connector. It must not be called after Run.
func (s *Supervisor) Add(name, kind string, c Connector) {
	s.members = append(s.members, &member{connector: c, status: NewStatus(name, kind)})
}

// Health tells of every connector, in the order in which they were added.
func (s *Supervisor) Health() []Health {
	all := make([]Health, len(s.members))
	for i, m := range s.members {
		all[i] = m.status.Snapshot()
	}
	return all
}

// Run runs every connector until ctx ends, and returns after the last of them
// has ended. A connector that fails or panics is shown down with its sentence
// and run again.
func (s *Supervisor) Run(ctx context.Context, sink pipeline.Sink) error {
	var running sync.WaitGroup
	for _, m := range s.members {
		running.Go(func() { s.keep(ctx, m, sink) })
	}
	running.Wait()
	return nil
}

// keep logs a fault once, however often the restart meets it again.
func (s *Supervisor) keep(ctx context.Context, m *member, sink pipeline.Sink) {
	defer m.status.enter(Stopped, "")
	log := s.log.With(slog.String("source", m.status.Snapshot().Name))
	restart := Backoff{Min: restartMin, Max: restartMax}
	logged := ""
	for ctx.Err() == nil {
		err := m.run(ctx, sink)
		if ctx.Err() != nil {
			return
		}
		m.status.Down(err)
		if err.Error() != logged {
			logged = err.Error()
			log.Error("connector ended and will be run again", slog.Any("error", err), Stack(err))
		}
		if restart.Wait(ctx) != nil {
			return
		}
	}
}

// run returns an error whenever the connector ends, however it does.
func (m *member) run(ctx context.Context, sink pipeline.Sink) error {
	err := Guard(func() error { return m.connector.Run(ctx, countingSink{sink, m.status}, m.status) })
	if err != nil {
		return err
	}
	return errors.New("the connector ended without being told to")
}

// countingSink counts what one source gets stored.
type countingSink struct {
	sink   pipeline.Sink
	status *Status
}

func (c countingSink) Accept(ctx context.Context, events []pipeline.Event) error {
	if err := c.sink.Accept(ctx, events); err != nil {
		return err
	}
	c.status.Accepted(len(events))
	return nil
}

func (c countingSink) Reject(ctx context.Context, letter pipeline.DeadLetter) error {
	if err := c.sink.Reject(ctx, letter); err != nil {
		return err
	}
	c.status.Rejected()
	return nil
}
