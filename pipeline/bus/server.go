package bus

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"golang.org/x/crypto/bcrypt"
)

const (
	busAccount    = "FILDEFER"
	busUser       = "fildefer"
	anonymousUser = "anonymous-machine"
	machineStore  = 256 << 20 // for the sessions and the unread messages of MQTT clients
	startTimeout  = 10 * time.Second
)

// embedded is the server inside this process. Our streams live in an account
// of their own; machines on the MQTT port live in another and can neither read
// nor write them, nor reach the JetStream API that rules them.
//
// It can be replaced by a new one on the same files while connections to it
// reconnect: a server that met a full disk never writes again by itself.
type embedded struct {
	config Embedded
	secret string
	log    *serverLog
	lock   *os.File // nil when the directory was not ours to take

	mu     sync.Mutex
	server *server.Server
	mqtt   net.Addr
}

// prepare makes the directory, so that its disk can be asked for room.
func (e *Embedded) prepare() error {
	if err := os.MkdirAll(e.Dir, 0o700); err != nil {
		return fmt.Errorf("directory of the embedded nats server: %w", err)
	}
	return nil
}

func startEmbedded(config Embedded, logger *slog.Logger) (*embedded, error) {
	e := &embedded{
		config: config,
		secret: rand.Text(),
		log:    &serverLog{logger: logger},
	}
	if config.Relaxed {
		logger.Warn("events are acknowledged before they are synced to disk: a power cut may lose the last seconds")
	}
	var err error
	if e.lock, err = lockDir(config.Dir); err != nil {
		return e, err
	}
	return e, e.start()
}

func (e *embedded) start() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	options, err := e.options()
	if err != nil {
		return err
	}
	srv, err := server.NewServer(options)
	if err != nil {
		return fmt.Errorf("embedded nats server: %w", err)
	}
	srv.SetLogger(e.log, false, false)
	srv.Start()
	e.server = srv
	if err := e.ready(options); err != nil {
		e.stop()
		return err
	}
	return nil
}

func (e *embedded) options() (*server.Options, error) {
	options := &server.Options{
		ServerName: "fildefer",
		DontListen: true,
		NoSigs:     true,
		JetStream:  true,
		StoreDir:   e.config.Dir,
		SyncAlways: !e.config.Relaxed,
		// Left alone the server guesses from the free disk. Our streams have
		// caps of their own, and a limit close to them would refuse to open a
		// stream whose cap was just made smaller.
		JetStreamMaxStore: 1 << 50,
		// Consumers and batches are small; 64 MiB bounds a mistake.
		JetStreamMaxMemory: 64 << 20,
	}
	hash, err := hashed(e.secret)
	if err != nil {
		return nil, err
	}
	addAccount(options, busAccount, &server.User{Username: busUser, Password: hash})
	if e.config.MQTT.Listen == "" {
		return options, nil
	}
	return options, e.addMQTT(options)
}

// addAccount makes an account for one user.
func addAccount(options *server.Options, name string, user *server.User) {
	user.Account = server.NewAccount(name)
	options.Accounts = append(options.Accounts, user.Account)
	options.Users = append(options.Users, user)
}

// hashed is how the server is given a password, so that one which looks like a
// hash is not taken for it.
func hashed(password string) (string, error) {
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
	if err != nil {
		return "", fmt.Errorf("password of the embedded nats server: %w", err)
	}
	return string(hash), nil
}

func (e *embedded) addMQTT(options *server.Options) error {
	mqtt := e.config.MQTT
	host, port, err := mqtt.hostPort()
	if err != nil {
		return err
	}
	if e.mqtt != nil { // started before: machines must find it where it was
		port = e.mqtt.(*net.TCPAddr).Port
	}
	// The server only logs that it cannot listen: ask the system ourselves.
	probe, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		return fmt.Errorf("mqtt on %q: %w", mqtt.Listen, err)
	}
	e.mqtt = probe.Addr()
	if err := probe.Close(); err != nil {
		return fmt.Errorf("mqtt on %q: %w", mqtt.Listen, err)
	}
	options.MQTT.Host, options.MQTT.Port = host, e.mqtt.(*net.TCPAddr).Port

	machine := &server.User{Username: mqtt.User, AllowedConnectionTypes: map[string]struct{}{"MQTT": {}}}
	if mqtt.User == "" {
		// The server signs strangers in as this user, whose password it
		// compares with itself, so this one must not be a hash.
		machine.Username, machine.Password = anonymousUser, rand.Text()
		options.MQTT.NoAuthUser = anonymousUser
	} else if machine.Password, err = hashed(mqtt.Password); err != nil {
		return err
	}
	addAccount(options, "MACHINES", machine)
	return nil
}

