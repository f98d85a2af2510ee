// Package connectors holds the contract between Fildefer and the technologies
// it listens to, and the supervisor that keeps connectors running. Each
// technology lives in a folder of its own and knows no other.
//
// It knows nothing of SQL, posts or HTTP.
package connectors

import (
	"context"

	"github.com/fildefer/fildefer/pipeline"
)

// Connector brings the events of one source into the pipeline.
type Connector interface {
	// Run blocks. It connects and reconnects by itself with capped, jittered
	// backoff, returns nil when ctx ends, and an error only for what a restart
	// would not mend. It settles with its source (PUBACK, file move) only
	// after sink.Accept or sink.Reject returned nil, and reports its link
	// through status.
	Run(ctx context.Context, sink pipeline.Sink, status *Status) error

	// Check connects once, without taking anything from the source, and says
	// in one sentence what it reached ("mqtt://broker:1883: connected,
	// 2 subscriptions granted"), or why it could not and what to do.
	Check(ctx context.Context) (string, error)
}
