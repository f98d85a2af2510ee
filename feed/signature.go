package feed

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Side is one of the two sides of a handover.
type Side string

// Sides of a handover.
const (
	Given    Side = "given"    // by the shift that leaves
	Received Side = "received" // by the shift that comes
)

// Signature is a person's word on a side of a handover.
type Signature struct {
	Side Side      `json:"side"`
	By   Author    `json:"by"`
	At   time.Time `json:"at"`
}

// Sign puts m's name on a side of a handover: two people sign, each one side.
// Signing again what one signed changes nothing. A text is said as a comment.
func (s *Service) Sign(ctx context.Context, m Member, id PostID, side Side, text string) (*Post, error) {
	text = strings.TrimSpace(text)
	if side != Given && side != Received {
		return nil, Refuse(Invalid, "Une relève se passe ou se prend.", "A handover is given or received.")
	}
	if text != "" {
		if err := checkText(text, MaxText, Text{FR: "Le mot", EN: "The note"}); err != nil {
			return nil, err
		}
	}
	t, err := s.perform(ctx, m, Write.to("sign", string(side), text), id, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
		p := t.post
		if p.Kind != Handover || p.Sheet == nil {
			return nil, Refuse(Invalid, "Seule une relève se signe.", "Only a handover is signed.")
		}
		signed, err := p.Sheet.signedBy(m.ID, side)
		if err != nil || signed {
			return nil, err
		}
		if !p.State.Open() {
			return nil, errEnded
		}
		p.Sheet.Signed = append(p.Sheet.Signed, Signature{Side: side, By: person(m), At: t.at})
		if text != "" {
			if err := t.say(ctx, tx, m, text); err != nil {
				return nil, err
			}
		}
		return &Entry{Kind: WasSigned, Text: string(side)}, nil
	})
	if err != nil {
		return nil, err
	}
	return t.post, nil
}

// signedBy tells whether m signed that side already, and refuses what would put
// one name on both sides or two on one.
func (s *Sheet) signedBy(m MemberID, side Side) (bool, error) {
	i := slices.IndexFunc(s.Signed, func(g Signature) bool { return g.Side == side })
	if i >= 0 {
		if s.Signed[i].By.Member == m {
			return true, nil
		}
		return false, Refuse(Conflict, "{name} a déjà signé ce côté de la relève.", "{name} has already signed this side of the handover.").
			With(Values{"name": s.Signed[i].By.Name})
	}
	if slices.ContainsFunc(s.Signed, func(g Signature) bool { return g.By.Member == m }) {
		return false, Refuse(Conflict, "Deux personnes signent une relève : l’une la passe, l’autre la prend.",
			"Two people sign a handover: one gives it, the other takes it.")
	}
	return false, nil
}
