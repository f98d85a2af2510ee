package feed

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// React sets or clears m's reaction.
func (s *Service) React(ctx context.Context, m Member, id PostID, r Reaction, on bool) (*Post, error) {
	what := Write.to("react", string(r), strconv.FormatBool(on))
	return s.change(ctx, m, what, id, func(ctx context.Context, tx Tx, p *Post, _ time.Time) (*Entry, error) {
		changed, err := tx.React(ctx, id, m.ID, r, on)
		if err != nil || !changed {
			return nil, err
		}
		if p.Reactions == nil {
			p.Reactions = map[Reaction]int{}
		}
		if on {
			p.Reactions[r]++
		} else {
			p.Reactions[r]--
		}
		return &Entry{}, nil
	})
}

// Comment adds m's answer to a post, or to another comment when parent is not
// empty: one level of replies, so a reply to a reply joins its parent. A photo
// may stand without words. Sent again under the same key, it gives the comment
// that was made first.
func (s *Service) Comment(ctx context.Context, m Member, id PostID, parent CommentID, text string, pictures ...Picture) (*Comment, error) {
	text = Harmless(text)
	if text != "" || len(pictures) == 0 {
		if err := checkText(text, MaxText, Text{FR: "Le commentaire", EN: "The comment"}); err != nil {
			return nil, err
		}
	}
	if err := checkPhotos(pictures); err != nil {
		return nil, err
	}
	what := Write.to("comment", append([]string{string(parent), text}, sums(pictures)...)...)
	t, err := s.perform(ctx, m, what, id, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
		thread, err := threadOf(ctx, tx, id, parent)
		if err != nil {
			return nil, err
		}
		t.said = &Comment{ID: CommentID(newID(t.at)), Post: id, Parent: thread, Author: person(m), Text: text, At: t.at, TypedAt: t.typed}
		t.Comment = t.said.ID
		if err := say(ctx, tx, t.post, t.said, pictures); err != nil {
			return nil, err
		}
		return &Entry{}, s.answered(ctx, tx, m, t.post, t.at)
	})
	if err != nil {
		return nil, err
	}
	return t.said, nil
}

// say adds m's words to the post that something is done to.
func (t *turn) say(ctx context.Context, tx Tx, m Member, text string) error {
	c := &Comment{ID: CommentID(newID(t.at)), Post: t.post.ID, Author: person(m), Text: text, At: t.at, TypedAt: t.typed}
	return say(ctx, tx, t.post, c, nil)
}

// say adds a comment to a post that the caller saves, with its pictures, and
// tells those whom it mentions and answers.
func say(ctx context.Context, tx Tx, p *Post, c *Comment, pictures []Picture) error {
	c.Text, c.Photos = Harmless(c.Text), photos(pictures, c.At)
	var told map[MemberID]bool
	var err error
	if c.Mentions, told, err = callOf(p, c).make(ctx, tx); err != nil {
		return err
	}
	if err := answered(ctx, tx, p, c, told); err != nil {
		return err
	}
	p.tag(c.Text)
	if err := tx.AddComment(ctx, *c); err != nil {
		return fmt.Errorf("add comment to %s: %w", p.ID, err)
	}
	p.Comments++
	p.LastComment = c
	return keepPhotos(ctx, tx, p.ID, c.ID, c.Photos, pictures, c.At)
}

// threadOf is the comment on the post that an answer to parent stands under.
func threadOf(ctx context.Context, tx Tx, id PostID, parent CommentID) (CommentID, error) {
	if parent == "" {
		return "", nil
	}
	c, err := tx.Comment(ctx, parent)
	switch {
	case err != nil:
		return "", err
	case c.Post != id:
		return "", ErrNotFound
	case c.Parent != "":
		return c.Parent, nil
	}
	return parent, nil
}

// callOf is what a comment calls people to.
func callOf(p *Post, c *Comment) call {
	return call{post: p, text: c.Text, by: c.Author, key: mentionKey(p.ID, c.ID), at: c.At}
}

// mentionKey is the key of what those are told whom a comment mentions, or the
// post itself where there is none.
func mentionKey(p PostID, c CommentID) string { return string(p) + "/mention/" + string(c) }

// answersKey is the key of what authors are told of answers: one for each post.
func answersKey(p PostID) string { return string(p) + "/answers" }

// answered tells the authors of the post and of the comment that c answers,
// but for those who were told of it already.
func answered(ctx context.Context, tx Tx, p *Post, c *Comment, told map[MemberID]bool) error {
	var to []MemberID
	if id := p.Author.Member; id != "" {
		to = append(to, id)
	}
	if c.Parent != "" {
		parent, err := tx.Comment(ctx, c.Parent)
		if err != nil {
			return fmt.Errorf("comment %s: %w", c.Parent, err)
		}
		to = append(to, parent.Author.Member)
	}
	to = slices.DeleteFunc(to, func(id MemberID) bool { return id == c.Author.Member || told[id] })
	return tellReaders(ctx, tx, p, to, Notification{
		Key: answersKey(p.ID), Why: Answered, Post: p.ID, At: c.At,
		Text:   Text{FR: "{name} a répondu : « {text} »", EN: "{name} answered: “{text}”"},
		Values: Values{"name": c.Author.Name, "text": c.Text},
	})
}

// tellReaders tells those of some who may still read the post.
func tellReaders(ctx context.Context, tx Tx, p *Post, some []MemberID, n Notification) error {
	if len(some) == 0 {
		return nil
	}
	people, err := tx.Reach(ctx, Population{People: some})
	if err != nil {
		return fmt.Errorf("who is told of %s: %w", p.ID, err)
	}
	for _, m := range people {
		if !m.Scope().Sees(p) {
			continue
		}
		n.ID, n.Member = newID(n.At), m.ID
		if err := tx.Tell(ctx, n); err != nil {
			return err
		}
	}
	return nil
}
