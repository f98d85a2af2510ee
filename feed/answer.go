package feed

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// React sets or clears m's reaction.
func (s *Service) React(ctx context.Context, m Member, id PostID, r Reaction, on bool) (*Post, error) {
	return s.change(ctx, m, Write, id, func(ctx context.Context, tx Tx, p *Post, _ time.Time) (*Entry, error) {
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
// empty: one level of replies, so a reply to a reply joins its parent. The same
// idempotency key gives the comment that was made first.
func (s *Service) Comment(ctx context.Context, m Member, id PostID, parent CommentID, text, idem string) (*Comment, error) {
	text = strings.TrimSpace(text)
	if err := checkText(text, MaxText, Text{FR: "Le commentaire", EN: "The comment"}); err != nil {
		return nil, err
	}
	sent, err := newRequest(m, idem, "comment", string(id), string(parent), text)
	if err != nil {
		return nil, err
	}
	var out *Comment
	_, err = s.change(ctx, m, Write, id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		r := sent
		known, err := r.recall(ctx, tx)
		if err != nil {
			return nil, err
		}
		if known {
			out, err = tx.Comment(ctx, r.Comment)
			return nil, err
		}
		thread, err := threadOf(ctx, tx, id, parent)
		if err != nil {
			return nil, err
		}
		out = &Comment{ID: CommentID(newID(at)), Post: id, Parent: thread, Author: person(m), Text: text, At: at}
		if err := tx.AddComment(ctx, *out); err != nil {
			return nil, fmt.Errorf("add comment to %s: %w", id, err)
		}
		p.LastComment = out
		p.Comments++
		r.Post, r.Comment = id, out.ID
		return &Entry{}, r.keep(ctx, tx)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
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
