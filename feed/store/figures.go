package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// RuleFigures are what became of each rule's posts in scope since an instant,
// by rule. Shadows are left out: they have a comparison of their own.
func (s *Store) RuleFigures(ctx context.Context, scope feed.Scope, since time.Time) ([]feed.RuleFigures, error) {
	by := figures{}
	for _, part := range []func(context.Context, conn, feed.Scope, time.Time) error{
		by.readPosts, by.readEntries, by.readNoise, by.readHeld,
	} {
		if err := part(ctx, s.reader(), scope, since); err != nil {
			return nil, fmt.Errorf("figures of rules since %s: %w", since.Format(time.RFC3339), err)
		}
	}
	var out []feed.RuleFigures
	for _, f := range by {
		out = append(out, *f)
	}
	slices.SortFunc(out, func(a, b feed.RuleFigures) int { return cmp.Compare(a.Rule, b.Rule) })
	return out, nil
}

// figures are those of each rule.
type figures map[string]*feed.RuleFigures

func (f figures) of(rule string) *feed.RuleFigures {
	if f[rule] == nil {
		f[rule] = &feed.RuleFigures{Rule: rule}
	}
	return f[rule]
}

// seen is the condition that the reader of a scope may see a post, but for
// shadows.
func seen(scope feed.Scope) (where string, args []any) {
	everybody, args := within(`p.territory`, scope.Roots)
	ghost, more := within(`p.territory`, scope.Ghosts)
	return `(p.audience = '' AND ` + everybody + ` OR p.audience = 'ghost' AND ` + ghost + `)`, append(args, more...)
}

func (f figures) readPosts(ctx context.Context, c conn, scope feed.Scope, since time.Time) error {
	where, args := seen(scope)
	return c.each(ctx, func(rows *sql.Rows) error {
		var rule string
		var posts, ghosts, resolved int
		var last time.Time
		err := rows.Scan(&rule, &posts, &ghosts, &resolved, at(&last))
		g := f.of(rule)
		g.Posts, g.Ghosts, g.Resolved, g.Last = posts, ghosts, resolved, last
		return err
	}, `
		SELECT p.rule,
			SUM(CASE WHEN p.audience = '' THEN 1 ELSE 0 END), SUM(CASE WHEN p.audience = '' THEN 0 ELSE 1 END),
			SUM(CASE WHEN p.cause <> '' THEN 1 ELSE 0 END), MAX(p.opened_at)
		FROM posts p
		WHERE p.rule <> '' AND p.opened_at >= ? AND `+where+`
		GROUP BY p.rule`, append([]any{at(&since)}, args...)...)
}

func (f figures) readEntries(ctx context.Context, c conn, scope feed.Scope, since time.Time) error {
	where, args := within(`p.territory`, scope.Roots)
	return c.each(ctx, func(rows *sql.Rows) error {
		var rule string
		var shelved, bumps int
		err := rows.Scan(&rule, &shelved, &bumps)
		f.of(rule).Shelved, f.of(rule).Bumps = shelved, bumps
		return err
	}, `
		SELECT p.rule, SUM(CASE WHEN e.kind = 'shelved' THEN 1 ELSE 0 END), SUM(CASE WHEN e.kind = 'shelved' THEN 0 ELSE 1 END)
		FROM posts p
		JOIN entries e ON e.post = p.id
		WHERE p.rule <> '' AND p.opened_at >= ? AND p.audience = '' AND e.kind IN ('shelved', 'worse', 'recurred', 'escalated') AND `+where+`
		GROUP BY p.rule`, append([]any{at(&since)}, args...)...)
}

func (f figures) readNoise(ctx context.Context, c conn, scope feed.Scope, since time.Time) error {
	where, args := within(`p.territory`, scope.Roots)
	return c.each(ctx, func(rows *sql.Rows) error {
		var rule string
		var words, people int
		err := rows.Scan(&rule, &words, &people)
		f.of(rule).Noise, f.of(rule).NoisePeople = words, people
		return err
	}, `
		SELECT n.rule, COUNT(*), COUNT(DISTINCT n.member)
		FROM noise n
		JOIN posts p ON p.id = n.post
		WHERE n.rule <> '' AND n.at >= ? AND p.audience = '' AND `+where+`
		GROUP BY n.rule`, append([]any{at(&since)}, args...)...)
}

func (f figures) readHeld(ctx context.Context, c conn, scope feed.Scope, since time.Time) error {
	where, args := within(`territory`, scope.Roots)
	return c.each(ctx, func(rows *sql.Rows) error {
		var rule string
		var held int
		err := rows.Scan(&rule, &held)
		f.of(rule).Held = held
		return err
	}, `
		SELECT rule, COUNT(*)
		FROM held
		WHERE rule <> '' AND since >= ? AND audience = '' AND `+where+`
		GROUP BY rule`, append([]any{at(&since)}, args...)...)
}
