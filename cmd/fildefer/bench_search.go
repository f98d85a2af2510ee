package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
	"github.com/fildefer/fildefer/feed/store"
)

// scanWords is the limit of a search: the numbers of the newest thirty
// documents of one list of the index alone.
var scanWords = map[string]string{
	"sqlite": `SELECT rowid FROM search_words WHERE search_words MATCH '"leak"' ORDER BY rowid DESC LIMIT 30`,
	"pgx":    `SELECT n FROM search_docs WHERE tokens @@ CAST('leak' AS tsquery) ORDER BY n DESC LIMIT 30`,
}

// questions are what is asked of a large feed: a word of many posts, of some, of
// few, two together, one that is only begun, and one that nobody wrote.
var questions = []string{"leak", "conveyor", "serial77", "leak conveyor", "conv", "nowhere"}

// search measures looking for words in a million posts and comments, and the
// feed beside it, and what the index costs whoever writes.
func (b *bench) search(ctx context.Context) ([]figure, error) {
	file := filepath.Join(b.dir, "search.db")
	q := url.Values{"_pragma": {"cache_size(-16000)"}} // what the store gives its own
	figures, err := b.searchOn(ctx, "SQLite", "sqlite:"+file, "sqlite", (&url.URL{Scheme: "file", Path: file, RawQuery: q.Encode()}).String())
	if err != nil || b.database == "" {
		return figures, err
	}
	address, drop, err := makeDatabase(ctx, b.database)
	if err != nil {
		return figures, err
	}
	more, err := b.searchOn(ctx, "PostgreSQL", address, "pgx", address)
	return append(figures, more...), firstOf(err, drop())
}

func (b *bench) searchOn(ctx context.Context, name, address, driver, source string) (figures []figure, err error) {
	posts := b.size(500_000, 10_000)
	var costs [2]float64
	if costs, err = b.indexing(ctx, name); err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, address, store.Options{Logger: b.log})
	if err != nil {
		return nil, err
	}
	defer func() { err = firstOf(err, s.Close()) }()
	db, err := sql.Open(driver, source)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstOf(err, db.Close()) }()
	if err := b.fillTalk(ctx, s, name, posts); err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, map[string]string{"sqlite": `ANALYZE`, "pgx": `VACUUM ANALYZE`}[driver]); err != nil {
		return nil, err
	}
	p := &pages{store: s, bare: db, reads: b.size(120, 30)}
	medians, err := b.interleave(ctx, b.size(5, 3), "ms",
		contender{"bare index scan", p.each(p.words(scanWords[driver]))},
		contender{"newest first", p.each(p.ask(false))},
		contender{"ranked", p.each(p.ask(true))},
		contender{"bare feed scan", p.each(p.scan)},
		contender{"feed", p.each(p.page("plant/site-1"))})
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("search: %d posts and comments, %s, ", 2*posts, name)
	figures = []figure{
		{name: what + "newest first", unit: "ms", bare: medians[0], ours: medians[1], goal: goal{atMost: 5}},
		{name: what + "ranked", unit: "ms", bare: medians[0], ours: medians[2], goal: goal{atMost: 100}},
		{name: fmt.Sprintf("feed: 30 of %d posts, %s", posts, name), unit: "ms", bare: medians[3], ours: medians[4], goal: goal{ratioAtMost: 1.5}},
	}
	if costs[1] > 0 {
		figures = append(figures, figure{name: "search: writing posts with the index, " + name, unit: "posts/s", bare: costs[0], ours: costs[1]})
	}
	return figures, nil
}

// indexing is how many posts a second are written without the index and with
// it, in turn, on SQLite.
func (b *bench) indexing(ctx context.Context, name string) (perSecond [2]float64, err error) {
	if name != "SQLite" {
		return perSecond, nil
	}
	round := 0
	write := func(plain bool) func(context.Context) (float64, error) {
		return func(ctx context.Context) (_ float64, err error) {
			round++
			s, err := store.Open(ctx, "sqlite:"+filepath.Join(b.dir, fmt.Sprintf("indexing-%d.db", round)), store.Options{Logger: b.log, Plain: plain})
			if err != nil {
				return 0, err
			}
			defer func() { err = errors.Join(err, s.Close()) }()
			posts, began := b.size(20_000, 4000), time.Now()
			err = b.fillTalk(ctx, s, "", posts)
			return float64(posts) / time.Since(began).Seconds(), err
		}
	}
	medians, err := b.interleave(ctx, 3, "posts/s", contender{"without the index", write(true)}, contender{"with the index", write(false)})
	if err != nil {
		return perSecond, err
	}
	return [2]float64{medians[0], medians[1]}, nil
}

// fillTalk writes posts, each with a comment: one in four of a leak, one in
// fifty of a conveyor.
func (b *bench) fillTalk(ctx context.Context, s *store.Store, name string, posts int) error {
	const batch = 2000
	began := time.Now()
	for from := 0; from < posts; from += batch {
		err := s.InTx(ctx, func(tx feed.Tx) error {
			for i := from; i < min(from+batch, posts); i++ {
				if err := talkAbout(ctx, tx, i, began.Add(time.Duration(i-posts)*time.Minute).UTC()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("write posts and comments: %w", err)
		}
	}
	if name != "" {
		b.say("search: %d posts and comments written to %s in %s", 2*posts, name, time.Since(began).Round(time.Second))
	}
	return nil
}

// talkAbout writes post number n with what somebody said of it.
func talkAbout(ctx context.Context, tx feed.Tx, n int, at time.Time) error {
	p := benchPost(n, at)
	p.Text, p.Comments = saidOf(n), 1
	if err := tx.Save(ctx, p); err != nil {
		return err
	}
	return tx.AddComment(ctx, feed.Comment{
		ID: feed.CommentID(fmt.Sprintf("c%024x", n)), Post: p.ID, At: at.Add(time.Minute),
		Author: feed.Author{Kind: feed.ByPerson, Name: "Ana", Member: "ana"}, Text: saidOf(n + 1),
	})
}

// saidOf is about as long as what people write.
func saidOf(n int) string {
	text := fmt.Sprintf("Checked station %d with the night shift, part serial%d put aside", n%40, n%5000)
	if n%4 == 0 {
		text += ", small leak again"
	}
	if n%50 == 0 {
		text += " below the conveyor"
	}
	return text
}

// ask looks for each question in turn.
func (p *pages) ask(ranked bool) func(context.Context) error {
	next := 0
	scope := feed.Scope{Roots: []feed.Path{"plant"}}
	return func(ctx context.Context) error {
		r := search.Request{Question: search.Parse(questions[next%len(questions)]), Ranked: ranked}
		next++
		_, err := p.store.Search(ctx, scope, r)
		return err
	}
}

func (p *pages) words(query string) func(context.Context) error {
	return func(ctx context.Context) error {
		rows, err := p.bare.QueryContext(ctx, query)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for err == nil && rows.Next() {
			var n int64
			err = rows.Scan(&n)
		}
		return cmp.Or(err, rows.Err())
	}
}
