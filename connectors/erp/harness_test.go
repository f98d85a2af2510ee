package erp_test

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/erp"
	"github.com/fildefer/fildefer/pipeline"
)

// box is a sink that keeps what it was given, and can be told to refuse.
type box struct {
	mu      sync.Mutex
	events  []pipeline.Event
	letters []pipeline.DeadLetter
	fail    error
	room    int // events still taken; 0: any number
}

func (b *box) Accept(_ context.Context, events []pipeline.Event) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail != nil {
		return b.fail
	}
	b.events = append(b.events, events...)
	if b.room > 0 && len(b.events) >= b.room {
		b.fail = pipeline.ErrBacklog
	}
	return nil
}

func (b *box) Reject(_ context.Context, letter pipeline.DeadLetter) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail != nil {
		return b.fail
	}
	b.letters = append(b.letters, letter)
	return nil
}

func (b *box) setFailure(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fail = err
}

// take returns what came since the last call, as short lines.
func (b *box) take() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	lines := []string{}
	for _, e := range b.events {
		line := string(e.Asset) + " " + e.Attr["sku"] + " " + e.Signal + "=" + e.Value.String()
		for _, mark := range []string{"baseline", "removed"} {
			if e.Attr[mark] == "true" {
				line += " " + mark
			}
		}
		lines = append(lines, line)
	}
	b.events = nil
	return lines
}

func (b *box) takeLetters() []pipeline.DeadLetter {
	b.mu.Lock()
	defer b.mu.Unlock()
	letters := b.letters
	b.letters = nil
	return letters
}

// stock is the configuration of the tests: a snapshot of one store's stock.
func stock(t testing.TB) erp.Config {
	t.Helper()
	var cfg erp.Config
	require.NoError(t, yaml.UnmarshalWithOptions([]byte(`
match: ["*.csv"]
poll: 5ms
csv: {require_final_newline: true}
timezone: Europe/Paris
fields:
  store: {column: MAGASIN, type: text}
  article: {column: EAN, type: text}
  stock: {column: STOCK, type: decimal, locale: fr}
snapshot: {key: [store, article]}
asset: "{store}"
events: [{signal: stock, value: stock}]
attr: {sku: "{article}"}
`), &cfg, yaml.Strict()))
	cfg.Dir = t.TempDir()
	return cfg
}

// sales is a ledger of ticket lines.
func sales(t testing.TB) erp.Config {
	t.Helper()
	var cfg erp.Config
	require.NoError(t, yaml.UnmarshalWithOptions([]byte(`
match: ["*.csv"]
poll: 5ms
timezone: Europe/Paris
fields:
  at: {columns: [DATE, HEURE], type: date, layout: "02/01/2006 15:04:05"}
  ticket: {column: TICKET, type: text}
  line: {column: LIGNE, type: text}
  article: {column: EAN, type: text}
  sold: {column: QTE, type: integer, locale: fr, unit: "{piece}"}
ledger: {key: [ticket, line]}
asset: "lyon"
at: at
events: [{signal: sales, value: sold}]
attr: {sku: "{article}"}
`), &cfg, yaml.Strict()))
	cfg.Dir = t.TempDir()
	return cfg
}

func open(t testing.TB, cfg erp.Config) *erp.Connector {
	t.Helper()
	c, err := erp.New("erp", cfg, t.TempDir(), slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	return c
}

// file makes a stock file of "lyon 1=12,5" rows.
func file(rows ...string) string {
	var b strings.Builder
	b.WriteString("MAGASIN;EAN;STOCK\n")
	for _, r := range rows {
		store, rest, _ := strings.Cut(r, " ")
		article, quantity, _ := strings.Cut(rest, "=")
		b.WriteString(store + ";" + article + ";" + quantity + "\n")
	}
	return b.String()
}

// give imports content as a file of that name, without a folder.
func give(t testing.TB, c *erp.Connector, sink pipeline.Sink, name, content string) (erp.Import, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return c.ImportFile(t.Context(), path, sink)
}

// drop puts a file into a folder as an ERP does: under another name first.
func drop(t testing.TB, dir, name, content string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, name+".tmp"), []byte(content), 0o600))
	require.NoError(t, os.Rename(filepath.Join(dir, name+".tmp"), filepath.Join(dir, name)))
}

// run starts the connector and returns its status and what ends it.
func run(t testing.TB, c *erp.Connector, sink pipeline.Sink) (*connectors.Status, func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	status := connectors.NewStatus("erp", "erp")
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx, sink, status) }()
	stop := sync.OnceFunc(func() {
		cancel()
		require.NoError(t, <-ended)
	})
	t.Cleanup(stop)
	return status, stop
}

func eventually(t testing.TB, condition func() bool, what string) {
	t.Helper()
	require.Eventually(t, condition, 20*time.Second, 2*time.Millisecond, what)
}

// files lists a folder by names, with the contents of texts.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return found
	}
	require.NoError(t, err)
	for _, e := range entries {
		if e.Type().IsRegular() {
			data, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if os.IsNotExist(err) {
				continue // moved since the folder was read
			}
			require.NoError(t, err)
			found[e.Name()] = string(bytes.TrimPrefix(data, []byte("\ufeff")))
		}
	}
	return found
}

func names(t testing.TB, dir string) []string {
	return slices.Sorted(maps.Keys(files(t, dir)))
}
