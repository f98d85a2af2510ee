package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/fildefer/fildefer/connectors/plantsim"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/pipeline/replay"
)

//go:embed demo/fildefer.yaml
var demoConfig []byte

//go:embed demo/rules.yaml
var demoRules []byte

const (
	demoPIN     = "1234"
	demoHistory = 8 * time.Hour
	// demoOwn marks a folder as the demo's, demoPast its past as complete.
	demoOwn  = "demo"
	demoPast = "demo-past"
)

type demoCmd struct {
	Listen   string     `default:"127.0.0.1:8080" help:"Address of the screens; loopback only, since everybody knows the PIN." placeholder:"ADDR"`
	Data     string     `default:"data/demo" type:"path" help:"Folder of everything that is kept." placeholder:"DIR"`
	Seed     uint64     `default:"1" help:"The same seed makes the same plant."`
	Speed    float64    `default:"1" help:"How many times faster than life the simulated plant and store live."`
	LogLevel slog.Level `default:"error" help:"Least level to log: debug, info, warn or error."`
}

// clock is the time of people's acts: of the history while it is made, then the
// wall's.
type clock struct{ past atomic.Pointer[time.Time] }

func (c *clock) set(at time.Time) { c.past.Store(&at) }
func (c *clock) goLive()          { c.past.Store(nil) }

func (c *clock) now() time.Time {
	if at := c.past.Load(); at != nil {
		return *at
	}
	return time.Now()
}

func (d *demoCmd) run(ctx context.Context, c console) error {
	if err := d.check(); err != nil {
		return err
	}
	cfg, wire, err := d.config(ctx)
	if err != nil {
		return err
	}
	doors, err := cfg.openDoors(ctx)
	if err != nil {
		return err
	}
	defer doors.close()
	if err := d.freshen(c); err != nil {
		return err
	}
	clock := &clock{}
	log := newLog(c.err, d.LogLevel)
	slog.SetDefault(log)
	a, err := openApp(ctx, cfg, log, clock.now)
	if err != nil {
		return err
	}
	wire.MQTTURL = "tcp://" + a.bus.MQTTAddr()
	return errors.Join(d.live(ctx, c, a, doors, clock, wire), a.close())
}

func (d *demoCmd) check() error {
	host, _, err := net.SplitHostPort(d.Listen)
	if err != nil {
		return fmt.Errorf("--listen %q: write host:port, such as 127.0.0.1:8080", d.Listen)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("--listen %s: the demo's people sign in with a PIN that everybody knows, so it listens on this computer only (127.0.0.1)", d.Listen)
	}
	if d.Speed <= 0 || d.Speed > 100 {
		return fmt.Errorf("--speed %g: give a number above 0, at most 100", d.Speed)
	}
	return nil
}

// config is the demo's installation with the addresses of its plant.
func (d *demoCmd) config(ctx context.Context) (*config, plantsim.Wire, error) {
	cfg, err := parseConfig("demo/fildefer.yaml", demoConfig)
	if err != nil {
		return nil, plantsim.Wire{}, err
	}
	cfg.dir, cfg.Data, cfg.Listen = d.Data, d.Data, d.Listen
	cfg.duplicates = 10 * time.Second // eight hours of ids at once would fill the memory
	cfg.rules = func() ([]replay.Document, error) {
		return []replay.Document{{Name: "demo/rules.yaml", Data: demoRules}}, nil
	}
	for _, p := range demoPeople {
		cfg.demo = append(cfg.demo, api.Person{ID: string(p.ID), Name: p.Name, Role: string(p.Grants[0].Role), Place: p.place, Digits: len(demoPIN)})
	}
	if err := cfg.loadDemoCircuits(); err != nil {
		return nil, plantsim.Wire{}, err
	}
	press, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, plantsim.Wire{}, fmt.Errorf("a port for the simulated presses: %w", err)
	}
	wire := plantsim.Wire{OPCUAListen: press.Addr().String(), Dir: filepath.Join(d.Data, "erp"), Speed: d.Speed}
	for _, s := range cfg.Sources {
		if s.OPCUA != nil {
			s.OPCUA.Endpoint = "opc.tcp://" + wire.OPCUAListen
		}
	}
	return cfg, wire, press.Close()
}