// ready waits for the server and gives its accounts JetStream, the machines'
// with a bound.
func (e *embedded) ready(options *server.Options) error {
	if !e.server.ReadyForConnections(startTimeout) || !e.server.JetStreamEnabled() {
		return fmt.Errorf("embedded nats server in %s did not start: %s", e.config.Dir, e.log.last())
	}
	shares := []int64{-1, machineStore}
	for i, account := range options.Accounts {
		registered, err := e.server.LookupAccount(account.Name)
		if err != nil {
			return fmt.Errorf("embedded nats account %s: %w", account.Name, err)
		}
		limits := server.JetStreamAccountLimits{
			MaxMemory: -1, MaxStore: shares[i], MaxStreams: -1, MaxConsumers: -1,
			MaxAckPending: -1, MemoryMaxStreamBytes: -1, StoreMaxStreamBytes: -1,
		}
		if err := registered.EnableJetStream(map[string]server.JetStreamAccountLimits{"": limits}, nil); err != nil {
			return fmt.Errorf("embedded nats account %s: %w", account.Name, err)
		}
	}
	return nil
}

// InProcessConn is called by the NATS client for every connection it makes, so
// that a reconnect reaches the server of the moment.
func (e *embedded) InProcessConn() (net.Conn, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.server == nil {
		return nil, errors.New("the embedded nats server is stopped")
	}
	return e.server.InProcessConn()
}

func (e *embedded) mqttAddr() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.mqtt == nil {
		return ""
	}
	return e.mqtt.String()
}

// restart replaces the server by a new one on the same files.
func (e *embedded) restart() error {
	e.mu.Lock()
	e.stop()
	e.mu.Unlock()
	return e.start()
}

func (e *embedded) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.stop()
	_ = e.lock.Close() // closed before, or never taken
}

func (e *embedded) stop() {
	if e.server == nil {
		return
	}
	e.server.Shutdown()
	e.server.WaitForShutdown()
	e.server = nil
}

// fault is what the server itself says is wrong with it, or nil.
func (e *embedded) fault() error {
	e.mu.Lock()
	srv := e.server
	e.mu.Unlock()
	if srv == nil {
		return errors.New("the embedded nats server is stopped")
	}
	// What a machine's session left behind is no fault of ours.
	if health := srv.Healthz(&server.HealthzOptions{Account: busAccount}); health.Error != "" {
		return fmt.Errorf("the embedded nats server reports: %s", health.Error)
	}
	return nil
}

const (
	// minFree is the room below which a restart would only meet the same wall.
	minFree = 32 << 20
	// A fault must be seen so many times before a restart, more after each
	// restart that did not cure it.
	minPatience, maxPatience = 2, 15
)

// tend restarts a server that stays faulty although its disk has room. It
// returns when ctx ends.
func (e *embedded) tend(ctx context.Context, every time.Duration, restarted func()) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for faults, healthy, patience := 0, 0, minPatience; ; {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		fault := e.fault()
		if fault == nil {
			faults = 0
			if healthy++; healthy > maxPatience {
				patience = minPatience
			}
			continue
		}
		healthy = 0
		if faults++; faults < patience || !e.mend(fault) {
			continue
		}
		faults, patience = 0, min(2*patience, maxPatience)
		restarted()
	}
}

// mend restarts the server if that can help, and tells whether it did.
func (e *embedded) mend(fault error) bool {
	if free, err := freeDisk(e.config.Dir); err != nil || free < minFree {
		e.log.logger.Error("embedded nats server is faulty and its disk has no room", "fault", fault, "dir", e.config.Dir, "free_bytes", free)
		return false
	}
	e.log.logger.Warn("restarting the embedded nats server", "fault", fault)
	if err := e.restart(); err != nil {
		e.log.logger.Error("embedded nats server does not restart", "err", err)
		return false
	}
	return true
}
