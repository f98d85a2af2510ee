package opcua_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/opcua"
)

func decode(t *testing.T, text string) (opcua.Config, error) {
	t.Helper()
	var cfg opcua.Config
	err := yaml.NewDecoder(strings.NewReader(text), yaml.Strict()).Decode(&cfg)
	return cfg, err
}

func TestTheExampleIsAValidConfiguration(t *testing.T) {
	t.Parallel()
	cfg, err := decode(t, opcua.Example)
	require.NoError(t, err)
	require.NoError(t, cfg.Validate())
	require.Equal(t, 500*time.Millisecond, cfg.PublishingInterval)
	require.Equal(t, 100*time.Millisecond, *cfg.Nodes[0].Sampling)
	require.InDelta(t, 1, cfg.Nodes[0].Deadband.Percent, 0)
	require.Equal(t, "/Objects/Press*/**/Temperature", cfg.Browse[0].Path)
	require.Equal(t, opcua.Alarm{
		Node: "i=2253", Asset: "lyon/presses/{source}", Signal: "alarm", MinSeverity: 200, Queue: 5000, Types: []string{"i=2955", "i=10637"},
		Assets: map[string]string{"Oven": "lyon/coating/oven", "nsu=http://vendor.example/UA;s=Press1.Tank": "lyon/presses/press-1/tank"},
	}, cfg.Alarms[0])
	_, err = decode(t, opcua.Example+"\nendpoints: []\n")
	require.ErrorContains(t, err, `unknown field "endpoints"`)
}

func TestTheFilesOfAConfigurationAreResolved(t *testing.T) {
	t.Parallel()
	cfg := opcua.Config{Security: opcua.Security{Cert: "plc.crt", Key: "plc.key"}, Auth: opcua.Auth{PasswordFile: "password"}}
	cfg.Resolve(func(file string) string { return "etc/" + file })
	require.Equal(t, opcua.Config{
		Security: opcua.Security{Cert: "etc/plc.crt", Key: "etc/plc.key"}, Auth: opcua.Auth{PasswordFile: "etc/password"},
	}, cfg)
}

func TestEveryFaultOfAConfigurationNamesItsKey(t *testing.T) {
	t.Parallel()
	const sound = "endpoint: opc.tcp://plc:4840\n"
	const node = "nodes: [{id: ns=1;s=A, asset: lyon/a, signal: a%s}]\n"
	for want, text := range map[string]string{
		`endpoint: "http://plc" must look like`:               "endpoint: http://plc",
		"the user belongs into auth.user":                     "endpoint: opc.tcp://me:pw@plc:4840",
		"nodes: name at least one node":                       sound,
		`alarms[0].node: node id "2253"`:                      sound + "alarms: [{node: 2253, asset: a}]",
		"alarms[0].types[0]: node id":                         sound + "alarms: [{asset: a, types: [LimitAlarmType]}]",
		"alarms[0].asset: an asset path is needed":            sound + "alarms: [{}]",
		"alarms[0].asset: {name} is not {source}":             sound + "alarms: [{asset: 'a/{name}'}]",
		"alarms[0].asset: asset path \"a//b\"":                sound + "alarms: [{asset: a//b}]",
		"alarms[0].assets: Oven: asset path":                  sound + "alarms: [{assets: {Oven: a//b}}]",
		"alarms[0].min_severity must lie in 1 to 1000":        sound + "alarms: [{asset: a, min_severity: 1001}]",
		"alarms[1]: node and types are those of alarms[0]":    sound + "alarms: [{asset: a}, {node: i=2253, asset: b}]",
		`security.policy: "Basic256" is neither`:              sound + "security: {policy: Basic256}",
		`security.mode: "Encrypt" is none of`:                 sound + "security: {policy: Basic256Sha256, mode: Encrypt}",
		"policy None does not go with mode Sign":              sound + "security: {mode: Sign}",
		"policy Basic256Sha256 does not go with mode None":    sound + "security: {policy: Basic256Sha256, mode: None}",
		"a fingerprint protects nothing when policy is None":  sound + "security: {trust_first: true}",
		"cert and key are given together":                     sound + "security: {policy: Basic256Sha256, cert: a.crt}",
		"security.fingerprint: \"abc\" is not a SHA-256":      sound + "security: {policy: Basic256Sha256, fingerprint: abc}",
		"give one of password, password_file":                 sound + "auth: {user: a, password: b, password_env: C}",
		"auth.user: a password without a user":                sound + "auth: {password: b}",
		"defaults.sampling must not be negative":              sound + "defaults: {sampling: -1s}",
		"reconnect_max must not be negative":                  sound + "reconnect_max: -1s",
		"nodes[0].deadband: give absolute or percent":         sound + fmt.Sprintf(node, ", deadband: {absolute: 1, percent: 1}"),
		`nodes[0].kind: "tick" is neither measure nor state`:  sound + fmt.Sprintf(node, ", kind: tick"),
		"nodes[1].id: ns=1;s=A is already nodes[0]":           sound + "nodes: [{id: ns=1;s=A, asset: a, signal: a}, {id: ns=1;s=A, asset: a, signal: b}]",
		"nodes[0].id: node id \"Temp\": the identifier must":  sound + "nodes: [{id: Temp, asset: a, signal: a}]",
		"nodes[0].asset: asset path \"a//b\": segment 2":      sound + "nodes: [{id: i=1, asset: a//b, signal: a}]",
		"nodes[0].signal: a name of 1 to 256 bytes":           sound + "nodes: [{id: i=1, asset: a}]",
		"browse[0].path: browse path \"/Types\" must start":   sound + "browse: [{path: /Types, asset: a}]",
		"browse[0].asset: {2} names none of the path's 1":     sound + "browse: [{path: /Objects/*, asset: 'a/{2}'}]",
		"browse[0].asset: an asset path is needed":            sound + "browse: [{path: /Objects/*}]",
		"browse[0].signal: {nom} names none of the path's 1 ": sound + "browse: [{path: /Objects/*, asset: a, signal: '{nom}'}]",
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			cfg, err := decode(t, text)
			require.NoError(t, err)
			require.ErrorContains(t, cfg.Validate(), want)
		})
	}
}

