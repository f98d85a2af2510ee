package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/feed/store/storetest"
)

// posts is the size of the feed that the benchmarks read: years of a plant.
const posts = 200_000

var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// BenchmarkFeed reads the first page of a feed, for somebody who sees one
// territory and for one who sees three. The bare scan is its limit: the same
// thirty rows, read by the driver alone from one range of the index.
func BenchmarkFeed(b *testing.B) {
	onBoth(b, func(b *testing.B, s *store.Store, db *sql.DB) {
		b.Run("one root", func(b *testing.B) { readFeed(b, s, "site-1") })
		b.Run("three roots", func(b *testing.B) { readFeed(b, s, "site-1", "site-2/line-3", "site-3") })
		b.Run("bare index scan", func(b *testing.B) { scanIndex(b, db) })
	})
}

func readFeed(b *testing.B, s *store.Store, roots ...feed.Path) {
	for b.Loop() {
		page, err := s.Feed(b.Context(), feed.Scope{Roots: roots}, feed.Query{})
		require.NoError(b, err)
		require.Len(b, page.Posts, feed.DefaultPage)
	}
}

func scanIndex(b *testing.B, db *sql.DB) {
	for b.Loop() {
		rows, err := db.QueryContext(b.Context(), `
			SELECT p.*, i.bumped_at
			FROM post_index i
			JOIN posts p ON p.id = i.post
			WHERE i.territory = 'site-1' AND i.open = false
			ORDER BY i.bumped_at DESC
			LIMIT 30`)
		require.NoError(b, err)
		columns, err := rows.Columns()
		require.NoError(b, err)
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(sql.RawBytes)
		}
		for rows.Next() {
			require.NoError(b, rows.Scan(cells...))
		}
		require.NoError(b, rows.Err())
		require.NoError(b, rows.Close())
	}
}

// BenchmarkCommit keeps a batch of the desk: 500 events that changed 100 rule
// states and 10 posts.
func BenchmarkCommit(b *testing.B) {
	run := func(b *testing.B, u string) {
		s := open(b, u)
		claim, err := s.Claim(b.Context(), []int{0})
		require.NoError(b, err)
		var seq uint64
		for b.Loop() {
			batch := feed.Batch{Stream: "one", Epoch: claim.Epoch, Positions: []feed.Position{{From: seq, To: seq + 500}}}
			for i := range 100 {
				batch.States = append(batch.States, feed.RuleState{Key: fmt.Sprint("rule ", i), Blob: fmt.Appendf(nil, "%0100d", seq)})
			}
			for i := range 10 {
				batch.Notices = append(batch.Notices, feed.Notice{
					Effect: fmt.Sprint(seq, i), Kind: feed.Raise, Key: fmt.Sprint("rule ", i), Episode: 1,
					At: epoch, PostKind: feed.Alert, Asset: "site-1/line-1/press",
				})
			}
			require.NoError(b, s.Commit(b.Context(), batch))
			seq += 500
		}
		b.ReportMetric(float64(500*b.N)/b.Elapsed().Seconds(), "events/s")
	}
	b.Run("sqlite", func(b *testing.B) { run(b, "sqlite:"+filepath.Join(b.TempDir(), "feed.db")) })
	b.Run("postgres", func(b *testing.B) { run(b, storetest.Postgres(b)) })
}

// onBoth runs a benchmark on each database, filled, and on a bare connection to
// it.
func onBoth(b *testing.B, bench func(*testing.B, *store.Store, *sql.DB)) {
	b.Run("sqlite", func(b *testing.B) {
		path := filepath.Join(b.TempDir(), "feed.db")
		s := open(b, "sqlite:"+path)
		fill(b, s)
		bench(b, s, bare(b, "sqlite", (&url.URL{Scheme: "file", Path: path}).String()))
	})
	b.Run("postgres", func(b *testing.B) {
		u := storetest.Postgres(b)
		s := open(b, u)
		fill(b, s)
		db := bare(b, "pgx", u)
		_, err := db.ExecContext(b.Context(), `VACUUM ANALYZE`)
		require.NoError(b, err)
		bench(b, s, db)
	})
}

func bare(b testing.TB, driver, source string) *sql.DB {
	b.Helper()
	db, err := sql.Open(driver, source)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, db.Close()) })
	return db
}

// fill posts to 4 sites of 5 lines each; one post in a thousand is open.
func fill(b *testing.B, s *store.Store) {
	b.Helper()
	for from := 0; from < posts; from += 5000 {
		require.NoError(b, s.InTx(b.Context(), func(tx feed.Tx) error { return fillSome(b.Context(), tx, from, from+5000) }))
	}
}

func fillSome(ctx context.Context, tx feed.Tx, from, to int) error {
	for i := from; i < to; i++ {
		at := epoch.Add(time.Duration(i) * time.Minute)
		line := feed.Path(fmt.Sprintf("site-%d/line-%d", i%4, i/4%5))
		state := feed.Closed
		if i%1000 == 0 {
			state = feed.New
		}
		v := float64(i)
		p := &feed.Post{
			ID: feed.PostID(fmt.Sprintf("m%024x", i)), Kind: feed.Alert, Topic: feed.Quality, State: state, Severity: feed.Major,
			Territory: line, Asset: line + "/press", Key: fmt.Sprintf("weight %s %d", line, i),
			Author: feed.Author{Kind: feed.ByMachine, Name: "Presse"}, Text: strings.Repeat("x", 40),
			Title:  feed.Text{FR: "{asset} : {value|1} {unit}", EN: "{asset}: {value|1} {unit}"},
			Values: feed.Values{"asset": "Presse", "value": v, "unit": "g"}, Signal: "weight", Value: &v, Unit: "g",
			Occurrences: 1, OpenedAt: at, UpdatedAt: at, BumpedAt: at, ClosedAt: at.Add(time.Hour),
			Reactions: map[feed.Reaction]int{feed.Useful: 2}, Provenance: &feed.Provenance{Source: "press", Rule: "weight"},
		}
		if err := tx.Save(ctx, p); err != nil {
			return err
		}
	}
	return nil
}
