package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/erp"
	"github.com/fildefer/fildefer/connectors/mqtt"
	"github.com/fildefer/fildefer/connectors/opcua"
	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/pipeline/rule"
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
	Territories []territoryConfig `yaml:"territories"` // the tree
	Sources     []sourceConfig    `yaml:"sources"`     // what machines and the ERP say
	Rules       []string          `yaml:"rules"`       // files or globs

	// duplicates is how long the stream itself remembers event ids; 0: its
	// default. The ledger knows every effect anyway.
	duplicates time.Duration

	dir   string                      // of the file
	rules func() ([]rule.Rule, error) // instead of Rules, for the demo
	demo  []api.DemoMember            // people to sign in as; none outside of the demo
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
	Path   string  `yaml:"path"`
	Name   string  `yaml:"name"`
	Kind   string  `yaml:"kind"`
	Target float64 `yaml:"target"` // what the "rate" signal should be
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
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no such file; README.md shows one to start from", file)
	}
	if err != nil {
		return nil, err
	}
	c, err := parseConfig(file, data)
	if err != nil {
		return nil, err
	}
	if err := c.validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if e := c.NATS.Embedded; e != nil {
		if e.password, err = connectors.Secret("").Reveal(c.path(e.PasswordFile), ""); err != nil {
			return nil, fmt.Errorf("%s: nats.embedded: %w", file, err)
		}
	}
	return c, nil
}

func parseConfig(file string, data []byte) (*config, error) {
	c := &config{Listen: "127.0.0.1:8080", Data: "data", Database: "sqlite", dir: filepath.Dir(file)}
	if err := yaml.UnmarshalWithOptions(data, c, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s:%w", file, yamlFault(err))
	}
	c.Data = c.path(c.Data)
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

// validate returns every fault at once, each naming its key.
func (c *config) validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if c.Database != "sqlite" && !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://") {
		fault("database: %q is neither sqlite nor an address such as postgres://user@host/name", c.Database)
	}
	if c.NATS.URL != "" && c.NATS.Embedded != nil {
		fault("nats: give either url or embedded, not both")
	}
	if e := c.NATS.Embedded; e != nil && !slices.Contains([]string{"", "always", "interval"}, e.Sync) {
		fault("nats.embedded.sync: %q is neither always nor interval", e.Sync)
	}
	seen := map[string]bool{}
	for i, t := range c.Territories {
		switch {
		case t.Path == "":
			fault("territories[%d]: path is missing", i)
		case seen[t.Path]:
			fault("territories[%d]: %s is there twice", i, t.Path)
		case !slices.Contains(feed.PlaceKinds, feed.PlaceKind(t.Kind)):
			fault("territories[%d] %s: kind %q is none of %v", i, t.Path, t.Kind, feed.PlaceKinds)
		}
		seen[t.Path] = true
	}
	names := map[string]bool{}
	for i, s := range c.Sources {
		if s.Name == "" || names[s.Name] {
			fault("sources[%d]: each source needs a name of its own", i)
		}
		names[s.Name] = true
		if s.MQTT != nil && s.MQTT.URL == embeddedURL && (c.NATS.Embedded == nil || c.NATS.Embedded.MQTT == "") {
			fault("sources[%d] %s: url: embedded needs our own MQTT port: set nats: {embedded: {mqtt: \"127.0.0.1:1883\"}}", i, s.Name)
		}
		if err := s.validate(); err != nil {
			fault("sources[%d] %s: %w", i, s.Name, err)
		}
	}
	return errors.Join(faults...)
}

func (s sourceConfig) validate() error {
	var given []interface{ Validate() error }
	if s.MQTT != nil {
		given = append(given, s.MQTT)
	}
	if s.OPCUA != nil {
		given = append(given, s.OPCUA)
	}
	if s.ERP != nil {
		given = append(given, s.ERP)
	}
	if len(given) != 1 {
		return errors.New("give exactly one of mqtt, opcua and erp")
	}
	return given[0].Validate()
}

// tree is the configured territories in the feed's words, parents that nobody
// named included.
func (c *config) tree() []feed.Territory {
	var out []feed.Territory
	for _, t := range c.Territories {
		out = append(out, feed.Territory{Path: feed.Path(t.Path), Name: t.Name, Kind: feed.PlaceKind(t.Kind), Target: t.Target})
	}
	return out
}

// loadRules parses and compiles every rule file.
func (c *config) loadRules() (*rule.Set, error) {
	if c.rules == nil {
		c.rules = c.ruleFiles
	}
	rules, err := c.rules()
	if err != nil {
		return nil, err
	}
	return rule.Compile(rules)
}

func (c *config) ruleFiles() ([]rule.Rule, error) {
	var all []rule.Rule
	for _, pattern := range c.Rules {
		files, err := filepath.Glob(c.path(pattern))
		if err != nil || len(files) == 0 {
			return nil, fmt.Errorf("rules: no file matches %s", pattern)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			rules, err := rule.Parse(file, data)
			if err != nil {
				return nil, err
			}
			all = append(all, rules...)
		}
	}
	return all, nil
}
