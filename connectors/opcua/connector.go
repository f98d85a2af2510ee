package opcua

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/gopcua/opcua/ua"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// Connector reads one OPC UA server.
type Connector struct {
	name    string
	cfg     Config
	dataDir string
	log     *slog.Logger
}

var _ connectors.Connector = (*Connector)(nil)

// New returns the connector of one server, or what is wrong with cfg. It does
// no I/O. dataDir is where the generated certificate and the remembered
// fingerprint are kept.
func New(name string, cfg Config, dataDir string, log *slog.Logger) (*Connector, error) {
	if err := cfg.Validate(); err != nil {
		return nil, fmt.Errorf("opcua %s: %w", name, err)
	}
	log = log.With("source", name, "endpoint", cfg.Endpoint)
	for i, n := range cfg.Nodes {
		if ref, err := parseNodeRef(n.ID); err == nil && ref.fleeting() {
			log.Warn("a namespace index may point elsewhere after the server restarts; use nsu=",
				"key", fmt.Sprintf("nodes[%d].id", i), "node", n.ID)
		}
	}
	return &Connector{name: name, cfg: cfg, dataDir: dataDir, log: log}, nil
}

// Run reads the server until ctx ends. It never gives up: a server that is
// switched off for the weekend is found again on Monday.
func (c *Connector) Run(ctx context.Context, sink pipeline.Sink, status *connectors.Status) error {
	backoff := connectors.Backoff{Min: min(time.Second, c.cfg.reconnectMax()), Max: c.cfg.reconnectMax()}
	roll, err := openRoll(c.path(".alarms.json"))
	if err != nil {
		c.log.ErrorContext(ctx, "alarms that ended while we were away will not be told", "error", err)
	}
	memory := &memory{told: make(map[string]bool), roll: roll}
	var logged string
	for {
		started := memory.heard
		err := (&session{c, sink, status, memory}).run(ctx)
		if ctx.Err() != nil {
			return nil
		}
		status.Down(fmt.Errorf("%s: %w", c.cfg.Endpoint, err))
		if err.Error() != logged { // a weekend without the server is one line
			logged = err.Error()
			c.log.WarnContext(ctx, "no link", slog.Any("error", err), connectors.Stack(err))
		}
		if memory.heard.After(started) {
			backoff.Reset()
		}
		if backoff.Wait(ctx) != nil {
			return nil
		}
	}
}

// Check signs in, looks for everything that is configured, and says what it
// found. It subscribes to nothing.
func (c *Connector) Check(ctx context.Context) (string, error) {
	l, err := c.dial(ctx)
	if err != nil {
		return "", fmt.Errorf("%s: %w", c.cfg.Endpoint, err)
	}
	defer l.close(ctx)
	s := newSubscriber(&c.cfg, l, c.log, nil)
	targets, err := s.gather(ctx)
	if err != nil {
		return "", fmt.Errorf("%s: %w", c.cfg.Endpoint, err)
	}
	strangers, err := l.strangers(ctx, targets)
	if err != nil {
		return "", fmt.Errorf("%s: %w", c.cfg.Endpoint, err)
	}
	all := len(s.absences) + len(targets)
	missing := append(s.absences, strangers...)
	found := fmt.Sprintf("%s (%s): %d of %d nodes found", c.cfg.Endpoint, &c.cfg.Security, all-len(missing), all)
	if len(missing) > 0 {
		return "", fmt.Errorf("%s; first missing %s: %w", found, missing[0].what, missing[0].err)
	}
	return found, nil
}

// strangers asks the server which of the targets it does not know.
func (l *link) strangers(ctx context.Context, targets []target) ([]absence, error) {
	var unknown []absence
	for some := range slices.Chunk(targets, l.limits.read) {
		req := &ua.ReadRequest{}
		for _, t := range some {
			req.NodesToRead = append(req.NodesToRead, &ua.ReadValueID{
				NodeID: t.id, AttributeID: ua.AttributeIDNodeClass, DataEncoding: &ua.QualifiedName{},
			})
		}
		res, err := call[*ua.ReadResponse](ctx, l.client, req)
		if err != nil {
			return nil, fmt.Errorf("look for %s and %d others: %w", some[0].node, len(some)-1, err)
		}
		if len(res.Results) != len(some) {
			return nil, fmt.Errorf("look for %d nodes: the server answered for %d", len(some), len(res.Results))
		}
		for i, dv := range res.Results {
			if quality(dv.Status) == pipeline.Bad {
				unknown = append(unknown, absence{some[i].node, dv.Status})
			}
		}
	}
	return unknown, nil
}
