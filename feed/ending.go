package feed

import (
	"context"
	"fmt"
)

// clear ends the condition: a post that somebody resolved is closed, one that
// nobody resolved went back to normal by itself.
func (n *Notice) clear(ctx context.Context, tx Tx, p *Post) error {
	if !p.Active && p.State == Closed {
		return nil
	}
	if p.State.Open() {
		p.BackToNormal, p.ClosedAt = true, n.At
	}
	return n.end(ctx, tx, p, Recovered)
}

// retire closes the post of a rule that was changed or removed: whether its
// condition still holds, nobody knows.
func (n *Notice) retire(ctx context.Context, tx Tx, p *Post) error {
	if p.State == Closed {
		return nil
	}
	if p.State.Open() {
		p.ClosedAt = n.At
	}
	p.Unstable, p.Shelf = false, nil // of which the rule would tell no more
	return n.end(ctx, tx, p, WasRetired)
}

// end closes the post. Its sentence stays as it was while the condition held:
// what went wrong is what the post is about.
func (n *Notice) end(ctx context.Context, tx Tx, p *Post, kind EntryKind) error {
	if err := freeze(ctx, tx, p); err != nil {
		return err
	}
	n.quieten(p)
	p.State, p.Latched, p.UpdatedAt = Closed, false, n.At
	p.Asked, p.Level = "", 0
	if p.Shelf != nil && p.Shelf.OneShot {
		p.Shelf = nil
	}
	if err := attended(ctx, tx, p); err != nil {
		return err
	}
	return n.save(ctx, tx, p, Entry{Kind: kind})
}

// latch ends the condition of a post that waits for somebody to say so.
func (n *Notice) latch(ctx context.Context, tx Tx, p *Post) error {
	if !p.Active {
		return nil
	}
	if err := freeze(ctx, tx, p); err != nil {
		return err
	}
	n.quieten(p)
	p.Latched, p.UpdatedAt = true, n.At
	n.bump(p)
	return n.save(ctx, tx, p, Entry{Kind: WasLatched})
}

// quieten writes that nothing holds any more.
func (n *Notice) quieten(p *Post) {
	n.count(p)
	p.Active, p.Stale, p.Holding = false, false, 0
	for i := range p.Members {
		p.Members[i].Active = false
	}
	if n.Value != nil {
		p.Value = n.Value
	}
	if n.Run != nil {
		p.Run = n.Run
	}
}

// freeze keeps the curve of a condition as it was when the condition ended.
func freeze(ctx context.Context, tx Tx, p *Post) error {
	if p.Signal == "" || !p.Active {
		return nil
	}
	t, err := tx.Trace(ctx, p.Asset, p.Signal)
	if err != nil {
		return fmt.Errorf("trace of %s %s: %w", p.Asset, p.Signal, err)
	}
	if t != nil {
		p.Series = t.Points
	}
	return nil
}
