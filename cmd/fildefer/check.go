package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/pipeline/bus"
)

type checkCmd struct {
	configFlag
	Connect bool          `help:"Also reach every source, the stream and the database, and say what was found."`
	Timeout time.Duration `default:"15s" help:"How long to try each one."`
}

func (k *checkCmd) run(ctx context.Context, c console) error {
	cfg, err := readConfig(k.Config)
	if err != nil {
		return err
	}
	_, err = cfg.loadRules()
	_, wrong := cfg.loadCircuits()
	if err := errors.Join(cfg.validate(), err, wrong); err != nil {
		return err
	}
	if cfg, err = loadConfig(k.Config); err != nil { // its secrets too
		return err
	}
	if _, err := fmt.Fprintf(c.out, "%s: %d territories, %d sources, rules in %v: no fault\n", k.Config, len(cfg.Territories), len(cfg.Sources), cfg.Rules); err != nil {
		return err
	}
	if !k.Connect {
		return nil
	}
	faults := 0
	try := func(name string, fn func(context.Context) (string, error)) {
		ctx, cancel := context.WithTimeout(ctx, k.Timeout)
		defer cancel()
		reached, err := fn(ctx)
		if err != nil {
			faults++
			_, _ = fmt.Fprintf(c.out, "FAULT  %s: %v\n", name, err)
			return
		}
		_, _ = fmt.Fprintf(c.out, "ok     %s: %s\n", name, reached)
	}
	try("database", cfg.checkDatabase)
	try("nats", cfg.checkNATS)
	tried := 2 + len(cfg.Sources)
	if cfg.OIDC != nil {
		try("oidc", cfg.OIDC.check)
		tried++
	}
	for _, s := range cfg.Sources {
		try("source "+s.Name, func(ctx context.Context) (string, error) { return cfg.checkSource(ctx, s) })
	}
	if faults > 0 {
		return fmt.Errorf("%d of %d could not be reached", faults, tried)
	}
	return nil
}

func (c *config) checkDatabase(ctx context.Context) (string, error) {
	reached := "answers"
	if c.Database == "sqlite" {
		reached = filepath.Join(c.Data, "fildefer.db")
	}
	return reached, withStore(ctx, c, func(s *store.Store) error { return s.Ping(ctx) })
}

func (c *config) checkNATS(ctx context.Context) (string, error) {
	o := c.busOptions(slog.New(slog.DiscardHandler), nil)
	if o.Embedded != nil {
		return "embedded, in " + o.Embedded.Dir, nil
	}
	b, err := bus.Open(ctx, o)
	if err != nil {
		return "", err
	}
	return redact(c.NATS.URL), b.Close()
}

func (c *config) checkSource(ctx context.Context, s sourceConfig) (string, error) {
	if s.MQTT != nil && s.MQTT.URL == embeddedURL {
		return "our own MQTT port, open while Fildefer runs", nil
	}
	_, connector, err := c.connector(s, "", slog.New(slog.DiscardHandler))
	if err != nil {
		return "", err
	}
	return connector.Check(ctx)
}
