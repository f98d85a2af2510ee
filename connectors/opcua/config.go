package opcua

import (
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// Example is a commented configuration: the reference of every key.
//
//go:embed example.yaml
var Example string

// Config is one OPC UA server and what to read of it. A key that is left out
// takes the default that [Example] names.
type Config struct {
	Endpoint           string        `yaml:"endpoint"`
	Security           Security      `yaml:"security"`
	Auth               Auth          `yaml:"auth"`
	PublishingInterval time.Duration `yaml:"publishing_interval"`
	KeepAlive          uint32        `yaml:"keep_alive"`
	RetryMissing       time.Duration `yaml:"retry_missing"`
	ReconnectMax       time.Duration `yaml:"reconnect_max"`
	Defaults           Monitoring    `yaml:"defaults"`
	Nodes              []Node        `yaml:"nodes"`
	Browse             []Browse      `yaml:"browse"`
	Alarms             []Alarm       `yaml:"alarms"`
}

// Security says how the channel is protected and which server is trusted.
type Security struct {
	Policy      string `yaml:"policy"`
	Mode        string `yaml:"mode"`
	Fingerprint string `yaml:"fingerprint"`
	TrustFirst  bool   `yaml:"trust_first"`
	Cert        string `yaml:"cert"`
	Key         string `yaml:"key"`
}

// Auth says who signs in; without a user the session is anonymous.
type Auth struct {
	User         string            `yaml:"user"`
	Password     connectors.Secret `yaml:"password"`
	PasswordFile string            `yaml:"password_file"`
	PasswordEnv  string            `yaml:"password_env"`
}

// Monitoring says how the server watches a value between two publications.
type Monitoring struct {
	Sampling *time.Duration `yaml:"sampling"`
	Queue    uint32         `yaml:"queue"`
	Deadband *Deadband      `yaml:"deadband"`
}

// Deadband is the change below which the server keeps silent, in the value's
// unit or in percent of its EURange.
type Deadband struct {
	Absolute float64 `yaml:"absolute"`
	Percent  float64 `yaml:"percent"`
}

// Node is one variable, by its node id.
type Node struct {
	ID         string        `yaml:"id"`
	Asset      string        `yaml:"asset"`
	Signal     string        `yaml:"signal"`
	Unit       string        `yaml:"unit"`
	Kind       pipeline.Kind `yaml:"kind"`
	Monitoring `yaml:",inline"`
}

// Browse is all variables whose browse path matches a pattern.
type Browse struct {
	Path       string        `yaml:"path"`
	Asset      string        `yaml:"asset"`
	Signal     string        `yaml:"signal"`
	Unit       string        `yaml:"unit"`
	Kind       pipeline.Kind `yaml:"kind"`
	Monitoring `yaml:",inline"`
}

// Resolve rewrites the names of files by path, which makes them independent of
// the folder in which the program runs.
func (c *Config) Resolve(path func(string) string) {
	for _, file := range []*string{&c.Auth.PasswordFile, &c.Security.Cert, &c.Security.Key} {
		*file = path(*file)
	}
}

// Validate reports every fault of the configuration, each with its key. It
// does no I/O.
func (c *Config) Validate() error {
	faults := []error{c.validateEndpoint(), c.Security.validate(), c.Auth.validate(), c.Defaults.validate("defaults")}
	if min(c.PublishingInterval, c.RetryMissing, c.ReconnectMax) < 0 {
		faults = append(faults, errors.New("publishing_interval, retry_missing and reconnect_max must not be negative"))
	}
	if len(c.Nodes)+len(c.Browse)+len(c.Alarms) == 0 {
		faults = append(faults, errors.New("nodes: name at least one node, a browse path or alarms"))
	}
	seen := make(map[string]int, len(c.Nodes))
	for i, n := range c.Nodes {
		key := fmt.Sprintf("nodes[%d]", i)
		if first, twice := seen[n.ID]; twice {
			faults = append(faults, fmt.Errorf("%s.id: %s is already nodes[%d]", key, n.ID, first))
		}
		seen[n.ID] = i
		faults = append(faults, n.validate(key))
	}
	for i, b := range c.Browse {
		faults = append(faults, b.validate(fmt.Sprintf("browse[%d]", i)))
	}
	faults = append(faults, c.validateAlarms())
	return errors.Join(faults...)
}

func (c *Config) validateEndpoint() error {
	u, err := url.Parse(c.Endpoint)
	if err != nil || u.Scheme != "opc.tcp" || u.Host == "" {
		return fmt.Errorf("endpoint: %q must look like opc.tcp://host:4840/path", c.Endpoint)
	}
	if u.User != nil {
		return errors.New("endpoint: the user belongs into auth.user, not into the address")
	}
	return nil
}

func (s *Security) validate() error {
	switch {
	case s.policy() != policyNone && s.policy() != policyBasic256Sha256:
		return fmt.Errorf("security.policy: %q is neither %s nor %s", s.Policy, policyNone, policyBasic256Sha256)
	case s.mode() != modeNone && s.mode() != modeSign && s.mode() != modeEncrypt:
		return fmt.Errorf("security.mode: %q is none of %s, %s, %s", s.Mode, modeNone, modeSign, modeEncrypt)
	case (s.policy() == policyNone) != (s.mode() == modeNone):
		return fmt.Errorf("security: policy %s does not go with mode %s", s.policy(), s.mode())
	case !s.on() && (s.Fingerprint != "" || s.TrustFirst):
		return errors.New("security: a fingerprint protects nothing when policy is None; choose Basic256Sha256")
	case (s.Cert == "") != (s.Key == ""):
		return errors.New("security: cert and key are given together or not at all")
	}
	if s.Fingerprint != "" {
		if _, err := parseFingerprint(s.Fingerprint); err != nil {
			return fmt.Errorf("security.fingerprint: %w", err)
		}
	}
	return nil
}

func (a *Auth) validate() error {
	given := 0
	for _, s := range []string{string(a.Password), a.PasswordFile, a.PasswordEnv} {
		if s != "" {
			given++
		}
	}
	switch {
	case given > 1:
		return errors.New("auth: give one of password, password_file, password_env")
	case given == 1 && a.User == "":
		return errors.New("auth.user: a password without a user")
	}
	return nil
}

func (m *Monitoring) validate(key string) error {
	switch d := m.Deadband; {
	case m.Sampling != nil && *m.Sampling < 0:
		return fmt.Errorf("%s.sampling must not be negative", key)
	case d != nil && (d.Absolute < 0 || d.Percent < 0 || d.Percent > 100):
		return fmt.Errorf("%s.deadband: absolute must not be negative, percent must lie in 0 to 100", key)
	case d != nil && d.Absolute != 0 && d.Percent != 0:
		return fmt.Errorf("%s.deadband: give absolute or percent, not both", key)
	}
	return nil
}

func (n *Node) validate(key string) error {
	faults := []error{n.Monitoring.validate(key), validateKind(key, n.Kind)}
	if _, err := parseNodeRef(n.ID); err != nil {
		faults = append(faults, fmt.Errorf("%s.id: %w", key, err))
	}
	if _, err := pipeline.ParseAssetPath(n.Asset); err != nil {
		faults = append(faults, fmt.Errorf("%s.asset: %w", key, err))
	}
	if n.Signal == "" || len(n.Signal) > pipeline.MaxSignalBytes {
		faults = append(faults, fmt.Errorf("%s.signal: a name of 1 to %d bytes is needed", key, pipeline.MaxSignalBytes))
	}
	return errors.Join(faults...)
}

func (b *Browse) validate(key string) error {
	faults := []error{b.Monitoring.validate(key), validateKind(key, b.Kind)}
	path, err := parseBrowsePath(b.Path)
	if err != nil {
		faults = append(faults, fmt.Errorf("%s.path: %w", key, err))
	}
	if b.Asset == "" {
		faults = append(faults, fmt.Errorf("%s.asset: an asset path is needed, such as lyon/presses/{1}", key))
	}
	if err := checkTemplate(b.Asset, path.wildcards); err != nil {
		faults = append(faults, fmt.Errorf("%s.asset: %w", key, err))
	}
	if err := checkTemplate(b.Signal, path.wildcards); err != nil {
		faults = append(faults, fmt.Errorf("%s.signal: %w", key, err))
	}
	return errors.Join(faults...)
}

func validateKind(key string, k pipeline.Kind) error {
	switch k {
	case "", pipeline.Measure, pipeline.State:
		return nil
	}
	return fmt.Errorf("%s.kind: %q is neither measure nor state", key, k)
}
