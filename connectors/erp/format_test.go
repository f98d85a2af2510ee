package erp_test

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/fildefer/fildefer/connectors/erp"
)

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestFilesAreReadAsERPsWriteThem(t *testing.T) {
	t.Parallel()
	ansi, err := charmap.Windows1252.NewEncoder().String("MAGASIN;EAN;STOCK\nlyon;Pâte à 3 €;1\u00a0234,5\n")
	require.NoError(t, err)
	sap, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("MAGASIN\tEAN\tSTOCK\r\nlyon\tPâte à 3 €\t1 234,5\r\n")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		content string
		change  func(*erp.Config)
		want    string
	}{
		"UTF-8 with a mark and quotes": {"\ufeff\"MAGASIN\";\"EAN\";\"STOCK\"\r\n\"lyon\";\"a\"\"b;c\";\"1\"\r\n", nil, `lyon a"b;c stock=1`},
		"Windows-1252":                 {ansi, func(c *erp.Config) { c.CSV.Charset = erp.Windows1252 }, "lyon Pâte à 3 € stock=1234.5"},
		"a mark wins over the charset": {"\ufeffMAGASIN;EAN;STOCK\nlyon;é;1\n", func(c *erp.Config) { c.CSV.Charset = erp.Windows1252 }, "lyon é stock=1"},
		"UTF-16 with tabs":             {sap, func(c *erp.Config) { c.CSV.Charset, c.CSV.Separator = erp.UTF16LE, "tab" }, "lyon Pâte à 3 € stock=1234.5"},
		"CR alone":                     {"MAGASIN;EAN;STOCK\rlyon;1;1\r", nil, "lyon 1 stock=1"},
		"trailing separators":          {"MAGASIN;EAN;STOCK;\nlyon;1;1;\n", nil, "lyon 1 stock=1"},
		"only in the header":           {"MAGASIN;EAN;STOCK;\nlyon;1;1\n", nil, "lyon 1 stock=1"},
		"only in the rows":             {"MAGASIN;EAN;STOCK\nlyon;1;1;\n", nil, "lyon 1 stock=1"},
		"an inch mark":                 {"MAGASIN;EAN;STOCK\nlyon;Écran 24\";1\n", nil, `lyon Écran 24" stock=1`},
		"a comma in a text":            {"MAGASIN;EAN;STOCK\nlyon;MH REG01 -- 2,7 BDH;1\n", nil, "lyon MH REG01 -- 2,7 BDH stock=1"},
		"a line end in quotes":         {"MAGASIN;EAN;STOCK\nlyon;\"a\r\nb\";1\n", nil, "lyon a\nb stock=1"},
		"padded cells":                 {"MAGASIN; EAN ;STOCK\n lyon;   1 ; 1 \n", nil, "lyon 1 stock=1"},
		"a footer":                     {"MAGASIN;EAN;STOCK\nlyon;1;1\nTotal;;1\n", func(c *erp.Config) { c.CSV.SkipFooter = "^Total" }, "lyon 1 stock=1"},
		"a title above":                {"Stock du jour\n\nMAGASIN;EAN;STOCK\nlyon;1;1\n", func(c *erp.Config) { c.CSV.Header = new(3) }, "lyon 1 stock=1"},
		"a slash in a path":            {"MAGASIN;EAN;STOCK\nlyon/nord;1;1\n", nil, "lyon-nord 1 stock=1"},
		"columns by number": {"lyon;1;1\n", func(c *erp.Config) {
			c.CSV.Header = new(0)
			for name, column := range map[string]string{"store": "1", "article": "2", "stock": "3"} {
				f := c.Fields[name]
				f.Column = column
				c.Fields[name] = f
			}
		}, "lyon 1 stock=1"},
		"an empty cell": {"MAGASIN;EAN;STOCK\nlyon;1;\n", nil, "lyon 1 stock="},
		"a default": {"MAGASIN;EAN;STOCK\nlyon;1;\n", func(c *erp.Config) {
			f := c.Fields["stock"]
			f.Default = "0"
			c.Fields["stock"] = f
		}, "lyon 1 stock=0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := stock(t)
			if c.change != nil {
				c.change(&cfg)
			}
			sink := &box{}
			_, err := give(t, open(t, cfg), sink, "1.csv", c.content)
			require.NoError(t, err)
			require.Empty(t, sink.letters)
			require.Equal(t, []string{c.want + " baseline"}, sink.take())
		})
	}
}

