// Package mqtt reads events from MQTT 3.1.1 brokers. It owns the link, the
// session on the broker, the acknowledgement after durable storage, and the
// way from topic and payload to events: [Mapper].
//
// It knows nothing of posts, rules, SQL or NATS, and no other connector.
//
//	broker ──► paho's reader ──► inbox ──► map, store ──► acknowledge ──► broker
//	           (never blocks)              (waits as      (while the next
//	                                       the sink does)  batch is stored)
//
// A link that is lost is never mended: the next one is a new client, with a
// new inbox. An acknowledgement of an old link goes nowhere, and the broker,
// which keeps the session, delivers that message again.
package mqtt

import (
	"context"
	"fmt"
	"hash/maphash"
	"log/slog"
	"os"
	"time"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// Bounds of the delay between attempts to reach the broker. A link that held
// for steadyAfter starts them anew.
const (
	reconnectMin = time.Second
	reconnectMax = 30 * time.Second
	steadyAfter  = time.Minute
)

// Connector reads one broker.
type Connector struct {
	name     string
	cfg      Config
	clientID string
	mapper   *Mapper
	log      *slog.Logger
}

var _ connectors.Connector = (*Connector)(nil)

// New returns the connector of that name. It does no I/O.
func New(name string, cfg Config, log *slog.Logger) (*Connector, error) {
	if err := cfg.Validate(); err != nil {
		return nil, fmt.Errorf("mqtt %s: %w", name, err)
	}
	mapper, err := NewMapper(name, cfg)
	if err != nil {
		return nil, fmt.Errorf("mqtt %s: %w", name, err)
	}
	c := &Connector{name: name, cfg: cfg, clientID: cfg.ClientID, mapper: mapper, log: log.With(slog.String("source", name))}
	if c.clientID == "" {
		// Without a host name two machines would share a client id; the broker
		// then names the fault.
		host, _ := os.Hostname()
		c.clientID = "fildefer-" + name + "-" + host
	}
	return c, nil
}

// Run keeps a link to the broker until ctx ends. A fault of the link, whatever
// it is, can be mended on the broker or in a file that is read anew, so Run
// tries for ever.
func (c *Connector) Run(ctx context.Context, sink pipeline.Sink, status *connectors.Status) error {
	backoff := connectors.Backoff{Min: reconnectMin, Max: reconnectMax}
	s := &session{
		Connector: c, sink: sink, status: status, asked: c.requests(),
		arrivals: arrivals{seed: maphash.MakeSeed(), packets: map[uint16]arrival{}},
	}
	for {
		started := time.Now()
		err := s.live(ctx)
		if ctx.Err() != nil {
			return nil
		}
		s.down(err)
		if time.Since(started) > steadyAfter {
			backoff.Reset()
		}
		if backoff.Wait(ctx) != nil {
			return nil
		}
	}
}

// Check connects under a client id of its own, with a session that is
// forgotten, so that nothing is taken from the session that Run keeps. Shared
// filters are asked for without their group for the same reason.
func (c *Connector) Check(ctx context.Context) (string, error) {
	l, err := dial(ctx, c.cfg, c.clientID+"-check", true)
	if err != nil {
		return "", explain(c.cfg.URL, err)
	}
	defer l.close()
	asked := c.requests()
	for i := range asked {
		asked[i].filter = unshared(asked[i].filter)
	}
	granted, err := l.subscribe(ctx, asked)
	if err != nil {
		return "", explain(c.cfg.URL, err)
	}
	return granted.sentence(c.cfg.URL, asked)
}

func (c *Connector) requests() []request {
	asked := make([]request, len(c.mapper.subscriptions))
	for i, s := range c.mapper.subscriptions {
		asked[i] = request{s.filter, s.qos}
	}
	return asked
}
