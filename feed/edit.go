package feed

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// EditFreely is for how long what one wrote may be changed without a trace.
const EditFreely = 15 * time.Minute

// EditComment changes the words of m's own comment. Later than EditFreely it is
// marked as changed, and what it said before is kept.
func (s *Service) EditComment(ctx context.Context, m Member, id PostID, comment CommentID, text string) (*Post, error) {
	text = Harmless(text)
	if err := checkText(text, MaxText, Text{FR: "Le commentaire", EN: "The comment"}); err != nil {
		return nil, err
	}
	return s.onComment(ctx, m, Write.to("edit-comment", string(comment), text), id, comment, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
		c := t.said
		switch {
		case c.Author.Member != m.ID:
			return nil, errNotYours
		case !c.Shown():
			return nil, errRemoved
		case c.Text == text:
			return nil, nil
		}
		entry, err := t.mark(ctx, tx, Version{Post: id, Comment: comment, Text: c.Text, At: t.at}, c.At, &c.EditedAt)
		if err != nil {
			return nil, err
		}
		c.Text = text
		again := call{post: t.post, text: text, by: c.Author, key: mentionKey(id, comment), at: t.at}
		if c.Mentions, err = again.anew(ctx, tx, c.Mentions); err != nil {
			return nil, err
		}
		return entry, t.rewrite(ctx, tx)
	})
}

// DeleteComment takes m's own comment back: its place and its answers stay.
func (s *Service) DeleteComment(ctx context.Context, m Member, id PostID, comment CommentID) (*Post, error) {
	return s.onComment(ctx, m, Write.to("delete-comment", string(comment)), id, comment, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
		c := t.said
		switch {
		case c.Author.Member != m.ID:
			return nil, errNotYours
		case !c.DeletedAt.IsZero():
			return nil, nil
		case c.Hidden != nil:
			return nil, errRemoved
		}
		if t.at.Sub(c.At) > EditFreely {
			if err := tx.KeepVersion(ctx, Version{Post: id, Comment: comment, Text: c.Text, At: t.at}); err != nil {
				return nil, fmt.Errorf("keep what %s said: %w", comment, err)
			}
		}
		if err := tx.DropPhotos(ctx, comment); err != nil {
			return nil, fmt.Errorf("photos of %s: %w", comment, err)
		}
		if err := unsay(ctx, tx, id, comment); err != nil {
			return nil, err
		}
		c.Text, c.Photos, c.Mentions, c.DeletedAt = "", nil, nil, t.at
		return &Entry{}, t.rewrite(ctx, tx)
	})
}

// EditPost changes the words of m's own post, as EditComment those of a comment.
func (s *Service) EditPost(ctx context.Context, m Member, id PostID, text string) (*Post, error) {
	text = Harmless(text)
	if err := checkText(text, MaxText, Text{FR: "Le texte", EN: "The text"}); err != nil {
		return nil, err
	}
	t, err := s.perform(ctx, m, Write.to("edit", text), id, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
		p := t.post
		switch {
		case p.Author.Member != m.ID:
			return nil, errNotYours
		case p.Kind == MustRead:
			return nil, Refuse(Conflict, "Une consigne lue ne change plus : publiez-en une nouvelle.", "A notice that people read no longer changes: publish another one.")
		case p.hidden() != nil:
			return nil, errRemoved
		case p.Text == text:
			return nil, nil
		}
		var edited time.Time
		entry, err := t.mark(ctx, tx, Version{Post: id, Text: p.Text, At: t.at}, p.OpenedAt, &edited)
		if err != nil {
			return nil, err
		}
		p.Text = text
		if !edited.IsZero() {
			p.talk().EditedAt = edited
		}
		if err := reheed(ctx, tx, p, t.at); err != nil {
			return nil, err
		}
		return entry, retold(ctx, tx, p)
	})
	if err != nil {
		return nil, err
	}
	return t.post, nil
}

