package feed

import (
	"context"
	"fmt"
	"slices"
)

// Recommend has a population told of a post, by m: those of it who may read
// the post. It returns how many were told.
func (s *Service) Recommend(ctx context.Context, m Member, id PostID, to Population) (reached int, err error) {
	what := Write.to("recommend", fmt.Sprintf("%q", to))
	_, err = s.perform(ctx, m, what, id, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
		people, err := tx.Reach(ctx, to)
		if err != nil {
			return nil, fmt.Errorf("to whom %s is recommended: %w", id, err)
		}
		people = slices.DeleteFunc(people, func(p Member) bool { return p.ID == m.ID || !p.Scope().Sees(t.post) })
		switch reached = len(people); {
		case reached == 0:
			return nil, Refuse(Invalid, "Personne d’autre, parmi ce choix, ne peut lire cette publication.", "Nobody else of that choice may read this post.")
		case reached > MaxCalled:
			return nil, Refuse(Invalid, "Ce choix préviendrait {n} personnes ; {limit} au plus.", "This would tell {n} people; at most {limit}.").
				With(Values{"n": float64(reached), "limit": float64(MaxCalled)})
		}
		for _, p := range people {
			err := tx.Tell(ctx, Notification{
				ID: newID(t.at), Member: p.ID, Key: string(id) + "/recommended/" + string(m.ID), Why: Recommended, Post: id, At: t.at,
				Text: Text{FR: "{name} vous recommande cette publication", EN: "{name} recommends you this post"}, Values: Values{"name": m.Name},
			})
			if err != nil {
				return nil, err
			}
		}
		return &Entry{Kind: WasShared}, nil
	})
	return reached, err
}
