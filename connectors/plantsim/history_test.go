package plantsim_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"github.com/fildefer/fildefer/connectors/plantsim"
)

var (
	morning = time.Date(2026, 11, 21, 6, 0, 0, 0, time.UTC)
	noonish = morning.Add(8 * time.Hour)
)

// past returns eight hours of a plant.
func past(t testing.TB, seed uint64) (*plantsim.Plant, []plantsim.Message) {
	t.Helper()
	p := plantsim.New(seed)
	var all []plantsim.Message
	require.NoError(t, p.History(morning, noonish, 5*time.Second, func(m plantsim.Message) error {
		all = append(all, m)
		return nil
	}))
	return p, all
}

func TestTheSameSeedMakesTheSameMessages(t *testing.T) {
	t.Parallel()
	one, first := past(t, 7)
	two, second := past(t, 7)
	require.Equal(t, first, second)
	require.Equal(t, one.Faults(), two.Faults())
	_, other := past(t, 8)
	require.NotEqual(t, first, other)
}

func TestMessagesComeInOrderOfTime(t *testing.T) {
	t.Parallel()
	_, all := past(t, 1)
	require.True(t, slices.IsSortedFunc(all, func(a, b plantsim.Message) int { return a.When().Compare(b.When()) }))
	require.False(t, all[0].When().Before(morning))
	require.Equal(t, noonish, all[len(all)-1].When())
}

func TestHistoryEndsWhenItsMessagesAreNotWanted(t *testing.T) {
	t.Parallel()
	p := plantsim.New(1)
	full := fmt.Errorf("full")
	require.ErrorIs(t, p.History(morning, noonish, time.Second, func(plantsim.Message) error { return full }), full)
	require.ErrorContains(t, p.History(noonish, morning, time.Second, nil), "it must go forward")
}

// telemetry is what a controller of the line sends.
type telemetry struct {
	TS     time.Time
	State  string
	Rate   float64
	Weight *float64
	Temp   float64
	Count  int64
}

func lineOf(t *testing.T, all []plantsim.Message) map[string][]telemetry {
	t.Helper()
	line := map[string][]telemetry{}
	for _, m := range all {
		if m, ok := m.(plantsim.MQTT); ok && strings.HasSuffix(m.Topic, "/telemetry") {
			var v telemetry
			require.NoError(t, json.Unmarshal(m.Payload, &v), "%s", m.Payload)
			require.Equal(t, m.At, v.TS)
			line[m.Topic] = append(line[m.Topic], v)
		}
	}
	return line
}

func topic(asset string) string { return "plant/" + asset + "/telemetry" }

// during tells whether t lies in a fault, shortened at its start by so much.
func during(f plantsim.Fault, t time.Time, after time.Duration) bool {
	return t.After(f.From.Add(after)) && t.Before(f.To)
}

func of(faults []plantsim.Fault, kind plantsim.FaultKind) []plantsim.Fault {
	return slices.DeleteFunc(slices.Clone(faults), func(f plantsim.Fault) bool { return f.Kind != kind })
}

func TestFaultsAreAHandfulAnHourAndTheGroundTruthHolds(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		p, all := past(t, seed)
		faults := p.Faults()
		require.LessOrEqual(t, len(faults), 8*6, "a handful an hour")
		for _, kind := range []plantsim.FaultKind{plantsim.Drift, plantsim.PressStop, plantsim.OutOfStock, plantsim.FastSeller} {
			require.GreaterOrEqual(t, len(of(faults, kind)), 3, "%s in seed %d", kind, seed)
		}
		line := lineOf(t, all)
		for _, f := range of(faults, plantsim.Drift) {
			low, n := 0, 0
			for _, v := range line[topic(f.Asset)] {
				if during(f, v.TS, 150*time.Second) && v.Weight != nil {
					n++
					if *v.Weight < 498 {
						low++
					}
				}
			}
			require.GreaterOrEqual(t, low, n*9/10, "a drifted nozzle doses below the limit")
		}
		for _, f := range of(faults, plantsim.Silence) {
			for _, v := range line[topic(f.Asset)] {
				require.False(t, during(f, v.TS, 0), "a silent machine says nothing")
			}
		}
		for _, f := range faults {
			require.False(t, f.To.Before(f.From))
			if f.Kind != plantsim.FastSeller {
				require.False(t, f.To.After(noonish), "only a fast seller goes on")
			}
		}
		last := of(faults, plantsim.FastSeller)
		require.True(t, last[len(last)-1].To.After(noonish))
	}
}