// freshen makes sure that the folder is the demo's own, and removes a history
// that was interrupted: half a past would mislead.
func (d *demoCmd) freshen(c console) error {
	if _, err := os.Stat(filepath.Join(d.Data, demoPast)); err == nil {
		return nil
	}
	if _, err := os.Stat(filepath.Join(d.Data, demoOwn)); err != nil {
		for _, name := range []string{"fildefer.db", "nats"} {
			if _, err := os.Stat(filepath.Join(d.Data, name)); err == nil {
				return fmt.Errorf("--data %s: this folder belongs to another installation; give the demo a folder of its own", d.Data)
			}
		}
		if err := os.WriteFile(filepath.Join(d.Data, demoOwn), nil, 0o600); err != nil {
			return err
		}
	}
	for _, name := range []string{"fildefer.db", "fildefer.db-wal", "fildefer.db-shm", "nats", "sources", "erp"} {
		if err := os.RemoveAll(filepath.Join(d.Data, name)); err != nil {
			return fmt.Errorf("start afresh: %w", err)
		}
	}
	_, err := fmt.Fprintln(c.out, "Fildefer demo: a bottling line, two presses and a store, all simulated, everything kept in", d.Data)
	return errors.Join(err, os.MkdirAll(filepath.Join(d.Data, "erp"), 0o700))
}

// live makes the past if there is none yet, then runs the plant, its people and
// Fildefer until ctx ends.
func (d *demoCmd) live(ctx context.Context, c console, a *app, doors *doors, clock *clock, wire plantsim.Wire) error {
	if err := addDemoPeople(ctx, a.store); err != nil {
		return err
	}
	if err := addDemoSkills(ctx, a.store); err != nil {
		return err
	}
	if err := addCrew(ctx, a.store); err != nil {
		return err
	}
	if err := addDemoPlaces(ctx, a.store); err != nil {
		return err
	}
	if err := acceptDemoCharters(ctx, a.store); err != nil {
		return err
	}
	devices, err := addDemoDevices(ctx, a.store)
	if err != nil {
		return err
	}
	plant := plantsim.New(d.Seed)
	crew := newCrew(a, plant)
	marker := filepath.Join(d.Data, demoPast)
	if _, err := os.Stat(marker); errors.Is(err, os.ErrNotExist) {
		if err := addDemoBalance(ctx, a.store, d.Seed, time.Now()); err != nil {
			return err
		}
		if err := addDemoQuiet(ctx, a.store, time.Now().UTC()); err != nil {
			return err
		}
		if err := addDemoDecisions(ctx, a, clock); err != nil {
			return err
		}
		h := &history{app: a, plant: plant, crew: crew, clock: clock, dir: wire.Dir, out: c.out}
		if err := h.run(ctx, time.Now().UTC()); err != nil {
			return err
		}
		if err := os.WriteFile(marker, []byte(time.Now().UTC().Format(time.RFC3339)+"\n"), 0o600); err != nil {
			return err
		}
	}
	if err := addDemoCards(ctx, a, clock); err != nil {
		return err
	}
	clock.goLive()
	if err := addDemoGroups(ctx, a); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return plant.Run(ctx, wire) })
	g.Go(func() error { return crew.live(ctx) })
	g.Go(func() error {
		return a.run(ctx, doors, func() { d.greet(c, doors.screens.Addr().String(), wire, devices) })
	})
	return g.Wait()
}

func (d *demoCmd) greet(c console, addr string, wire plantsim.Wire, devices []demoDevice) {
	_, _ = fmt.Fprintf(c.out, "\n  Fildefer  http://%s\n\n  Sign in with PIN %s as\n", addr, demoPIN)
	for _, p := range demoPeople {
		_, _ = fmt.Fprintf(c.out, "    %-9s %-14s %s\n", p.ID, p.Name, p.place)
	}
	_, _ = fmt.Fprintln(c.out, "\n  Make a browser window a shared device (each link works once)")
	for _, device := range devices {
		_, _ = fmt.Fprintf(c.out, "    %-24s http://%s/#pair=%s\n", device.Name, addr, device.code)
	}
	_, _ = fmt.Fprint(c.out, "  and sign in there by badge: type it quickly, then Enter, as a reader does\n   ")
	for _, p := range demoPeople {
		_, _ = fmt.Fprint(c.out, " ", p.badge)
	}
	_, _ = fmt.Fprintf(c.out, "\n\n  Your own machine may post too: %s, topic plant/bottling/line-3/<machine>/telemetry\n  Ctrl-C ends it; the next start goes on with the same past.\n\n", wire.MQTTURL)
}
