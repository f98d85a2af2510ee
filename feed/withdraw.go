package feed

import (
	"context"
	"fmt"
	"time"
)

// Withdraw takes back m's own report, made by mistake. A post that m opened and
// nobody else touched ends; from any other m's report is taken off, and the
// others' stay.
func (s *Service) Withdraw(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Report.to("withdraw"), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if !p.State.Open() {
			return nil, errEnded
		}
		removed, err := tx.LeaveToo(ctx, p.ID, m.ID)
		if err != nil {
			return nil, fmt.Errorf("withdraw from post %s: %w", id, err)
		}
		if removed {
			p.MeToo--
		}
		own := p.Author.Member == m.ID
		switch {
		case own && p.untouched():
			p.State, p.ClosedAt = Resolved, at
			if err := p.helped(ctx, tx); err != nil {
				return nil, err
			}
			if err := attended(ctx, tx, p); err != nil {
				return nil, err
			}
			if err := s.tellShelf(ctx, tx, p, "filled", at); err != nil {
				return nil, err
			}
			if p.course() != nil {
				if err := drop(ctx, tx, p); err != nil {
					return nil, err
				}
			}
			return &Entry{Kind: WasWithdrawn}, tell(ctx, tx, p, ActResolve, m, at)
		case removed:
			return &Entry{Kind: WasWithdrawn}, nil
		case own:
			return nil, Refuse(Conflict, "Des collègues ont déjà répondu : terminez plutôt la publication.",
				"Colleagues have answered already: end the post instead.")
		}
		return nil, nil
	})
}

// untouched tells whether only its author has had to do with the post so far. A
// rule that joined did so because of the report, and is told of its end.
func (p *Post) untouched() bool {
	return p.State == New && p.MeToo == 0 && p.Comments == 0 && len(p.Steps) == 0
}
