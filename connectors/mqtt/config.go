package mqtt

import (
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// Example is a configuration in which every key is explained: the reference.
//
//go:embed example.yaml
var Example []byte

// Config is the configuration of one broker. [Example] explains each key.
type Config struct {
	URL           string            `yaml:"url"`
	ClientID      string            `yaml:"client_id"`
	User          string            `yaml:"user"`
	Password      connectors.Secret `yaml:"password"`
	PasswordFile  string            `yaml:"password_file"`
	PasswordEnv   string            `yaml:"password_env"`
	TLS           TLS               `yaml:"tls"`
	CleanSession  bool              `yaml:"clean_session"`
	KeepAlive     time.Duration     `yaml:"keep_alive"`
	Subscriptions []Subscription    `yaml:"subscriptions"`
}

// TLS names the files of an encrypted link.
type TLS struct {
	CA         string `yaml:"ca"`
	Cert       string `yaml:"cert"`
	Key        string `yaml:"key"`
	ServerName string `yaml:"server_name"`
}

// Subscription says which messages are read, and what they mean.
type Subscription struct {
	Filter    string            `yaml:"filter"`
	Topic     string            `yaml:"topic"`
	QoS       *byte             `yaml:"qos"`
	Retained  Retained          `yaml:"retained"`
	Asset     string            `yaml:"asset"`
	Signal    string            `yaml:"signal"`
	Kind      pipeline.Kind     `yaml:"kind"`
	Format    Format            `yaml:"format"`
	Time      string            `yaml:"time"`
	ID        string            `yaml:"id"`
	Seq       string            `yaml:"seq"`
	Values    map[string]string `yaml:"values"`
	Unit      map[string]string `yaml:"unit"`
	UnitField string            `yaml:"unit_field"`
	Attr      map[string]string `yaml:"attr"`
}

// Retained says what becomes of retained messages, which the broker repeats at
// each subscription.
type Retained string

// What becomes of retained messages.
const (
	SkipRetained   Retained = "skip" // the default
	AcceptRetained Retained = "accept"
)

// Format is how payloads are read.
type Format string

// Formats of payloads.
const (
	Auto Format = "auto" // the default: JSON where it reads as JSON, else text
	JSON Format = "json"
	Text Format = "text"
)

const (
	defaultQoS       = 1
	defaultKeepAlive = 30 * time.Second
	minKeepAlive     = 5 * time.Second // below, brokers that round down give up first
	maxKeepAlive     = 18 * time.Hour  // 65,535 seconds is what the protocol can say
	maxNameBytes     = 64
)

func schemes() []string { return []string{"mqtt", "tcp", "mqtts", "ssl", "tls"} }

func (c *Config) encrypted() bool {
	return strings.HasPrefix(c.URL, "mqtts:") || strings.HasPrefix(c.URL, "ssl:") || strings.HasPrefix(c.URL, "tls:")
}

func (c *Config) keepAlive() time.Duration {
	if c.KeepAlive == 0 {
		return defaultKeepAlive
	}
	return c.KeepAlive
}

// Resolve rewrites the names of files by path, which makes them independent of
// the folder in which the program runs.
func (c *Config) Resolve(path func(string) string) {
	for _, file := range []*string{&c.PasswordFile, &c.TLS.CA, &c.TLS.Cert, &c.TLS.Key} {
		*file = path(*file)
	}
}

// Validate reports every fault, each naming its key.
func (c *Config) Validate() error {
	faults := []error{c.validateURL(), c.validateSecret(), c.validateTLS()}
	if k := c.keepAlive(); k < minKeepAlive || k > maxKeepAlive {
		faults = append(faults, fmt.Errorf("keep_alive: %s is not between %s and %s", k, minKeepAlive, maxKeepAlive))
	}
	if len(c.Subscriptions) == 0 {
		faults = append(faults, errors.New("subscriptions: at least one is needed"))
	}
	filters := map[string]int{}
	for i := range c.Subscriptions {
		s := &c.Subscriptions[i]
		compiled, err := compile(s)
		if err != nil {
			faults = append(faults, fmt.Errorf("subscriptions[%d].%w", i, err))
			continue
		}
		filter := unshared(compiled.filter)
		if first, twice := filters[filter]; twice {
			faults = append(faults, fmt.Errorf("subscriptions[%d].filter: %q is already that of subscriptions[%d]", i, filter, first))
		}
		filters[filter] = i
	}
	return errors.Join(faults...)
}

func (c *Config) validateURL() error {
	u, err := url.Parse(c.URL)
	switch {
	case c.URL == "":
		return errors.New("url: is missing, for example mqtt://broker:1883")
	case err != nil:
		return errors.New("url: cannot be read, expected mqtt://host:port or mqtts://host:port")
	case !slices.Contains(schemes(), u.Scheme):
		return fmt.Errorf("url: scheme %q is not one of %s", u.Scheme, strings.Join(schemes(), ", "))
	case u.Hostname() == "":
		return errors.New("url: names no host")
	case u.User != nil:
		return errors.New("url: must not hold a password; use user and password_file or password_env")
	}
	return nil
}

func (c *Config) validateSecret() error {
	given := 0
	for _, set := range []bool{c.Password != "", c.PasswordFile != "", c.PasswordEnv != ""} {
		if set {
			given++
		}
	}
	switch {
	case given > 1:
		return errors.New("password: only one of password, password_file and password_env may be given")
	case given == 1 && c.User == "":
		return errors.New("user: is missing beside the password")
	}
	return nil
}

func (c *Config) validateTLS() error {
	switch {
	case c.TLS != TLS{} && !c.encrypted():
		return errors.New("tls: needs an encrypted url (mqtts://)")
	case (c.TLS.Cert == "") != (c.TLS.Key == ""):
		return errors.New("tls.cert: cert and key are only useful together")
	}
	return nil
}
