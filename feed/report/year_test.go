package report_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/report"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/feed/store/storetest"
)

// The year: five sites of five lines each, 30 places, in UTC, so that SQL can
// number the weeks.
var (
	yearBegins = time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC) // a Monday
	week       = 7 * 24 * time.Hour
)

const (
	weeks     = 52
	yearPosts = 4000
)

func inUTC(feed.Path) *time.Location { return time.UTC }

// dialect is what the raw questions of the test need of a database.
type dialect struct{ driver, stops string }

// onEach runs a test on a year of posts in each database.
func onEach(t *testing.T, test func(t *testing.T, s *store.Store, db *sql.DB, d dialect)) {
	t.Helper()
	t.Parallel()
	for name, d := range map[string]dialect{
		"sqlite":   {driver: "sqlite", stops: `(SELECT SUM(json_extract(h.value, '$.minutes')) FROM json_each(p.run, '$.stops') h)`},
		"postgres": {driver: "pgx", stops: `(SELECT SUM((h ->> 'minutes')::DOUBLE PRECISION) FROM jsonb_array_elements(p.run::JSONB -> 'stops') h)`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "feed.db")
			url, raw := "sqlite:"+file, file
			if name == "postgres" {
				url = storetest.Postgres(t)
				raw = url
			}
			s, err := store.Open(t.Context(), url, store.Options{})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, s.Close()) })
			seedYear(t, s)
			db, err := sql.Open(d.driver, raw)
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, db.Close()) })
			test(t, s, db, d)
		})
	}
}

func yearPlaces() (sites, lines []feed.Path) {
	for i := range 5 {
		site := feed.Path(fmt.Sprintf("s%d", i))
		sites = append(sites, site)
		for j := range 5 {
			lines = append(lines, site+feed.Path(fmt.Sprintf("/l%d", j)))
		}
	}
	return sites, lines
}

// seedYear writes the same year into every database.
func seedYear(t testing.TB, s *store.Store) {
	t.Helper()
	sites, lines := yearPlaces()
	places := append(sites, lines...)
	var tree []feed.Territory
	for _, p := range places {
		tree = append(tree, feed.Territory{Path: p, Name: string(p), Kind: feed.Line})
	}
	require.NoError(t, s.SetTerritories(t.Context(), tree))
	r := rand.New(rand.NewPCG(1, 2))
	step := weeks * week / yearPosts
	require.NoError(t, s.InTx(t.Context(), func(tx feed.Tx) error {
		for i := range yearPosts {
			at := yearBegins.Add(time.Duration(i)*step + time.Duration(r.IntN(int(step/time.Millisecond)))*time.Millisecond)
			if err := seedPost(t, tx, r, i, places[r.IntN(len(places))], at); err != nil {
				return err
			}
		}
		return nil
	}))
}

// seedPost writes one post of a random kind and end.
func seedPost(t testing.TB, tx feed.Tx, r *rand.Rand, i int, place feed.Path, at time.Time) error {
	kind := []feed.Kind{feed.Alert, feed.Alert, feed.Alert, feed.StockOut, feed.Idea, feed.Production, feed.QualityPoint}[r.IntN(7)]
	who := feed.Author{Kind: feed.ByPerson, Name: "M", Member: feed.MemberID(fmt.Sprintf("m%d", r.IntN(40)))}
	p := &feed.Post{
		ID: feed.PostID(fmt.Sprintf("p%06d", i)), Kind: kind, Topic: feed.Topics[r.IntN(3)], Severity: feed.Severities[r.IntN(4)], State: feed.New,
		Territory: place, Author: feed.Author{Kind: feed.ByMachine, Name: "x"}, Values: feed.Values{}, Occurrences: 1,
		OpenedAt: at, Since: at, BumpedAt: at, UpdatedAt: at, Causes: []feed.Text{{FR: "Usure", EN: "Worn"}},
	}
	if kind == feed.Alert || kind == feed.StockOut {
		p.Asset = place + "/" + feed.Path(fmt.Sprintf("m%d", r.IntN(2)))
		p.Provenance = &feed.Provenance{Source: "x", Rule: fmt.Sprintf("r%d", r.IntN(2))}
		p.Noise = max(r.IntN(3)-1, 0)
	}
	if kind == feed.Production {
		p.Run = &feed.Run{Lost: float64(r.IntN(900)), Stops: []feed.Halt{{Cause: "a", Count: 1, Minutes: float64(r.IntN(60))}, {Cause: "b", Count: 1, Minutes: 0.5}}, StartedAt: at}
	}
	if r.IntN(20) == 0 {
		p.Audience = feed.Ghost
	}
	entries := []feed.Entry{{Kind: feed.Opened, At: at, Author: p.Author}}
	if r.IntN(3) > 0 {
		entries = append(entries, feed.Entry{Kind: feed.WasTaken, At: at.Add(time.Duration(r.IntN(5000)) * time.Second), Author: who})
	}
	if r.IntN(10) > 0 {
		p.ClosedAt = at.Add(time.Duration(r.IntN(20*86400)) * time.Second)
		p.State, p.BackToNormal = feed.Closed, true
		if r.IntN(2) == 0 {
			p.State, p.Cause = feed.Resolved, []string{"Usure", "usure", "Réglage", "Worn"}[r.IntN(4)]
		}
	}
	if err := tx.Save(t.Context(), p); err != nil {
		return err
	}
	for _, e := range entries {
		e.Post = p.ID
		if err := tx.Log(t.Context(), e); err != nil {
			return err
		}
	}
	return nil
}

