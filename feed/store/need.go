package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

var _ feed.NeedFacts = (*Store)(nil)

// Silences are those of the places that are listened to.
func (s *Store) Silences(ctx context.Context) (map[feed.Path]feed.Silence, error) {
	return s.reader().Silences(ctx)
}

// waits is the condition that a post asks people for an answer.
const waits = `(` + asksFor + ` OR p.kind IN ('question', 'help-wanted'))`

// Unanswered lists open posts from before an instant that nobody answered: it
// reads what is open, which is little of what there is.
func (s *Store) Unanswered(ctx context.Context, roots []feed.Path, before time.Time, limit int) ([]*feed.Post, error) {
	posts, err := s.reader().some(ctx, `p.id IN (SELECT i.post FROM post_index i WHERE i.territory IN (?) AND i.open = ?)
		AND p.opened_at <= ? AND p.audience = '' AND p.state = 'new' AND p.shelf = '' AND p.comments = 0 AND p.taker = '' AND `+waits+`
		AND substr(p.territory, 1, 1) <> '@'
		AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.post = p.id AND e.author_kind = 'person' AND e.author <> p.author)
		ORDER BY p.opened_at, p.id
		LIMIT ?`, roots, true, at(&before), limit)
	if err != nil {
		return nil, fmt.Errorf("posts without an answer: %w", err)
	}
	return posts, nil
}

// AnswersSince counts at each place the posts that each member answered: took,
// solved or said something of. One's own posts are not answered.
func (s *Store) AnswersSince(ctx context.Context, roots []feed.Path, since time.Time) (map[feed.Path]feed.Answers, error) {
	out := map[feed.Path]feed.Answers{}
	where, args := within(`p.territory`, roots)
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		var place feed.Path
		var m feed.MemberID
		var count int
		err := rows.Scan(&place, &m, &count)
		if out[place] == nil {
			out[place] = feed.Answers{}
		}
		out[place][m] = count
		return err
	}, `
		SELECT p.territory, a.member, COUNT(*)
		FROM (
			SELECT e.post, e.author AS member FROM entries e
			WHERE e.author_kind = 'person' AND e.author <> '' AND e.at >= ? AND e.kind IN ('taken', 'onsite', 'resolved')
			UNION
			SELECT m.post, m.author AS member FROM comments m
			WHERE m.author_kind = 'person' AND m.author <> '' AND m.at >= ? AND m.deleted_at = 0) a
		JOIN posts p ON p.id = a.post
		WHERE p.audience = '' AND p.author <> a.member AND `+where+`
		GROUP BY p.territory, a.member`, append([]any{at(&since), at(&since)}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("answers since %s: %w", since.Format(time.RFC3339), err)
	}
	return out, nil
}

// RuleNoises counts what became of the posts of each rule at each place.
func (s *Store) RuleNoises(ctx context.Context, roots []feed.Path, since time.Time) ([]feed.RuleNoise, error) {
	var out []feed.RuleNoise
	where, args := within(`p.territory`, roots)
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		var r feed.RuleNoise
		err := rows.Scan(&r.Place, &r.Rule, &r.Posts, &r.Called, &r.Untouched)
		out = append(out, r)
		return err
	}, `
		SELECT p.territory, p.rule, COUNT(*), SUM(CASE WHEN p.noise > 0 THEN 1 ELSE 0 END),
			SUM(CASE WHEN p.state IN ('resolved', 'closed') AND p.taker = '' AND p.cause = '' AND p.comments = 0 AND p.me_too = 0
				AND p.useful + p.likes + p.recommends = 0 THEN 1 ELSE 0 END)
		FROM posts p
		WHERE p.rule <> '' AND p.opened_at >= ? AND p.audience = '' AND `+asksFor+` AND `+where+`
		GROUP BY p.territory, p.rule`, append([]any{at(&since)}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("noise of rules since %s: %w", since.Format(time.RFC3339), err)
	}
	return out, nil
}

// LastNotices are the must-read notices in force, of each place the latest.
func (s *Store) LastNotices(ctx context.Context, roots []feed.Path, before time.Time) ([]*feed.Post, error) {
	all, err := s.reader().some(ctx, `p.id IN (SELECT i.post FROM post_index i WHERE i.territory IN (?) AND i.open = ?)
		AND p.kind = 'must-read' AND p.opened_at <= ? AND p.audience = '' AND substr(p.territory, 1, 1) <> '@'
		ORDER BY p.opened_at DESC, p.id DESC
		LIMIT 100`, roots, true, at(&before))
	if err != nil {
		return nil, fmt.Errorf("notices in force: %w", err)
	}
	var out []*feed.Post
	seen := map[feed.Path]bool{}
	for _, p := range all {
		if !seen[p.Territory] && p.Talk != nil && p.Talk.For != nil {
			out = append(out, p)
		}
		seen[p.Territory] = true
	}
	return out, nil
}
