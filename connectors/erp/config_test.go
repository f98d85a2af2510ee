package erp_test

import (
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/connectors/erp"
)

func TestTheExampleIsAWholeConfiguration(t *testing.T) {
	t.Parallel()
	var cfg erp.Config
	require.NoError(t, yaml.UnmarshalWithOptions(erp.Example, &cfg, yaml.Strict()))
	require.NoError(t, cfg.Validate())
	require.Equal(t, []string{"store", "article"}, cfg.Snapshot.Key)

	// With the other mode and what is commented out it is one as well.
	whole := strings.NewReplacer("# ledger:\n#   key: [ticket, line]", "ledger:\n  key: [store, article]",
		"# polls: 3", "polls: 3", "# min_age: 20s", "min_age: 20s").Replace(string(erp.Example))
	cfg = erp.Config{}
	require.NoError(t, yaml.UnmarshalWithOptions([]byte(whole), &cfg, yaml.Strict()))
	cfg.Snapshot = nil
	require.NoError(t, cfg.Validate())
}

func TestValidateNamesTheKey(t *testing.T) {
	t.Parallel()
	field := func(name string, change func(*erp.Field)) func(*erp.Config) {
		return func(c *erp.Config) {
			f := c.Fields[name]
			change(&f)
			c.Fields[name] = f
		}
	}
	for want, change := range map[string]func(*erp.Config){
		"dir: the folder":                               func(c *erp.Config) { c.Dir = "" },
		"match: at least one":                           func(c *erp.Config) { c.Match = nil },
		`match: "[" is not a pattern`:                   func(c *erp.Config) { c.Match = []string{"["} },
		"cannot be negative":                            func(c *erp.Config) { c.Poll = -1 },
		`ready.mode: "magic"`:                           func(c *erp.Config) { c.Ready.Mode = "magic" },
		`done: "../done" must be the name`:              func(c *erp.Config) { c.Done = "../done" },
		"done and error must be two":                    func(c *erp.Config) { c.Done = "error" },
		`csv.charset: "latin"`:                          func(c *erp.Config) { c.CSV.Charset = "latin" },
		`csv.separator: "::"`:                           func(c *erp.Config) { c.CSV.Separator = "::" },
		"csv.quote":                                     func(c *erp.Config) { c.CSV.Quote = new("«") },
		"csv.header":                                    func(c *erp.Config) { c.CSV.Header = new(-1) },
		"csv.skip_footer":                               func(c *erp.Config) { c.CSV.SkipFooter = "(" },
		`fields.stock.column: "STOCK" must be a number`: func(c *erp.Config) { c.CSV.Header = new(0) },
		"fields.stock.column: it is missing":            field("stock", func(f *erp.Field) { f.Column = "" }),
		"fields.stock.type: it is missing":              field("stock", func(f *erp.Field) { f.Type = "" }),
		`fields.stock.type: "float"`:                    field("stock", func(f *erp.Field) { f.Type = "float" }),
		`fields.stock.locale: ""`:                       field("stock", func(f *erp.Field) { f.Locale = "" }),
		`fields.stock.default: "x" is not`:              field("stock", func(f *erp.Field) { f.Default = "x" }),
		"fields.stock.layout: a date needs one":         field("stock", func(f *erp.Field) { f.Type = erp.DateField }),
		"timezone: unknown time zone Moon/Base":         func(c *erp.Config) { c.Zone = "Moon/Base" },
		"timezone: fields.day is a date": func(c *erp.Config) {
			c.Zone, c.Fields["day"] = "", erp.Field{Column: "DAY", Type: erp.DateField, Layout: "2006"}
		},
		"snapshot, ledger: exactly one":            func(c *erp.Config) { c.Ledger = &erp.Ledger{} },
		"snapshot.key: the fields":                 func(c *erp.Config) { c.Snapshot.Key = nil },
		`snapshot.key: there is no field "x"`:      func(c *erp.Config) { c.Snapshot.Key = []string{"x"} },
		"snapshot.scope: it must be the first":     func(c *erp.Config) { c.Snapshot.Scope = []string{"article"} },
		"snapshot.min_rows_ratio":                  func(c *erp.Config) { c.Snapshot.MinRowsRatio = new(1.5) },
		`snapshot.on_duplicate: "drop"`:            func(c *erp.Config) { c.Snapshot.OnDuplicate = "drop" },
		"asset: the path":                          func(c *erp.Config) { c.Asset = "" },
		`asset: there is no field "shop"`:          func(c *erp.Config) { c.Asset = "{shop}" },
		`attr.sku: "{article": an opening brace`:   func(c *erp.Config) { c.Attr["sku"] = "{article" },
		`at: "stock" is not a field of type date`:  func(c *erp.Config) { c.At = "stock" },
		"events: at least one":                     func(c *erp.Config) { c.Events = nil },
		"events[0].signal: it is missing":          func(c *erp.Config) { c.Events[0].Signal = "" },
		`events[1].signal: "stock" is there twice`: func(c *erp.Config) { c.Events = append(c.Events, c.Events[0]) },
		`events[0].value: there is no field "qty"`: func(c *erp.Config) { c.Events[0].Value = "qty" },
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			cfg := stock(t)
			change(&cfg)
			require.ErrorContains(t, cfg.Validate(), want)
			_, err := erp.New("erp", cfg, t.TempDir(), discard())
			require.ErrorContains(t, err, want)
		})
	}
}

func TestTheNameMustDoAsAFolderName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "..", "a/b", `a\b`} {
		_, err := erp.New(name, stock(t), t.TempDir(), discard())
		require.ErrorContains(t, err, "must do as a folder name")
	}
}