// heed reads tags and mentions in the words of a new post, and tells those whom
// it calls.
func heed(ctx context.Context, tx Tx, p *Post, at time.Time) error {
	p.tag(p.Text)
	called, _, err := call{post: p, text: p.Text, by: p.Author, key: mentionKey(p.ID, ""), at: at}.make(ctx, tx)
	if len(called) > 0 {
		p.talk().Mentions = called
	}
	return err
}

// reheed is heed for words that were changed.
func reheed(ctx context.Context, tx Tx, p *Post, at time.Time) error {
	var before []Mention
	if p.Talk != nil {
		before = p.Talk.Mentions
	}
	called, err := call{post: p, text: p.Text, by: p.Author, key: mentionKey(p.ID, ""), at: at}.anew(ctx, tx, before)
	if err == nil && p.Talk != nil || len(called) > 0 {
		p.talk().Mentions = called
	}
	return err
}

// anew makes a call again whose text was changed: nobody is told twice unless
// somebody else is called too.
func (c call) anew(ctx context.Context, tx Tx, before []Mention) ([]Mention, error) {
	crowd, err := crowd(ctx, tx, c.post, c.at)
	if err != nil {
		return nil, err
	}
	called, _, err := c.resolve(ctx, tx, crowd)
	if err != nil {
		return nil, err
	}
	as := func(a, b Mention) bool { return a.Member == b.Member && a.Role == b.Role && a.Skill == b.Skill }
	if slices.EqualFunc(called, before, as) {
		for i := range called {
			called[i].Told, called[i].Absent = before[i].Told, before[i].Absent
		}
		return called, nil
	}
	if err := tx.Clear(ctx, c.key, Mentioned); err != nil {
		return nil, err
	}
	called, _, err = c.make(ctx, tx)
	return called, err
}

// mark leaves the trace of a change that comes late: what was said before, when
// it was changed, a line of the timeline.
func (t *turn) mark(ctx context.Context, tx Tx, before Version, said time.Time, edited *time.Time) (*Entry, error) {
	if t.at.Sub(said) <= EditFreely {
		return &Entry{}, nil
	}
	if err := tx.KeepVersion(ctx, before); err != nil {
		return nil, fmt.Errorf("keep what %s said: %w", t.post.ID, err)
	}
	*edited = t.at
	return &Entry{Kind: WasEdited}, nil
}

// onComment is perform for what is done to a comment of the post.
func (s *Service) onComment(ctx context.Context, m Member, d deed, id PostID, comment CommentID, fn func(ctx context.Context, tx Tx, t *turn) (*Entry, error)) (*Post, error) {
	t, err := s.perform(ctx, m, d, id, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
		c, err := tx.Comment(ctx, comment)
		switch {
		case err != nil:
			return nil, err
		case c.Post != id:
			return nil, ErrNotFound
		}
		t.said, t.Comment = c, comment
		return fn(ctx, tx, t)
	})
	if err != nil {
		return nil, err
	}
	return t.post, nil
}

// rewrite keeps the comment of the turn, and what the post tells of it.
func (t *turn) rewrite(ctx context.Context, tx Tx) error {
	if err := tx.ChangeComment(ctx, *t.said); err != nil {
		return fmt.Errorf("change comment %s: %w", t.said.ID, err)
	}
	return retold(ctx, tx, t.post)
}

// unsay takes back what people were told of words that are gone.
func unsay(ctx context.Context, tx Tx, id PostID, comment CommentID) error {
	if err := tx.Clear(ctx, mentionKey(id, comment), Mentioned); err != nil {
		return err
	}
	return tx.Clear(ctx, answersKey(id), Answered)
}

var (
	errNotYours = Refuse(Forbidden, "Seul son auteur peut changer ce texte.", "Only its author may change this text.")
	errRemoved  = Refuse(Conflict, "Ce texte a été retiré.", "This text was removed.")
)
