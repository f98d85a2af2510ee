package feed

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Helped lists what may be said of what was done: it helped, in part, or not.
var Helped = []string{"yes", "partly", "no"}

// Done says that what an accepted idea asked for is done. Its owner says so, or
// whoever oversees the place.
func (s *Service) Done(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Write.to("done"), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		h, t, err := s.task(ctx, tx, p, at)
		switch {
		case err != nil:
			return nil, err
		case t.Owner.Member != m.ID && !Can(m, Oversee, p.Territory):
			return nil, errNotOwner.With(Values{"who": t.Owner.Name})
		case !t.Done.IsZero():
			return nil, nil
		}
		t.Done, t.AskAt = at, at.Add(h.circuit.Effect)
		if err := tx.Clear(ctx, h.key("task")); err != nil {
			return nil, err
		}
		return &Entry{Kind: CameForward, Text: "Fait"}, h.follow(ctx, tx)
	})
}

// Effect says whether what was done helped, in words too where there is more to
// say. Its owner and the author of the idea say so.
func (s *Service) Effect(ctx context.Context, m Member, id PostID, helped, words string) (*Post, error) {
	words = strings.TrimSpace(words)
	if !slices.Contains(Helped, helped) {
		return nil, Refuse(Invalid, "Répondez oui, en partie ou non.", "Say yes, partly or no.")
	}
	if words != "" {
		if err := checkText(words, MaxReason, Text{FR: "L’effet", EN: "The effect"}); err != nil {
			return nil, err
		}
	}
	return s.change(ctx, m, Write.to("effect", helped, words), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		h, t, err := s.task(ctx, tx, p, at)
		switch {
		case err != nil:
			return nil, err
		case t.Owner.Member != m.ID && p.Author.Member != m.ID:
			return nil, errNotOwner.With(Values{"who": t.Owner.Name})
		case t.Done.IsZero():
			return nil, Refuse(Conflict, "Ce n’est pas encore fait.", "It is not done yet.")
		}
		t.Effect, t.Words = helped, words
		if err := tx.Clear(ctx, h.key("task")); err != nil {
			return nil, err
		}
		return &Entry{Kind: CameForward, Text: words}, h.follow(ctx, tx)
	})
}

// task is what the post's accepted idea became.
func (s *Service) task(ctx context.Context, tx Tx, p *Post, at time.Time) (*hearing, *Task, error) {
	co := p.course()
	if co == nil || co.Outcome != Accepted || co.Task == nil || s.Circuit(p) == nil {
		return nil, nil, Refuse(Conflict, "Rien n’est à faire ici.", "There is nothing to do here.")
	}
	h, err := s.hearing(ctx, tx, p, at)
	return h, co.Task, err
}

var errNotOwner = Refuse(Forbidden, "C’est à {who} de le dire.", "That is for {who} to say.")
