package feed

import (
	"context"
	"strings"
)

// MaxRole bounds the name of a role that is asked, in characters.
const MaxRole = 40

// Assign asks a role to take the post, with a word for them when text is not
// empty. It takes the post from nobody: whoever has it keeps it until the role
// that was asked does.
func (s *Service) Assign(ctx context.Context, m Member, id PostID, role, text string) (*Post, error) {
	role, text = strings.TrimPrefix(strings.TrimSpace(role), "@"), strings.TrimSpace(text)
	if err := checkText(role, MaxRole, Text{FR: "L’équipe à qui demander", EN: "The team to ask"}); err != nil {
		return nil, err
	}
	if text != "" {
		if err := checkText(text, MaxText, Text{FR: "Le mot pour l’équipe", EN: "The word for the team"}); err != nil {
			return nil, err
		}
	}
	t, err := s.perform(ctx, m, Oversee.to("assign", role, text), id, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
		p := t.post
		switch {
		case !p.State.Open():
			return nil, errEnded
		case p.Asker() == m.Name && p.Asked == role && text == "":
			return nil, nil
		}
		p.Asked, p.AskedBy, p.Level, p.BumpedAt = role, m.Name, 0, t.at
		if text != "" {
			if err := t.say(ctx, tx, m, text); err != nil {
				return nil, err
			}
		}
		return &Entry{Kind: WasAssigned, Text: role}, summon(ctx, tx, p, role, m.ID, t.at)
	})
	if err != nil {
		return nil, err
	}
	return t.post, nil
}

// Asker is who asked the role that the post waits for; empty when it waits for
// none, or when a rule asked.
func (p *Post) Asker() string {
	if p.Asked == "" || p.Level > 0 {
		return ""
	}
	return p.AskedBy
}
