package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Hide takes what somebody wrote off the screens: the comment, or the words of
// the post when comment is empty. Its author is told why, and its place says so.
func (s *Service) Hide(ctx context.Context, m Member, id PostID, comment CommentID, reason string) (*Post, error) {
	reason = Harmless(reason)
	if err := checkText(reason, MaxReason, Text{FR: "Le motif", EN: "The reason"}); err != nil {
		return nil, err
	}
	return s.moderate(ctx, m, Moderate.to("hide", string(comment), reason), id, comment, func(ctx context.Context, tx Tx, w *writing) (*Entry, error) {
		switch {
		case w.author().Kind != ByPerson:
			return nil, Refuse(Conflict, "Seul ce qu’une personne a écrit se retire. Pour une machine, voyez la règle.",
				"Only what a person wrote can be removed. For a machine, see its rule.")
		case w.gone():
			return nil, errRemoved
		case w.hidden() != nil:
			return nil, nil
		}
		w.hide(&Hidden{By: person(m), At: w.at, Reason: reason})
		if err := w.saw(ctx, tx, m, "hide", reason); err != nil {
			return nil, err
		}
		return &Entry{Kind: WasHidden, Text: reason}, w.tellAuthor(ctx, tx, reason)
	})
}

// Show puts back what was hidden.
func (s *Service) Show(ctx context.Context, m Member, id PostID, comment CommentID) (*Post, error) {
	return s.moderate(ctx, m, Moderate.to("show", string(comment)), id, comment, func(ctx context.Context, tx Tx, w *writing) (*Entry, error) {
		h := w.hidden()
		if h == nil {
			return nil, nil
		}
		w.hide(nil)
		if err := w.saw(ctx, tx, m, "show", h.Reason); err != nil {
			return nil, err
		}
		return &Entry{Kind: WasShown}, tx.Clear(ctx, hiddenKey(id, comment), Moderated)
	})
}

// Contest is the one answer of the author of what was hidden, to who hid it.
func (s *Service) Contest(ctx context.Context, m Member, id PostID, comment CommentID, text string) (*Post, error) {
	text = Harmless(text)
	if err := checkText(text, MaxReason, Text{FR: "La réponse", EN: "The answer"}); err != nil {
		return nil, err
	}
	return s.moderate(ctx, m, Write.to("contest", string(comment), text), id, comment, func(ctx context.Context, tx Tx, w *writing) (*Entry, error) {
		h := w.hidden()
		switch {
		case w.author().Member != m.ID:
			return nil, errNotYours
		case h == nil:
			return nil, Refuse(Conflict, "Ce texte n’est plus retiré.", "This text is no longer removed.")
		case h.Answer != "":
			return nil, Refuse(Conflict, "Vous avez déjà répondu à la modération.", "You have answered the moderation already.")
		}
		h.Answer = text
		return &Entry{}, tellReaders(ctx, tx, w.post, []MemberID{h.By.Member}, Notification{
			Key: string(id) + "/contest/" + string(comment), Why: Answered, Post: id, At: w.at,
			Text:   Text{FR: "{name} répond à la modération : « {text} »", EN: "{name} answers the moderation: “{text}”"},
			Values: Values{"name": m.Name, "text": text},
		})
	})
}

// writing is what is moderated: a comment, or the words of a post.
type writing struct {
	*turn
	of *Comment // nil: the post's own words
}

func (w *writing) author() Author {
	if w.of != nil {
		return w.of.Author
	}
	return w.post.Author
}

func (w *writing) gone() bool { return w.of != nil && !w.of.DeletedAt.IsZero() }

func (w *writing) hidden() *Hidden {
	if w.of != nil {
		return w.of.Hidden
	}
	return w.post.hidden()
}

func (w *writing) hide(h *Hidden) {
	if w.of != nil {
		w.of.Hidden = h
		return
	}
	w.post.talk().Hidden = h
}

func (w *writing) id() CommentID {
	if w.of != nil {
		return w.of.ID
	}
	return ""
}

// moderate is perform for what is done to a comment or to the post's own words.
func (s *Service) moderate(ctx context.Context, m Member, d deed, id PostID, comment CommentID, fn func(ctx context.Context, tx Tx, w *writing) (*Entry, error)) (*Post, error) {
	if comment != "" {
		return s.onComment(ctx, m, d, id, comment, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
			entry, err := fn(ctx, tx, &writing{turn: t, of: t.said})
			if err != nil || entry == nil {
				return nil, err
			}
			return entry, t.rewrite(ctx, tx)
		})
	}
	t, err := s.perform(ctx, m, d, id, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
		entry, err := fn(ctx, tx, &writing{turn: t})
		if err != nil || entry == nil {
			return nil, err
		}
		return entry, retold(ctx, tx, t.post)
	})
	if err != nil {
		return nil, err
	}
	return t.post, nil
}

