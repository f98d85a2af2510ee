package feed

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// panel is who may sit on a post's circuit: the people who read its place, each
// as they are now.
type panel struct {
	post    *Post
	circuit *Circuit
	people  []Member // who read the place and may decide there
	asked   []Member // to whom a question is put
	away    map[MemberID]*Absence
}

// panel reads who may sit.
func (s *Service) panel(ctx context.Context, tx Tx, p *Post, c *Circuit, at time.Time) (*panel, error) {
	out := &panel{post: p, circuit: c, away: map[MemberID]*Absence{}}
	near, err := tx.Reach(ctx, Population{Places: []Path{p.Territory}})
	if err != nil {
		return nil, fmt.Errorf("who decides on %s: %w", p.ID, err)
	}
	out.people = slices.DeleteFunc(near, func(m Member) bool { return !Can(m, Decide, p.Territory) })
	if p.Talk != nil && !p.Talk.For.IsZero() {
		if out.asked, err = tx.Reach(ctx, *p.Talk.For); err != nil {
			return nil, fmt.Errorf("whom %s asks: %w", p.ID, err)
		}
		out.asked = slices.DeleteFunc(out.asked, func(m Member) bool { return m.ID == p.Author.Member || !Can(m, Write, p.Territory) })
	}
	for _, m := range slices.Concat(out.people, out.asked) {
		if _, known := out.away[m.ID]; known {
			continue
		}
		if out.away[m.ID], err = tx.AbsenceOf(ctx, m.ID, at); err != nil {
			return nil, fmt.Errorf("absence of %s: %w", m.ID, err)
		}
	}
	return out, nil
}

// seats is the [Bench] of the panel. At the last level sits whoever may decide at
// all: a post waits for somebody as long as there is anybody.
func (n *panel) seats(step, level int) []Seat {
	stage := &n.circuit.Stages[min(step, len(n.circuit.Stages)-1)]
	var called []Member
	for _, role := range stage.asked(level) {
		called = append(called, n.called(role)...)
	}
	for _, m := range n.people {
		if slices.Contains(stage.Members, m.ID) {
			called = append(called, m)
		}
	}
	if out := n.present(called, stage.asks()); len(out) > 0 || level < stage.top() {
		return out
	}
	var anybody []Seat
	for _, resort := range [][]Member{n.called(string(Manager)), n.called(string(Lead)), n.called(string(Animator)), n.others(n.people), called, n.people} {
		if out := n.present(resort, false); len(out) > 0 {
			return out
		}
		if len(anybody) == 0 {
			anybody = inPerson(resort)
		}
	}
	return anybody // all of them are away, and will be back
}

// called are the people whom a word of a circuit calls.
func (n *panel) called(role string) []Member {
	switch role {
	case TheAsked:
		return n.asked
	case TheAuthor:
		return slices.DeleteFunc(slices.Clone(n.people), func(m Member) bool { return m.ID != n.post.Author.Member })
	}
	return nearest(n.others(n.people), role, n.post.Territory)
}

// others are the people without the author: nobody decides alone on an idea of
// their own while there is somebody else.
func (n *panel) others(people []Member) []Member {
	return slices.DeleteFunc(slices.Clone(people), func(m Member) bool { return m.ID == n.post.Author.Member })
}

// present seats those who are here, and a delegate for each who is not. Who is
// asked a question answers for nobody else.
func (n *panel) present(called []Member, asks bool) []Seat {
	var out []Seat
	for _, m := range called {
		seat := Seat{Member: m.ID, Name: m.Name}
		if gone := n.away[m.ID]; gone != nil {
			stands := slices.IndexFunc(n.people, func(o Member) bool { return o.ID == gone.Delegate })
			if asks || stands < 0 || n.away[gone.Delegate] != nil || gone.Delegate == n.post.Author.Member {
				continue
			}
			seat = Seat{Member: gone.Delegate, Name: n.people[stands].Name, For: m.ID, ForName: m.Name}
		}
		if !slices.ContainsFunc(out, func(o Seat) bool { return o.owner() == seat.owner() }) {
			out = append(out, seat)
		}
	}
	return out
}

func inPerson(people []Member) []Seat {
	var out []Seat
	for _, m := range people {
		out = append(out, Seat{Member: m.ID, Name: m.Name})
	}
	return out
}

// nearest are those who have a role or function at the place, or at the nearest
// place above where anybody has it.
func nearest(people []Member, role string, place Path) []Member {
	far := -1
	var out []Member
	for _, m := range people {
		mine := m.reach(role, place)
		switch {
		case mine < 0 || far >= 0 && mine > far:
			continue
		case far < 0 || mine < far:
			far, out = mine, nil
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b Member) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// reach is how many steps above the place m has the role or function; -1: nowhere.
func (m Member) reach(role string, place Path) int {
	least := -1
	for _, g := range m.Grants {
		if !place.Within(g.Territory) || string(g.Role) != role && !slices.Contains(m.Functions, role) {
			continue
		}
		if far := g.far(place); least < 0 || far < least {
			least = far
		}
	}
	return least
}
