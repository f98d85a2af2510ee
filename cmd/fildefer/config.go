package main

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/erp"
	"github.com/fildefer/fildefer/connectors/mqtt"
	"github.com/fildefer/fildefer/connectors/opcua"
	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/feed/auth"
	"github.com/fildefer/fildefer/feed/notify"
	"github.com/fildefer/fildefer/pipeline/replay"
)

// config is the one file that describes an installation. Relative paths in it
// are relative to the file.
type config struct {
	Listen      string            `yaml:"listen"`      // address of the screens and the API
	Metrics     string            `yaml:"metrics"`     // address of /metrics; empty: none
	Data        string            `yaml:"data"`        // folder of everything that is kept
	Database    string            `yaml:"database"`    // sqlite | postgres://…
	NATS        natsConfig        `yaml:"nats"`        // embedded | nats://… | {…}
	TLS         *tlsConfig        `yaml:"tls"`         // none: plain HTTP
	Proxies     []string          `yaml:"proxies"`     // networks of reverse proxies whose X-Forwarded headers are believed
	Territories []territoryConfig `yaml:"territories"` // the tree
	Sources     []sourceConfig    `yaml:"sources"`     // what machines and the ERP say
	Rules       []string          `yaml:"rules"`       // files or globs
	Mail        *notify.Mail      `yaml:"mail"`        // none: people are told on the screens only
	Webhooks    []notify.Webhook  `yaml:"webhooks"`    // other programs that are told what becomes of posts
	Circuits    []string          `yaml:"circuits"`    // files or globs of decision circuits; none: the feed's own
	Sessions    sessionConfig     `yaml:"sessions"`    // of people on devices of their own
	OIDC        *oidcConfig       `yaml:"oidc"`        // the company's accounts; none: by PIN and badge only

	// duplicates is how long the stream itself remembers event ids; 0: its
	// default. The ledger knows every effect anyway.
	duplicates time.Duration

	proxies  []netip.Prefix // Proxies
	circuits []feed.Circuit // Circuits
	sweep    time.Duration  // how often time is let pass over decisions; 0: the usual

	file  string
	text  []byte                            // of the file
	dir   string                            // of the file
	rules func() ([]replay.Document, error) // instead of Rules, for the demo
	demo  []api.Person                      // people to sign in as; none outside of the demo
}

type sessionConfig struct {
	Idle time.Duration `yaml:"idle"` // how long one lasts in which nobody does anything
}

type natsConfig struct {
	URL         string          `yaml:"url"`
	Credentials string          `yaml:"credentials"` // nats credentials file
	CA          string          `yaml:"ca"`
	Replicas    int             `yaml:"replicas"`
	Embedded    *embeddedConfig `yaml:"embedded"`
	MaxBytes    int64           `yaml:"max_bytes"`
	MaxAge      time.Duration   `yaml:"max_age"`
}

type embeddedConfig struct {
	MQTT         string `yaml:"mqtt"` // address for machines that publish straight to us
	User         string `yaml:"user"`
	PasswordFile string `yaml:"password_file"`
	Sync         string `yaml:"sync"` // always | interval

	password string // from PasswordFile
}

// A source whose broker is called "embedded" reads our own MQTT port; until the
// port is open, its address is embeddedURL.
const (
	embeddedBroker = "embedded"
	embeddedURL    = "mqtt://embedded"
)

// UnmarshalYAML accepts "embedded", a nats:// address, or the long form.
func (n *natsConfig) UnmarshalYAML(data []byte) error {
	var short string
	if err := yaml.Unmarshal(data, &short); err == nil {
		switch {
		case short == "embedded" || short == "":
		case strings.HasPrefix(short, "nats://") || strings.HasPrefix(short, "tls://"):
			n.URL = short
		default:
			return fmt.Errorf("nats: %q is neither embedded nor an address such as nats://host:4222", short)
		}
		return nil
	}
	type long natsConfig
	return yaml.UnmarshalWithOptions(data, (*long)(n), yaml.Strict())
}

type tlsConfig struct {
	Cert string `yaml:"cert"`
	Key  string `yaml:"key"`
}

type territoryConfig struct {
	Path    string  `yaml:"path"`
	Name    string  `yaml:"name"`
	Kind    string  `yaml:"kind"`
	Target  float64 `yaml:"target"`  // what the "rate" signal should be
	Rollout string  `yaml:"rollout"` // ghost, pilot or open, until somebody decides otherwise; default: as above it
}

// sourceConfig is one connector: a name and one technology.
type sourceConfig struct {
	Name  string        `yaml:"name"`
	MQTT  *mqtt.Config  `yaml:"mqtt"`
	OPCUA *opcua.Config `yaml:"opcua"`
	ERP   *erp.Config   `yaml:"erp"`
}

// loadConfig reads file and checks everything that can be checked without
// touching a network.
func loadConfig(file string) (*config, error) {
	c, err := readConfig(file)
	if err != nil {
		return nil, err
	}
	if err := c.validate(); err != nil {
		return nil, err
	}
	if c.circuits, err = c.loadCircuits(); err != nil {
		return nil, err
	}
	if e := c.NATS.Embedded; e != nil {
		if e.password, err = connectors.Secret("").Reveal(c.path(e.PasswordFile), ""); err != nil {
			return nil, fmt.Errorf("%s: nats.embedded: %w", file, err)
		}
	}
	return c, nil
}

// readConfig reads file; what it says may still be wrong.
func readConfig(file string) (*config, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no such file; README.md shows one to start from", file)
	}
	if err != nil {
		return nil, err
	}
	return parseConfig(file, data)
}

func parseConfig(file string, data []byte) (*config, error) {
	c := &config{Listen: "127.0.0.1:8080", Data: "data", Database: "sqlite", Sessions: sessionConfig{Idle: auth.IdleFor}, file: file, text: data, dir: filepath.Dir(file)}
	if err := yaml.UnmarshalWithOptions(data, c, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s:%w", file, yamlFault(err))
	}
	c.Data = c.path(c.Data)
	if c.TLS != nil {
		c.TLS.Cert, c.TLS.Key = c.path(c.TLS.Cert), c.path(c.TLS.Key)
	}
	c.resolveNotices()
	if c.OIDC != nil {
		c.OIDC.resolve(c.path)
	}
	for _, s := range c.Sources {
		if s.MQTT != nil {
			s.MQTT.Resolve(c.path)
			if s.MQTT.URL == embeddedBroker {
				s.MQTT.URL = embeddedURL
			}
		}
		if s.OPCUA != nil {
			s.OPCUA.Resolve(c.path)
		}
	}
	return c, nil
}

// yamlFault is err in one line: "12:3: unknown field "brokr"".
func yamlFault(err error) error {
	text := yaml.FormatError(err, false, false)
	if head, _, ok := strings.Cut(text, "\n"); ok {
		text = head
	}
	if rest, ok := strings.CutPrefix(text, "["); ok {
		text = strings.Replace(rest, "] ", ": ", 1)
	}
	return errors.New(text)
}

// path is p, relative to the configuration file when it is not absolute.
func (c *config) path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.dir, p)
}

// tree is the configured territories in the feed's words.
func (c *config) tree() []feed.Territory {
	var out []feed.Territory
	for _, t := range c.Territories {
		out = append(out, feed.Territory{
			Path: feed.Path(t.Path), Name: t.Name, Kind: feed.PlaceKind(t.Kind), Target: t.Target, Rollout: feed.Rollout(t.Rollout),
		})
	}
	return out
}
