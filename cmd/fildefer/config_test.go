package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/replay"
)

// TestTheReadmeCanBeCopied decodes what a newcomer copies from README.md.
func TestTheReadmeCanBeCopied(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(readme, -1)
	require.Len(t, blocks, 3)

	c, err := parseConfig("fildefer.yaml", blocks[0][1])
	require.NoError(t, err)
	require.NoError(t, c.validate())
	require.Len(t, c.Sources, 3)

	_, err = parseConfig("fildefer.yaml", slices.Concat(blocks[0][1], blocks[2][1]))
	require.NoError(t, err)

	_, warnings, err := replay.Lint([]replay.Document{{Name: "rules/line.yaml", Data: blocks[1][1]}})
	require.NoError(t, err)
	require.Empty(t, warnings)
}

func TestEachFaultOfAConfigurationNamesItsPlace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ yaml, want string }{
		"unknown key":      {"lisen: :8080\n", `1:1: unknown field "lisen"`},
		"wrong type":       {"territories: 3\n", "1:14: "},
		"nested key":       {"sources:\n  - name: a\n    mqtt:\n      brokr: x\n", `4:7: unknown field "brokr"`},
		"nats":             {"nats: kafka://x\n", "neither embedded nor an address"},
		"nats key":         {"nats:\n  embeded: {}\n", `unknown field "embeded"`},
		"database":         {"database: mysql://x\n", `database: "mysql://x" is neither sqlite nor an address`},
		"kind of place":    {"territories: [{path: a, kind: shed}]\n", `1:31: territories[0].kind: "shed" is none of`},
		"rollout":          {"territories: [{path: a, kind: site, rollout: shut}]\n", `territories[0].rollout: "shut" is none of [ghost pilot open]`},
		"place twice":      {"territories: [{path: a, kind: site}, {path: a, kind: site}]\n", "territories[1].path: a is there twice"},
		"no technology":    {"sources: [{name: a}]\n", "1:11: sources[0]: give exactly one of mqtt, opcua and erp"},
		"no name":          {"sources: [{erp: {dir: x}}]\n", "sources[0].name: each source needs a name of its own"},
		"of the source":    {"sources: [{name: a, mqtt: {url: x}}]\n", "1:33: sources[0].mqtt.url: "},
		"no own port":      {"sources: [{name: a, mqtt: {url: embedded, subscriptions: [{topic: \"plant/{asset}\"}]}}]\n", "sources[0].mqtt.url: embedded needs our own MQTT port"},
		"no issuer":        {"oidc: {client_id: f, map: [{group: g, role: lead, territory: a}]}\n", `oidc.issuer: "" is no address such as https://`},
		"issuer in clear":  {"oidc:\n  issuer: http://login.example\n", `2:11: oidc.issuer: "http://login.example" is no address such as https://`},
		"no client":        {"oidc: {issuer: \"https://x\"}\n", "oidc.client_id: is missing: write the name under which Fildefer is registered"},
		"no groups":        {"oidc: {issuer: \"https://x\", client_id: f}\n", "oidc.map: is missing: without it nobody has a role"},
		"role of a group":  {"oidc: {issuer: \"https://x\", client_id: f, map: [{group: g, role: boss, territory: a}]}\n", `oidc.map[0].role: "boss" is none of [operator`},
		"place of a group": {"oidc: {issuer: \"https://x\", client_id: f, map: [{group: g, role: lead, territory: /a}]}\n", `oidc.map[0].territory: "/a": write segments`},
		"secret not here":  {"oidc: {issuer: \"https://x\", client_id: f, client_secret_file: nowhere}\n", "oidc.client_secret_file: "},
		"CA not here":      {"oidc: {issuer: \"https://x\", client_id: f, ca: nowhere.pem}\n", "oidc.ca: "},
		"long title":       {"oidc: {issuer: \"https://x\", client_id: f, title: {fr: \"Compte de toute la grande entreprise\"}}\n", "oidc.title.fr: "},
		"seldom asked":     {"oidc: {issuer: \"https://x\", client_id: f, ask_every: 2h}\n", "oidc.ask_every: 2h0m0s is not between 100ms and 1h0m0s"},
		"site with a path": {"oidc: {issuer: \"https://x\", client_id: f, site: \"https://y/z\"}\n", "oidc.site: "},
		"unknown of oidc":  {"oidc:\n  isuer: x\n", `2:3: unknown field "isuer"`},
		"rules not here":   {"rules: [nowhere/*.yaml]\n", "rules: no file matches nowhere/*.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "fildefer.yaml")
			require.NoError(t, os.WriteFile(file, []byte(c.yaml), 0o600))
			cfg, err := loadConfig(file)
			if err == nil {
				_, err = cfg.loadRules()
			}
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestFilesOfSourcesAreRelativeToTheConfiguration(t *testing.T) {
	t.Parallel()
	c, err := parseConfig("etc/fildefer.yaml", []byte(`
sources:
  - {name: a, mqtt: {url: mqtts://broker, password_file: secret, tls: {ca: /pki/ca.pem}}}
  - {name: b, opcua: {endpoint: opc.tcp://plc:4840, security: {cert: plc.crt}}}
`))
	require.NoError(t, err)
	require.Equal(t, "etc/secret", c.Sources[0].MQTT.PasswordFile)
	require.Equal(t, "/pki/ca.pem", c.Sources[0].MQTT.TLS.CA)
	require.Empty(t, c.Sources[0].MQTT.TLS.Key)
	require.Equal(t, "etc/plc.crt", c.Sources[1].OPCUA.Security.Cert)
}

func TestALetterThatHoldsAnEventIsThatEvent(t *testing.T) {
	t.Parallel()
	e := pipeline.Event{
		ID: "e1", Source: "gone", Asset: "lyon/filler", Signal: "weight", Kind: pipeline.Measure,
		Value: pipeline.Number(490), Received: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC),
	}
	got, err := (&config{}).reread(pipeline.DeadLetter{Source: "gone", Body: pipeline.Append(nil, &e)})
	require.NoError(t, err)
	require.Equal(t, []pipeline.Event{e}, got)

	_, err = (&config{}).reread(pipeline.DeadLetter{Source: "gone", Body: []byte("{")})
	require.ErrorContains(t, err, `the source "gone" is no longer configured`)
}