func hiddenKey(id PostID, comment CommentID) string {
	return string(id) + "/hidden/" + string(comment)
}

func flagKey(id PostID, comment CommentID) string { return string(id) + "/flag/" + string(comment) }

// saw takes back what people were told of the words, forgets who flagged them,
// and writes down who decided.
func (w *writing) saw(ctx context.Context, tx Tx, m Member, act, reason string) error {
	id, comment := w.post.ID, w.id()
	if err := unsay(ctx, tx, id, comment); err != nil {
		return err
	}
	if err := tx.Clear(ctx, flagKey(id, comment), AskedFor); err != nil {
		return err
	}
	if err := tx.Unflag(ctx, id, comment); err != nil {
		return fmt.Errorf("flags of %s: %w", id, err)
	}
	detail, err := json.Marshal(map[string]string{"reason": reason, "comment": string(comment)})
	if err != nil {
		return err
	}
	what := "post."
	if comment != "" {
		what = "comment."
	}
	return tx.Audit(ctx, AuditEntry{
		At: w.at, Actor: m.ID, Action: what + act, Subject: w.author().Member, Territory: w.post.Territory, Object: string(id), Detail: detail,
	})
}

// tellAuthor says why to whoever wrote what was hidden, in words that do not
// repeat it.
func (w *writing) tellAuthor(ctx context.Context, tx Tx, reason string) error {
	people, err := tx.Reach(ctx, Population{People: []MemberID{w.author().Member}})
	if err != nil {
		return fmt.Errorf("author of what is hidden on %s: %w", w.post.ID, err)
	}
	for _, m := range people {
		err := tx.Tell(ctx, Notification{
			ID: newID(w.at), Member: m.ID, Key: hiddenKey(w.post.ID, w.id()), Why: Moderated, Post: w.post.ID, At: w.at,
			Text: Text{
				FR: "La modération a retiré ce que vous aviez écrit : « {reason} ». Vous pouvez répondre une fois.",
				EN: "Moderation removed what you wrote: “{reason}”. You may answer once.",
			},
			Values: Values{"reason": reason},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Flag is one person's word that something is unfit to be read here.
type Flag struct {
	Post    PostID
	Comment CommentID // empty: the post's own words
	Member  MemberID
	Reason  string
	At      time.Time
}

// Flag tells those who moderate here that m finds something unfit. One person
// counts once.
func (s *Service) Flag(ctx context.Context, m Member, id PostID, comment CommentID, reason string) (*Post, error) {
	reason = Harmless(reason)
	if err := checkText(reason, MaxReason, Text{FR: "Le motif", EN: "The reason"}); err != nil {
		return nil, err
	}
	return s.moderate(ctx, m, Write.to("flag", string(comment), reason), id, comment, func(ctx context.Context, tx Tx, w *writing) (*Entry, error) {
		switch {
		case w.author().Kind != ByPerson:
			return nil, Refuse(Conflict, "Une machine ne vise personne : dites plutôt que c’est du bruit.", "A machine means nobody: say rather that it is noise.")
		case w.gone(), w.hidden() != nil:
			return nil, errRemoved
		}
		added, err := tx.Flag(ctx, Flag{Post: id, Comment: comment, Member: m.ID, Reason: reason, At: w.at})
		if err != nil || !added {
			return nil, err
		}
		return nil, w.tellModerators(ctx, tx, reason)
	})
}

func (w *writing) tellModerators(ctx context.Context, tx Tx, reason string) error {
	people, err := tx.Reach(ctx, Population{Places: []Path{w.post.Territory}})
	if err != nil {
		return fmt.Errorf("who moderates at %s: %w", w.post.Territory, err)
	}
	for _, p := range people {
		if !Can(p, Moderate, w.post.Territory) || p.ID == w.author().Member {
			continue
		}
		err := tx.Tell(ctx, Notification{
			ID: newID(w.at), Member: p.ID, Key: flagKey(w.post.ID, w.id()), Why: AskedFor, Post: w.post.ID, At: w.at,
			Text:   Text{FR: "Un contenu est signalé : « {reason} »", EN: "Something written was reported: “{reason}”"},
			Values: Values{"reason": reason},
		})
		if err != nil {
			return err
		}
	}
	return nil
}
