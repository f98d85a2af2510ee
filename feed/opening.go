package feed

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// carriesOn is how long after the end of a post the next one about the same
// thing still goes on from it. A rule that reopens its posts does so within less:
// such a post was not reopened because it had grown too old.
const carriesOn = time.Hour

// raise says that the condition began, or began again.
func (n *Notice) raise(ctx context.Context, tx Tx) error {
	tree, err := tx.Tree(ctx)
	if err != nil {
		return fmt.Errorf("territory tree: %w", err)
	}
	p, former, err := n.find(ctx, tx, tree)
	switch {
	case err != nil:
		return err
	case p == nil:
		return n.open(ctx, tx, tree, former)
	case p.Key != n.Key: // a person was first: join
		p.Key, p.Active = n.Key, true
		if p.Asset == "" { // the person told of the article only
			p.Asset = n.Asset
			p.Values["asset"] = tree.Name(n.Asset)
		}
		n.show(p)
		return n.save(ctx, tx, p, Entry{Kind: Joined})
	}
	n.publish(p, tree)
	if p.Shelf = p.Shelf.at(n.At); !p.Active && !p.Latched && len(n.Members) > 0 {
		p.Shelf = nil // which was of the conditions that were in it before
	}
	if p.Active && p.State.Open() {
		n.show(p)
		return tx.Save(ctx, p)
	}
	if p.State.Open() {
		p.BackToNormal, p.ClosedAt, p.Since = false, time.Time{}, n.At
	} else {
		p.begin(n.At)
	}
	p.Active, p.Latched, p.Series = true, false, nil
	p.Occurrences++
	n.show(p)
	if err := alarm(ctx, tx, p, n.At); err != nil {
		return err
	}
	return n.save(ctx, tx, p, Entry{Kind: Recurred})
}

// find returns the post that a raise is about, or nil and the one before it. A
// notice about an article joins the open post of a person, though its own may
// have ended just now: people should not read of one shelf twice. That of another
// rule ends with that rule's condition, so it is left alone, and what not
// everybody sees joins nothing, nor does it open again what everybody saw end.
func (n *Notice) find(ctx context.Context, tx Tx, tree *Tree) (p, former *Post, err error) {
	p, err = n.latest(ctx, tx)
	if err != nil || p != nil && p.State.Open() {
		return p, nil, err
	}
	if n.SKU != "" && n.audience(tree) == Everybody {
		report, err := tx.OpenOn(ctx, tree.StoreOf(n.Asset), n.SKU, n.Topic)
		if err != nil {
			return nil, nil, fmt.Errorf("open post on %s: %w", n.SKU, err)
		}
		if report != nil && report.Key == "" {
			return report, nil, nil
		}
	}
	if p != nil && n.continues(p) && !n.hides(p, tree) {
		return p, nil, nil
	}
	return nil, p, nil
}

// open makes the post of a condition.
func (n *Notice) open(ctx context.Context, tx Tx, tree *Tree, former *Post) error {
	p := n.post(tree)
	p.Active, p.BumpedAt = true, n.At
	if n.SKU != "" {
		p.Store, p.SKU = tree.StoreOf(n.Asset), n.SKU
		if err := n.another(ctx, tx, p); err != nil {
			return err
		}
	}
	n.show(p)
	p.Values["asset"] = tree.Name(n.Asset)
	if err := n.follow(ctx, tx, p, former); err != nil {
		return err
	}
	if rule := p.Rule(); rule != "" {
		solved, err := tx.Solved(ctx, rule, p.Asset, p.SKU)
		if err != nil {
			return fmt.Errorf("last solution of %s: %w", n.Key, err)
		}
		if solved != nil {
			p.Past = solved.past()
		}
	}
	if err := announce(ctx, tx, p, n.At); err != nil {
		return err
	}
	if err := alarm(ctx, tx, p, n.At); err != nil {
		return err
	}
	return n.save(ctx, tx, p, Entry{Kind: Opened})
}

// another gives p an id of its own where its episode had a post before it joined
// a person's.
func (n *Notice) another(ctx context.Context, tx Tx, p *Post) error {
	switch _, err := tx.Post(ctx, p.ID); {
	case err == nil:
		p.ID = n.laterID()
	case !errors.Is(err, ErrNotFound):
		return fmt.Errorf("first post of %s: %w", n.Key, err)
	}
	return nil
}

// follow has p go on from the post before it, if there is one. When both are of
// the same episode, what everybody saw of it is over: of what comes next they
// are told nothing.
func (n *Notice) follow(ctx context.Context, tx Tx, p, former *Post) error {
	if former == nil {
		return nil
	}
	if n.At.Sub(former.ClosedAt) < carriesOn {
		p.Previous = former.ID
	}
	if !n.continues(former) {
		return nil
	}
	p.ID = n.laterID()
	if !former.Active {
		return nil
	}
	if err := freeze(ctx, tx, former); err != nil {
		return err
	}
	former.Active, former.Stale, former.UpdatedAt = false, false, n.At
	if err := tx.Save(ctx, former); err != nil {
		return fmt.Errorf("leave post %s: %w", former.ID, err)
	}
	return nil
}

// post is a new post of the notice's, without what it shows.
func (n *Notice) post(tree *Tree) *Post {
	p := &Post{
		ID: n.postID(), Kind: n.PostKind, Topic: n.Topic, State: New, Severity: n.Severity,
		Territory: n.home(tree), Asset: n.Asset, Key: n.Key, Author: n.Author, Signal: n.Signal,
		Occurrences: 1, OpenedAt: n.At, Since: n.At, BumpedAt: n.At,
		Audience: n.audience(tree),
	}
	if p.Audience == Shadow {
		p.ShadowFor = n.ShadowFor
	}
	if n.Author.Kind == ByMachine {
		p.Author.Name = tree.Name(n.Asset)
	}
	return p
}

// home is where the notice stands.
func (n *Notice) home(tree *Tree) Path {
	if n.Territory != "" {
		return n.Territory
	}
	return tree.Home(n.Asset)
}

// publish shows everybody a post that holds, or holds again, when its rule runs in
// shadow no more or its territory is no ghost by now. A ghost that goes on stays
// one until it comes back.
func (n *Notice) publish(p *Post, tree *Tree) {
	ended := p.Audience == Shadow || p.Audience == Ghost && n.Kind == Raise
	if !ended || n.audience(tree) != Everybody {
		return
	}
	p.Audience, p.ShadowFor = Everybody, ""
	if n.At.After(p.BumpedAt) {
		p.BumpedAt = n.At
	}
}

// audience is who is to see a post of the notice's.
func (n *Notice) audience(tree *Tree) Audience {
	switch {
	case n.ShadowFor != "":
		return Shadow
	case tree.Rollout(n.home(tree)) == RolloutGhost:
		return Ghost
	}
	return Everybody
}

// hides tells whether few are to see what the notice says, while everybody sees
// the post.
func (n *Notice) hides(p *Post, tree *Tree) bool {
	return p.Audience == Everybody && n.audience(tree) != Everybody
}
