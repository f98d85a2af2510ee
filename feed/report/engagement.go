package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Least is how many different people have to be behind a figure about people.
const Least = 5

// engage is how people took part in the last month that was over by an instant,
// at each place of which that may be told. It is counted once.
func (s *Service) engage(ctx context.Context, by time.Time) (month string, all map[feed.Path]feed.Engagement, err error) {
	zone := s.zone("")
	p := feed.LastPeriod(feed.Month, by, zone)
	if all, err = s.repo.Engagements(ctx, p.ID); err != nil || all != nil {
		return p.ID, all, err
	}
	nodes, err := s.repo.Territories(ctx, feed.Scope{Roots: []feed.Path{""}})
	if err != nil {
		return p.ID, nil, fmt.Errorf("places: %w", err)
	}
	deeds, err := s.repo.Deeds(ctx, p.From, p.To)
	if err != nil {
		return p.ID, nil, err
	}
	all = Engage(nodes, deeds, p.ID)
	err = s.repo.InTx(ctx, func(tx feed.Tx) error { return tx.KeepEngagements(ctx, p.ID, all, s.now()) })
	if err != nil {
		return p.ID, nil, err
	}
	// Whoever counted at the same time and came first is right.
	all, err = s.repo.Engagements(ctx, p.ID)
	return p.ID, all, err
}

// Engage is what may be told of how people took part in a month, by place; see the
// policy in the comment of the package. Places of which nothing may be told are
// left out.
func Engage(nodes []feed.Territory, deeds []feed.Deeds, month string) map[feed.Path]feed.Engagement {
	people := newCrowds(nodes, deeds, func(d feed.Deeds) ([]feed.MemberID, int) { return d.Actors, len(d.Actors) })
	answers := newCrowds(nodes, deeds, func(d feed.Deeds) ([]feed.MemberID, int) { return d.Answerers, d.Alerts })
	thanks := newCrowds(nodes, deeds, func(d feed.Deeds) ([]feed.MemberID, int) { return d.Reactors, d.Solved })
	out := map[feed.Path]feed.Engagement{}
	for _, n := range nodes {
		e := feed.Engagement{Month: month}
		var sum feed.Deeds
		for _, d := range deeds {
			if d.Territory.Within(n.Path) {
				sum.Alerts, sum.Answered = sum.Alerts+d.Alerts, sum.Answered+d.Answered
				sum.Solved, sum.Reactions = sum.Solved+d.Solved, sum.Reactions+d.Reactions
			}
		}
		if people.told[n.Path] {
			e.People = people.at[n.Path].size() / Least * Least
		}
		if answers.told[n.Path] && sum.Alerts > 0 {
			e.Answered = percent(sum.Answered, sum.Alerts)
		}
		if thanks.told[n.Path] && sum.Solved > 0 {
			e.Useful = percent(sum.Reactions, sum.Solved)
		}
		if e.People > 0 || e.Answered != nil || e.Useful != nil {
			out[n.Path] = e
		}
	}
	return out
}

func percent(part, whole int) *int {
	p := (100*part + whole/2) / whole
	return &p
}

// crowd is who contributed to a figure at a place, and how much there was to
// contribute to.
type crowd struct {
	who  map[feed.MemberID]bool
	load int
}

func (c *crowd) size() int { return len(c.who) }

// hides tells whether the crowd is somebody, and too few.
func (c *crowd) hides() bool { return c.size() < Least && (c.size() > 0 || c.load > 0) }

// crowds are those of a figure by place, and the places that it may be told of.
type crowds struct {
	own   map[feed.Path]*crowd // at the place itself
	at    map[feed.Path]*crowd // at or below it
	below map[feed.Path][]feed.Path
	told  map[feed.Path]bool
}

// newCrowds decides where a figure may be told, from the top down.
func newCrowds(nodes []feed.Territory, deeds []feed.Deeds, of func(feed.Deeds) (who []feed.MemberID, load int)) *crowds {
	c := &crowds{own: map[feed.Path]*crowd{}, at: map[feed.Path]*crowd{}, below: map[feed.Path][]feed.Path{}, told: map[feed.Path]bool{}}
	known := map[feed.Path]bool{}
	for _, n := range nodes {
		known[n.Path] = true
	}
	for _, n := range nodes {
		parent := parentIn(n.Path, known)
		c.below[parent] = append(c.below[parent], n.Path)
	}
	for _, d := range deeds {
		who, load := of(d)
		for _, p := range d.Territory.Lineage() {
			c.join(c.at, p, who, load)
		}
		c.join(c.own, d.Territory, who, load)
	}
	for _, root := range c.below[""] {
		c.tell(root)
	}
	return c
}

// parentIn is the nearest place above p that the tree knows, "" at the top.
func parentIn(p feed.Path, known map[feed.Path]bool) feed.Path {
	for p = p.Parent(); p != ""; p = p.Parent() {
		if known[p] {
			return p
		}
	}
	return ""
}

func (c *crowds) join(to map[feed.Path]*crowd, p feed.Path, who []feed.MemberID, load int) {
	if to[p] == nil {
		to[p] = &crowd{who: map[feed.MemberID]bool{}}
	}
	for _, m := range who {
		to[p].who[m] = true
	}
	to[p].load += load
}

// tell decides on a place whose figure is not in the way of any above it, and on
// those below.
func (c *crowds) tell(p feed.Path) {
	if c.at[p] == nil || c.at[p].size() < Least {
		return
	}
	c.told[p] = true
	var open []feed.Path
	for _, child := range c.below[p] {
		if c.at[child] != nil && c.at[child].size() >= Least {
			open = append(open, child)
		}
	}
	slices.SortFunc(open, func(a, b feed.Path) int {
		return cmp.Or(cmp.Compare(c.at[b].size(), c.at[a].size()), cmp.Compare(a, b))
	})
	for len(open) > 0 && c.rest(p, open).hides() {
		open = open[:len(open)-1] // the smallest joins the rest
	}
	for _, child := range open {
		c.tell(child)
	}
}

// rest is the crowd of a place without those places below it that are told.
func (c *crowds) rest(p feed.Path, told []feed.Path) *crowd {
	out := map[feed.Path]*crowd{}
	for place, own := range c.own {
		covered := slices.ContainsFunc(told, func(t feed.Path) bool { return place.Within(t) })
		if !place.Within(p) || covered {
			continue
		}
		who := make([]feed.MemberID, 0, len(own.who))
		for m := range own.who {
			who = append(who, m)
		}
		c.join(out, p, who, own.load)
	}
	if out[p] == nil {
		return &crowd{}
	}
	return out[p]
}
