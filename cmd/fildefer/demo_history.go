package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gopcua/opcua/ua"
	"golang.org/x/sync/errgroup"

	"github.com/fildefer/fildefer/connectors/erp"
	"github.com/fildefer/fildefer/connectors/mqtt"
	"github.com/fildefer/fildefer/connectors/opcua"
	"github.com/fildefer/fildefer/connectors/plantsim"
	"github.com/fildefer/fildefer/pipeline"
)

// Pace of the history: a reading every ten seconds, the stream's clock every
// ten, people every minute.
const (
	historyStep   = 10 * time.Second
	historyTick   = 10 * time.Second
	historyPeople = time.Minute
)

// history runs the past of the demo through the same connectors' mapping, the
// same stream, rules and desk, at full speed.
type history struct {
	app   *app
	plant *plantsim.Plant
	crew  *crew
	clock *clock
	dir   string
	out   io.Writer

	mqtt  *mqtt.Mapper
	opcua *opcua.Mapper
	nodes map[string]bool           // that are subscribed to
	erp   map[string]*erp.Connector // by prefix of the file's name

	pending        []pipeline.Event
	ticked, worked time.Time
	from, to       time.Time
	percent        int // told last
}

// run makes the hours before now.
func (h *history) run(ctx context.Context, now time.Time) error {
	if err := h.connect(); err != nil {
		return fmt.Errorf("history: %w", err)
	}
	h.from, h.to = now.Add(-demoHistory), now
	h.ticked, h.worked = h.from, h.from
	g, working := errgroup.WithContext(ctx)
	working, stop := context.WithCancel(working)
	h.app.runFeed(working, g)
	g.Go(func() error {
		defer stop()
		if err := h.plant.History(h.from, h.to, historyStep, func(m plantsim.Message) error { return h.take(working, m) }); err != nil {
			return fmt.Errorf("history: %w", err)
		}
		if err := h.settle(working, h.to); err != nil {
			return fmt.Errorf("history: %w", err)
		}
		debug.FreeOSMemory() // the rest of the day needs a tenth of it
		_, err := fmt.Fprintf(h.out, "\r  the past %v: done, in %v\n", demoHistory, time.Since(now).Round(time.Second))
		return err
	})
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// connect makes the mapping of each source as its connector does.
func (h *history) connect() (err error) {
	h.erp, h.nodes = map[string]*erp.Connector{}, map[string]bool{}
	for _, s := range h.app.cfg.Sources {
		switch {
		case s.MQTT != nil:
			h.mqtt, err = mqtt.NewMapper(s.Name, *s.MQTT)
		case s.OPCUA != nil:
			h.opcua, err = opcua.NewMapper(s.Name, *s.OPCUA, plantsim.Namespace)
			for _, n := range s.OPCUA.Nodes {
				h.nodes[n.ID] = true
			}
		case s.ERP != nil:
			cfg := *s.ERP
			cfg.Dir = h.dir
			prefix, _, _ := strings.Cut(cfg.Match[0], "_")
			h.erp[prefix], err = erp.New(s.Name, cfg, h.app.cfg.sourceData(), slog.New(slog.DiscardHandler), erp.WithClock(h.clock.now))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// take brings one message of the past into the stream.
func (h *history) take(ctx context.Context, m plantsim.Message) error {
	at := m.When()
	h.clock.set(at)
	if at.Sub(h.ticked) >= historyTick {
		h.tick(at)
	}
	if at.Sub(h.worked) >= historyPeople {
		if err := h.settle(ctx, at); err != nil {
			return err
		}
	}
	switch m := m.(type) {
	case plantsim.MQTT:
		events, err := h.mqtt.Events(m.Topic, m.Payload, at)
		h.pending = append(h.pending, events...)
		return err
	case plantsim.OPCUA:
		if !h.nodes[m.Node] {
			return nil // a server tells more than its clients subscribe to
		}
		events, err := h.opcua.Events(m.Node, dataValue(m), at)
		h.pending = append(h.pending, events...)
		return err
	case plantsim.File:
		return h.file(ctx, m)
	}
	return nil
}

func dataValue(m plantsim.OPCUA) *ua.DataValue {
	return &ua.DataValue{
		EncodingMask:    ua.DataValueValue | ua.DataValueSourceTimestamp,
		Value:           ua.MustVariant(m.Value),
		SourceTimestamp: m.At,
	}
}

// file imports a file of the past and puts it where imported files go.
func (h *history) file(ctx context.Context, m plantsim.File) error {
	if err := h.flush(ctx); err != nil {
		return err
	}
	prefix, _, _ := strings.Cut(m.Name, "_")
	path := filepath.Join(h.dir, "done", m.Name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(path, m.Body, 0o600); err != nil {
		return err
	}
	if err := os.Chtimes(path, m.At, m.At); err != nil {
		return err
	}
	_, err := h.erp[prefix].ImportFile(ctx, path, h.app.bus)
	return err
}

func (h *history) flush(ctx context.Context) error {
	if len(h.pending) == 0 {
		return nil
	}
	err := h.app.bus.Accept(ctx, h.pending)
	h.pending = h.pending[:0]
	return err
}

// tick moves the stream's clock on, in step with what was said so far.
func (h *history) tick(at time.Time) {
	h.ticked = at
	h.pending = append(h.pending, h.app.bus.Ticks(at)...)
}

// settle waits until everything so far is decided, then lets people act on it.
func (h *history) settle(ctx context.Context, at time.Time) error {
	h.worked = at
	h.tick(at)
	if err := h.flush(ctx); err != nil {
		return err
	}
	if err := h.app.decided(ctx); err != nil {
		return err
	}
	h.clock.set(at)
	if err := h.crew.act(ctx, at); err != nil {
		return err
	}
	if err := h.app.relay.Flush(ctx); err != nil {
		return err
	}
	percent := int(100 * at.Sub(h.from) / h.to.Sub(h.from))
	if percent == h.percent {
		return nil
	}
	h.percent = percent
	_, err := fmt.Fprintf(h.out, "\r  the past %v: %3d %%", demoHistory, percent)
	return err
}

// decided waits until the desk has committed all that is stored now.
func (a *app) decided(ctx context.Context) error {
	id, err := a.bus.Identity(ctx)
	if err != nil {
		return err
	}
	for a.desk.Position() < id.Last {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Millisecond):
		}
	}
	return nil
}
