package feed

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// waitsFor are the reasons that are over once somebody has the post.
var waitsFor = []Why{AskedFor, Grave, HelpNear, Followed}

// summon tells those who play a role where p stands that they are asked: those
// who are at work, or all of them when nobody is. Who asks need not be told.
func summon(ctx context.Context, tx Tx, p *Post, role string, by MemberID, at time.Time) error {
	asked, err := playing(ctx, tx, p, at, Role(role))
	if err != nil {
		return err
	}
	asked = slices.DeleteFunc(asked, func(m Member) bool { return m.ID == by })
	return inform(ctx, tx, p, asked, AskedFor, at)
}

// alarm tells those who lead where p stands that it is critical. Of what a rule
// runs through in silence, or tries out, nobody is told.
func alarm(ctx context.Context, tx Tx, p *Post, at time.Time) error {
	if p.Severity != Critical || p.State != New {
		return nil
	}
	if silent, err := unannounced(ctx, tx, p); err != nil || silent {
		return err
	}
	leads, err := playing(ctx, tx, p, at, Lead, Manager)
	if err != nil {
		return err
	}
	return inform(ctx, tx, p, leads, Grave, at)
}

// announce tells those who follow what a rule's new post is about. Whoever is
// asked for it is told that instead.
func announce(ctx context.Context, tx Tx, p *Post, at time.Time) error {
	if silent, err := unannounced(ctx, tx, p); err != nil || silent {
		return err
	}
	return spread(ctx, tx, p, at)
}

// unannounced tells whether nobody is to be told of a rule's post: the rule runs
// in silence there, or is tried out.
func unannounced(ctx context.Context, tx Tx, p *Post) (bool, error) {
	if p.Audience != Everybody {
		return true, nil
	}
	tree, err := tx.Tree(ctx)
	if err != nil {
		return false, fmt.Errorf("territory tree: %w", err)
	}
	return tree.Rollout(p.Territory) == RolloutPilot, nil
}

// spread tells those who follow what a new post is about, but for who wrote it.
// What is put to people tells them itself.
func spread(ctx context.Context, tx Tx, p *Post, at time.Time) error {
	if p.Kind == MustRead || p.Kind == HelpWanted {
		return nil
	}
	ids, err := tx.Followers(ctx, p)
	if err != nil {
		return err
	}
	var to []Member
	for _, id := range ids {
		if id != p.Author.Member {
			to = append(to, Member{ID: id})
		}
	}
	return inform(ctx, tx, p, to, Followed, at)
}

// playing lists who plays one of the roles at the place of p and sees it: those
// who are at work, or all of them when nobody is.
func playing(ctx context.Context, tx Tx, p *Post, at time.Time, roles ...Role) ([]Member, error) {
	all, err := tx.Reach(ctx, Population{Places: []Path{p.Territory}, Roles: roles})
	if err != nil {
		return nil, fmt.Errorf("who is asked for post %s: %w", p.ID, err)
	}
	all = slices.DeleteFunc(all, func(m Member) bool { return !m.Scope().Sees(p) })
	if len(all) == 0 {
		return nil, nil
	}
	present, err := tx.Present(ctx, p.Territory, at)
	if err != nil {
		return nil, fmt.Errorf("who is present for post %s: %w", p.ID, err)
	}
	here := slices.DeleteFunc(slices.Clone(all), func(m Member) bool {
		return !slices.ContainsFunc(present, func(o Member) bool { return o.ID == m.ID })
	})
	if len(here) > 0 {
		return here, nil
	}
	return all, nil
}

// inform tells members of a post what heads it; why, the reason says. A post is
// told once to each: told of again it is the same notification.
func inform(ctx context.Context, tx Tx, p *Post, to []Member, why Why, at time.Time) error {
	head, values := p.heading()
	for _, m := range to {
		n := Notification{
			ID: newID(at), Member: m.ID, Key: string(p.ID), Why: why, Post: p.ID,
			Text: head, Values: values, Urgent: p.Severity == Critical, At: at,
		}
		if err := tx.Tell(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

// heading is the sentence that heads the post: a rule's, or what a person wrote.
func (p *Post) heading() (Text, Values) {
	if p.Text == "" && !p.Title.IsZero() {
		return p.Title, p.Values
	}
	return Text{FR: "{words}", EN: "{words}"}, Values{"words": p.Text}
}

// attended clears what p's being taken, or its end, has seen to.
func attended(ctx context.Context, tx Tx, p *Post) error {
	if err := tx.Clear(ctx, nudgeKey(p.ID)); err != nil {
		return err
	}
	return tx.Clear(ctx, string(p.ID), waitsFor...)
}
