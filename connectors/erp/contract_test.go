package erp_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/connectors/connectortest"
	"github.com/fildefer/fildefer/connectors/erp"
	"github.com/fildefer/fildefer/pipeline"
)

func TestLedgersKeepTheContract(t *testing.T) {
	t.Parallel()
	connectortest.Run(t, func(t *testing.T) connectortest.Harness {
		h := harness(t, sales(t))
		h.emit = func(keys []string) string {
			var b strings.Builder
			b.WriteString(tickets)
			for _, key := range keys {
				b.WriteString("21/11/2026;09:15:00;" + key + ";1;" + key + ";2\n")
			}
			return b.String()
		}
		return h.Harness
	})
}

func TestSnapshotsKeepTheContract(t *testing.T) {
	t.Parallel()
	connectortest.Run(t, func(t *testing.T) connectortest.Harness {
		h := harness(t, stock(t))
		var all []string
		h.emit = func(keys []string) string {
			for _, key := range keys {
				all = append(all, "lyon "+key+"=1")
			}
			return file(all...)
		}
		return h.Harness
	})
}

// emitted matches the keys of the contract's inputs.
var emitted = regexp.MustCompile(`[a-z]+(-\d+)+`)

type erpHarness struct {
	connectortest.Harness
	emit func(keys []string) string
}

// harness is a folder into which inputs are dropped as rows, and where they
// are settled once their file lies in done/.
func harness(t *testing.T, cfg erp.Config) *erpHarness {
	data := t.TempDir()
	dropped := 0
	name := func() string { dropped++; return fmt.Sprintf("%03d.csv", dropped) }
	h := &erpHarness{}
	h.Harness = connectortest.Harness{
		Connector: func() connectors.Connector {
			c, err := erp.New("erp", cfg, data, discard())
			require.NoError(t, err)
			return c
		},
		Emit: func(keys ...string) { drop(t, cfg.Dir, name(), h.emit(keys)) },
		Key:  func(e *pipeline.Event) string { return e.Attr["sku"] },
		Settled: func() []string {
			var settled []string
			for _, content := range files(t, filepath.Join(cfg.Dir, "done")) {
				settled = append(settled, emitted.FindAllString(content, -1)...)
			}
			slices.Sort(settled)
			return slices.Compact(settled)
		},
		Poison: func() { drop(t, cfg.Dir, name(), "\x00;\"") },
	}
	return h
}
