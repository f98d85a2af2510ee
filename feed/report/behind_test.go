package report_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/report"
	"github.com/fildefer/fildefer/feed/store"
)

// cost is what a loss costs at the first site of the year.
var cost = feed.Cost{Territory: "s1", Minute: 18, Part: 0.5, ShelfEmpty: 0.6, Currency: "EUR"}

// behindIn are the posts behind each figure as plain SQL over the rows: §in is
// the period of the opening, §from and §to its ends.
func behindIn(d dialect) map[string]string {
	again := func(within time.Duration) string {
		return fmt.Sprintf(isAlert+` AND p.rule <> '' AND §in AND EXISTS (
			SELECT 1 FROM posts q
			WHERE q.rule = p.rule AND q.asset = p.asset AND q.sku = p.sku AND q.audience = '' AND q.opened_at < p.opened_at AND q.opened_at >= p.opened_at - %d
				AND q.territory LIKE §place)`, within.Milliseconds())
	}
	taken := `EXISTS (SELECT 1 FROM entries e WHERE e.post = p.id AND e.kind IN ('taken', 'onsite'))`
	stops := map[string]string{
		"sqlite": `EXISTS (SELECT 1 FROM json_each(p.run, '$.stops') h WHERE json_extract(h.value, '$.cause') = '%s' AND json_extract(h.value, '$.minutes') > 0)`,
		"pgx":    `EXISTS (SELECT 1 FROM jsonb_array_elements(p.run::JSONB -> 'stops') h WHERE h ->> 'cause' = '%s' AND (h ->> 'minutes')::DOUBLE PRECISION > 0)`,
	}[d.driver]
	lost := map[string]string{"sqlite": `json_extract(p.run, '$.lost')`, "pgx": `p.run::JSONB ->> 'lost'`}[d.driver]
	empty := `p.kind = 'stock-out' AND p.audience = '' AND p.opened_at < §to AND (p.closed_at = 0 OR p.closed_at > §from)`
	stopped := `p.audience = '' AND p.run <> '' AND §in AND ` + d.stops + ` > 0`
	pieces := `p.audience = '' AND p.run <> '' AND §in AND CAST(` + lost + ` AS DOUBLE PRECISION) > 0`
	return map[string]string{
		"posts": `p.audience = '' AND §in`, "alerts": isAlert + ` AND §in`,
		"take": isAlert + ` AND §in AND ` + taken, "last": isAlert + ` AND §in AND p.closed_at > 0`,
		"solve": isAlert + ` AND §in AND p.closed_at > 0 AND p.cause <> ''`, "solved": isAlert + ` AND §in AND p.closed_at > 0 AND p.cause <> ''`,
		"again_24h": again(24 * time.Hour), "again_7d": again(week),
		"stopped": stopped, "lost": pieces, "shelf_empty": empty,
		"money":   `(` + stopped + `) OR (` + pieces + `) OR (` + empty + `)`,
		"decided": `p.audience = '' AND p.kind = 'idea' AND p.cause <> '' AND p.closed_at >= §from AND p.closed_at < §to`,
		"stop:a":  `p.audience = '' AND p.run <> '' AND §in AND ` + fmt.Sprintf(stops, "a"), "stop:b": `p.audience = '' AND p.run <> '' AND §in AND ` + fmt.Sprintf(stops, "b"),
		"cause:Usure": isAlert + ` AND §in AND p.cause IN ('Usure', 'usure', 'Worn')`, "cause:Réglage": isAlert + ` AND §in AND p.cause = 'Réglage'`,
		"cause:Worn": isAlert + ` AND §in AND p.cause IN ('Usure', 'usure', 'Worn')`, "cause:": `1 = 0`,
		"kind:alert": `p.audience = '' AND p.kind = 'alert' AND §in`, "topic:quality": `p.audience = '' AND p.topic = 'quality' AND §in`,
		"severity:major": `p.audience = '' AND p.severity = 'major' AND §in`,
		"noise:r1":       `p.audience = '' AND p.rule = 'r1' AND p.noise > 0 AND §in`,
	}
}

// idsOf asks SQL for the posts of a place in a period.
func idsOf(t *testing.T, db *sql.DB, where string, place feed.Path, p feed.Period) []feed.PostID {
	t.Helper()
	where = strings.NewReplacer(
		"§in", fmt.Sprintf("p.opened_at >= %d AND p.opened_at < %d", p.From.UnixMilli(), p.To.UnixMilli()),
		"§from", fmt.Sprint(p.From.UnixMilli()), "§to", fmt.Sprint(p.To.UnixMilli()), "§place", fmt.Sprintf("'%s%%'", place),
	).Replace(where)
	rows, err := db.QueryContext(t.Context(), fmt.Sprintf(`SELECT p.id FROM posts p WHERE p.territory LIKE '%s%%' AND (%s)`, place, where))
	require.NoError(t, err, where)
	defer func() { require.NoError(t, rows.Close()) }()
	ids := []feed.PostID{}
	for rows.Next() {
		var id feed.PostID
		require.NoError(t, rows.Scan(&id))
		ids = append(ids, id)
	}
	require.NoError(t, rows.Err())
	slices.Sort(ids)
	return ids
}

