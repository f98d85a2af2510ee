package opcua

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/gopcua/opcua/ua"

	"github.com/fildefer/fildefer/pipeline"
)

// itemsPerSubscription keeps publications small and within what servers allow.
const itemsPerSubscription = 1000

// missedKeepAlives is how many signs of life a subscription may owe.
const missedKeepAlives = 3

// leastPeriod keeps a server that names absurd intervals from being called
// silent at once.
const leastPeriod = 100 * time.Millisecond

// subscriber has the configured nodes monitored, in as many subscriptions as
// they need, and goes on looking for those that the server does not know.
type subscriber struct {
	cfg   *Config
	link  *link
	log   *slog.Logger
	watch func(subscription uint32, window time.Duration)
	hears func(subscription uint32) // it listens to a notifier from now on

	// What is not delivered yet; only place touches it.
	nodes    []Node
	browses  []Browse
	alarms   []Alarm
	refused  []target
	absences []absence
	known    map[string]bool // node ids, so that two browse paths find a node once
	logged   map[string]bool // absences that the log has already
	rooms    []room

	mu      sync.Mutex // guards what others read while more is placed
	items   []item     // by client handle less one
	granted string     // what is delivered
	lack    error      // what is not
}

func newSubscriber(cfg *Config, l *link, log *slog.Logger, watch func(uint32, time.Duration)) *subscriber {
	return &subscriber{
		cfg: cfg, link: l, log: log, watch: watch,
		nodes: cfg.Nodes, browses: cfg.Browse, alarms: cfg.Alarms, known: make(map[string]bool), logged: make(map[string]bool),
	}
}

// place has everything monitored that is configured and not yet delivered.
// What the server refuses is an absence; an error means that the link is of no
// use any more.
func (s *subscriber) place(ctx context.Context) error {
	s.absences = nil
	targets, err := s.gather(ctx)
	if err != nil {
		return err
	}
	// Even an empty subscription proves by its keep-alives that the link lives.
	for first := true; first || len(targets) > 0; first = false {
		r, err := s.room(ctx)
		if errors.Is(err, ua.StatusBadTooManySubscriptions) && len(s.rooms) > 0 {
			s.refuse(targets, err) // what fits is delivered all the same
			break
		}
		if err != nil {
			return err
		}
		n := min(len(targets), r.free, s.link.limits.monitor)
		if n == 0 {
			break
		}
		if err := s.monitor(ctx, r, targets[:n]); err != nil {
			return err
		}
		targets = targets[n:]
	}
	s.conclude(ctx)
	return nil
}

// gather finds the targets that are configured and not yet delivered.
func (s *subscriber) gather(ctx context.Context) ([]target, error) {
	targets := s.refused
	nodes, browses, alarms := s.nodes, s.browses, s.alarms
	s.refused, s.nodes, s.browses, s.alarms = nil, nil, nil, nil
	for _, n := range nodes {
		t, err := n.target(s.link, s.cfg.Defaults)
		if err != nil {
			s.nodes = append(s.nodes, n)
			s.absences = append(s.absences, absence{n.ID, err})
			continue
		}
		s.known[t.node] = true
		targets = append(targets, t)
	}
	for _, a := range alarms {
		t, err := a.target(s.link.namespaces)
		if err != nil {
			s.alarms = append(s.alarms, a)
			s.absences = append(s.absences, absence{a.node(), err})
			continue
		}
		targets = append(targets, t)
	}
	for _, b := range browses {
		matches, err := b.targets(ctx, s.link, s.cfg.Defaults)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			s.browses = append(s.browses, b)
			s.absences = append(s.absences, absence{b.Path, err})
		}
		for _, t := range matches {
			if !s.known[t.node] {
				s.known[t.node] = true
				targets = append(targets, t)
			}
		}
	}
	return targets, nil
}

// monitor asks for some items in one call.
func (s *subscriber) monitor(ctx context.Context, r *room, targets []target) error {
	req := &ua.CreateMonitoredItemsRequest{SubscriptionID: r.id, TimestampsToReturn: ua.TimestampsToReturnBoth}
	for i := range targets {
		s.register(&targets[i])
		req.ItemsToCreate = append(req.ItemsToCreate, targets[i].request())
	}
	res, err := call[*ua.CreateMonitoredItemsResponse](ctx, s.link.client, req)
	switch {
	case errors.Is(err, ua.StatusBadTooManyMonitoredItems), errors.Is(err, ua.StatusBadTooManyOperations):
		s.refuse(targets, err)
		return nil
	case err != nil:
		return fmt.Errorf("monitor %s and %d others: %w", targets[0].node, len(targets)-1, err)
	case len(res.Results) != len(targets):
		return fmt.Errorf("monitor %d items: the server answered for %d", len(targets), len(res.Results))
	}
	for i, result := range res.Results {
		t := targets[i]
		if quality(result.StatusCode) == pipeline.Bad {
			s.refuse(targets[i:i+1], result.StatusCode)
			continue
		}
		r.free--
		if t.alarms != nil {
			s.hears(r.id)
		}
		s.log.DebugContext(ctx, "node monitored", "node", t.node,
			"sampling", *t.monitoring.Sampling, "revised_sampling_ms", result.RevisedSamplingInterval,
			"queue", t.monitoring.Queue, "revised_queue", result.RevisedQueueSize)
	}
	return nil
}

func (s *subscriber) refuse(targets []target, err error) {
	s.refused = append(s.refused, targets...)
	for _, t := range targets {
		s.absences = append(s.absences, absence{t.node, err})
	}
}

// register gives a target the handle by which its changes will name it.
func (s *subscriber) register(t *target) {
	if t.handle != 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items = append(s.items, t.item)
	t.handle = uint32(len(s.items))
}

// item is what a change with that handle is about.
func (s *subscriber) item(handle uint32) (item, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if handle == 0 || int(handle) > len(s.items) {
		return item{}, false
	}
	return s.items[handle-1], true
}

// assets lists what the variables are about, each asset once.
func (s *subscriber) assets() []pipeline.AssetPath {
	s.mu.Lock()
	defer s.mu.Unlock()
	var assets []pipeline.AssetPath
	for _, it := range s.items {
		if it.alarms == nil {
			assets = append(assets, it.asset)
		}
	}
	slices.Sort(assets)
	return slices.Compact(assets)
}

// notifiers lists whose events are asked for.
func (s *subscriber) notifiers() []*notifier {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*notifier
	for _, it := range s.items {
		if it.alarms != nil {
			list = append(list, it.alarms)
		}
	}
	return list
}

// conclude words what is delivered and what is not.
func (s *subscriber) conclude(ctx context.Context) {
	delivered := 0
	for _, r := range s.rooms {
		delivered += itemsPerSubscription - r.free
	}
	var lack error
	if n := len(s.absences); n > 0 {
		first := s.absences[0]
		lack = fmt.Errorf("%d of %d nodes are not delivered; first %s: %w", n, delivered+n, first.what, first.err)
	}
	for _, a := range s.absences {
		if !s.logged[a.what] {
			s.logged[a.what] = true
			s.log.WarnContext(ctx, "node not delivered", "node", a.what, "error", a.err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.granted = fmt.Sprintf("%d nodes in %d subscriptions", delivered, len(s.rooms))
	s.lack = lack
}

// outcome is what is delivered, in words, and what is not.
func (s *subscriber) outcome() (granted string, lack error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.granted, s.lack
}

func (s *subscriber) complete() bool {
	_, lack := s.outcome()
	return lack == nil
}
