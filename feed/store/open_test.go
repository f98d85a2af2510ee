package store_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/feed/store/storetest"
)

// onEach runs a test on the URL of an empty database of each kind.
func onEach(t *testing.T, test func(t *testing.T, url string)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, "sqlite:"+filepath.Join(t.TempDir(), "a #odd% name?.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, storetest.Postgres(t))
	})
}

func TestBothDatabasesHaveTheSameMigrations(t *testing.T) {
	t.Parallel()
	names := func(dir string) (out []string) {
		files, err := fs.ReadDir(store.Migrations, "migration/"+dir)
		require.NoError(t, err)
		for _, f := range files {
			out = append(out, f.Name())
		}
		return out
	}
	require.NotEmpty(t, names("sqlite"))
	require.Equal(t, names("sqlite"), names("postgres"))
}

func TestWhatWasKeptIsThereAfterReopening(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s, err := store.Open(t.Context(), url, store.Options{})
		require.NoError(t, err)
		require.NoError(t, s.SetTerritories(t.Context(), []feed.Territory{{Path: "lyon", Kind: feed.Site}}))
		require.NoError(t, s.Close())
		s = open(t, url)
		require.NoError(t, s.Ping(t.Context()))
		tree, err := s.Tree(t.Context())
		require.NoError(t, err)
		_, ok := tree.Get("lyon")
		require.True(t, ok)
	})
}

func TestWhatAnOlderVersionKeptIsReadAndCounted(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s, err := store.Open(t.Context(), url, store.Options{})
		require.NoError(t, err)
		p := &feed.Post{
			ID: "p", State: feed.Resolved, Territory: "lyon", Asset: "lyon/press", Cause: "Buse", Values: feed.Values{},
			OpenedAt: epoch, BumpedAt: epoch, ClosedAt: epoch, Provenance: &feed.Provenance{Rule: "weight", Status: "\x00"},
		}
		require.NoError(t, s.InTx(t.Context(), func(tx feed.Tx) error { return tx.Save(t.Context(), p) }))
		require.NoError(t, s.Close())
		goBack(t, url, 1)

		s = open(t, url)
		scope := feed.Scope{Roots: []feed.Path{"lyon"}}
		again, err := s.Post(t.Context(), scope, "p")
		require.NoError(t, err)
		require.Equal(t, p, again)
		figures, err := s.RuleFigures(t.Context(), scope, epoch)
		require.NoError(t, err)
		require.Equal(t, []feed.RuleFigures{{Rule: "weight", Posts: 1, Resolved: 1, Last: epoch}}, figures)
		causes, _, err := s.Suggestions(t.Context(), again)
		require.NoError(t, err)
		require.Equal(t, []string{"Buse"}, causes)
	})
}

// goBack takes a database back to how a version of the program left it.
func goBack(t *testing.T, url string, version int64) {
	t.Helper()
	driver, source, dialect, dir := "pgx", url, goose.DialectPostgres, "postgres"
	if file, ok := strings.CutPrefix(url, "sqlite:"); ok {
		driver, source, dialect, dir = "sqlite", file, goose.DialectSQLite3, "sqlite"
	}
	steps, err := fs.Sub(store.Migrations, "migration/"+dir)
	require.NoError(t, err)
	p, err := goose.NewProvider(dialect, bare(t, driver, source), steps, goose.WithDisableGlobalRegistry(true))
	require.NoError(t, err)
	_, err = p.DownTo(t.Context(), version)
	require.NoError(t, err)
}

func TestOnlyTheOwnerReadsTheFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, store.SQLiteIn(dir))
	require.NoError(t, s.SetTerritories(t.Context(), []feed.Territory{{Path: "lyon", Kind: feed.Site}}))
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Greater(t, len(files), 1, "the log stands beside the database")
	for _, f := range files {
		info, err := f.Info()
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm(), f.Name())
	}
}