func TestAWellLineRunsAtItsPaceAndStoppedMachinesStopTheirNeighbours(t *testing.T) {
	t.Parallel()
	p, all := past(t, 3)
	faults, line := p.Faults(), lineOf(t, all)
	quiet := func(at time.Time) bool {
		return !slices.ContainsFunc(of(faults, plantsim.LineStop), func(f plantsim.Fault) bool {
			return at.After(f.From.Add(-time.Minute)) && at.Before(f.To.Add(20*time.Minute))
		})
	}
	one, two := line[topic("bottling/line-3/filler-1")], line[topic("bottling/line-3/filler-2")]
	require.Len(t, line, 6)
	require.Len(t, two, len(one))
	for i := range one {
		if quiet(one[i].TS) {
			require.InDelta(t, 210, one[i].Rate+two[i].Rate, 8)
			require.Equal(t, "running", one[i].State)
			require.InDelta(t, 44, one[i].Temp, 5)
		}
	}
	states := map[string]bool{}
	for _, machine := range line {
		for _, v := range machine {
			states[v.State] = true
		}
		require.True(t, slices.IsSortedFunc(machine, func(a, b telemetry) int { return int(a.Count - b.Count) }), "counters go up")
	}
	require.Equal(t, map[string]bool{"running": true, "stopped": true, "starved": true, "blocked": true}, states)
}

func TestAPressThatStopsCountsNothingAndItsOilCools(t *testing.T) {
	t.Parallel()
	p, all := past(t, 3)
	stops := of(p.Faults(), plantsim.PressStop)
	var coolest, warmest float64 = 100, 0
	for _, m := range all {
		m, ok := m.(plantsim.OPCUA)
		if !ok || !strings.Contains(m.Node, "Press4.") {
			continue
		}
		stopped := slices.ContainsFunc(stops, func(f plantsim.Fault) bool { return during(f, m.At, 0) })
		switch signal := m.Node[strings.LastIndexByte(m.Node, '.')+1:]; signal {
		case "Cycles", "Tonnage":
			require.False(t, stopped, "%s at %s", signal, m.At)
		case "OilTemperature":
			coolest, warmest = min(coolest, m.Value.(float64)), max(warmest, m.Value.(float64))
		case "State":
			require.Contains(t, []string{"running", "stopped"}, m.Value)
		}
	}
	require.Less(t, coolest, 52.0)
	require.InDelta(t, 58, warmest, 1)
}

// rows reads a file as the ERP's clients must.
func rows(t *testing.T, f plantsim.File) [][]string {
	t.Helper()
	text, err := charmap.Windows1252.NewDecoder().Bytes(f.Body)
	require.NoError(t, err)
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = ';'
	all, err := r.ReadAll()
	require.NoError(t, err)
	return all
}

func TestTheStoreDropsItsStockAndEverySaleOnce(t *testing.T) {
	t.Parallel()
	p, all := past(t, 5)
	faults := p.Faults()
	lines := map[string]bool{}
	sold := map[string]int{} // by article and minute
	stocks := 0
	for _, m := range all {
		f, ok := m.(plantsim.File)
		if !ok || strings.HasPrefix(f.Name, "orders_") {
			continue
		}
		table := rows(t, f)
		if strings.HasPrefix(f.Name, "sales_") {
			require.Equal(t, []string{"DATE", "HEURE", "TICKET", "LIGNE", "RAYON", "EAN", "LIBELLE", "QTE"}, table[0])
			for _, row := range table[1:] {
				key := row[2] + "/" + row[3]
				require.False(t, lines[key], "ticket line %s twice", key)
				lines[key] = true
				sold[row[5]+row[1][:5]]++
			}
			continue
		}
		stocks++
		require.Equal(t, []string{"MAGASIN", "RAYON", "EAN", "LIBELLE", "STOCK", "MAJ", "RESERVE", "PRIX", "LIVRAISON", "QTE_LIVREE"}, table[0])
		require.Len(t, table, 61)
		for _, row := range table[1:] {
			for _, fault := range faults {
				if fault.SKU != row[2] || !during(fault, f.At, 10*time.Second) {
					continue
				}
				switch fault.Kind {
				case plantsim.OutOfStock:
					require.Equal(t, "0,000", row[4], "out of stock at %s", f.At)
				case plantsim.Phantom:
					require.Equal(t, "14,000", row[4])
				}
			}
		}
	}
	require.Equal(t, 8*12+1, stocks)
	require.Greater(t, len(lines), 5000)
	paris, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	for _, fault := range of(faults, plantsim.Phantom) {
		for at := fault.From.Add(time.Minute); at.Before(fault.To.Add(-time.Minute)); at = at.Add(time.Minute) {
			require.Zero(t, sold[fault.SKU+at.In(paris).Format("15:04")], "nobody buys what is not there")
		}
	}
}

