package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/fildefer/fildefer/feed"
)

// maxFitting bounds how many cards are ranked for one look: those of the nearest
// places.
const maxFitting = 200

// Fitting lists the best cards in scope for a post, at most n of them. The
// machine's own come first, so that a crowd of cards above pushes none of them out.
func (s *Store) Fitting(ctx context.Context, scope feed.Scope, p *feed.Post, n int) ([]feed.Offered, error) {
	cards, err := s.fitting(ctx, scope, []*feed.Post{p})
	if err != nil {
		return nil, fmt.Errorf("good practices for %s: %w", p.ID, err)
	}
	return feed.BestCards(p, cards, n), nil
}

// FittingEach finds the best card in scope for each of some posts in scope. It
// reads the posts once and the cards once, however many there are.
func (s *Store) FittingEach(ctx context.Context, scope feed.Scope, ids []feed.PostID) (map[feed.PostID]feed.Offered, error) {
	posts, err := s.Some(ctx, scope, ids)
	if err != nil || len(posts) == 0 {
		return nil, err
	}
	cards, err := s.fitting(ctx, scope, posts)
	if err != nil {
		return nil, fmt.Errorf("good practices for %d posts: %w", len(posts), err)
	}
	out := map[feed.PostID]feed.Offered{}
	for _, p := range posts {
		for _, best := range feed.BestCards(p, cards, 1) {
			out[p.ID] = best
		}
	}
	return out, nil
}

// fitting reads the cards in scope that may fit one of the posts, those of the
// nearest places first.
func (s *Store) fitting(ctx context.Context, scope feed.Scope, posts []*feed.Post) ([]*feed.Post, error) {
	var about []feed.Path
	articles, rules, topics, causes := []string{""}, []string{}, []feed.Topic{}, []string{""}
	for _, p := range posts {
		about = append(about, p.About().Lineage()...)
		articles, rules, topics, causes = append(articles, p.SKU), append(rules, p.Rule()), append(topics, p.Topic), append(causes, p.Causing()...)
	}
	in, places := within("p.territory", scope.Roots)
	args := append([]any{distinct(about), false, distinct(articles), distinct(rules), distinct(topics), distinct(causes)}, places...)
	return s.reader().list(ctx, `
		JOIN cards k ON k.post = p.id
		WHERE k.about IN (?) AND k.retired = ? AND k.article IN (?) AND (k.rule IN (?) OR k.matter IN (?) OR k.why IN (?))
			AND p.audience = '' AND `+in+`
		ORDER BY LENGTH(k.about) DESC, k.confirmed_at DESC, k.post
		LIMIT ?`, append(args, maxFitting)...)
}

// distinct is the list with each value once.
func distinct[T cmp.Ordered](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}
