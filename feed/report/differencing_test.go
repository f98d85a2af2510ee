package report_test

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/report"
	"github.com/fildefer/fildefer/feed/store"
)

// TestTwoReportsTellOfNoFewerThanFivePeople takes each report of a year from
// every other that it can be taken from: a site's without those of its lines,
// the same month's asked for again after somebody came late, a week's without
// its month's.
func TestTwoReportsTellOfNoFewerThanFivePeople(t *testing.T) {
	onEach(t, func(t *testing.T, s *store.Store, db *sql.DB, _ dialect) {
		var now time.Time
		svc := report.NewService(s, inUTC, func() time.Time { return now })
		told := 0
		for _, month := range []int{0, 5, 10} {
			from := time.Date(2025, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC)
			now = from.AddDate(0, 1, 9)
			sites, places := trap(t, s, month, from.Add(time.Hour))
			life := lives(t, svc, "month", places)
			took := whoTook(t, db, from, from.AddDate(0, 1, 0))
			for _, site := range sites {
				left := map[string]bool{}
				for place, people := range took {
					if place != site && (!place.Within(site) || life[place].People > 0) {
						continue
					}
					for m := range people {
						left[m] = true
					}
				}
				if life[site].People == 0 {
					continue
				}
				told++
				require.True(t, len(left) == 0 || len(left) >= report.Least, "%s without the lines that are told in month %d is %d people", site, month+1, len(left))
			}
			comesLate(t, s, month, places, from.Add(time.Hour))
			require.Equal(t, life, lives(t, svc, "month", places), "who came late would be told by the difference")
			require.Equal(t, life, lives(t, svc, "week", places), "a week tells of the same month")
		}
		require.Greater(t, told, 15, "the attack has something to attack")
	})
}

// lives is what the reports of places tell of their people.
func lives(t *testing.T, svc *report.Service, period string, places []feed.Path) map[feed.Path]feed.Engagement {
	t.Helper()
	out := map[feed.Path]feed.Engagement{}
	for _, place := range places {
		b, err := svc.Balance(t.Context(), place, period)
		require.NoError(t, err)
		out[place] = b.Life
	}
	return out
}

// whoTook are the people who took something at each place, from the rows.
func whoTook(t *testing.T, db *sql.DB, from, to time.Time) map[feed.Path]map[string]bool {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), fmt.Sprintf(`
		SELECT DISTINCT p.territory, e.author
		FROM entries e
		JOIN posts p ON p.id = e.post
		WHERE e.author_kind = 'person' AND p.audience = '' AND e.at >= %d AND e.at < %d`, from.UnixMilli(), to.UnixMilli()))
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	out := map[feed.Path]map[string]bool{}
	for rows.Next() {
		var place feed.Path
		var m string
		require.NoError(t, rows.Scan(&place, &m))
		if out[place] == nil {
			out[place] = map[string]bool{}
		}
		out[place][m] = true
	}
	require.NoError(t, rows.Err())
	return out
}

// trap is a site of two lines, one with so few people that neither may be told.
func trap(t *testing.T, s *store.Store, month int, at time.Time) (sites, places []feed.Path) {
	t.Helper()
	sites, lines := yearPlaces()
	sites, lines = append(sites, "trap"), append(lines, "trap/many", "trap/few")
	places = append(sites, lines...)
	var tree []feed.Territory
	for _, p := range places {
		tree = append(tree, feed.Territory{Path: p, Name: string(p), Kind: feed.Line})
	}
	require.NoError(t, s.SetTerritories(t.Context(), tree))
	require.NoError(t, s.InTx(t.Context(), func(tx feed.Tx) error {
		if err := takenBy(t, tx, fmt.Sprint("many ", month), "trap/many", at, "many", 9); err != nil {
			return err
		}
		return takenBy(t, tx, fmt.Sprint("few ", month), "trap/few", at, "few", 2)
	}))
	return sites, places
}

// comesLate keeps that people whom nobody knew took a post of each place, then.
func comesLate(t *testing.T, s *store.Store, month int, places []feed.Path, at time.Time) {
	t.Helper()
	require.NoError(t, s.InTx(t.Context(), func(tx feed.Tx) error {
		for _, place := range places {
			if err := takenBy(t, tx, fmt.Sprint("late ", month, place), place, at, "late", report.Least); err != nil {
				return err
			}
		}
		return nil
	}))
}

// takenBy writes a post that so many people took.
func takenBy(t *testing.T, tx feed.Tx, id string, place feed.Path, at time.Time, who string, people int) error {
	t.Helper()
	p := &feed.Post{
		ID: feed.PostID(id), Kind: feed.Alert, Topic: feed.Quality, Severity: feed.Major, State: feed.New, Territory: place,
		Author: feed.Author{Kind: feed.ByMachine, Name: "x"}, Occurrences: 1, OpenedAt: at, Since: at, BumpedAt: at, UpdatedAt: at,
	}
	if err := tx.Save(t.Context(), p); err != nil {
		return err
	}
	for i := range people {
		by := feed.Author{Kind: feed.ByPerson, Name: "M", Member: feed.MemberID(fmt.Sprint(who, i))}
		if err := tx.Log(t.Context(), feed.Entry{Post: p.ID, Kind: feed.WasTaken, At: at, Author: by}); err != nil {
			return err
		}
	}
	return nil
}
