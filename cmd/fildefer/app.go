package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/sync/errgroup"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/erp"
	"github.com/fildefer/fildefer/connectors/mqtt"
	"github.com/fildefer/fildefer/connectors/opcua"
	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/feed/auth"
	"github.com/fildefer/fildefer/feed/live"
	"github.com/fildefer/fildefer/feed/photo"
	"github.com/fildefer/fildefer/feed/report"
	"github.com/fildefer/fildefer/feed/roster"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/feed/usage"
	"github.com/fildefer/fildefer/feed/web"
	"github.com/fildefer/fildefer/pipeline/bus"
	"github.com/fildefer/fildefer/pipeline/desk"
	"github.com/fildefer/fildefer/pipeline/replay"
)

// shards is how many subjects events are spread over. One node owns them all.
const shards = 16

// app is everything wired together. It is opened, then run, then closed.
//
//	supervisor ─► bus ─► desk ─► store ─► hub ─► api ─► people
//	                ▲              │                      │
//	                └──── relay ◄──┴──────── service ◄────┘
type app struct {
	cfg        *config
	log        *slog.Logger
	registry   *prometheus.Registry
	store      *store.Store
	bus        *bus.Bus
	supervisor *connectors.Supervisor
	rules      *rulebook
	desk       *desk.Desk
	relay      *desk.Relay
	service    *feed.Service
	vigil      *feed.Vigil
	succession *feed.Succession
	embassies  *feed.Ambassadors
	reports    *report.Service
	proposals  *feed.Proposals
	roll       *feed.RollCall // nil without the company's accounts
	hub        *live.Hub
	handler    http.Handler
	past       *past
	notices    *notices
	indexer    *indexer
}

// openApp opens what is kept and wires the rooms; nothing runs yet. Clock is
// the time of what people do.
func openApp(ctx context.Context, cfg *config, log *slog.Logger, clock func() time.Time) (a *app, err error) {
	a = &app{cfg: cfg, log: log, registry: prometheus.NewRegistry()}
	a.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close())
		}
	}()
	// What can be wrong in files comes before what takes time.
	if a.rules, err = cfg.rulebook(log); err != nil {
		return a, err
	}

	// What is kept.
	if a.store, err = openStore(ctx, cfg, log); err != nil {
		return a, err
	}
	if err = a.store.SetTerritories(ctx, cfg.tree()); err != nil {
		return a, err
	}
	if err = a.rules.bring(ctx, packsInUse(a.store, usage.All())); err != nil {
		return a, err
	}
	if a.bus, err = bus.Open(ctx, cfg.busOptions(log, a.registry)); err != nil {
		return a, err
	}

	if e := cfg.NATS.Embedded; e != nil && e.User == "" && reachable(a.bus.MQTTAddr()) {
		log.LogAttrs(ctx, slog.LevelWarn, "whoever reaches the MQTT port may post as a machine; set nats.embedded.user and password_file", slog.String("mqtt", a.bus.MQTTAddr()))
	}

	// From the floor to the feed.
	a.supervisor = connectors.NewSupervisor(log, a.registry)
	for _, s := range cfg.Sources {
		kind, c, err := cfg.connector(s, a.bus.MQTTAddr(), log)
		if err != nil {
			return a, fmt.Errorf("source %s: %w", s.Name, err)
		}
		a.supervisor.Add(s.Name, kind, c)
	}
	rules, _ := a.rules.current()
	a.desk = desk.New(a.bus, a.store, rules, allShards(), log, a.registry)
	a.rules.adopt = a.desk.Adopt
	a.relay = desk.NewRelay(a.store, a.bus, log)
	a.past = &past{stream: a.bus, rules: a.rules.running, jobs: replay.NewJobs()}

	if err = a.openPeople(clock); err != nil {
		return a, err
	}
	return a, a.openAPI(clock)
}

// openPeople wires the way from the feed to people.
func (a *app) openPeople(clock func() time.Time) (err error) {
	a.service = feed.NewService(a.store, clock)
	a.store.Shifts(func(place feed.Path, at time.Time) string {
		shift, _ := a.rules.shift(place, at)
		return shift.Shift
	})
	a.vigil = feed.NewVigil(a.store, a.rules.worked, clock)
	a.succession = feed.NewSuccession(a.store, clock)
	a.embassies = feed.NewAmbassadors(a.store, clock)
	a.reports = report.NewService(a.store, a.rules.zone, time.Now)
	if a.notices, err = openNotices(a.cfg, a.store, a.rules, clock, a.log); err != nil {
		return err
	}
	a.proposals = feed.NewProposals(a.store, clock)
	if len(a.cfg.circuits) > 0 {
		a.service.Follow(a.cfg.circuits)
	}
	a.indexer = newIndexer(a.store.IndexSearch, a.log)
	a.store.Notify(func() {
		a.hub.Wake()
		a.indexer.changed()
		a.relay.Wake()
		a.notices.changed()
	})
	a.store.Told(func(members []feed.MemberID) {
		a.hub.Toll(members)
		a.notices.postman.Wake()
	})
	return nil
}

