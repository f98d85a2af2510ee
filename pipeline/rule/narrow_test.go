package rule_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

const noRules = "rules: []\n"

// narrowed compiles a ready file for places, beside a file of the house.
func narrowed(t testing.TB, ready, own string, places ...pipeline.AssetPath) *rule.Set {
	t.Helper()
	house, err := rule.Parse("house.yaml", []byte(own))
	require.NoError(t, err)
	file, err := rule.Parse("ready.yaml", []byte(ready))
	require.NoError(t, err)
	set, err := rule.Compile([]*rule.File{house, file.Narrow(places, []*rule.File{house})})
	require.NoError(t, err)
	return set
}

// asked plays one heavy event of an asset to rules and returns whose they are.
func asked(t *testing.T, set *rule.Set, asset pipeline.AssetPath) []string {
	t.Helper()
	p := &tape{t: t, engine: rule.NewEngine(set)}
	ev := at(1, "weight", pipeline.Number(501))
	ev.Asset = asset
	ids := []string{}
	for _, e := range p.step(ev) {
		ids = append(ids, e.Rule)
	}
	return ids
}

func TestAReadyFileSpeaksAtItsPlacesOnly(t *testing.T) {
	t.Parallel()
	set := narrowed(t, heavyAtOnce, noRules, "lyon/line-1", "paris")
	for asset, want := range map[pipeline.AssetPath][]string{
		"lyon/line-1/filler": {"heavy"}, "lyon/line-1": {"heavy"}, "paris/a/b": {"heavy"},
		"lyon/line-10/filler": {}, "lyon": {}, "nice/a": {},
	} {
		require.Equal(t, want, asked(t, set, asset), asset)
	}
}

func TestAReadyFileStandsBackWhereTheHouseHasItsOwn(t *testing.T) {
	t.Parallel()
	own := strings.NewReplacer("id: heavy", "id: too-heavy", `"**"`, `"lyon/line-1/*"`).Replace(heavyAtOnce)
	set := narrowed(t, heavyAtOnce, own, "lyon")
	require.Equal(t, []string{"too-heavy"}, asked(t, set, "lyon/line-1/filler"), "the same kind for the same signal")
	require.Equal(t, []string{"heavy"}, asked(t, set, "lyon/line-2/filler"))

	same := narrowed(t, strings.Replace(heavyAtOnce, "high: 500", "high: 400", 1), strings.Replace(heavyAtOnce, "high: 500", "high: 600", 1), "lyon")
	require.Empty(t, asked(t, same, "lyon/line-2/filler"), "the same id")
	shadow := strings.Replace(own, "id: too-heavy,", "id: too-heavy, shadow: {author: zoe},", 1)
	require.ElementsMatch(t, []string{"heavy", "too-heavy"}, asked(t, narrowed(t, heavyAtOnce, shadow, "lyon"), "lyon/line-1/filler"), "one that is only tried says nothing to people")
}

const outOfStock = `rules:
- {id: shelf, kind: stock, signal: stock, match: {asset: "*"}, at_most: 0, territory: "{asset}/{attr.aisle}", topic: stock, severity: minor,
   titles: {stock_out: {fr: x}}}
`

func TestAReadyRuleThatPlacesItsPostsSpeaksWhereTheyStand(t *testing.T) {
	t.Parallel()
	for place, want := range map[pipeline.AssetPath]string{
		"shop/epicerie": "raise 0", "shop": "raise 0", "shop/boissons": "", "other": "",
	} {
		p := &tape{t: t, engine: rule.NewEngine(narrowed(t, outOfStock, noRules, place))}
		p.step(sku(0, "stock", pipeline.Number(4)))
		require.Equal(t, want, brief(p.step(sku(1, "stock", pipeline.Number(0)))), place)
	}
}

func TestAReadyFileBringsItsCalendarWhereThereIsNone(t *testing.T) {
	t.Parallel()
	ready := heavyAtOnce + `calendars:
- {territory: "", zone: Europe/Paris, shifts: [{name: matin, days: mon-sun, from: "05:00", to: "13:00"}]}
noise:
- {every: 1h, burst: 1}
`
	own := strings.NewReplacer(heavyAtOnce, noRules, `""`, "lyon", "matin", "jour", "every: 1h", "every: 20m").Replace(ready)
	set := narrowed(t, ready, own, "lyon/line-1", "paris")
	name := func(place pipeline.AssetPath) string {
		c := set.Calendar(place)
		if c == nil {
			return ""
		}
		return c.Shifts[0].Name
	}
	require.Equal(t, "jour", name("lyon/line-1"))
	require.Equal(t, "matin", name("paris/hall"))
	require.Empty(t, name("nice"))
	require.Equal(t, "20m0s", set.Noise("paris").Every.Duration.String(), "the house's own contract")
}