// cell is a place in a week.
type cell struct {
	place string
	week  int
}

// ask runs a question that gives a place, a week and a number, for lines and for
// sites: §place stands for the place, §week for the number of the week of an
// instant.
func ask(t *testing.T, db *sql.DB, question string) map[cell]float64 {
	t.Helper()
	out := map[cell]float64{}
	for _, place := range []string{"p.territory", "substr(p.territory, 1, 2)"} {
		q := strings.ReplaceAll(question, "§place", place)
		q = strings.ReplaceAll(q, "§opened", fmt.Sprintf("(p.opened_at - %d) / %d", yearBegins.UnixMilli(), week.Milliseconds()))
		q = strings.ReplaceAll(q, "§closed", fmt.Sprintf("(p.closed_at - %d) / %d", yearBegins.UnixMilli(), week.Milliseconds()))
		each(t, db, q, func(c cell, v float64) {
			if (place == "p.territory") == strings.Contains(c.place, "/") {
				out[c] = v
			}
		})
	}
	return out
}

// each calls fn on every row of an answer.
func each(t *testing.T, db *sql.DB, q string, fn func(cell, float64)) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), q)
	require.NoError(t, err, q)
	defer func() { require.NoError(t, rows.Close()) }()
	for rows.Next() {
		var c cell
		var v sql.NullFloat64
		require.NoError(t, rows.Scan(&c.place, &c.week, &v))
		fn(c, v.Float64)
	}
	require.NoError(t, rows.Err())
}

const isAlert = `p.kind IN ('alert', 'stock-out', 'quality-point') AND p.severity <> 'info' AND p.audience = ''`

// percentile is the question for the nearest-rank percentile of a length of time.
func percentile(percent int, length, where string) string {
	return fmt.Sprintf(`
		SELECT place, nth, MIN(took) / 60000.0
		FROM (SELECT §place AS place, §opened AS nth, %[2]s AS took,
				ROW_NUMBER() OVER (PARTITION BY §place, §opened ORDER BY %[2]s) AS place_in_row,
				COUNT(*) OVER (PARTITION BY §place, §opened) AS all_of_them
			FROM posts p
			LEFT JOIN (SELECT post, MIN(at) AS at FROM entries WHERE kind IN ('taken', 'onsite') GROUP BY post) e ON e.post = p.id
			WHERE %[3]s) ranked
		WHERE place_in_row * 100 >= all_of_them * %[1]d
		GROUP BY place, nth`, percent, length, where)
}

