package connectors

import (
	"sync"
	"time"
)

// State is where a connector stands with its source.
type State string

// States of a connector.
const (
	Connecting State = "connecting" // started, its source not yet reached
	Up         State = "up"         // its source is reached and everything asked for is granted
	Down       State = "down"       // something is missing; the detail says what and what to do
	Stopped    State = "stopped"    // told to end, and ended
)

// Health is what is known of a connector at one moment.
type Health struct {
	Name      string    `json:"name"`
	Kind      string    `json:"kind"` // the technology: "mqtt", "opcua"…
	State     State     `json:"state"`
	Detail    string    `json:"detail,omitempty"` // one sentence for an operator
	Since     time.Time `json:"since"`            // when the state was entered
	LastEvent time.Time `json:"lastEvent,omitzero"`
	Accepted  uint64    `json:"accepted"` // events that are stored
	Rejected  uint64    `json:"rejected"` // inputs that went to the dead letters
}

// Status is where a connector reports its link, and where operators read it.
// It is safe for concurrent use.
type Status struct {
	mu     sync.Mutex
	health Health
}

// NewStatus returns the status of a connector that is connecting.
func NewStatus(name, kind string) *Status {
	return &Status{health: Health{Name: name, Kind: kind, State: Connecting, Since: time.Now().UTC()}}
}

// Up reports that the source is reached; detail says what was granted.
func (s *Status) Up(detail string) { s.enter(Up, detail) }

// Down reports why the source, or a part of what was asked of it, is out of
// reach. The text of err is shown to operators: one sentence that names the
// address and says what to do.
func (s *Status) Down(err error) { s.enter(Down, err.Error()) }

// Accepted counts n stored events. The supervisor calls it; a connector that
// runs under the supervisor does not.
func (s *Status) Accepted(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.health.Accepted += uint64(n)
	s.health.LastEvent = time.Now().UTC()
}

// Rejected counts one input that went to the dead letters; see
// [Status.Accepted] for who calls it.
func (s *Status) Rejected() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.health.Rejected++
}

// Snapshot returns what is known now.
func (s *Status) Snapshot() Health {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.health
}

// enter keeps Since when the state is repeated with a new detail: a link that
// is down for an hour is not down since its last attempt.
func (s *Status) enter(state State, detail string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.health.State != state {
		s.health.State, s.health.Since = state, time.Now().UTC()
	}
	s.health.Detail = detail
}
