package main

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/fault"
	"github.com/fildefer/fildefer/pipeline"
)

// validate returns every fault at once, each with its line and key.
func (c *config) validate() error {
	f := fault.New(c.file, c.text)
	if c.Database != "sqlite" && !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://") {
		f.At("database", "%q is neither sqlite nor an address such as postgres://user@host/name", redact(c.Database))
	}
	if c.NATS.URL != "" && c.NATS.Embedded != nil {
		f.At("nats", "give either url or embedded, not both")
	}
	if e := c.NATS.Embedded; e != nil && !slices.Contains([]string{"", "always", "interval"}, e.Sync) {
		f.At("nats.embedded.sync", "%q is neither always nor interval", e.Sync)
	}
	for i, text := range c.Proxies {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			f.At(fmt.Sprintf("proxies[%d]", i), "%q is no network such as 10.0.0.0/8", text)
		}
		c.proxies = append(c.proxies, prefix)
	}
	if c.Sessions.Idle < time.Minute {
		f.At("sessions.idle", "%s is too short: write a minute or more, such as 30m", c.Sessions.Idle)
	}
	if c.OIDC != nil {
		c.OIDC.validate(f)
	}
	c.validateTerritories(f)
	c.validateSources(f)
	c.validateNotices(f)
	return f.Err()
}

func (c *config) validateTerritories(f *fault.List) {
	seen := map[string]bool{}
	for i, t := range c.Territories {
		key := fmt.Sprintf("territories[%d]", i)
		switch {
		case t.Path == "":
			f.At(key, "path is missing")
		case !isPath(t.Path):
			f.At(key+".path", "%q: write segments with / between them and none at either end", t.Path)
		case seen[t.Path]:
			f.At(key+".path", "%s is there twice", t.Path)
		}
		if !slices.Contains(feed.PlaceKinds, feed.PlaceKind(t.Kind)) {
			f.At(key+".kind", "%q is none of %v", t.Kind, feed.PlaceKinds)
		}
		if t.Rollout != "" && !slices.Contains(feed.Rollouts, feed.Rollout(t.Rollout)) {
			f.At(key+".rollout", "%q is none of %v", t.Rollout, feed.Rollouts)
		}
		seen[t.Path] = true
	}
}

func (c *config) validateSources(f *fault.List) {
	names := map[string]bool{}
	for i, s := range c.Sources {
		key := fmt.Sprintf("sources[%d]", i)
		if s.Name == "" || names[s.Name] {
			f.At(key+".name", "each source needs a name of its own")
		}
		if s.Name == pipeline.People {
			f.At(key+".name", "%q is the name under which what people do is kept; choose another", s.Name)
		}
		names[s.Name] = true
		if s.MQTT != nil && s.MQTT.URL == embeddedURL && (c.NATS.Embedded == nil || c.NATS.Embedded.MQTT == "") {
			f.At(key+".mqtt.url", "embedded needs our own MQTT port: set nats: {embedded: {mqtt: \"127.0.0.1:1883\"}}")
		}
		technology, config := s.technology()
		if config == nil {
			f.At(key, "give exactly one of mqtt, opcua and erp")
			continue
		}
		f.Within(key+"."+technology, config.Validate())
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
