package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
	"github.com/fildefer/fildefer/feed/store"
)

// moldPosts is how many posts a large feed repeats: as many as it takes until
// places and words come together as they did before.
const moldPosts = 5000

// seed makes a large feed in minutes: some posts are written as they always
// are, and then copied row by row into the past.
type seed struct {
	store  *store.Store
	db     *sql.DB
	driver string
	copies int
	pace   time.Duration // between two posts; 0: a minute
	talk   bool          // somebody said something of each, and the search knows all of it
}

// large is n posts where all is asked for, since they take minutes to write on a
// busy machine, and otherwise a fifth of them.
func (b *bench) large(n int) int {
	if b.full {
		return n
	}
	return b.size(n/5, 2*moldPosts)
}

// fillLarge writes at least so many posts, in multiples of the mold.
func (b *bench) fillLarge(ctx context.Context, f seed, name string, posts int) (int, error) {
	began := time.Now()
	f.copies, f.pace = max(0, (posts-1)/moldPosts), cmp.Or(f.pace, time.Minute)
	if err := b.fill(ctx, f.store, moldPosts, f.pace, f.talk); err != nil {
		return 0, err
	}
	if f.talk {
		if err := indexAll(ctx, f.store); err != nil {
			return 0, err
		}
	}
	if err := f.copy(ctx); err != nil {
		return 0, fmt.Errorf("copy posts: %w", err)
	}
	// What a database does by itself overnight.
	if _, err := f.db.ExecContext(ctx, map[string]string{"sqlite": `ANALYZE`, "pgx": `VACUUM ANALYZE`}[f.driver]); err != nil {
		return 0, err
	}
	posts = moldPosts * (f.copies + 1)
	b.say("%d posts written to %s in %s", posts, name, time.Since(began).Round(time.Second))
	return posts, nil
}

