package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// SeeBy keeps that a member opened posts. Those outside of the scope, and those
// that are not there, are passed over.
func (s *Store) SeeBy(ctx context.Context, scope feed.Scope, m feed.MemberID, ids []feed.PostID) error {
	posts, err := s.reader().list(ctx, `WHERE p.id IN (?) AND p.id NOT IN (SELECT post FROM seen WHERE member = ?)`, ids, m)
	if err != nil {
		return fmt.Errorf("what %s has seen: %w", m, err)
	}
	if len(posts) == 0 {
		return nil
	}
	return s.inTx(ctx, func(t *tx) error {
		for _, p := range posts {
			if !scope.Sees(p) {
				continue
			}
			if _, err := t.exec(ctx, `INSERT INTO seen (post, member) VALUES (?, ?) ON CONFLICT DO NOTHING`, p.ID, m); err != nil {
				return fmt.Errorf("%s has seen %s: %w", m, p.ID, err)
			}
		}
		return nil
	})
}

// SeenBy counts who is present at the place of a post, and who of them opened
// it. Its reader, if any, opens it now.
func (s *Store) SeenBy(ctx context.Context, p *feed.Post, reader feed.MemberID, now time.Time) (seen, present int, err error) {
	c := s.reader()
	where, args := s.dialect.present(p.Territory, now)
	all, err := c.accounts(ctx, where, args...)
	if err != nil {
		return 0, 0, fmt.Errorf("who is present at %s: %w", p.Territory, err)
	}
	var here []feed.MemberID
	for _, a := range all {
		if a.Works(p.Territory) {
			here = append(here, a.ID)
		}
	}
	if len(here) == 0 {
		return 0, 0, nil
	}
	others := slices.DeleteFunc(slices.Clone(here), func(m feed.MemberID) bool { return m == reader })
	seen = len(here) - len(others)
	if len(others) == 0 {
		return seen, len(here), nil
	}
	var had int
	if err := c.get(ctx, &had, `SELECT COUNT(*) FROM seen WHERE post = ? AND member IN (?)`, p.ID, others); err != nil {
		return 0, 0, fmt.Errorf("who has seen %s: %w", p.ID, err)
	}
	return seen + had, len(here), nil
}
