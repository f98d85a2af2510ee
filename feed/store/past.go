package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/fildefer/fildefer/feed"
)

const (
	suggested = 7   // as many as fit on a screen without being searched
	recalled  = 500 // solutions that are looked at
)

// Solved returns the post of everybody's that was solved last of those with the
// same rule, asset and article, or nil.
func (t *tx) Solved(ctx context.Context, rule string, asset feed.Path, sku string) (*feed.Post, error) {
	return t.one(ctx, `p.rule = ? AND p.asset = ? AND p.sku = ? AND p.cause <> '' AND p.audience = ''
		ORDER BY p.closed_at DESC, p.id LIMIT 1`, rule, asset, sku)
}

// Suggestions are what people answered to posts of the same rule at or below
// the same place, which every reader of p may see: first about the same asset,
// then about others, the most frequent first and of those the newest.
func (s *Store) Suggestions(ctx context.Context, p *feed.Post) (causes, actions []string, err error) {
	rule := p.Rule()
	if rule == "" {
		return nil, nil, nil
	}
	causes, actions, err = s.reader().answered(ctx, p.Territory, p.Asset, `rule = ?`, rule)
	if err != nil {
		return nil, nil, fmt.Errorf("suggestions for post %s: %w", p.ID, err)
	}
	return causes, actions, nil
}

// Answered are what people answered to posts of a topic at or below a place,
// ranked like [Store.Suggestions]. The caller has asked whether the place may be
// read.
func (s *Store) Answered(ctx context.Context, place, asset feed.Path, topic feed.Topic) (causes, actions []string, err error) {
	causes, actions, err = s.reader().answered(ctx, place, asset, `topic = ?`, topic)
	if err != nil {
		return nil, nil, fmt.Errorf("answers on %s at %s: %w", topic, place, err)
	}
	return causes, actions, nil
}

// answered ranks the answers to posts for which a condition holds.
func (c conn) answered(ctx context.Context, place, asset feed.Path, holds string, of any) (causes, actions []string, err error) {
	where, args := within(`territory`, []feed.Path{place})
	cause, action := ranking{}, ranking{}
	err = c.each(ctx, func(rows *sql.Rows) error {
		var about feed.Path
		var why, done string
		if err := rows.Scan(&about, &why, &done); err != nil {
			return err
		}
		cause.count(why, about == asset)
		action.count(done, about == asset)
		return nil
	}, `
		SELECT asset, cause, action
		FROM posts
		WHERE `+holds+` AND cause <> '' AND audience = '' AND `+where+`
		ORDER BY closed_at DESC
		LIMIT ?`, append(append([]any{of}, args...), recalled)...)
	return cause.first(suggested), action.first(suggested), err
}

// ranking orders answers by where and how often they were given. They are
// counted newest first.
type ranking map[string]*answer

type answer struct {
	text       string
	here, rest int
	age        int
}

func (r ranking) count(text string, here bool) {
	if text == "" {
		return
	}
	a := r[text]
	if a == nil {
		a = &answer{text: text, age: len(r)}
		r[text] = a
	}
	if here {
		a.here++
	} else {
		a.rest++
	}
}

func (r ranking) first(n int) []string {
	var all []*answer
	for _, a := range r {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b *answer) int {
		return cmp.Or(cmp.Compare(b.here, a.here), cmp.Compare(b.rest, a.rest), cmp.Compare(a.age, b.age))
	})
	var out []string
	for _, a := range all[:min(n, len(all))] {
		out = append(out, a.text)
	}
	return out
}

// Related lists what hangs on a production thread in scope: posts of its line
// that were opened while it ran, the newest bump first.
func (s *Store) Related(ctx context.Context, scope feed.Scope, p *feed.Post, limit int) ([]*feed.Post, error) {
	start := p.OpenedAt
	if p.Run != nil && !p.Run.StartedAt.IsZero() {
		start = p.Run.StartedAt
	}
	places := roots(scope, feed.Query{Territory: p.Territory, Audience: p.Audience})
	if len(places) == 0 {
		return nil, nil
	}
	ended := ``
	args := []any{places, true, false, at(&start), p.ID, at(&start)}
	if !p.ClosedAt.IsZero() {
		ended = ` AND p.opened_at <= ?`
		args = append(args, at(&p.ClosedAt))
	}
	c := s.reader()
	posts, err := c.list(ctx, `
		JOIN (
			SELECT post
			FROM post_index
			WHERE territory IN (?) AND open IN (?, ?) AND bumped_at >= ?) i ON i.post = p.id
		WHERE p.id <> ? AND p.opened_at >= ?`+ended+`
		ORDER BY p.bumped_at DESC, p.id DESC
		LIMIT ?`, append(args, limit)...)
	if err == nil {
		err = c.draw(ctx, posts)
	}
	if err != nil {
		return nil, fmt.Errorf("posts related to %s: %w", p.ID, err)
	}
	return posts, nil
}
