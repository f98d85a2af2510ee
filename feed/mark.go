package feed

import (
	"context"
	"fmt"
	"time"
)

// spoil says that the data of the condition went stale, or came back.
func (n *Notice) spoil(ctx context.Context, tx Tx, p *Post) error {
	if p.Stale == (n.Kind == Spoil) || !p.Active {
		return nil
	}
	p.Stale = n.Kind == Spoil
	p.UpdatedAt = n.At
	kind := Refreshed
	if p.Stale {
		kind = WentStale
	}
	return n.save(ctx, tx, p, Entry{Kind: kind})
}

// unsettle says that the condition comes and goes, or no longer does.
func (n *Notice) unsettle(ctx context.Context, tx Tx, p *Post) error {
	p.Flips, p.UpdatedAt = n.Flips, n.At
	if p.Unstable == (n.Kind == GoUnstable) {
		return tx.Save(ctx, p)
	}
	p.Unstable = n.Kind == GoUnstable
	n.bump(p)
	kind := WentSteady
	if p.Unstable {
		kind = WentUnstable
	}
	return n.save(ctx, tx, p, Entry{Kind: kind})
}

// shelve confirms that the condition is silent. Who silenced it and why, the
// person's act has said; of one that came another way, only why and until when
// is known.
func (n *Notice) shelve(ctx context.Context, tx Tx, p *Post) error {
	var until time.Time
	var reason string
	if n.Held != nil {
		until, reason = n.Held.Until, n.Held.Reason
	}
	switch {
	case p.Shelf == nil:
		p.Shelf, p.UpdatedAt = &Shelf{Until: until, By: n.Author, Reason: reason}, n.At
		return n.save(ctx, tx, p, Entry{Kind: WasShelved, Text: reason})
	case n.Held == nil || p.Shelf.Until.Equal(until):
		return nil
	}
	p.Shelf.Until, p.UpdatedAt = until, n.At
	return tx.Save(ctx, p)
}

// unshelve ends the shelf, unless a person did it first.
func (n *Notice) unshelve(ctx context.Context, tx Tx, p *Post) error {
	if p.Shelf == nil {
		return nil
	}
	p.Shelf, p.UpdatedAt = nil, n.At
	n.bump(p)
	return n.save(ctx, tx, p, Entry{Kind: Unshelved})
}

// escalate asks somebody else, because nobody answered. In a pilot nobody is
// asked for help.
func (n *Notice) escalate(ctx context.Context, tx Tx, p *Post) error {
	if !p.State.Open() {
		return nil
	}
	tree, err := tx.Tree(ctx)
	if err != nil {
		return fmt.Errorf("territory tree: %w", err)
	}
	if tree.Rollout(p.Territory) == RolloutPilot {
		return nil
	}
	p.Asked, p.Level, p.UpdatedAt = n.Asked, n.Level, n.At
	n.bump(p)
	if p.Audience == Everybody {
		if err := summon(ctx, tx, p, n.Asked, "", n.At); err != nil {
			return err
		}
	}
	return n.save(ctx, tx, p, Entry{Kind: Escalated, Text: n.Asked})
}
