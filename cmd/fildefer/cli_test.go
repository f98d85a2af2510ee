package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// command runs the program once and returns what it wrote and how it ended.
func command(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errOut strings.Builder
	cmd := exec.CommandContext(t.Context(), binary(t), args...)
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err = cmd.Run()
	return out.String(), errOut.String(), err
}

func TestEachFaultIsOneSentenceWithItsPlace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ yaml, want string }{
		"unknown key":   {"listen: 127.0.0.1:0\nlisten_to: x\n", `fildefer.yaml:2:1: unknown field "listen_to"`},
		"wrong type":    {"data: d\nterritories: three\n", "fildefer.yaml:2:14: "},
		"key of source": {"sources:\n  - name: a\n    erp: {dirr: x}\n", `fildefer.yaml:3:11: unknown field "dirr"`},
		"missing rules": {"rules: [rules/*.yaml]\n", "rules: no file matches "},
		"no file":       {"", "there is no such file; README.md shows one to start from"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "fildefer.yaml")
			if c.yaml != "" {
				require.NoError(t, os.WriteFile(file, []byte(c.yaml), 0o600))
			}
			for _, args := range [][]string{{"check", "--config", file}, {"serve", "--config", file}} {
				_, said, err := command(t, args...)
				require.ErrorContains(t, err, "exit status 1")
				require.Contains(t, said, c.want)
				require.Equal(t, 1, strings.Count(said, "\n"), "%s", said)
			}
		})
	}
}

const reachConfig = `
listen: 127.0.0.1:0
sources:
  - {name: good, mqtt: {url: "tcp://%s", subscriptions: [{topic: "plant/{asset}"}]}}
  - {name: nobody, mqtt: {url: "tcp://127.0.0.1:%d", subscriptions: [{topic: "plant/{asset}"}]}}
  - {name: stranger, mqtt: {url: "tcp://%s", user: u, password: wrong, subscriptions: [{topic: "plant/{asset}"}]}}
  - {name: locked, opcua: {endpoint: %[4]q, auth: {user: operator, password: wrong}, nodes: [{id: "nsu=http://vendor.test/UA;s=Press.State", asset: press, signal: state}]}}
  - {name: gone, opcua: {endpoint: %[4]q, nodes: [{id: "nsu=http://vendor.test/UA;s=Press.Stat", asset: press, signal: state}]}}
  - {name: nowhere, erp: {dir: not/here, match: ["*.csv"], fields: {sku: {column: EAN, type: text}, n: {column: N, type: integer, locale: fr}}, snapshot: {key: [sku]}, asset: store, events: [{signal: n, value: n}]}}
`

func TestCheckConnectSaysWhatItReachedAndWhatNot(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "fildefer.yaml")
	open, closed := mosquitto(t), mosquitto(t, "allow_anonymous false")
	body := fmt.Sprintf(reachConfig, open, freePort(t), closed, startFarside(t).endpoint)
	require.NoError(t, os.WriteFile(file, []byte(body), 0o600))
	said, summary, err := command(t, "check", "--config", file, "--connect")
	require.Error(t, err)
	require.Contains(t, summary, "5 of 8 could not be reached")
	for source, want := range map[string]string{
		"database":        "ok     database: ",
		"nats":            "ok     nats: ",
		"source good":     "ok     source good: ",
		"source nobody":   "nothing listens there: check the port in url and that the broker runs",
		"source stranger": "the broker refuses this user: check user and password",
		"source locked":   "password",
		"source gone":     "Press.Stat",
		"source nowhere":  "not/here",
	} {
		lines := linesWith(said, " "+source+": ")
		require.Len(t, lines, 1, source)
		require.Contains(t, lines[0], want)
	}
}

func linesWith(text, part string) (found []string) {
	for line := range strings.Lines(text) {
		if strings.Contains(line, part) {
			found = append(found, line)
		}
	}
	return found
}

