package feed

import (
	"context"
)

// Accept keeps an answer as the one that held, or, with on false, no longer. It
// is for the author of the post and those who see to it.
func (s *Service) Accept(ctx context.Context, m Member, id PostID, comment CommentID, on bool) (*Post, error) {
	name := "accept"
	if !on {
		name = "unaccept"
	}
	return s.onComment(ctx, m, Write.to(name, string(comment)), id, comment, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
		p, c := t.post, t.said
		switch {
		case !MayAccept(m, p):
			return nil, Refuse(Forbidden, "Seuls l’auteur et ceux qui traitent la publication retiennent une réponse.",
				"Only the author and those who see to the post accept an answer.")
		case !on && (p.Talk == nil || p.Talk.Accepted != comment):
			return nil, nil
		case !on:
			p.Talk.Accepted = ""
			return &Entry{}, tx.Clear(ctx, acceptedKey(id), Answered)
		case !c.Shown():
			return nil, errRemoved
		case p.Talk != nil && p.Talk.Accepted == comment:
			return nil, nil
		}
		p.talk().Accepted = comment
		return &Entry{Kind: WasAccepted, Text: c.Author.Name}, keptAnswer(ctx, tx, m, t)
	})
}

// MayAccept tells whether m may say which answer on p held.
func MayAccept(m Member, p *Post) bool {
	return p.Author.Member == m.ID && m.ID != "" || Can(m, Handle, p.Territory) || Can(m, Moderate, p.Territory)
}

func acceptedKey(id PostID) string { return string(id) + "/accepted" }

// keptAnswer tells who gave the answer.
func keptAnswer(ctx context.Context, tx Tx, m Member, t *turn) error {
	if err := tx.Clear(ctx, acceptedKey(t.post.ID), Answered); err != nil || t.said.Author.Member == m.ID {
		return err
	}
	return tellReaders(ctx, tx, t.post, []MemberID{t.said.Author.Member}, Notification{
		Key: acceptedKey(t.post.ID), Why: Answered, Post: t.post.ID, At: t.at,
		Text:   Text{FR: "{name} a retenu votre réponse : « {text} »", EN: "{name} accepted your answer: “{text}”"},
		Values: Values{"name": m.Name, "text": t.said.Text},
	})
}
