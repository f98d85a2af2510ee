package feed

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// cardKey is the key of the question whether a card still holds.
func cardKey(id PostID) string { return string(id) + "/holds" }

// MayTend tells whether m may change, confirm or retire a card: who wrote it, and
// whoever handles what happens there.
func MayTend(m Member, p *Post) bool { return p.mayTend(m) == nil }

func (p *Post) mayTend(m Member) error {
	switch {
	case p.card() == nil, p.hidden() != nil:
		return errNoCard
	case p.Author.Member != m.ID && !Can(m, Handle, p.Territory):
		return errNotTended
	}
	return nil
}

// tend changes how a card stands.
func (s *Service) tend(ctx context.Context, m Member, d deed, id PostID, fn func(p *Post, at time.Time) (*Entry, error)) (*Post, error) {
	return s.change(ctx, m, d, id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if err := p.mayTend(m); err != nil {
			return nil, err
		}
		entry, err := fn(p, at)
		if entry == nil || err != nil {
			return nil, err
		}
		if err := tx.Clear(ctx, cardKey(id)); err != nil {
			return nil, err
		}
		return entry, track(ctx, tx, p)
	})
}

// CardHelped says that a card helped m with a post, or takes that back. Each
// person counts once for each post.
func (s *Service) CardHelped(ctx context.Context, m Member, id, card PostID, on bool) (*Post, error) {
	name := "card-helped"
	if !on {
		name = "card-helped-not"
	}
	return s.change(ctx, m, Write.to(name, string(card)), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		c, err := tx.Post(ctx, card)
		switch {
		case err != nil:
			return nil, err
		case c.card() == nil, c.hidden() != nil, !m.Scope().Sees(c):
			return nil, ErrNotFound
		case on && c.closeTo(p) == NotClose:
			return nil, errNotFor
		}
		changed, err := tx.UseCard(ctx, CardUse{Card: card, Post: id, Member: m.ID, At: at}, on)
		if err != nil || !changed {
			return nil, err
		}
		effect := fmt.Sprintf("card %s helped %s with %s", card, m.ID, id)
		entry := &Entry{Kind: WasHelpful, Effect: effect}
		if on {
			c.Talk.Card.Uses++
		} else {
			c.Talk.Card.Uses--
			entry = &Entry{}
			if err := tx.Unlog(ctx, id, effect); err != nil {
				return nil, err
			}
		}
		c.UpdatedAt = at
		if err := tx.Save(ctx, c); err != nil {
			return nil, fmt.Errorf("save post %s: %w", card, err)
		}
		return entry, nil
	})
}

// Bounds of one look at cards that have aged, and of whom each is asked.
const (
	maxAging      = 50
	maxCardAsking = 3
)

// AgeCards asks whether the cards that nobody confirmed for long still hold:
// once, of those who are there and fit, or of who wrote it. Somebody calls it now
// and then.
func (s *Service) AgeCards(ctx context.Context) error {
	now := s.now().UTC()
	return s.repo.InTx(ctx, func(tx Tx) error {
		due, err := tx.CardsDue(ctx, now, maxAging)
		if err != nil {
			return fmt.Errorf("cards that have aged: %w", err)
		}
		for _, id := range due {
			if err := askCard(ctx, tx, id, now); err != nil {
				return fmt.Errorf("ask about card %s: %w", id, err)
			}
		}
		return nil
	})
}

func askCard(ctx context.Context, tx Tx, id PostID, at time.Time) error {
	p, err := tx.Post(ctx, id)
	if err != nil {
		return err
	}
	if p.card() != nil && p.hidden() == nil {
		near, err := tx.Present(ctx, p.About(), at)
		if err != nil {
			return err
		}
		for _, m := range p.knowing(near) {
			n := Notification{
				ID: newID(at), Member: m, Key: cardKey(id), Why: ToConfirm, Post: id, At: at,
				Text:   Text{FR: "Toujours valable ? « {cause} : {action} »", EN: "Does it still hold? “{cause}: {action}”"},
				Values: Values{"cause": p.Talk.Card.Cause, "action": p.Talk.Card.Action},
			}
			if m == p.Author.Member {
				n.Text = Text{FR: "À faire confirmer par un collègue : « {cause} : {action} »", EN: "For a colleague to confirm: “{cause}: {action}”"}
			}
			if err := tx.Tell(ctx, n); err != nil {
				return err
			}
		}
	}
	return tx.SaveCard(ctx, p, time.Time{})
}

// knowing is who is asked whether the card holds: a few of those present whose
// role it is; without them, who wrote it looks for somebody.
func (p *Post) knowing(near []Member) []MemberID {
	var out []MemberID
	for _, role := range expertOn(p.Topic) {
		for _, m := range near {
			if m.ID != p.Author.Member && m.Plays(role) && m.Scope().Sees(p) && MayTend(m, p) && !slices.Contains(out, m.ID) && len(out) < maxCardAsking {
				out = append(out, m.ID)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return []MemberID{p.Author.Member}
}

// expertOn is the roles that know a topic, those first who know it best.
func expertOn(t Topic) []Role {
	switch t {
	case Quality:
		return []Role{"quality", Lead}
	case Stock, Sales, Price:
		return []Role{Lead, Staff}
	default:
		return []Role{"maintenance", Lead}
	}
}

var (
	errNoCard    = Refuse(Conflict, "Cette publication n’est pas une fiche de bonne pratique.", "This post is no good-practice card.")
	errNotTended = Refuse(Forbidden, "Seuls son auteur et ceux qui interviennent ici changent cette fiche.", "Only its author and those who handle things here change this card.")
	errNotFor    = Refuse(Invalid, "Cette fiche ne répond pas à cette publication.", "This card does not answer this post.")
)