// shown is every figure of a report, as its page shows it.
func shown(b *feed.Balance) map[string]*float64 {
	whole := func(n int) *float64 { return new(float64(n)) }
	percent := func(s feed.Share) *float64 {
		if s.Whole == 0 {
			return nil
		}
		return new(100 * float64(s.Part) / float64(s.Whole))
	}
	n := b.Now
	out := map[string]*float64{
		"posts": whole(n.Posts), "alerts": whole(n.Alerts), "decided": whole(n.Decided), "take": n.Take.P50, "solve": n.Solve.P50, "last": n.Last.P50, "deciding": n.Deciding.P50,
		"solved": percent(n.Solved), "again_24h": percent(n.Again24), "again_7d": percent(n.Again7), "stopped": &n.Stopped, "lost": &n.Lost, "shelf_empty": &n.ShelfEmpty,
	}
	if n.Money != nil {
		out["money"] = n.Money
	}
	for name, counts := range map[string]map[string]int{"kind": n.ByKind, "topic": n.ByTopic, "severity": n.BySeverity} {
		for word, count := range counts {
			out[name+":"+word] = whole(count)
		}
	}
	for _, bar := range b.Causes {
		out["cause:"+bar.Name] = new(bar.Value)
	}
	for _, bar := range b.Stops {
		out["stop:"+bar.Name] = new(bar.Value)
	}
	for _, rule := range b.Noise {
		out["noise:"+rule.Rule] = whole(rule.Noise)
	}
	return out
}

func TestEveryFigureOpensExactlyThePostsThatItCounts(t *testing.T) {
	onEach(t, func(t *testing.T, s *store.Store, db *sql.DB, d dialect) {
		require.NoError(t, s.InTx(t.Context(), func(tx feed.Tx) error { return tx.SetCost(t.Context(), cost) }))
		now := yearBegins.Add(30*week + 50*time.Hour)
		svc := report.NewService(s, inUTC, func() time.Time { return now })
		for _, place := range []feed.Path{"s1", "s1/l2", "s3"} {
			for _, id := range []string{"week", "month", "2025-W31"} { // the last is not over
				b, err := svc.Balance(t.Context(), place, id)
				require.NoError(t, err)
				p := b.Period
				if p.To.After(now) {
					p.To = now
				}
				for figure, where := range behindIn(d) {
					if figure == "money" && b.Cost == nil {
						continue
					}
					opened, err := svc.Posts(t.Context(), place, b.Period.ID, figure)
					require.NoError(t, err)
					got := []feed.PostID{}
					for _, w := range opened.Posts {
						got = append(got, w.Post)
					}
					slices.Sort(got)
					require.Equal(t, idsOf(t, db, where, place, p), got, "%s of %s in %s", figure, place, b.Period.ID)
				}
				for figure, value := range shown(b) {
					opened, err := svc.Posts(t.Context(), place, b.Period.ID, figure)
					require.NoError(t, err)
					if value == nil {
						require.Nil(t, opened.Figure, figure)
						continue
					}
					require.InDelta(t, *value, *opened.Figure, 1e-6, "%s of %s in %s: the posts make what is shown", figure, place, b.Period.ID)
					if opened.Unit == feed.InPosts {
						require.Len(t, opened.Posts, int(*value), figure)
					}
				}
			}
		}
		_, err := svc.Posts(t.Context(), "s1", "week", "members")
		require.Equal(t, feed.Invalid, feed.ProblemOf(err), "people are no figure to open")
	})
}

func TestAReportShowsTheFiguresOfItsPeriod(t *testing.T) {
	onEach(t, func(t *testing.T, s *store.Store, _ *sql.DB, _ dialect) {
		now := yearBegins.Add(30*week + 50*time.Hour)
		b, err := report.NewService(s, inUTC, func() time.Time { return now }).Balance(t.Context(), "s1", "week")
		require.NoError(t, err)
		p := feed.PeriodOf(feed.Week, yearBegins.Add(29*week), time.UTC)
		require.Equal(t, p, b.Period)
		facts, err := s.Facts(t.Context(), "s1", feed.Everybody, p.From.Add(-week), p.To)
		require.NoError(t, err)
		require.Equal(t, report.Figures(facts, p), b.Now)
		require.Len(t, b.Places, 5)
		english := map[string]string{}
		for _, bar := range b.Causes {
			english[bar.Name] = bar.English
		}
		require.Equal(t, map[string]string{"Usure": "Worn", "Réglage": ""}, english, "one bar in two languages, and one as it was said")
	})
}