// fill writes posts of 5 sites with 5 lines each, with what somebody said of
// them where that is asked for; one in a thousand is open.
func (b *bench) fill(ctx context.Context, s *store.Store, posts int, pace time.Duration, talk bool) error {
	const batch = 1000
	now := time.Now().UTC()
	for from := 0; from < posts; from += batch {
		err := s.InTx(ctx, func(tx feed.Tx) error {
			for i := from; i < min(from+batch, posts); i++ {
				if err := write(ctx, tx, i, now.Add(time.Duration(i-posts)*pace), talk); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("write posts: %w", err)
		}
	}
	return nil
}

// write is post number n, perhaps with what somebody said of it.
func write(ctx context.Context, tx feed.Tx, n int, at time.Time, talk bool) error {
	p := benchPost(n, at)
	if talk {
		p.Text, p.Comments = saidOf(n), 1
	}
	if err := tx.Save(ctx, p); err != nil {
		return err
	}
	if err := tx.Log(ctx, feed.Entry{Post: p.ID, Kind: feed.WasTaken, At: at.Add(3 * time.Minute), Author: ana}); err != nil || !talk {
		return err
	}
	return tx.AddComment(ctx, benchComment(n, at))
}

// ana is who answers on the bench.
var ana = feed.Author{Kind: feed.ByPerson, Name: "Ana", Member: "ana"}

func benchComment(n int, at time.Time) feed.Comment {
	return feed.Comment{
		ID: feed.CommentID(fmt.Sprintf("c%024x", n)), Post: benchPost(n, at).ID, At: at.Add(30 * time.Second),
		Author: ana, Text: saidOf(n + 1),
	}
}

// copy writes the mold again and again, each time further into the past.
func (f seed) copy(ctx context.Context) error {
	var changes int64
	if err := f.db.QueryRowContext(ctx, `SELECT MAX(seq) FROM changes`).Scan(&changes); err != nil {
		return err
	}
	build, err := f.dropIndex(ctx)
	if err != nil {
		return err
	}
	if f.talk && f.driver == "sqlite" {
		if err := f.keepTokens(ctx); err != nil {
			return err
		}
	}
	for k := 1; k <= f.copies; k++ {
		if err := f.copyOnce(ctx, k, changes); err != nil {
			return err
		}
	}
	_, err = f.db.ExecContext(ctx, fmt.Sprintf(`UPDATE counters SET value = %d WHERE name = 'change'; UPDATE search_reached SET change = %[1]d; DROP TABLE IF EXISTS bench_words; %s`,
		changes*int64(f.copies+1), build))
	return err
}

// dropIndex takes PostgreSQL's index of words away, and tells how to build it:
// sorted at once it takes a tenth of the time.
func (f seed) dropIndex(ctx context.Context) (build string, err error) {
	if f.driver == "sqlite" {
		return "", nil
	}
	if err := f.db.QueryRowContext(ctx, `SELECT indexdef FROM pg_indexes WHERE indexname = 'search_words'`).Scan(&build); err != nil {
		return "", err
	}
	_, err = f.db.ExecContext(ctx, `DROP INDEX search_words`)
	return build, err
}

// copyOnce writes copy k of the mold: ids take its number, instants lie before
// the copy before.
func (f seed) copyOnce(ctx context.Context, k int, changes int64) (err error) {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	back := int64(k) * moldPosts * f.pace.Milliseconds()
	id := func(column string) string {
		return fmt.Sprintf(`CASE WHEN %[1]s = '' THEN '' ELSE substr(%[1]s, 1, 1) || '%03[2]d' || substr(%[1]s, 5) END`, column, k)
	}
	instant := func(column string) string {
		return fmt.Sprintf(`CASE WHEN %[1]s = 0 THEN 0 ELSE %[1]s - %[2]d END`, column, back)
	}
	moved := map[string]string{
		"key": fmt.Sprintf(`key || ' %d'`, k), "seq": fmt.Sprintf(`seq + %d`, int64(k)*changes), "n": fmt.Sprintf(`n - %d`, back<<20),
	}
	for _, column := range []string{"id", "post", "comment"} {
		moved[column] = id(column)
	}
	for _, column := range []string{"opened_at", "since", "updated_at", "bumped_at", "closed_at", "at"} {
		moved[column] = instant(column)
	}
	for _, t := range f.tables() {
		if err := again(ctx, tx, t.from, t.into, t.mold, moved); err != nil {
			return fmt.Errorf("%s: %w", t.into, err)
		}
	}
	return tx.Commit()
}

// table is where rows are copied, and which of them are the mold.
type table struct{ from, into, mold string }

func (f seed) tables() []table {
	out := []table{{"posts", "posts", `id < 'm001'`}, {"post_index", "post_index", `post < 'm001'`}, {"changes", "changes", `post < 'm001'`}, {"entries", "entries", `post < 'm001'`}}
	if !f.talk {
		return out
	}
	out = append(out, table{"comments", "comments", `id < 'c001'`}, table{"search_docs", "search_docs", `post < 'm001'`})
	if f.driver == "sqlite" {
		out = append(out, table{"bench_words", "search_words", `true`})
	}
	return out
}

// again inserts the rows of a table once more, some columns changed.
func again(ctx context.Context, tx *sql.Tx, from, into, mold string, moved map[string]string) error {
	columns, err := columnsOf(ctx, tx, from)
	if err != nil {
		return err
	}
	if into == "entries" { // they are numbered as they come
		columns = slices.DeleteFunc(columns, func(c string) bool { return c == "n" })
	}
	values := make([]string, len(columns))
	for i, c := range columns {
		values[i] = c
		if m := moved[c]; m != "" {
			values[i] = m
		}
		if into == "search_words" && c == "n" {
			columns[i] = "rowid"
		}
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf(`INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s`, into, strings.Join(columns, ", "), strings.Join(values, ", "), from, mold))
	return err
}

func columnsOf(ctx context.Context, tx *sql.Tx, table string) ([]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT * FROM `+table+` LIMIT 0`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	return columns, firstOf(err, rows.Err())
}

// keepTokens writes what the mold is indexed by: SQLite's index holds no texts.
func (f seed) keepTokens(ctx context.Context) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `CREATE TABLE bench_words (n INTEGER PRIMARY KEY, tokens TEXT NOT NULL)`)
	for i := 0; err == nil && i < moldPosts; i++ {
		p := benchPost(i, time.Time{})
		p.Text = saidOf(i)
		where := []string{search.PlaceToken("")}
		for _, place := range p.Territory.Lineage() {
			where = append(where, search.PlaceToken(place))
		}
		for comment, tokens := range map[string][]string{"": search.PostTokens(p), "c": search.CommentTokens(benchComment(i, time.Time{}))} {
			_, err = tx.ExecContext(ctx, `INSERT INTO bench_words SELECT n, ? FROM search_docs WHERE post = ? AND substr(comment, 1, 1) = ?`,
				strings.Join(append(tokens, where...), " "), p.ID, comment)
			if err != nil {
				break
			}
		}
	}
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