const letterConfig = `
territories: [{path: plant, name: Usine, kind: site}, {path: store, name: Magasin, kind: store}]
sources:
  - {name: away, mqtt: {url: "tcp://127.0.0.1:%d", subscriptions: [{topic: "plant/{asset}"}]}}
  - name: machines
    mqtt: {url: "tcp://%s", subscriptions: [{topic: "plant/{asset}", asset: "plant/{asset}"%s}]}
  - name: stock
    erp:
      dir: erp
      match: ["stock_*.csv"]
      poll: 200ms
      csv: {require_final_newline: true}
      fields: {sku: {column: EAN, type: text}, stock: {column: STOCK, type: decimal, locale: fr}}
      snapshot: {key: [sku]}
      asset: store
      events: [{signal: stock, value: stock}]
rules: [rules.yaml]
`

const letterRules = `
rules:
  - {id: hot, kind: limit, signal: temp, match: {asset: "plant/*"}, high: 80, topic: maintenance, severity: major,
     title: {fr: "{asset} : {value|1}", en: "{asset}: {value|1}"}}
`

// TestWhatCannotBeReadIsKept sends what no machine should send, while one
// broker is away: all of it is listed with its reason, what is right flows, and
// what a mended configuration can read is read again.
func TestWhatCannotBeReadIsKept(t *testing.T) {
	t.Parallel()
	broker, away := mosquitto(t), freePort(t)
	in := install(t, fmt.Sprintf(letterConfig, away, broker, ", time: when"), map[string]string{"rules.yaml": letterRules, "erp/.keep": ""})
	in.member(t, "karim", "Karim", "manager@plant")
	in.serve(t)
	publish := publisher(t, broker, "machines")
	for topic, payload := range map[string]string{
		"plant/cut":  `{"temp": 9`,
		"plant/huge": `{"temp": ` + strings.Repeat("9", 10<<20) + `}`,
		"plant/utf8": "\xff\xfe{",
		"plant/date": `{"when": "21/11/2026 18:00", "temp": 91}`,
		"plant/good": fmt.Sprintf(`{"when": %d, "temp": 92}`, time.Now().Unix()),
	} {
		require.NoError(t, publish(topic, payload))
	}
	require.NoError(t, os.WriteFile(filepath.Join(in.dir, "erp", "stock_1.csv"), []byte("EAN;STOCK\r\n1;5\r\n2;"), 0o600))

	said := in.letters(t, 5)
	for _, want := range []string{"plant/cut", "plant/huge", "plant/utf8", "plant/date", "stock_1.csv"} {
		require.Contains(t, said, want)
	}
	person := in.signIn(t, "karim")
	require.Equal(t, []string{"plant/good"}, person.assets(t, 1))

	replayed, _, err := command(t, "deadletter", "replay", "--config", in.config, "--all")
	require.NoError(t, err)
	require.Contains(t, replayed, "0 read again, 5 left")

	in.stop(t, syscall.SIGTERM)
	mended := strings.Replace(in.read(t), ", time: when", "", 1)
	require.NoError(t, os.WriteFile(in.config, []byte(mended), 0o600))
	in.serve(t)
	replayed, _, err = command(t, "deadletter", "replay", "--config", in.config, "--all")
	require.NoError(t, err)
	require.Contains(t, replayed, "1 read again, 4 left")
	require.ElementsMatch(t, []string{"plant/good", "plant/date"}, in.signIn(t, "karim").assets(t, 2))
	require.NotContains(t, in.letters(t, 4), "plant/date")
}

func (in *installation) read(t *testing.T) string {
	t.Helper()
	body, err := os.ReadFile(in.config)
	require.NoError(t, err)
	return string(body)
}

// letters waits for so many dead letters and returns their list.
func (in *installation) letters(t *testing.T, want int) (said string) {
	t.Helper()
	require.Eventually(t, func() bool {
		var err error
		said, _, err = command(t, "deadletter", "list", "--config", in.config)
		require.NoError(t, err)
		return strings.Contains(said, fmt.Sprintf("%d dead letters", want))
	}, time.Minute, 100*time.Millisecond, "%d dead letters", want)
	return said
}

// assets waits for so many alerts and returns what they are about.
func (c *client) assets(t *testing.T, want int) (assets []string) {
	t.Helper()
	require.Eventually(t, func() bool {
		all, err := c.feed(t.Context(), "kind=alert")
		require.NoError(t, err)
		assets = assets[:0]
		for _, p := range all {
			assets = append(assets, p.Asset)
		}
		return len(assets) >= want
	}, time.Minute, 50*time.Millisecond)
	return assets
}