func TestAConfigurationNeverPrintsItsPassword(t *testing.T) {
	t.Parallel()
	cfg := opcua.Config{Auth: opcua.Auth{User: "a", Password: "hunter2"}}
	text, err := yaml.Marshal(cfg)
	require.NoError(t, err)
	require.NotContains(t, string(text)+fmt.Sprintf("%v %+v %#v", cfg, cfg, cfg), "hunter2")
}

func TestNodeIDsFollowTheirNamespaceURI(t *testing.T) {
	t.Parallel()
	namespaces := []string{"http://opcfoundation.org/UA/", "urn:server", "http://a.test", "http://b.test"}
	for in, want := range map[string]string{
		"nsu=http://b.test;s=Line1;Temp=2": "nsu=http://b.test;s=Line1;Temp=2",
		"ns=2;i=70000":                     "nsu=http://a.test;i=70000",
		"i=2258":                           "i=2258",
		"ns=1;g=72962B91-FA75-4AE6-8D28-B404DC7DAF63": "nsu=urn:server;g=72962B91-FA75-4AE6-8D28-B404DC7DAF63",
		"ns=3;b=AQID":   "nsu=http://b.test;b=AQID",
		"ns=9;s=beyond": "ns=9;s=beyond",
	} {
		got, err := opcua.ResolveNodeID(in, namespaces)
		require.NoError(t, err, in)
		require.Equal(t, want, got)
	}
	_, err := opcua.ResolveNodeID("nsu=http://c.test;s=X", namespaces)
	require.ErrorContains(t, err, "the server has no namespace http://c.test")
}

func TestBrowsePathsMatchAndCapture(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, names string
		captures       []string
		matched        bool
	}{
		{"/Objects/Press1/Temp", "Press1/Temp", nil, true},
		{"/Objects/Press*/Temp", "Press12/Temp", []string{"Press12"}, true},
		{"/Objects/2:Press?/Temp", "Press1/Temp", []string{"Press1"}, true},
		{"/Objects/3:Press?/Temp", "Press1/Temp", nil, false},
		{"/Objects/Press?/Temp", "Press12/Temp", nil, false},
		{"/Objects/*/**/Temp", "A/Temp", []string{"A", ""}, true},
		{"/Objects/*/**/Temp", "A/B/C/Temp", []string{"A", "B/C"}, true},
		{"/Objects/**", "A/B", []string{"A/B"}, true},
		{"/Objects/A", "A/B", nil, false},
		{"/Objects/*a*b*", "xaybz", []string{"xaybz"}, true},
		{"/Objects/t é?", "t éé", []string{"t éé"}, true},
	} {
		captures, matched, err := opcua.MatchPath(c.pattern, strings.Split(c.names, "/")...)
		require.NoError(t, err)
		require.Equal(t, c.matched, matched, "%s %s", c.pattern, c.names)
		require.Equal(t, c.captures, captures, "%s %s", c.pattern, c.names)
	}
	captures, _, err := opcua.MatchPath("/Objects/*", "a/b")
	require.NoError(t, err)
	require.Equal(t, []string{"a_b"}, captures, "a name with a slash stays one segment")
}

func FuzzBrowsePath(f *testing.F) {
	f.Add("/Objects/2:Press*/**/Temperature", "Press1/Hydraulics/Temperature")
	f.Add("/Objects/**/a?*", "é/a\xff")
	f.Fuzz(func(t *testing.T, pattern, names string) {
		captures, matched, err := opcua.MatchPath(pattern, strings.Split(names, "/")...)
		if err == nil && matched {
			require.LessOrEqual(t, len(captures), strings.Count(pattern, "*")+strings.Count(pattern, "?"))
		}
	})
}

func FuzzNodeID(f *testing.F) {
	namespaces := []string{"http://opcfoundation.org/UA/", "urn:server", "http://a.test"}
	for _, seed := range []string{"nsu=http://a.test;s=X", "ns=2;i=5", "i=1", "ns=1;g=", "ns=2;b=AQ==", "ns=65536;i=1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		stable, err := opcua.ResolveNodeID(s, namespaces)
		if err != nil {
			return
		}
		again, err := opcua.ResolveNodeID(stable, namespaces)
		require.NoError(t, err, "%q became %q", s, stable)
		require.Equal(t, stable, again)
	})
}