// reachable tells whether other computers can reach addr.
func reachable(addr string) bool {
	ap, err := netip.ParseAddrPort(addr)
	return err == nil && !ap.Addr().IsLoopback()
}

func openStore(ctx context.Context, cfg *config, log *slog.Logger) (*store.Store, error) {
	url := cfg.Database
	if url == "sqlite" {
		url = store.SQLiteIn(cfg.Data)
	}
	return store.Open(ctx, url, store.Options{Logger: log})
}

func allShards() []int {
	all := make([]int, shards)
	for i := range all {
		all[i] = i
	}
	return all
}

func (c *config) busOptions(log *slog.Logger, reg prometheus.Registerer) bus.Options {
	o := bus.Options{
		Shards: shards, MaxBytes: c.NATS.MaxBytes, MaxAge: c.NATS.MaxAge, Replicas: c.NATS.Replicas, Duplicates: c.duplicates,
		Logger: log, Registerer: reg,
	}
	if c.NATS.URL != "" {
		o.Remote = &bus.Remote{URLs: strings.Split(c.NATS.URL, ","), Credentials: c.path(c.NATS.Credentials), CA: c.path(c.NATS.CA)}
		return o
	}
	o.Embedded = &bus.Embedded{Dir: filepath.Join(c.Data, "nats")}
	if e := c.NATS.Embedded; e != nil {
		o.Embedded.Relaxed = e.Sync == "interval"
		// An address in the configuration is a decision; the bus's own refusal
		// guards those who embed it.
		o.Embedded.MQTT = bus.MQTT{Listen: e.MQTT, User: e.User, Password: e.password, AllowAnonymous: true}
	}
	return o
}

// sourceData is where connectors keep what they must remember.
func (c *config) sourceData() string { return filepath.Join(c.Data, "sources") }

// connector makes the connector of a source. A broker called "embedded" is our
// own MQTT port.
func (c *config) connector(s sourceConfig, embedded string, log *slog.Logger) (kind string, out connectors.Connector, err error) {
	log = log.With(slog.String("source", s.Name))
	data := c.sourceData()
	switch {
	case s.MQTT != nil:
		m := *s.MQTT
		if m.URL == embeddedURL {
			m.URL = "tcp://" + embedded
			m.User, m.Password = c.NATS.Embedded.User, connectors.Secret(c.NATS.Embedded.password)
		}
		out, err = mqtt.New(s.Name, m, log)
		return "mqtt", out, err
	case s.OPCUA != nil:
		out, err = opcua.New(s.Name, *s.OPCUA, data, log)
		return "opcua", out, err
	default:
		e := *s.ERP
		e.Dir = c.path(e.Dir)
		out, err = erp.New(s.Name, e, data, log)
		return "erp", out, err
	}
}

// openAPI makes the hub and the handler of everything people reach.
func (a *app) openAPI(clock func() time.Time) error {
	render := api.NewRenderer(a.store)
	a.hub = live.NewHub(a.store, render.JSON, a.log, live.NewMetrics(a.registry))
	sessions := auth.NewService(a.store, a.store, time.Now)
	sessions.EndIdle(a.cfg.Sessions.Idle)
	members := feed.NewRoster(a.store, time.Now)
	o := api.Options{
		Version: version, Log: a.log, Posts: a.store, Places: a.store, Machines: a.store, Lines: a.store, Articles: a.store, People: a.service,
		Directory: a.store, Cards: feed.NewDirectory(a.store, time.Now), Presences: a.store, Calls: a.store, Searching: a.store,
		Tree: feed.NewPlaces(a.store, time.Now), TreeFiles: roster.Places{}, PeopleFiles: roster.People{}, Follows: a.store, Proposing: a.proposals, Proposed: a.store,
		Groups: feed.NewCircles(a.store, clock), Circles: a.store, Notices: a.store,
		Sessions: sessions, Members: a.store, Badges: sessions, Devices: a.store, Pairing: auth.NewPairing(a.store, time.Now, auth.CodeFor),
		Stream: a.hub, Sources: a.health, Shifts: a.rules.shift, Rules: a.rules, Replays: replays{a.past}, Seals: a.store, Talks: a.store, Photos: photo.NewLab(),
		Balances: a.reports, Meetings: report.NewMeetings(a.store, a.rules.shift, a.rules.zone, time.Now),
		Usages: usage.All(), Installs: a.store, PackRules: a.rules.packRules, Checklists: feed.NewChecklists(a.store, a.rules.began, clock),
		Launches: feed.NewLaunches(a.store, clock), Charters: feed.NewCharters(a.store, clock), CharterCounts: a.store,
		Notifications: a.store, Wishes: a.store, Trial: a.notices.try(a.store, time.Now),
		Needs: feed.NewNeeds(a.store, a.store, time.Now), Ambassadors: a.embassies,
		Roster: members, Welcome: auth.NewReception(members), Trail: a.store, Erasures: a.cfg.erasures().add,
		Checks: map[string]api.Check{"database": a.store.Ping, "stream": a.bus.Healthy},
		Demo:   a.cfg.demo, Proxies: a.cfg.proxies, Web: web.Handler(),
	}
	if err := a.offerCompany(&o, members); err != nil {
		return err
	}
	a.handler = api.New(o)
	return nil
}

