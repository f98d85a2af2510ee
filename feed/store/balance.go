package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// fact is what a report reads of a post. Its end may lie before its beginning
// where clocks differ; reports count such a time as none.
const fact = `
	SELECT p.id, p.kind, p.topic, p.severity, p.territory, p.asset, p.sku, p.rule, p.audience, p.cause, p.noise, p.opened_at, p.closed_at,
		CASE WHEN p.kind = 'production' THEN p.run ELSE '' END, CASE WHEN p.kind = 'idea' THEN p.talk ELSE '' END,
		CASE WHEN p.cause <> '' OR p.kind = 'production' THEN p.ask ELSE '' END,
		COALESCE((SELECT MIN(e.at) FROM entries e WHERE e.post = p.id AND e.kind IN ('taken', 'onsite')), 0)
	FROM posts p
	WHERE p.audience = ? AND `

// Facts lists what a report reads of the posts at or below a place that opened
// from one instant until before another, with the ideas and stock-outs that had
// opened before and lasted into that time; by opening.
func (s *Store) Facts(ctx context.Context, place feed.Path, audience feed.Audience, from, to time.Time) ([]feed.Fact, error) {
	where, args := within(`p.territory`, []feed.Path{place})
	var out []feed.Fact
	for _, part := range []struct {
		query string
		args  []any
	}{
		{`p.opened_at >= ? AND p.opened_at < ? AND `, []any{at(&from), at(&to)}},
		{`p.opened_at < ? AND p.kind IN ('stock-out', 'idea') AND (p.closed_at = 0 OR p.closed_at >= ?) AND `, []any{at(&from), at(&from)}},
	} {
		facts, err := s.facts(ctx, part.query+where, slices.Concat([]any{audience}, part.args, args))
		if err != nil {
			return nil, fmt.Errorf("facts of %s from %s: %w", place, from.Format(time.RFC3339), err)
		}
		out = append(out, facts...)
	}
	slices.SortFunc(out, func(a, b feed.Fact) int { return cmp.Or(a.OpenedAt.Compare(b.OpenedAt), cmp.Compare(a.Post, b.Post)) })
	return out, nil
}

func (s *Store) facts(ctx context.Context, where string, args []any) ([]feed.Fact, error) {
	var out []feed.Fact
	offers := map[string][]feed.Text{} // a rule offers the same to all of its posts
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		var f feed.Fact
		var talk *feed.Talk
		var asks string
		err := rows.Scan(&f.Post, &f.Kind, &f.Topic, &f.Severity, &f.Territory, &f.Asset, &f.SKU, &f.Rule, &f.Audience, &f.Cause, &f.Noise,
			at(&f.OpenedAt), at(&f.ClosedAt), doc(&f.Run), doc(&talk), &asks, at(&f.TakenAt))
		if err != nil {
			return err
		}
		if talk != nil {
			f.Course = talk.Course
		}
		if _, read := offers[asks]; !read {
			var a asked
			err = doc(&a).Scan(asks)
			offers[asks] = a.Causes
		}
		f.Offered = offers[asks]
		out = append(out, f)
		return err
	}, fact+where, args...)
	return out, err
}

// Some lists those of the posts that the reader of a scope may see, in the order
// in which they are named.
func (s *Store) Some(ctx context.Context, scope feed.Scope, ids []feed.PostID) ([]*feed.Post, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	posts, err := s.reader().some(ctx, `p.id IN (?)`, ids)
	if err != nil {
		return nil, fmt.Errorf("%d posts: %w", len(ids), err)
	}
	posts = slices.DeleteFunc(posts, func(p *feed.Post) bool { return !scope.Sees(p) })
	slices.SortFunc(posts, func(a, b *feed.Post) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return posts, nil
}

// Costs are what the site says of each place that it says something of.
func (s *Store) Costs(ctx context.Context) ([]feed.Cost, error) {
	out, err := rowsOf(ctx, s.reader(), func(c *feed.Cost) []any {
		return []any{&c.Territory, &c.Minute, &c.Part, &c.ShelfEmpty, &c.Currency}
	}, `SELECT territory, minute, part, shelf_empty, currency FROM costs`)
	if err != nil {
		return nil, fmt.Errorf("costs: %w", err)
	}
	return out, nil
}

// SetCost keeps what a loss costs at a place.
func (t *tx) SetCost(ctx context.Context, c feed.Cost) error {
	_, err := t.exec(ctx, `
		INSERT INTO costs (territory, minute, part, shelf_empty, currency)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (territory) DO UPDATE
		SET minute = excluded.minute, part = excluded.part, shelf_empty = excluded.shelf_empty, currency = excluded.currency`,
		c.Territory, c.Minute, c.Part, c.ShelfEmpty, c.Currency)
	if err != nil {
		return fmt.Errorf("cost at %s: %w", c.Territory, err)
	}
	return nil
}

// SentBalance is the report as it was sent, nil when it was not.
func (s *Store) SentBalance(ctx context.Context, place feed.Path, period string) (*feed.Balance, error) {
	var b *feed.Balance
	err := s.reader().get(ctx, doc(&b), `SELECT body FROM balances WHERE territory = ? AND period = ?`, place, period)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("report of %s on %s: %w", place, period, err)
	}
	return b, nil
}

// KeepBalance keeps a report as it is sent, unless it was sent before.
func (t *tx) KeepBalance(ctx context.Context, b *feed.Balance) (fresh bool, err error) {
	n, err := t.exec(ctx, `
		INSERT INTO balances (territory, period, body, at)
		VALUES (?, ?, ?, ?)
		ON CONFLICT (territory, period) DO NOTHING`, b.Territory, b.Period.ID, doc(&b), at(&b.At))
	if err != nil {
		return false, fmt.Errorf("keep the report of %s on %s: %w", b.Territory, b.Period.ID, err)
	}
	return n > 0, nil
}

// Subscriptions lists who asked for which reports.
func (s *Store) Subscriptions(ctx context.Context) ([]feed.Subscription, error) {
	out, err := rowsOf(ctx, s.reader(), func(sub *feed.Subscription) []any {
		return []any{&sub.Member, &sub.Territory, &sub.Unit}
	}, `SELECT member, territory, unit FROM report_subscriptions ORDER BY territory, unit, member`)
	if err != nil {
		return nil, fmt.Errorf("subscriptions to reports: %w", err)
	}
	return out, nil
}

// Subscribe keeps that a member asks for the reports of a place, or no longer does.
func (t *tx) Subscribe(ctx context.Context, s feed.Subscription, on bool) error {
	query := `DELETE FROM report_subscriptions WHERE member = ? AND territory = ? AND unit = ?`
	if on {
		query = `INSERT INTO report_subscriptions (member, territory, unit) VALUES (?, ?, ?) ON CONFLICT (member, territory, unit) DO NOTHING`
	}
	if _, err := t.exec(ctx, query, s.Member, s.Territory, s.Unit); err != nil {
		return fmt.Errorf("reports of %s for %s: %w", s.Territory, s.Member, err)
	}
	return nil
}
