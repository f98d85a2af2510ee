package feed

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Stand is how a card stood before the last word on it, and whose word that was:
// it can be taken back as long as it is the last.
type Stand struct {
	Confirmed time.Time `json:"confirmed"`
	By        Author    `json:"by"`
	Retired   bool      `json:"retired,omitempty"`
	Reason    string    `json:"reason,omitempty"`
	Said      MemberID  `json:"said"`
	Effect    string    `json:"effect"` // of the entry that goes with the word
}

// ConfirmCard says that a good practice still holds; one that was retired is
// offered again. Who wrote it is believed already: somebody else confirms it.
func (s *Service) ConfirmCard(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.tend(ctx, m, Write.to("confirm-card"), id, func(p *Post, at time.Time) (*Entry, error) {
		c, own := p.card(), p.Author.Member == m.ID
		if own && !c.Retired {
			return nil, errOwnCard
		}
		effect := c.turn(m, p, at)
		c.Retired, c.Reason = false, ""
		if !own {
			c.Confirmed, c.By = at, person(m)
		}
		return &Entry{Kind: WasConfirmed, Effect: effect}, nil
	})
}

// RetireCard has a good practice offered no more, with the reason. It is found
// by whoever looks for it.
func (s *Service) RetireCard(ctx context.Context, m Member, id PostID, reason string) (*Post, error) {
	reason = strings.TrimSpace(reason)
	if err := checkText(reason, MaxReason, Text{FR: "Le motif", EN: "The reason"}); err != nil {
		return nil, err
	}
	return s.tend(ctx, m, Write.to("retire-card", reason), id, func(p *Post, at time.Time) (*Entry, error) {
		c := p.card()
		if c.Retired && c.Reason == reason {
			return nil, nil
		}
		effect := c.turn(m, p, at)
		c.Retired, c.Reason = true, reason
		return &Entry{Kind: WasPutAside, Text: reason, Effect: effect}, nil
	})
}

// turn keeps how the card stands, and names the word that changes it.
func (c *Card) turn(m Member, p *Post, at time.Time) (effect string) {
	effect = fmt.Sprintf("word of %s on %s at %d", m.ID, p.ID, at.UnixNano())
	c.Before = &Stand{Confirmed: c.Confirmed, By: c.By, Retired: c.Retired, Reason: c.Reason, Said: m.ID, Effect: effect}
	return effect
}

// UnsayCard takes back the last word on a good practice, which was m's own: the
// card stands as before. Taken back twice, it is the same.
func (s *Service) UnsayCard(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Write.to("unsay-card"), id, func(ctx context.Context, tx Tx, p *Post, _ time.Time) (*Entry, error) {
		if err := p.mayTend(m); err != nil {
			return nil, err
		}
		c := p.card()
		was := c.Before
		switch {
		case was == nil:
			return nil, nil
		case was.Said != m.ID:
			return nil, errOtherWord
		}
		c.Confirmed, c.By, c.Retired, c.Reason, c.Before = was.Confirmed, was.By, was.Retired, was.Reason, nil
		if err := tx.Unlog(ctx, id, was.Effect); err != nil {
			return nil, err
		}
		return &Entry{}, track(ctx, tx, p)
	})
}

var (
	errOwnCard   = Refuse(Conflict, "Vous avez écrit cette fiche : un collègue la confirme.", "You wrote this card: a colleague confirms it.")
	errOtherWord = Refuse(Conflict, "Quelqu’un d’autre s’est prononcé depuis sur cette fiche.", "Somebody else has had their say on this card since.")
)
