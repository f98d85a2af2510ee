package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
)

// scanIndex is the limit of reading a page: its rows alone, from one range of
// the index.
const scanIndex = `
	SELECT p.*, i.bumped_at
	FROM post_index i
	JOIN posts p ON p.id = i.post
	WHERE i.territory = 'plant/site-1' AND i.open = false
	ORDER BY i.bumped_at DESC
	LIMIT 30`

// pages measures reading a page of a large feed, beside the bare index scan on
// a connection of its own.
type pages struct {
	store *store.Store
	bare  *sql.DB
	reads int
}

func (b *bench) feed(ctx context.Context) (figures []figure, err error) {
	err = b.onLarge(ctx, "feed", func(ctx context.Context, f seed, name string) error {
		more, err := b.readPages(ctx, f, name)
		figures = append(figures, more...)
		return err
	})
	return figures, err
}

func (b *bench) readPages(ctx context.Context, f seed, name string) ([]figure, error) {
	posts, err := b.fillLarge(ctx, f, name, b.large(1_000_000))
	if err != nil {
		return nil, err
	}
	p := &pages{store: f.store, bare: f.db, reads: b.size(100, 50)}
	medians, err := b.interleave(ctx, b.size(7, 3), "ms", contender{"bare index scan", p.each(p.scan)},
		contender{"the whole plant", p.each(p.page("plant"))},
		contender{"one territory", p.each(p.page("plant/site-1"))},
		contender{"three territories", p.each(p.page("plant/site-1", "plant/site-2/line-3", "plant/site-3"))})
	if err != nil {
		return nil, err
	}
	figures := []figure{}
	for i, where := range []string{"all of them", "one territory", "three territories"} {
		figures = append(figures, figure{
			name: fmt.Sprintf("feed: 30 of %d posts, %s, %s", posts, name, where), unit: "ms", bare: medians[0], ours: medians[i+1], goal: goal{ratioAtMost: 1.5},
		})
	}
	return figures, nil
}

// benchPost is the machine post number n, as a rule would have made it.
func benchPost(n int, at time.Time) *feed.Post {
	at = at.UTC()
	line := feed.Path(fmt.Sprintf("plant/site-%d/line-%d", n%5, n/5%5))
	value := 500 + float64(n%100)/10
	p := &feed.Post{
		ID: feed.PostID(fmt.Sprintf("m%024x", n)), Kind: feed.Alert, Topic: feed.Quality, State: feed.Closed, Severity: feed.Major,
		Territory: line, Asset: line + "/press", Key: fmt.Sprintf("weight\t%s/press\t%d", line, n),
		Author: feed.Author{Kind: feed.ByMachine, Name: "Press"},
		Title:  feed.Text{FR: "{asset} : {value|1} {unit}", EN: "{asset}: {value|1} {unit}"},
		Values: feed.Values{"asset": "Press", "value": value, "unit": "g"}, Signal: "weight", Value: &value, Unit: "g",
		Occurrences: 1, OpenedAt: at, UpdatedAt: at, BumpedAt: at, ClosedAt: at.Add(time.Hour),
		Reactions:  map[feed.Reaction]int{feed.Useful: 2},
		Provenance: &feed.Provenance{Source: "press", Rule: "weight", Attr: map[string]string{"topic": "plant/press/telemetry"}},
	}
	if n%7 == 0 {
		p.State, p.Cause = feed.Resolved, "Usure"
	}
	if n%1000 == 0 {
		p.State, p.Active, p.ClosedAt = feed.New, true, time.Time{}
	}
	return p
}

// each is the median time of reading once, in milliseconds.
func (p *pages) each(read func(context.Context) error) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		var all []float64
		for range p.reads {
			start := time.Now()
			if err := read(ctx); err != nil {
				return 0, err
			}
			all = append(all, float64(time.Since(start))/float64(time.Millisecond))
		}
		return quantile(all, 0.5), nil
	}
}

func (p *pages) page(roots ...feed.Path) func(context.Context) error {
	return func(ctx context.Context) error {
		page, err := p.store.Feed(ctx, feed.Scope{Roots: roots}, feed.Query{})
		if err == nil && len(page.Posts) != feed.DefaultPage {
			err = fmt.Errorf("the page has %d posts", len(page.Posts))
		}
		return err
	}
}

func (p *pages) scan(ctx context.Context) error {
	rows, err := p.bare.QueryContext(ctx, scanIndex)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	cells := make([]any, len(columns))
	for i := range cells {
		cells[i] = new(sql.RawBytes)
	}
	for err == nil && rows.Next() {
		err = rows.Scan(cells...)
	}
	return cmp.Or(err, rows.Err())
}

// makeDatabase makes a database beside the one at address, for as long as the
// bench needs it.
func makeDatabase(ctx context.Context, address string) (made string, drop func() error, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", nil, errors.New("--database: cannot be read, expected postgres://user@host/name")
	}
	admin, err := sql.Open("pgx", address)
	if err != nil {
		return "", nil, fmt.Errorf("--database: %w", err)
	}
	name := "fildefer_bench_" + strings.ToLower(rand.Text()[:8])
	if _, err := admin.ExecContext(ctx, `CREATE DATABASE `+name); err != nil {
		return "", nil, errors.Join(fmt.Errorf("--database: make a database for the bench: %w", err), admin.Close())
	}
	u.Path = "/" + name
	return u.String(), func() error {
		_, err := admin.ExecContext(context.WithoutCancel(ctx), `DROP DATABASE `+name+` WITH (FORCE)`)
		return errors.Join(err, admin.Close())
	}, nil
}
