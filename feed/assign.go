package feed

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// MaxRole bounds the name of a role that is asked, in characters.
const MaxRole = 40

// Assign asks a role to take the post, with a word for them when text is not
// empty. It takes the post from nobody: whoever has it keeps it until the role
// that was asked does. The same idempotency key asks once.
func (s *Service) Assign(ctx context.Context, m Member, id PostID, role, text, idem string) (*Post, error) {
	role, text = strings.TrimPrefix(strings.TrimSpace(role), "@"), strings.TrimSpace(text)
	if err := checkText(role, MaxRole, Text{FR: "L’équipe à qui demander", EN: "The team to ask"}); err != nil {
		return nil, err
	}
	if text != "" {
		if err := checkText(text, MaxText, Text{FR: "Le mot pour l’équipe", EN: "The word for the team"}); err != nil {
			return nil, err
		}
	}
	sent, err := newRequest(m, idem, "assign", string(id), role, text)
	if err != nil {
		return nil, err
	}
	return s.change(ctx, m, Oversee, id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		r := sent
		known, err := r.recall(ctx, tx)
		switch {
		case err != nil || known:
			return nil, err
		case !p.State.Open():
			return nil, errEnded
		case p.Asker() == m.Name && p.Asked == role && text == "":
			return nil, nil
		}
		p.Asked, p.AskedBy, p.Level, p.BumpedAt = role, m.Name, 0, at
		r.Post = id
		if text != "" {
			if r.Comment, err = p.say(ctx, tx, m, text, at); err != nil {
				return nil, err
			}
		}
		return &Entry{Kind: WasAssigned, Text: role}, r.keep(ctx, tx)
	})
}

// say adds m's words to the conversation of a post that the caller saves.
func (p *Post) say(ctx context.Context, tx Tx, m Member, text string, at time.Time) (CommentID, error) {
	c := &Comment{ID: CommentID(newID(at)), Post: p.ID, Author: person(m), Text: text, At: at}
	if err := tx.AddComment(ctx, *c); err != nil {
		return "", fmt.Errorf("add comment to %s: %w", p.ID, err)
	}
	p.LastComment = c
	p.Comments++
	return c.ID, nil
}

// Asker is who asked the role that the post waits for; empty when it waits for
// none, or when a rule asked.
func (p *Post) Asker() string {
	if p.Asked == "" || p.Level > 0 {
		return ""
	}
	return p.AskedBy
}
