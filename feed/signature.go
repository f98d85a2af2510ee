package feed

import (
	"context"
	"fmt"
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
	return s.change(ctx, m, Write, id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
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
		p.Sheet.Signed = append(p.Sheet.Signed, Signature{Side: side, By: person(m), At: at})
		if text != "" {
			c := Comment{ID: CommentID(newID(at)), Post: id, Author: person(m), Text: text, At: at}
			if err := tx.AddComment(ctx, c); err != nil {
				return nil, fmt.Errorf("add comment to %s: %w", id, err)
			}
			p.LastComment = &c
			p.Comments++
		}
		return &Entry{Kind: WasSigned, Text: string(side)}, nil
	})
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
