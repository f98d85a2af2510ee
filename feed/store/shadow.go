package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

const (
	shadowLead = 24 * time.Hour // before the comparison begins: what was open then still overlaps
	compared   = 2000           // posts of each rule
)

// ShadowDiff compares the posts that a rule in shadow opened since an instant
// with those of the rule that it may replace. It sees all scopes: who passes
// posts on has to look.
func (s *Store) ShadowDiff(ctx context.Context, rule, of string, since time.Time) (feed.ShadowDiff, error) {
	var out feed.ShadowDiff
	shadow, err := s.opened(ctx, rule, since)
	if err != nil {
		return out, err
	}
	current, err := s.opened(ctx, of, since)
	if err != nil {
		return out, err
	}
	for _, p := range shadow {
		switch {
		case p.OpenedAt.Before(since):
		case slices.ContainsFunc(current, func(o *feed.Post) bool { return alike(p, o) }):
			out.Both = append(out.Both, p)
		default:
			out.OnlyShadow = append(out.OnlyShadow, p)
		}
	}
	for _, p := range current {
		if !p.OpenedAt.Before(since) && !slices.ContainsFunc(shadow, func(o *feed.Post) bool { return alike(p, o) }) {
			out.OnlyCurrent = append(out.OnlyCurrent, p)
		}
	}
	return out, nil
}

// opened lists the posts of a rule, the newest first.
func (s *Store) opened(ctx context.Context, rule string, since time.Time) ([]*feed.Post, error) {
	if rule == "" {
		return nil, nil
	}
	from := since.Add(-shadowLead)
	posts, err := s.reader().posts(ctx, postColumns, fields,
		`WHERE p.rule = ? AND p.rule <> '' AND p.opened_at >= ? ORDER BY p.opened_at DESC, p.id LIMIT ?`, rule, at(&from), compared)
	if err != nil {
		return nil, fmt.Errorf("posts of rule %s: %w", rule, err)
	}
	return posts, nil
}

// alike tells whether two posts are about the same thing at the same time.
func alike(p, o *feed.Post) bool {
	before := func(end, start time.Time) bool { return !end.IsZero() && end.Before(start) }
	return p.Asset == o.Asset && p.SKU == o.SKU && !before(p.ClosedAt, o.OpenedAt) && !before(o.ClosedAt, p.OpenedAt)
}