func TestARowThatCannotBeReadNamesItsPlace(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]string{
		"lyon;2;12.5":        `line 3, column 3 (STOCK): "12.5" is not a number in the format fr`,
		"lyon;2;3,66111E+12": `line 3, column 3 (STOCK): "3,66111E+12" is in scientific notation`,
		"lyon;2":             "line 3: 2 columns instead of 3",
		"lyon;2;1;x":         "line 3: 4 columns instead of 3",
		"lyon;\"2\"x;1":      "line 3, column 2: text behind the closing quote",
		"lyon;\x002;1":       "line 3, column 2 (EAN): control character U+0000",
		"lyon;\xe9;1":        "line 3, column 2 (EAN): bytes that the declared charset does not have",
		";2;1":               "line 3: the key field store is empty",
	} {
		t.Run(row, func(t *testing.T) {
			t.Parallel()
			sink := &box{}
			_, err := give(t, open(t, stock(t)), sink, "1.csv", file("lyon 1=1")+row+"\n"+"lyon;9;1\n")
			require.NoError(t, err)
			require.Equal(t, []string{"lyon 1 stock=1 baseline", "lyon 9 stock=1 baseline"}, sink.take(), "the rest flows")
			require.Len(t, sink.letters, 1)
			require.Contains(t, sink.letters[0].Reason, want)
			require.Equal(t, row, string(sink.letters[0].Body))
		})
	}
}

func TestAFileThatIsCutOrForeignGivesNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ content, want string }{
		"empty":          {"", "the file ends before the header"},
		"cut in a row":   {"MAGASIN;EAN;STOCK\nlyon;1;12\nlyon;2;12", "line 3: no line end at the end: was the file cut?"},
		"open quote":     {"MAGASIN;EAN;STOCK\nlyon;1;1\nlyon;\"2;1\nlyon;3;1\n", "line 3, column 2: a quote is opened here and never closed"},
		"long line":      {"MAGASIN;EAN;STOCK\n" + strings.Repeat("x", 70_000) + "\n", "line 2: row of more than 65536 bytes"},
		"column missing": {"MAGASIN;EAN;QTE\nlyon;1;1\n", `line 1: the column "STOCK" is missing; the header is "MAGASIN;EAN;QTE"`},
		"no row":         {"MAGASIN;EAN;STOCK\nlyon;1;x\nlyon;2;x\n", `line 2, column 3 (STOCK): "x" is not a number`},
		"too many":       {file("lyon 1=1") + strings.Repeat("a;b\n", 1001), "more than 1000 rows cannot be read; the first: 2 columns instead of 3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sink := &box{}
			_, err := give(t, open(t, stock(t)), sink, "1.csv", c.content)
			require.ErrorContains(t, err, c.want)
			require.Empty(t, sink.take())
			require.Empty(t, sink.letters)
		})
	}
}

func FuzzImport(f *testing.F) {
	f.Add([]byte(file("lyon 1=1", "lyon 1=2", "metz 2=1 234,5-")), false)
	f.Add([]byte("\ufeff\"MAGASIN\";EAN;STOCK\r\"a\"\"b\";\x00;\"x\ny\";\r\n"), true)
	f.Fuzz(func(t *testing.T, content []byte, ansi bool) {
		cfg := stock(t)
		cfg.Snapshot.OnDuplicate = "sum"
		if ansi {
			cfg.CSV.Charset = erp.Windows1252
		}
		c, sink := open(t, cfg), &box{}
		i, err := give(t, c, sink, "1.csv", string(content))
		if err != nil {
			require.Empty(t, sink.events)
			return
		}
		ids := map[string]bool{}
		for _, e := range sink.events {
			require.NoError(t, e.Validate())
			ids[string(e.ID)] = true
		}
		require.Len(t, ids, i.Events, "ids are unique")
		sink.take()
		_, err = give(t, c, sink, "2.csv", string(content)+"\n")
		if err == nil {
			for _, line := range sink.take() {
				require.NotContains(t, line, "removed")
			}
		}
	})
}
