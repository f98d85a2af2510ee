package connectortest

import (
	"testing"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// Harness is one far side, real and fresh, and a connector configured for it.
// Its functions fail the test by themselves.
type Harness struct {
	// Connector returns a new connector of the same configuration: called a
	// second time, it is the connector after a restart of the program.
	Connector func() connectors.Connector
	// Emit gives the far side one input for each key. It is called while a
	// connector is up.
	Emit func(keys ...string)
	// Key tells which input became e. Events that no input was emitted for
	// have a key that was never emitted.
	Key func(e *pipeline.Event) string
	// Settled lists the inputs that the far side holds as settled. It is nil
	// when nobody can see that.
	Settled func() []string
	// Poison gives the far side one input that cannot become an event. It is
	// nil when no input is malformed.
	Poison func()
	// Forgets says that inputs not settled before a restart are not offered
	// again, because the far side has no memory of its readers.
	Forgets bool
}

// Open makes a fresh far side that ends with t.
type Open func(t *testing.T) Harness