func TestProcessesThatStartTogetherShareTheDatabase(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		stores := make([]*store.Store, 4)
		errs := make([]error, len(stores))
		var group sync.WaitGroup
		for i := range stores {
			group.Go(func() { stores[i], errs[i] = store.Open(t.Context(), url, store.Options{}) })
		}
		group.Wait()
		for i, s := range stores {
			require.NoError(t, errs[i])
			t.Cleanup(func() { require.NoError(t, s.Close()) })
		}
		first, second := stores[0], stores[1]
		_, err := first.Tree(t.Context())
		require.NoError(t, err)
		require.NoError(t, second.SetTerritories(t.Context(), []feed.Territory{{Path: "lyon", Kind: feed.Site}}))
		tree, err := first.Tree(t.Context())
		require.NoError(t, err)
		_, ok := tree.Get("lyon")
		require.True(t, ok, "a cached tree notices what another process set")

		for i, s := range stores {
			group.Go(func() { errs[i] = writeSome(t.Context(), s, i) })
		}
		group.Wait()
		require.Equal(t, make([]error, len(stores)), errs)
		last, err := first.LastChange(t.Context())
		require.NoError(t, err)
		require.EqualValues(t, 30*len(stores), last)

		older, err := first.Claim(t.Context(), []int{0})
		require.NoError(t, err)
		_, err = second.Claim(t.Context(), []int{0})
		require.NoError(t, err)
		err = first.Commit(t.Context(), feed.Batch{Stream: "one", Epoch: older.Epoch, Positions: []feed.Position{{To: 1}}})
		require.ErrorIs(t, err, feed.ErrFenced)
	})
}

// writeSome writes as one of several processes on the same database.
func writeSome(ctx context.Context, s *store.Store, process int) error {
	for i := range 30 {
		p := &feed.Post{ID: feed.PostID(fmt.Sprint(process, "-", i)), State: feed.New, Territory: "lyon", OpenedAt: epoch, BumpedAt: epoch}
		if err := s.InTx(ctx, func(tx feed.Tx) error { return tx.Save(ctx, p) }); err != nil {
			return err
		}
	}
	return nil
}

func TestAURLThatNamesNoDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "no", "such", "folder.db")
	for url, want := range map[string]string{
		"mysql://localhost":               `database "mysql": want sqlite:<file> or postgres://…`,
		"sqlite:":                         "the name of the file is missing",
		"sqlite:" + missing:               missing,
		"postgres://me:hunter2@host:port": "postgres: ",
	} {
		_, err := store.Open(t.Context(), url, store.Options{})
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "hunter2")
	}
}

func TestTheFeedIsReadFromItsIndex(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url)
		require.NoError(t, s.InTx(t.Context(), func(tx feed.Tx) error { return fillSome(t.Context(), tx, 0, 3000) }))
		explain, reads := "EXPLAIN QUERY PLAN", "USING COVERING INDEX post_feed (territory=? AND open=?"
		if strings.HasPrefix(url, "postgres") {
			db := bare(t, "pgx", url)
			_, err := db.ExecContext(t.Context(), `VACUUM ANALYZE`)
			require.NoError(t, err)
			explain, reads = "EXPLAIN", "using post_feed on post_index"
		}
		for name, q := range map[string]feed.Query{
			"first page": {},
			"open posts": {State: feed.AnyOpen},
			"next page":  {Cursor: "MTc2NzIyNTYwMDAwMC5tMQ"},
			"ghosts":     {Audience: feed.Ghost},
			"shadows":    {Audience: feed.Shadow},
		} {
			sites := []feed.Path{"site-1", "site-2"}
			plan, err := s.ExplainFeed(t.Context(), feed.Scope{Roots: sites, Ghosts: sites, Reader: "ana"}, q, explain)
			require.NoError(t, err)
			arms := 4
			if q.State == feed.AnyOpen {
				arms = 2
			}
			require.Equal(t, arms, strings.Count(plan, reads), "%s:\n%s", name, plan)
			require.NotContains(t, plan, "SCAN i ", name)
			require.NotContains(t, plan, "SCAN p\"", name)
			require.NotContains(t, plan, "Seq Scan on post", name)
		}
	})
}

func FuzzCurve(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{2, 0, 0, 0, 0, 0, 0, 240, 63})
	f.Add([]byte{0x80})
	f.Fuzz(func(t *testing.T, b []byte) {
		again, points, err := store.Recode(b)
		if err != nil {
			return
		}
		_, same, err := store.Recode(again)
		require.NoError(t, err)
		require.Len(t, same, len(points))
		for i := range points {
			require.True(t, points[i].At.Equal(same[i].At))
		}
	})
}

func FuzzCursor(f *testing.F) {
	f.Add("")
	f.Add("MTc2NzIyNTYwMDAwMC5tMQ")
	f.Fuzz(func(t *testing.T, s string) {
		if _, _, err := store.Cursor(s); err != nil {
			require.Equal(t, feed.Invalid, feed.ProblemOf(err))
		}
	})
}
