package bus

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Options says where the streams live and how much they may hold. Exactly one
// of Embedded and Remote must be set; everything else has a default.
type Options struct {
	Embedded *Embedded // a server inside this process
	Remote   *Remote   // servers that run elsewhere

	Shards       int           // subjects that events are spread over; default 16, fixed once the stream exists
	MaxBytes     int64         // cap of the event stream; default 4 GiB, never more than half of what the disk can give
	MaxAge       time.Duration // how much of the past is kept for replay; default 7 days
	MaxDeadBytes int64         // cap of the dead letters, the oldest go first; default 256 MiB
	Duplicates   time.Duration // how long the server itself remembers event ids; default 2 minutes
	Replicas     int           // copies in a cluster; default 1

	Logger     *slog.Logger          // required
	Registerer prometheus.Registerer // nil keeps the metrics private
}

// Embedded is a NATS server inside this process, reached through memory only.
type Embedded struct {
	Dir string // its files
	// Relaxed lets the server acknowledge before its files are synced to disk.
	// A power cut may then lose the last seconds. The default is safe.
	Relaxed bool
	MQTT    MQTT
}

// MQTT is the embedded server's own port for machines.
type MQTT struct {
	Listen   string // "host:port"; empty for no port, ":0" for any free one
	User     string
	Password string
	// AllowAnonymous permits a port without password on an address that
	// other computers can reach.
	AllowAnonymous bool
}

// Remote is a NATS server or cluster that runs elsewhere.
type Remote struct {
	URLs        []string
	Credentials string // path of a .creds file
	User        string
	Password    string
	CA          string // path of the certificate authority to trust, PEM
}

const (
	defaultShards     = 16
	defaultMaxBytes   = 4 << 30
	defaultDeadBytes  = 256 << 20
	defaultMaxAge     = 7 * 24 * time.Hour
	defaultDuplicates = 2 * time.Minute
)

// complete fills in the defaults and reports the first fault.
func (o *Options) complete() error {
	o.Shards = orDefault(o.Shards, defaultShards)
	o.MaxBytes = orDefault(o.MaxBytes, defaultMaxBytes)
	o.MaxDeadBytes = orDefault(o.MaxDeadBytes, defaultDeadBytes)
	o.MaxAge = orDefault(o.MaxAge, defaultMaxAge)
	o.Duplicates = orDefault(o.Duplicates, defaultDuplicates)
	o.Replicas = orDefault(o.Replicas, 1)
	switch {
	case (o.Embedded == nil) == (o.Remote == nil):
		return errors.New("exactly one of an embedded and a remote server must be configured")
	case o.Logger == nil:
		return errors.New("a logger is required")
	case o.Shards < 0 || o.Shards > 1024:
		return fmt.Errorf("shards is %d, it must lie between 1 and 1024", o.Shards)
	case o.MaxBytes < 0 || o.MaxDeadBytes < 0 || o.MaxAge < 0 || o.Duplicates < 0 || o.Replicas < 0:
		return errors.New("sizes, ages and replicas must be positive")
	case o.Remote != nil && len(o.Remote.URLs) == 0:
		return errors.New("a remote server needs at least one nats:// url")
	case o.Embedded != nil && o.Embedded.Dir == "":
		return errors.New("an embedded server needs a directory")
	case o.Embedded != nil && o.Replicas > 1:
		return fmt.Errorf("an embedded server keeps 1 copy, %d replicas need a cluster", o.Replicas)
	case o.Embedded != nil:
		return o.Embedded.MQTT.check()
	}
	return nil
}

func orDefault[T int | int64 | time.Duration](v, fallback T) T {
	if v == 0 {
		return fallback
	}
	return v
}

// check refuses a port that anybody in the plant's network could write to,
// unless that was asked for in so many words.
func (m *MQTT) check() error {
	if m.Listen == "" {
		return nil
	}
	host, _, err := m.hostPort()
	if err != nil {
		return err
	}
	if (m.User == "") != (m.Password == "") {
		return errors.New("mqtt needs a user and a password, or neither")
	}
	ip := net.ParseIP(host)
	loopback := host == "localhost" || ip != nil && ip.IsLoopback()
	if !loopback && m.User == "" && !m.AllowAnonymous {
		return fmt.Errorf("mqtt on %q would let anyone on the network post as a machine: set a user and a password, listen on 127.0.0.1, or allow anonymous machines explicitly", m.Listen)
	}
	return nil
}

func (m *MQTT) hostPort() (host string, port int, err error) {
	host, text, err := net.SplitHostPort(m.Listen)
	if err != nil {
		return "", 0, fmt.Errorf("mqtt listen address %q: %w", m.Listen, err)
	}
	port, err = strconv.Atoi(text)
	if err != nil || port < 0 || port > 65535 {
		return "", 0, fmt.Errorf("mqtt listen address %q: the port must be a number from 0 to 65535", m.Listen)
	}
	return host, port, nil
}
