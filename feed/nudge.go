package feed

import (
	"context"
	"maps"
	"slices"
	"time"
)

// NudgeAgain is how long after a reminder a post may be reminded of again.
const NudgeAgain = 24 * time.Hour

// Nudge reminds those who are at work of a post that nobody answered: the role
// that it asks, else whoever may take it. It is no answer, and leaves no entry.
func (s *Service) Nudge(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Nudge.to("nudge"), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		switch {
		case !p.State.Open():
			return nil, errEnded
		case p.State != New:
			return nil, Refuse(Conflict, "{who} s’en occupe déjà.", "{who} has it already.").With(Values{"who": p.Taker.Name})
		case p.Talk != nil && at.Sub(p.Talk.NudgedAt) < NudgeAgain:
			return nil, Refuse(Conflict, "Un rappel est déjà parti : on relance une fois par jour.", "A reminder has gone out already: once a day is enough.")
		}
		roles := []Role{Operator, Staff, Lead}
		if p.Asked != "" {
			roles = []Role{Role(p.Asked)}
		}
		to, err := playing(ctx, tx, p, at, roles...)
		if err != nil {
			return nil, err
		}
		to = slices.DeleteFunc(to, func(o Member) bool { return o.ID == m.ID || o.ID == p.Author.Member })
		if len(to) == 0 {
			return nil, Refuse(Conflict, "Personne n’est là pour répondre : essayez à la prise de poste.", "Nobody is here to answer: try when the next shift begins.")
		}
		p.talk().NudgedAt = at
		head, values := p.heading()
		values = maps.Clone(values)
		values["nudged"] = float64(at.UnixMilli()) // another day's is told anew
		for _, o := range to {
			if err := tx.Tell(ctx, Notification{
				ID: newID(at), Member: o.ID, Key: nudgeKey(id), Why: AskedFor, Post: p.ID, At: at,
				Text:   Text{FR: "Toujours sans réponse : " + head.FR, EN: "Still without an answer: " + head.EN},
				Values: values,
			}); err != nil {
				return nil, err
			}
		}
		return &Entry{}, nil
	})
}

// nudgeKey is what those present are reminded under.
func nudgeKey(id PostID) string { return string(id) + "/nudge" }
