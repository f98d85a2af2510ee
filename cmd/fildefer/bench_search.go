package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
	"github.com/fildefer/fildefer/feed/store"
)

// questions are what is asked of a large feed, in which there are as many
// comments as posts, and half of both say "greased".
var questions = []struct{ name, typed, in string }{
	{"a word of every second post", "greased", "plant"},
	{"a word of one in four, on one line", "leak", "plant/site-1/line-2"},
	{"a word of one in fifty", "conveyor", "plant"},
	{"a word of one in 5,000", "serial77", "plant"},
	{"two words", "leak conveyor", "plant"},
	{"a common word begun", "grea", "plant"},
	{"a beginning of 5,000 words", "ser", "plant"},
	{"a word that nobody wrote", "nowhere", "plant"},
}

// search measures looking for words in 200,000 posts and comments, or a million
// of them where all is asked for, and what the index costs whoever writes.
func (b *bench) search(ctx context.Context) ([]figure, error) {
	figures, err := b.indexing(ctx)
	if err != nil {
		return nil, err
	}
	err = b.onLarge(ctx, "search", func(ctx context.Context, f seed, name string) error {
		more, err := b.searchOn(ctx, f, name)
		figures = append(figures, more...)
		return err
	})
	return figures, err
}

func (b *bench) searchOn(ctx context.Context, f seed, name string) ([]figure, error) {
	f.talk = true
	posts, err := b.fillLarge(ctx, f, name, b.large(500_000))
	if err != nil {
		return nil, err
	}
	p := &pages{store: f.store, bare: f.db, reads: b.size(30, 10)}
	contenders := []contender{{"bare feed scan", p.each(p.scan)}}
	for _, q := range questions {
		contenders = append(contenders,
			contender{q.name, p.each(p.ask(q.typed, feed.Path(q.in), false))},
			contender{"  ranked", p.each(p.ask(q.typed, feed.Path(q.in), true))})
	}
	medians, err := b.interleave(ctx, b.size(5, 3), "ms", contenders...)
	if err != nil {
		return nil, err
	}
	var figures []figure
	slowest, which := 0.0, ""
	for i, q := range questions {
		figures = append(figures, figure{name: fmt.Sprintf("search: %d, %s, newest first, %s", 2*posts, name, q.name), unit: "ms", bare: medians[0], ours: medians[2*i+1], goal: goal{atMost: 5}})
		if ranked := medians[2*i+2]; ranked > slowest {
			slowest, which = ranked, q.name
		}
	}
	return append(figures, figure{
		name: fmt.Sprintf("search: %d, %s, ranked, the slowest (%s)", 2*posts, name, which), unit: "ms", ours: slowest, goal: goal{atMost: 100},
	}), nil
}

// indexing is how many posts a second are written, each with a comment, while
// nothing is indexed and while the search follows behind, in turn; and how many
// the search indexes when nothing else is done. On SQLite, which has one writer.
func (b *bench) indexing(ctx context.Context) ([]figure, error) {
	posts, round := b.size(20_000, 4000), 0
	var alone []float64
	write := func(follow bool) func(context.Context) (float64, error) {
		return func(ctx context.Context) (_ float64, err error) {
			round++
			s, err := store.Open(ctx, "sqlite:"+filepath.Join(b.dir, fmt.Sprintf("indexing-%d.db", round)), store.Options{Logger: b.log})
			if err != nil {
				return 0, err
			}
			defer func() { err = errors.Join(err, s.Close()) }()
			stop := func() {}
			if follow {
				stop = b.follow(ctx, s)
			}
			began := time.Now()
			err = b.fill(ctx, s, posts, time.Minute, true)
			took := time.Since(began)
			stop()
			if err == nil && !follow {
				began = time.Now()
				err = indexAll(ctx, s)
				alone = append(alone, 2*float64(posts)/time.Since(began).Seconds())
			}
			return float64(posts) / took.Seconds(), err
		}
	}
	b.say("search: %d posts with comments written, without the index and with it", posts)
	medians, err := b.interleave(ctx, 3, "posts/s", contender{"not indexed", write(false)}, contender{"indexed behind", write(true)})
	if err != nil {
		return nil, err
	}
	return []figure{
		{name: "search: posts written while the index follows", unit: "posts/s", bare: medians[0], ours: medians[1], goal: goal{ratioAtLeast: 0.7}},
		{name: "search: posts and comments indexed", unit: "/s", ours: quantile(alone, 0.5)},
	}, nil
}

// follow has the search follow what is written until stop is called.
func (b *bench) follow(ctx context.Context, s *store.Store) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	x := newIndexer(s.IndexSearch, b.log)
	s.Notify(x.changed)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		x.run(ctx)
	}()
	return func() {
		cancel()
		<-ended
	}
}

func indexAll(ctx context.Context, s *store.Store) error {
	for changed := 1; changed > 0; {
		var err error
		if changed, err = s.IndexSearch(ctx); err != nil {
			return err
		}
	}
	return nil
}

// saidOf is about as long as what people write.
func saidOf(n int) string {
	var text strings.Builder
	fmt.Fprintf(&text, "Checked station %d with the night shift, part serial%d put aside", n%40, n%5000)
	for _, also := range []struct {
		every int
		says  string
	}{{2, ", greased again"}, {4, ", small leak"}, {50, " below the conveyor"}} {
		if n%also.every == 0 {
			text.WriteString(also.says)
		}
	}
	return text.String()
}

// ask looks for what somebody typed, as whoever sees that place may.
func (p *pages) ask(typed string, in feed.Path, ranked bool) func(context.Context) error {
	r := search.Request{Question: search.Parse(typed), Ranked: ranked}
	return func(ctx context.Context) error {
		page, err := p.store.Search(ctx, feed.Scope{Roots: []feed.Path{in}}, r)
		if err == nil && typed != "nowhere" && len(page.Hits) == 0 {
			err = fmt.Errorf("nothing answers %q", typed)
		}
		return err
	}
}

// onLarge runs a measurement on an empty SQLite, and on PostgreSQL where there
// is one.
func (b *bench) onLarge(ctx context.Context, name string, measure func(ctx context.Context, f seed, database string) error) error {
	file := filepath.Join(b.dir, name+".db")
	if err := b.on(ctx, seed{driver: "sqlite"}, "SQLite", "sqlite:"+file, file, measure); err != nil || b.database == "" {
		return err
	}
	address, drop, err := makeDatabase(ctx, b.database)
	if err != nil {
		return err
	}
	err = b.on(ctx, seed{driver: "pgx"}, "PostgreSQL", address, address, measure)
	return firstOf(err, drop())
}

func (b *bench) on(ctx context.Context, f seed, name, address, source string, measure func(context.Context, seed, string) error) (err error) {
	if f.store, err = store.Open(ctx, address, store.Options{Logger: b.log}); err != nil {
		return err
	}
	defer func() { err = firstOf(err, f.store.Close()) }()
	if f.driver == "sqlite" {
		source = "file:" + source + "?_pragma=cache_size(-16000)" // what the store gives its own
	}
	if f.db, err = sql.Open(f.driver, source); err != nil {
		return err
	}
	defer func() { err = firstOf(err, f.db.Close()) }()
	return measure(ctx, f, name)
}
