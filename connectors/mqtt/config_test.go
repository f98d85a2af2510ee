package mqtt_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/mqtt"
)

func TestEveryFaultOfAConfigurationNamesItsKey(t *testing.T) {
	t.Parallel()
	three := byte(3)
	subscription := func(change func(*mqtt.Subscription)) func(*mqtt.Config) {
		return func(c *mqtt.Config) { change(&c.Subscriptions[0]) }
	}
	for want, change := range map[string]func(*mqtt.Config){
		"url: is missing":                             func(c *mqtt.Config) { c.URL = "" },
		`url: scheme "http" is not one of`:            func(c *mqtt.Config) { c.URL = "http://broker" },
		"url: names no host":                          func(c *mqtt.Config) { c.URL = "mqtt://:1883" },
		"url: must not hold a password":               func(c *mqtt.Config) { c.URL = "mqtt://me:secret@broker" },
		"url: cannot be read":                         func(c *mqtt.Config) { c.URL = "mqtt://broker:port" },
		"password: only one of":                       func(c *mqtt.Config) { c.User, c.Password, c.PasswordEnv = "u", "p", "E" },
		"user: is missing beside the password":        func(c *mqtt.Config) { c.PasswordFile = "f" },
		"tls: needs an encrypted url":                 func(c *mqtt.Config) { c.TLS.CA = "ca.pem" },
		"tls.cert: cert and key are only useful":      func(c *mqtt.Config) { c.URL, c.TLS.Cert = "mqtts://broker", "c.pem" },
		"keep_alive: 1s is not between":               func(c *mqtt.Config) { c.KeepAlive = time.Second },
		"subscriptions: at least one":                 func(c *mqtt.Config) { c.Subscriptions = nil },
		"subscriptions[1].filter: \"plant/+/+/tele":   func(c *mqtt.Config) { c.Subscriptions = append(c.Subscriptions, telemetry()) },
		"subscriptions[0].topic: is missing":          subscription(func(s *mqtt.Subscription) { s.Topic = "" }),
		"subscriptions[0].topic: \"a{b}\" is neither": subscription(func(s *mqtt.Subscription) { s.Topic = "x/a{b}" }),
		"subscriptions[0].topic: {a...} must be the":  subscription(func(s *mqtt.Subscription) { s.Topic = "{a...}/b" }),
		"subscriptions[0].topic: level 2 needs":       subscription(func(s *mqtt.Subscription) { s.Topic = "{a}/{a}" }),
		"is not reached by the filter":                subscription(func(s *mqtt.Subscription) { s.Filter = "store/#" }),
		"filter: \"a/#/b\": # must be the last":       subscription(func(s *mqtt.Subscription) { s.Topic, s.Filter = "", "a/#/b" }),
		"filter: \"a+/b\": a wildcard must be":        subscription(func(s *mqtt.Subscription) { s.Topic, s.Filter = "", "a+/b" }),
		"filter: \"$share/g\" is not":                 subscription(func(s *mqtt.Subscription) { s.Topic, s.Filter = "", "$share/g" }),
		"subscriptions[0].asset: {site} is not":       subscription(func(s *mqtt.Subscription) { s.Asset = "{site}/x" }),
		"subscriptions[0].asset: is missing, and":     subscription(func(s *mqtt.Subscription) { s.Topic, s.Asset = "a/b", "" }),
		"subscriptions[0].signal: {what} is not":      subscription(func(s *mqtt.Subscription) { s.Signal = "{what}" }),
		"subscriptions[0].signal: is missing; a text": subscription(func(s *mqtt.Subscription) { s.Format, s.Time = mqtt.Text, "" }),
		"subscriptions[0].qos: 3 is not":              subscription(func(s *mqtt.Subscription) { s.QoS = &three }),
		"subscriptions[0].kind: \"alarm\" is not":     subscription(func(s *mqtt.Subscription) { s.Kind = "alarm" }),
		"subscriptions[0].format: \"xml\" is not":     subscription(func(s *mqtt.Subscription) { s.Format = "xml" }),
		"subscriptions[0].retained: \"x\" is not":     subscription(func(s *mqtt.Subscription) { s.Retained = "x" }),
		"subscriptions[0].id: the field \"ts\"":       subscription(func(s *mqtt.Subscription) { s.ID = "ts" }),
		"subscriptions[0].values: \"a\" needs":        subscription(func(s *mqtt.Subscription) { s.Values = map[string]string{"a": ""} }),
		"subscriptions[0].attr: \"topic\" needs":      subscription(func(s *mqtt.Subscription) { s.Attr = map[string]string{"topic": "a"} }),
		"subscriptions[0].format: text has no fields": subscription(func(s *mqtt.Subscription) { s.Format, s.Signal = mqtt.Text, "v" }),
	} {
		cfg := configFor("mqtt://broker:1883")
		require.NoError(t, cfg.Validate())
		change(&cfg)
		err := cfg.Validate()
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "secret")
		_, err = mqtt.New("line-3", cfg, slog.New(slog.DiscardHandler))
		require.ErrorContains(t, err, "mqtt line-3: ")
	}
}

func TestAnUnknownKeyIsAnErrorWithItsLine(t *testing.T) {
	t.Parallel()
	var cfg mqtt.Config
	err := yaml.UnmarshalWithOptions([]byte("url: mqtt://broker\nsubscription: []\n"), &cfg, yaml.Strict())
	require.ErrorContains(t, err, `[2:1] unknown field "subscription"`)
}

func TestTheFilesOfAConfigurationAreResolved(t *testing.T) {
	t.Parallel()
	cfg := mqtt.Config{PasswordFile: "password", TLS: mqtt.TLS{CA: "ca.pem", Cert: "cert.pem", Key: "key.pem"}}
	cfg.Resolve(func(file string) string { return "etc/" + file })
	require.Equal(t, mqtt.Config{
		PasswordFile: "etc/password", TLS: mqtt.TLS{CA: "etc/ca.pem", Cert: "etc/cert.pem", Key: "etc/key.pem"},
	}, cfg)
}

func TestAPasswordIsNotPrintedWithItsConfiguration(t *testing.T) {
	t.Parallel()
	cfg := configFor("mqtt://broker")
	cfg.User, cfg.Password = "fildefer", "hunter2"
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", cfg, cfg, cfg), "hunter2")
}