// health says in the API's words how the sources are.
func (a *app) health() []api.Source {
	out := a.notices.health(a.cfg)
	for _, h := range a.supervisor.Health() {
		s := api.Source{
			Name: h.Name, Kind: h.Kind, State: string(h.State), Detail: h.Detail, Since: h.Since,
			Accepted: h.Accepted, Rejected: h.Rejected,
		}
		if !h.LastEvent.IsZero() {
			s.LastEvent = &h.LastEvent
		}
		out = append(out, s)
	}
	return out
}

// run serves on d until ctx ends, then ends every part and returns nil; a part
// that fails ends all. Ready is called once people can be served.
func (a *app) run(ctx context.Context, d *doors, ready func()) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { a.bus.RunTicks(ctx); return nil })
	g.Go(func() error { return a.supervisor.Run(ctx, a.bus) })
	a.runFeed(ctx, g)
	g.Go(func() error { return a.hub.Run(ctx) })
	g.Go(func() error { return a.reports.Run(ctx, a.log) })
	a.notices.run(ctx, g)
	g.Go(func() error { a.runSweeps(ctx, a.cfg.pace()); return nil })
	g.Go(func() error { a.callRoll(ctx); return nil })
	g.Go(func() error { return a.runSeals(ctx) })
	g.Go(func() error { return serveHTTP(ctx, d.screens, a.handler, a.cfg.TLS, a.log) })
	if d.control != nil {
		box := &streamLetters{cfg: a.cfg, bus: a.bus}
		g.Go(func() error { return serveHTTP(ctx, d.control, controlHandler(box, a.past), nil, a.log) })
	}
	if d.metrics != nil {
		mux := http.NewServeMux()
		mux.Handle("GET /metrics", promhttp.HandlerFor(a.registry, promhttp.HandlerOpts{}))
		g.Go(func() error { return serveHTTP(ctx, d.metrics, mux, nil, a.log) })
	}
	ready()
	return g.Wait()
}

// runFeed runs what turns stored events into posts, and reports into events.
func (a *app) runFeed(ctx context.Context, g *errgroup.Group) {
	g.Go(func() error { return a.desk.Run(ctx) })
	g.Go(func() error { a.rules.run(ctx); return nil })
	g.Go(func() error { return a.relay.Run(ctx) })
	g.Go(func() error { a.suggest(ctx); return nil })
	g.Go(func() error { a.indexer.run(ctx); return nil })
}

// close closes what openApp opened.
func (a *app) close() error {
	var faults []error
	if a.past != nil {
		a.past.jobs.Close()
	}
	if a.bus != nil {
		faults = append(faults, a.bus.Close())
	}
	if a.store != nil {
		faults = append(faults, a.store.Close())
	}
	return errors.Join(faults...)
}

// Limits that keep slow or hostile clients from holding the server. The live
// stream sets its own deadline for each write.
const (
	headerTimeout = 10 * time.Second
	answerTimeout = time.Minute
	idleTimeout   = 2 * time.Minute
	drainTimeout  = 15 * time.Second
	maxHeader     = 32 << 10
)

// serveHTTP serves until ctx ends, then waits for what is under way.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler, tls *tlsConfig, log *slog.Logger) error {
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, WriteTimeout: answerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	ended := make(chan error, 1)
	go func() {
		<-ctx.Done()
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
		defer cancel()
		ended <- server.Shutdown(drain)
	}()
	var err error
	if tls != nil {
		err = server.ServeTLS(l, tls.Cert, tls.Key)
	} else {
		err = server.Serve(l)
	}
	if !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	}
	return <-ended
}