// questions are the figures as plain SQL over the rows.
func questions(d dialect) map[string]string {
	count := func(what, where string) string {
		return `SELECT §place, §opened, ` + what + ` FROM posts p WHERE ` + where + ` GROUP BY 1, 2`
	}
	again := func(within time.Duration) string {
		return fmt.Sprintf(`
			SELECT §place, §opened, SUM(CASE WHEN p.opened_at - p.before <= %d THEN 1 ELSE 0 END)
			FROM (SELECT q.*, LAG(q.opened_at) OVER (PARTITION BY q.rule, q.asset, q.sku ORDER BY q.opened_at) AS before FROM posts q WHERE q.audience = '') p
			WHERE p.rule <> '' AND %s
			GROUP BY 1, 2`, within.Milliseconds(), isAlert)
	}
	return map[string]string{
		"posts":    count(`COUNT(*)`, `p.audience = ''`),
		"alerts":   count(`COUNT(*)`, isAlert),
		"ended":    count(`COUNT(*)`, isAlert+` AND p.closed_at > 0`),
		"solved":   count(`COUNT(*)`, isAlert+` AND p.closed_at > 0 AND p.cause <> ''`),
		"lost":     count(`SUM(CAST(`+map[string]string{"sqlite": `json_extract(p.run, '$.lost')`, "pgx": `p.run::JSONB ->> 'lost'`}[d.driver]+` AS DOUBLE PRECISION))`, `p.audience = '' AND p.run <> ''`),
		"stopped":  count(`SUM(`+d.stops+`)`, `p.audience = '' AND p.run <> ''`),
		"again24":  again(24 * time.Hour),
		"again7":   again(week),
		"take p50": percentile(50, `e.at - p.opened_at`, isAlert+` AND e.at > 0`), "take p90": percentile(90, `e.at - p.opened_at`, isAlert+` AND e.at > 0`),
		"solve p50": percentile(50, `p.closed_at - p.opened_at`, isAlert+` AND p.cause <> ''`), "solve p90": percentile(90, `p.closed_at - p.opened_at`, isAlert+` AND p.cause <> ''`),
		"last p90": percentile(90, `p.closed_at - p.opened_at`, isAlert+` AND p.closed_at > 0`),
		"decided":  `SELECT §place, §closed, COUNT(*) FROM posts p WHERE p.audience = '' AND p.kind = 'idea' AND p.cause <> '' GROUP BY 1, 2`,
		"empty": fmt.Sprintf(`
			WITH RECURSIVE weeks (nth, starts, ends) AS (
				SELECT 0, CAST(%[1]d AS BIGINT), CAST(%[1]d AS BIGINT) + %[2]d
				UNION ALL
				SELECT nth + 1, ends, ends + %[2]d FROM weeks WHERE nth < %[3]d)
			SELECT §place, w.nth, SUM(
				CASE WHEN p.closed_at = 0 OR p.closed_at > w.ends THEN w.ends ELSE p.closed_at END
				- CASE WHEN p.opened_at > w.starts THEN p.opened_at ELSE w.starts END) / 60000.0
			FROM posts p
			JOIN weeks w ON p.opened_at < w.ends AND (p.closed_at = 0 OR p.closed_at > w.starts)
			WHERE p.kind = 'stock-out' AND p.audience = ''
			GROUP BY 1, 2`, yearBegins.UnixMilli(), week.Milliseconds(), weeks-1),
	}
}

func TestReportsEqualSQLOnTheRowsOfAYear(t *testing.T) {
	onEach(t, func(t *testing.T, s *store.Store, db *sql.DB, d dialect) {
		want := map[string]map[cell]float64{}
		for name, q := range questions(d) {
			want[name] = ask(t, db, q)
			require.NotEmpty(t, want[name], name)
		}
		sites, lines := yearPlaces()
		for _, place := range append(sites, lines...) {
			for nth := range weeks {
				p := feed.PeriodOf(feed.Week, yearBegins.Add(time.Duration(nth)*week), time.UTC)
				facts, err := s.Facts(t.Context(), place, feed.Everybody, p.From.Add(-week), p.To)
				require.NoError(t, err)
				for name, got := range counted(report.Figures(facts, p)) {
					require.InDelta(t, want[name][cell{string(place), nth}], got, 1e-6, "%s of %s in week %d", name, place, nth)
				}
			}
		}
	})
}

// counted are figures by the names of the questions.
func counted(f feed.Figures) map[string]float64 {
	of := func(v *float64) float64 {
		if v == nil {
			return 0
		}
		return *v
	}
	return map[string]float64{
		"posts": float64(f.Posts), "alerts": float64(f.Alerts), "ended": float64(f.Solved.Whole), "solved": float64(f.Solved.Part),
		"lost": f.Lost, "stopped": f.Stopped, "again24": float64(f.Again24.Part), "again7": float64(f.Again7.Part),
		"take p50": of(f.Take.P50), "take p90": of(f.Take.P90), "solve p50": of(f.Solve.P50), "solve p90": of(f.Solve.P90), "last p90": of(f.Last.P90),
		"decided": float64(f.Decided), "empty": f.ShelfEmpty,
	}
}
