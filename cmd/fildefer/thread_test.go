package main_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed/store/storetest"
)

const threadConfig = `
database: %q
territories:
  - {path: plant, name: Usine, kind: site}
  - {path: plant/line-1, name: Ligne 1, kind: line}
  - {path: plant/line-1/filler-1, name: Remplisseuse 1, kind: machine}
  - {path: plant/line-1/filler-2, name: "<img src=x onerror=alert(1)> Remplisseuse 2", kind: machine}
  - {path: plant/line-1/press-1, name: Presse 1, kind: machine}
  - {path: store, name: Magasin, kind: store}
  - {path: store/grocery, name: Épicerie, kind: aisle}
sources:
  - name: machines
    mqtt:
      url: tcp://%s
      subscriptions: [{topic: "plant/{asset}/telemetry", asset: "plant/line-1/{asset}", time: ts, unit: {weight: g}}]
  - name: presses
    opcua:
      endpoint: %s
      publishing_interval: 100ms
      nodes: [{id: "nsu=http://vendor.test/UA;s=Press.State", asset: plant/line-1/press-1, signal: state, kind: state}]
  - name: stock
    erp:
      dir: erp
      match: ["stock_*.csv"]
      poll: 200ms
      fields:
        aisle: {column: RAYON, type: text}
        sku: {column: EAN, type: text}
        label: {column: LIBELLE, type: text}
        stock: {column: STOCK, type: decimal, locale: fr}
      snapshot: {key: [sku]}
      asset: store
      events: [{signal: stock, value: stock}]
      attr: {sku: "{sku}", label: "{label}", aisle: "{aisle}"}
rules: [rules.yaml]
`

const threadRules = `
rules:
  - id: weight-low
    kind: limit
    signal: weight
    match: {asset: "plant/**"}
    low: 498
    on_delay: 1s
    off_delay: 1s
    topic: quality
    severity: critical
    title: {fr: "{asset} : {value|1} g pour {limit|1} g", en: "{asset}: {value|1} g, limit {limit|1} g"}
  - id: stopped
    kind: state
    signal: state
    match: {asset: "plant/**"}
    equals: [stopped]
    topic: stop
    severity: major
    title: {fr: "{asset} à l’arrêt", en: "{asset} has stopped"}
  - id: shelf
    kind: stock
    signal: stock
    match: {asset: store}
    at_most: 0
    topic: stock
    severity: major
    territory: "store/{attr.aisle}"
    titles:
      stock_out: {fr: "{article} : rupture", en: "{article}: out of stock"}
      phantom: {fr: "{article} : rayon vide", en: "{article}: shelf empty"}
`

// TestThread follows one thread through the whole house with parts that nobody
// here wrote: Mosquitto, node-opcua and Chromium, on both databases. The story
// itself is told in feed/web/e2e/thread.mjs.
func TestThread(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(testing.TB) string{
		"SQLite":     func(testing.TB) string { return "sqlite" },
		"PostgreSQL": storetest.Postgres,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &stage{broker: mosquitto(t), press: startFarside(t)}
			s.installation = install(t, fmt.Sprintf(threadConfig, database(t), s.broker, s.press.endpoint),
				map[string]string{"rules.yaml": threadRules, "erp/.keep": ""})
			s.member(t, "karim", "Karim", "operator@plant/line-1")
			s.member(t, "lea", "Léa", "staff@store/grocery")
			s.member(t, "sofia", "Sofia", "manager@plant", "manager@store")
			s.serve(t)
			requireScreens(t, s.url)
			s.play(t, "thread.mjs", s.url, t.ArtifactDir())
		})
	}
}

// requireScreens says what to do when the program was built without them.
func requireScreens(t *testing.T, url string) {
	t.Helper()
	res, err := http.Get(url)
	require.NoError(t, err)
	page, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Contains(t, string(page), `id="app"`, "the program was built without its screens: run make build first")
}

// stage is the floor that a story in the browser plays on.
type stage struct {
	*installation
	broker string
	press  *farside
}

// request is what a story asks for, one line of JSON each.
type request struct{ Do, To, Text string }

// play runs a script of feed/web/e2e and does what it asks for, until it ends.
func (s *stage) play(t *testing.T, name string, args ...string) {
	t.Helper()
	node := script(t, name, args...)
	node.Stderr = t.Output()
	answers, err := node.StdinPipe()
	require.NoError(t, err)
	requests, err := node.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, node.Start(), "node (Node.js) runs the stories of feed/web/e2e")
	for lines := bufio.NewScanner(requests); lines.Scan(); {
		var r request
		require.NoError(t, json.Unmarshal(lines.Bytes(), &r), "%s", lines.Text())
		s.do(t, r)
		_, err := fmt.Fprintln(answers, "done")
		require.NoError(t, err)
	}
	require.NoError(t, node.Wait(), "the story of %s does not hold", name)
}

func (s *stage) do(t *testing.T, r request) {
	t.Helper()
	switch r.Do {
	case "publish":
		s.publish(t, r.To, r.Text)
	case "set":
		s.press.set(t, r.To, r.Text)
	case "drop":
		s.drop(t, r.To, r.Text)
	case "stop":
		s.process.stop(t, syscall.SIGTERM)
		require.NoError(t, s.err, "%s", s.log)
	case "start":
		s.serve(t)
	case "tell":
		t.Log(r.Text)
	default:
		t.Fatalf("the story asks for %q", r.Do)
	}
}

// publish lets a machine speak through Mosquitto's own client.
func (s *stage) publish(t *testing.T, topic, payload string) {
	t.Helper()
	host, port, err := net.SplitHostPort(s.broker)
	require.NoError(t, err)
	out, err := exec.CommandContext(t.Context(), "mosquitto_pub", "-h", host, "-p", port, "-q", "1", "-t", topic, "-m", payload).CombinedOutput()
	require.NoError(t, err, "mosquitto_pub (Debian package mosquitto-clients): %s", out)
}

// drop puts a file into the ERP's folder as an ERP does, and waits until it was
// read.
func (s *stage) drop(t *testing.T, name, body string) {
	t.Helper()
	path := filepath.Join(s.dir, "erp", name)
	require.NoError(t, os.WriteFile(path+".part", []byte(body), 0o600))
	require.NoError(t, os.Rename(path+".part", path))
	require.Eventually(t, func() bool {
		_, err := os.Stat(filepath.Join(s.dir, "erp", "done", name))
		return err == nil
	}, time.Minute, 20*time.Millisecond, "%s was not imported", name)
}
