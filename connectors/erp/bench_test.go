package erp_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/erp"
)

func BenchmarkSnapshot(b *testing.B) {
	const rows = 100_000
	path := filepath.Join(b.TempDir(), "stock.csv")
	for name, prepare := range map[string]func(*erp.Connector){
		"first":     func(*erp.Connector) {},
		"unchanged": func(c *erp.Connector) { writeRows(b, path, rows, "\n"); importOnce(b, c, path) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				c := open(b, stock(b))
				prepare(c)
				writeRows(b, path, rows, "")
				b.StartTimer()
				importOnce(b, c, path)
			}
			b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func writeRows(b *testing.B, path string, rows int, end string) {
	var text strings.Builder
	text.WriteString("MAGASIN;EAN;STOCK\n")
	for i := range rows {
		fmt.Fprintf(&text, "lyon;36611125%05d;%d,5\n", i, i%100)
	}
	require.NoError(b, os.WriteFile(path, []byte(text.String()+end), 0o600))
}

func importOnce(b *testing.B, c *erp.Connector, path string) {
	_, err := c.ImportFile(b.Context(), path, &box{})
	require.NoError(b, err)
}
