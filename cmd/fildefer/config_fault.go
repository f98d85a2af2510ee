package main

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline"
)

// validate returns every fault at once, each with its line and key.
func (c *config) validate() error {
	f := newFaults(c.file, c.text)
	if c.Database != "sqlite" && !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://") {
		f.at("database", "%q is neither sqlite nor an address such as postgres://user@host/name", redact(c.Database))
	}
	if c.NATS.URL != "" && c.NATS.Embedded != nil {
		f.at("nats", "give either url or embedded, not both")
	}
	if e := c.NATS.Embedded; e != nil && !slices.Contains([]string{"", "always", "interval"}, e.Sync) {
		f.at("nats.embedded.sync", "%q is neither always nor interval", e.Sync)
	}
	for i, text := range c.Proxies {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			f.at(fmt.Sprintf("proxies[%d]", i), "%q is no network such as 10.0.0.0/8", text)
		}
		c.proxies = append(c.proxies, prefix)
	}
	if c.Sessions.Idle < time.Minute {
		f.at("sessions.idle", "%s is too short: write a minute or more, such as 30m", c.Sessions.Idle)
	}
	if c.OIDC != nil {
		c.OIDC.validate(f)
	}
	c.validateTerritories(f)
	c.validateSources(f)
	c.validateNotices(f)
	return errors.Join(f.list...)
}

func (c *config) validateTerritories(f *faults) {
	seen := map[string]bool{}
	for i, t := range c.Territories {
		key := fmt.Sprintf("territories[%d]", i)
		switch {
		case t.Path == "":
			f.at(key, "path is missing")
		case !isPath(t.Path):
			f.at(key+".path", "%q: write segments with / between them and none at either end", t.Path)
		case seen[t.Path]:
			f.at(key+".path", "%s is there twice", t.Path)
		}
		if !slices.Contains(feed.PlaceKinds, feed.PlaceKind(t.Kind)) {
			f.at(key+".kind", "%q is none of %v", t.Kind, feed.PlaceKinds)
		}
		if t.Rollout != "" && !slices.Contains(feed.Rollouts, feed.Rollout(t.Rollout)) {
			f.at(key+".rollout", "%q is none of %v", t.Rollout, feed.Rollouts)
		}
		seen[t.Path] = true
	}
}

func (c *config) validateSources(f *faults) {
	names := map[string]bool{}
	for i, s := range c.Sources {
		key := fmt.Sprintf("sources[%d]", i)
		if s.Name == "" || names[s.Name] {
			f.at(key+".name", "each source needs a name of its own")
		}
		if s.Name == pipeline.People {
			f.at(key+".name", "%q is the name under which what people do is kept; choose another", s.Name)
		}
		names[s.Name] = true
		if s.MQTT != nil && s.MQTT.URL == embeddedURL && (c.NATS.Embedded == nil || c.NATS.Embedded.MQTT == "") {
			f.at(key+".mqtt.url", "embedded needs our own MQTT port: set nats: {embedded: {mqtt: \"127.0.0.1:1883\"}}")
		}
		technology, config := s.technology()
		if config == nil {
			f.at(key, "give exactly one of mqtt, opcua and erp")
			continue
		}
		f.within(key+"."+technology, config.Validate())
	}
}

// technology is the one that the source names, nil when there is not exactly
// one.
func (s sourceConfig) technology() (key string, config interface{ Validate() error }) {
	given := 0
	if s.MQTT != nil {
		key, config = "mqtt", s.MQTT
		given++
	}
	if s.OPCUA != nil {
		key, config = "opcua", s.OPCUA
		given++
	}
	if s.ERP != nil {
		key, config = "erp", s.ERP
		given++
	}
	if given != 1 {
		return "", nil
	}
	return key, config
}

// faults collects what is wrong with a file, each with its place in it.
type faults struct {
	file string
	root *ast.File // nil when the text is no YAML
	list []error
}

func newFaults(file string, text []byte) *faults {
	f := &faults{file: file}
	if root, err := parser.ParseBytes(text, 0); err == nil {
		f.root = root
	}
	return f
}

// at notes a fault of the value under key: "sources[0].mqtt.url".
func (f *faults) at(key, format string, args ...any) {
	f.list = append(f.list, fmt.Errorf("%s%s: %s", f.place(key), key, fmt.Sprintf(format, args...)))
}

var leadingKey = regexp.MustCompile(`^([a-z_]+(?:\[\d+\])?(?:\.[a-z_]+(?:\[\d+\])?)*): `)

// within notes the faults that the value under key reports of itself, each of
// which begins with a key of its own.
func (f *faults) within(key string, err error) {
	if err == nil {
		return
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range many.Unwrap() {
			f.within(key, one)
		}
		return
	}
	text := err.Error()
	if own := leadingKey.FindStringSubmatch(text); own != nil {
		f.at(key+"."+own[1], "%s", text[len(own[0]):])
		return
	}
	f.at(key, "%s", text)
}

// place is "file:line:column: " of the value under key or, when the file does
// not have it, of what should hold it.
func (f *faults) place(key string) string {
	for f.root != nil && key != "" {
		if path, err := yaml.PathString("$." + key); err == nil {
			if node, err := path.FilterFile(f.root); err == nil && node != nil {
				at := node.GetToken().Position
				return fmt.Sprintf("%s:%d:%d: ", f.file, at.Line, at.Column)
			}
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return f.file + ": "
}

// redact is an address without the password in it.
func redact(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "(unreadable address)"
	}
	return u.Redacted()
}

func isPath(s string) bool {
	p, err := pipeline.ParseAssetPath(s)
	return err == nil && string(p) == s
}
