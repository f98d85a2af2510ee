package feed

import (
	"context"
	"fmt"
	"time"
)

// MaxLines bounds what a sheet lists of a kind: one that is longer is not read.
const MaxLines = 50

// sheetPosts bounds the posts that a sheet is made of.
const sheetPosts = 6 * MaxLines

// Tally is what became of the posts of a place in a while.
type Tally struct {
	Opened int
	Solved int // that somebody gave a cause
	Held   int // conditions that were held back, in it or into it
}

// handOver writes the sheet of a shift that ends soon, as a post. The sheet of
// the shift before has served its time.
func (n *Notice) handOver(ctx context.Context, tx Tx) error {
	if n.Sheet == nil {
		return fmt.Errorf("notice %s hands nothing over", n.Effect)
	}
	if p, err := n.latest(ctx, tx); err != nil || p != nil && p.ID == n.postID() {
		return err
	}
	tree, err := tx.Tree(ctx)
	if err != nil {
		return fmt.Errorf("territory tree: %w", err)
	}
	p := n.post(tree)
	p.Kind = Handover
	sheet := *n.Sheet
	open, err := sheet.fill(ctx, tx, p.Territory, n.At)
	if err != nil {
		return err
	}
	for _, o := range open {
		if o.Kind != Handover || o.Territory != p.Territory || p.Audience != Everybody {
			continue
		}
		if err := finish(ctx, tx, o.ID, n.At); err != nil {
			return err
		}
	}
	n.show(p)
	p.Kind, p.Sheet = Handover, &sheet
	p.Values["asset"] = tree.Name(p.Territory)
	return n.save(ctx, tx, p, Entry{Kind: Opened})
}

// Shop is what a sheet is filled from: what is open at a place, and what became
// of its posts.
type Shop interface {
	OpenAt(ctx context.Context, place Path, limit int) ([]*Post, error)
	Tally(ctx context.Context, place Path, from, to time.Time) (Tally, error)
}

// Fill returns the sheet of the shift that works at a place, as it would be
// handed over at that instant.
func (s Sheet) Fill(ctx context.Context, shop Shop, place Path, at time.Time) (*Sheet, error) {
	if _, err := s.fill(ctx, shop, place, at); err != nil {
		return nil, err
	}
	return &s, nil
}

// fill writes the sheet, and returns the open posts that it was made of.
func (s *Sheet) fill(ctx context.Context, shop Shop, place Path, at time.Time) ([]*Post, error) {
	open, err := shop.OpenAt(ctx, place, sheetPosts)
	if err != nil {
		return nil, fmt.Errorf("open posts at %s: %w", place, err)
	}
	tally, err := shop.Tally(ctx, place, s.Start, at)
	if err != nil {
		return nil, fmt.Errorf("tally of %s: %w", place, err)
	}
	s.Opened, s.Solved, s.Held = tally.Opened, tally.Solved, tally.Held
	for _, p := range open {
		s.add(p)
	}
	return open, nil
}

// finish closes the sheet of an earlier shift.
func finish(ctx context.Context, tx Tx, id PostID, at time.Time) error {
	p, err := tx.Post(ctx, id)
	if err != nil {
		return err
	}
	p.State, p.ClosedAt, p.UpdatedAt = Closed, at, at
	if err := tx.Save(ctx, p); err != nil {
		return fmt.Errorf("save post %s: %w", id, err)
	}
	return nil
}

// add puts an open post under the one heading that says most of it.
func (s *Sheet) add(p *Post) {
	line := SheetLine{Post: p.ID, Title: p.Title, Values: p.Values, Severity: p.Severity, State: p.State, Note: p.Taker.Name}
	list := &s.Open
	switch {
	case p.Kind == Handover, p.Kind == GoodNews, p.Kind == Idea, p.Topic == Life:
		return
	case p.Kind == Production:
		list, line.Run = &s.Runs, p.Run
	case p.Shelf != nil:
		list, line.Note = &s.Shelved, p.Shelf.Reason
	case p.Unstable:
		list = &s.Unstable
	case p.State == New:
		list = &s.Unanswered
	}
	if line.Title.IsZero() {
		line.Title, line.Values = p.said()
	}
	if len(*list) < MaxLines {
		*list = append(*list, line)
	}
}