func TestAFastSellerSellsAtSeveralTimesItsPace(t *testing.T) {
	t.Parallel()
	p, all := past(t, 5)
	paris, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	type spell struct{ sold, hours float64 }
	fast, usual := map[string]spell{}, map[string]spell{}
	for _, f := range of(p.Faults(), plantsim.FastSeller) {
		end := f.To
		if end.After(noonish) {
			end = noonish
		}
		s, u := fast[f.SKU], usual[f.SKU]
		s.hours += end.Sub(f.From).Hours()
		u.hours = noonish.Sub(morning).Hours() - s.hours
		fast[f.SKU], usual[f.SKU] = s, u
	}
	for _, m := range all {
		f, ok := m.(plantsim.File)
		if !ok || !strings.HasPrefix(f.Name, "sales_") {
			continue
		}
		for _, row := range rows(t, f)[1:] {
			at, err := time.ParseInLocation("02/01/2006 15:04:05", row[0]+" "+row[1], paris)
			require.NoError(t, err)
			pieces, err := strconv.ParseFloat(row[7], 64)
			require.NoError(t, err)
			in := usual
			if slices.ContainsFunc(p.Faults(), func(f plantsim.Fault) bool {
				return f.Kind == plantsim.FastSeller && f.SKU == row[5] && during(f, at, 0)
			}) {
				in = fast
			}
			if s, planted := in[row[5]]; planted {
				s.sold += pieces
				in[row[5]] = s
			}
		}
	}
	require.NotEmpty(t, fast)
	for sku, s := range fast {
		if s.hours > 0.3 {
			require.InDelta(t, 3.5, s.sold/s.hours/(usual[sku].sold/usual[sku].hours), 1.2, sku)
		}
	}
}

func TestArticlesAndAssetsAreFitForScreens(t *testing.T) {
	t.Parallel()
	p := plantsim.New(1)
	articles := p.Articles()
	require.Len(t, articles, 60)
	codes := map[string]bool{}
	for _, a := range articles {
		require.Len(t, a.EAN, 13)
		sum := 0
		for i, digit := range a.EAN {
			sum += (1 + 2*(i%2)) * int(digit-'0')
		}
		require.Zero(t, sum%10, "check digit of %s", a.EAN)
		codes[a.EAN] = true
		_, err := charmap.Windows1252.NewEncoder().String(a.Label)
		require.NoError(t, err)
	}
	require.Len(t, codes, 60)
	names := map[string]string{}
	for _, a := range p.Assets() {
		names[a.Path] = a.Name
	}
	require.Equal(t, "Remplisseuse 2", names["bottling/line-3/filler-2"])
	require.Equal(t, "Presse 4", names["presses/press-4"])
	require.Equal(t, "Épicerie sucrée", names["villeurbanne/epicerie-sucree"])
}

func BenchmarkHistory(b *testing.B) {
	for b.Loop() {
		require.NoError(b, plantsim.New(1).History(morning, noonish, 5*time.Second, func(plantsim.Message) error { return nil }))
	}
}

func TestTheLineMakesOneOrderAfterTheOther(t *testing.T) {
	t.Parallel()
	_, all := past(t, 5)
	var good, scrap, began float64
	var open string
	var target float64
	ended := 0
	for _, m := range all {
		switch m := m.(type) {
		case plantsim.MQTT:
			var line struct{ Good, Scrap float64 }
			if strings.HasSuffix(m.Topic, "/line") {
				require.NoError(t, json.Unmarshal(m.Payload, &line))
				require.GreaterOrEqual(t, line.Good, good)
				require.GreaterOrEqual(t, line.Scrap, scrap)
				good, scrap = line.Good, line.Scrap
			}
		case plantsim.File:
			if !strings.HasPrefix(m.Name, "orders_") {
				continue
			}
			for _, row := range rows(t, m)[1:] {
				if row[4] == "TERMINE" {
					require.Equal(t, open, row[0])
					require.InDelta(t, target, good-began, 100)
					open = ""
					ended++
					continue
				}
				require.Empty(t, open, "one at a time")
				open, began = row[0], good
				amount, err := strconv.ParseFloat(strings.Replace(row[3], ",", ".", 1), 64)
				require.NoError(t, err)
				target = amount
			}
		}
	}
	require.Greater(t, ended, 5)
	require.Greater(t, scrap, good*0.002)
	require.Less(t, scrap, good*0.05)
}
