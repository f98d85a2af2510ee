package feed

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Ambassadors is how people become ambassadors of places, by their own consent,
// and cease to be. Each method is one transaction.
type Ambassadors struct {
	repo Repository
	now  func() time.Time
}

// NewAmbassadors returns the ambassadors of repo, whose clock is now.
func NewAmbassadors(repo Repository, now func() time.Time) *Ambassadors {
	return &Ambassadors{repo: repo, now: now}
}

// Of is who helps the people of a place along, as m may know it.
func (s *Ambassadors) Of(ctx context.Context, m Member, place Path) (out Embassy, err error) {
	err = s.repo.InTx(ctx, func(tx Tx) error {
		out = Embassy{Place: place, Mine: represents(m, place), Animate: mayAsk(m, place)}
		if !Can(m, Read, place) {
			return ErrNotFound
		}
		if err := inTree(ctx, tx, place); err != nil {
			return err
		}
		call, err := tx.AmbassadorCall(ctx, place, m.ID)
		if err != nil {
			return err
		}
		out.Called = call != nil && call.DeclinedAt.IsZero()
		people, err := tx.Reach(ctx, Population{Places: []Path{place}})
		if err != nil {
			return fmt.Errorf("people of %s: %w", place, err)
		}
		return out.sort(ctx, tx, people, s.now().Add(-HelpfulFor))
	})
	return out, err
}

// sort finds for each of the people of a place what they are to it.
func (e *Embassy) sort(ctx context.Context, tx Tx, people []Member, since time.Time) error {
	slices.SortFunc(people, func(a, b Member) int { return strings.Compare(Fold(a.Name), Fold(b.Name)) })
	calls, err := tx.AmbassadorCalls(ctx, e.Place)
	if err != nil {
		return err
	}
	helpful, err := tx.Helpful(ctx, e.Place, since)
	if err != nil {
		return err
	}
	for _, m := range people {
		i := slices.IndexFunc(calls, func(c AmbassadorCall) bool { return c.Member == m.ID })
		switch {
		case represents(m, e.Place):
			e.Ambassadors = append(e.Ambassadors, m)
		case !e.Animate, !Can(m, Write, e.Place), Can(m, Animate, e.Place):
		case i >= 0 && calls[i].DeclinedAt.IsZero():
			e.Asked = append(e.Asked, m)
		case i >= 0 && calls[i].DeclinedAt.After(since):
		case slices.Contains(helpful, m.ID):
			e.Suggested = append(e.Suggested, m)
		default:
			e.Others = append(e.Others, m)
		}
	}
	return nil
}

// Propose asks somebody who works at a place to be its ambassador.
func (s *Ambassadors) Propose(ctx context.Context, by Member, place Path, who MemberID) error {
	return s.repo.InTx(ctx, func(tx Tx) error {
		at := s.now().UTC()
		m, err := s.asked(ctx, tx, by, place, who)
		if err != nil {
			return err
		}
		call, err := tx.AmbassadorCall(ctx, place, who)
		switch {
		case err != nil:
			return err
		case represents(*m, place), call != nil && call.DeclinedAt.IsZero():
			return nil
		case call != nil && at.Sub(call.DeclinedAt) < HelpfulFor:
			return Refuse(Conflict, "{who} a dit non récemment : respectez son choix, demandez à quelqu’un d’autre.",
				"{who} said no lately: respect that, and ask somebody else.").With(Values{"who": m.Name})
		}
		if err := tx.SetAmbassadorCall(ctx, AmbassadorCall{Place: place, Member: who, By: by.ID, At: at}); err != nil {
			return err
		}
		if err := tx.Audit(ctx, AuditEntry{At: at, Actor: by.ID, Action: "ambassador.ask", Subject: who, Territory: place}); err != nil {
			return err
		}
		return s.tell(ctx, tx, place, Notification{
			ID: newID(at), Member: who, Key: callKey(place, who), Why: Invited, Page: "/me", At: at,
			Text:   Text{FR: "{name} vous propose d’être ambassadeur : {place}", EN: "{name} asks you to be an ambassador: {place}"},
			Values: Values{"name": by.Name},
		})
	})
}

// asked is whom by may ask to be an ambassador of a place.
func (s *Ambassadors) asked(ctx context.Context, tx Tx, by Member, place Path, who MemberID) (*Member, error) {
	if err := Require(by, Animate, place); err != nil {
		return nil, err
	}
	if err := Require(by, Read, place); err != nil {
		return nil, err
	}
	if err := inTree(ctx, tx, place); err != nil {
		return nil, err
	}
	m, err := tx.Person(ctx, who)
	if err == nil && !Can(*m, Write, place) {
		err = ErrNotFound
	}
	return m, err
}

// Answer says yes or no to what m was asked. Only yes gives the role.
func (s *Ambassadors) Answer(ctx context.Context, m Member, place Path, yes bool) error {
	return s.repo.InTx(ctx, func(tx Tx) error {
		at := s.now().UTC()
		call, err := tx.AmbassadorCall(ctx, place, m.ID)
		switch {
		case err != nil:
			return err
		case call == nil || !call.DeclinedAt.IsZero():
			if represents(m, place) == yes {
				return nil // said again
			}
			return ErrNotFound
		}
		if err := tx.Clear(ctx, callKey(place, m.ID)); err != nil {
			return err
		}
		text := Text{FR: "{name} accepte d’être ambassadeur : {place}", EN: "{name} agrees to be an ambassador: {place}"}
		if yes {
			err = s.bestow(ctx, tx, m.ID, m, place, true)
		} else {
			call.DeclinedAt, text = at, Text{FR: "{name} préfère ne pas être ambassadeur : {place}", EN: "{name} would rather not be an ambassador: {place}"}
			err = tx.SetAmbassadorCall(ctx, *call)
		}
		if err != nil {
			return err
		}
		return s.tell(ctx, tx, place, Notification{
			ID: newID(at), Member: call.By, Key: callKey(place, m.ID) + "/answer", Why: Answered, Page: placePage(place), At: at,
			Text: text, Values: Values{"name": m.Name},
		})
	})
}

// bestow gives or takes the role, and forgets what was asked.
func (s *Ambassadors) bestow(ctx context.Context, tx Tx, by MemberID, m Member, place Path, on bool) error {
	if err := tx.DropAmbassadorCall(ctx, place, m.ID); err != nil {
		return err
	}
	changed, err := tx.Bestow(ctx, m.ID, Grant{Territory: place, Role: Ambassador}, on)
	if err != nil || !changed {
		return err
	}
	action := "role.take"
	if on {
		action = "role.give"
	}
	return tx.Audit(ctx, AuditEntry{
		At: s.now(), Actor: by, Action: action, Subject: m.ID, Territory: place, Detail: detail(map[string]string{"role": string(Ambassador)}),
	})
}

// Stop ends what somebody is or is asked to be at a place: oneself at any time,
// or whoever animates it. Those who look after the place are told who laid it
// down, and the person when it was taken.
func (s *Ambassadors) Stop(ctx context.Context, by Member, place Path, who MemberID) error {
	return s.repo.InTx(ctx, func(tx Tx) error {
		at := s.now().UTC()
		if by.ID != who {
			if err := Require(by, Animate, place); err != nil {
				return err
			}
		}
		m, err := tx.Person(ctx, who)
		if err != nil {
			return err
		}
		if err := tx.Clear(ctx, callKey(place, who)); err != nil {
			return err
		}
		call, err := tx.AmbassadorCall(ctx, place, who)
		if err != nil {
			return err
		}
		was := represents(*m, place)
		if err := s.bestow(ctx, tx, by.ID, *m, place, false); err != nil {
			return err
		}
		if !was {
			if call == nil || by.ID == who {
				return nil
			}
			return tx.Audit(ctx, AuditEntry{At: at, Actor: by.ID, Action: "ambassador.unask", Subject: who, Territory: place})
		}
		if by.ID != who {
			return s.tell(ctx, tx, place, Notification{
				ID: newID(at), Member: who, Key: callKey(place, who) + "/answer", Why: Answered, Page: "/me", At: at,
				Text: Text{FR: "{name} a mis fin à votre rôle d’ambassadeur : {place}. Merci !", EN: "{name} ended your part as an ambassador: {place}. Thank you!"}, Values: Values{"name": by.Name},
			})
		}
		tree, err := tx.Tree(ctx)
		if err != nil {
			return err
		}
		to, err := caretakers(ctx, tx, tree, place)
		if err != nil {
			return err
		}
		for _, c := range to {
			if err := s.tell(ctx, tx, place, Notification{
				ID: newID(at), Member: c.ID, Key: callKey(place, who) + "/answer", Why: Answered, Page: placePage(place), At: at,
				Text: Text{FR: "{name} n’est plus ambassadeur : {place}", EN: "{name} is no longer an ambassador: {place}"}, Values: Values{"name": m.Name},
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// tell tells somebody, by the name of the place.
func (s *Ambassadors) tell(ctx context.Context, tx Tx, place Path, n Notification) error {
	tree, err := tx.Tree(ctx)
	if err != nil {
		return fmt.Errorf("territory tree: %w", err)
	}
	n.Values["place"] = tree.Name(place)
	return tx.Tell(ctx, n)
}

// Mine are the places that m is an ambassador of, and those that m is asked for.
func (s *Ambassadors) Mine(ctx context.Context, m Member) (of, asked []Path, err error) {
	err = s.repo.InTx(ctx, func(tx Tx) error {
		of, asked = nil, nil
		for _, g := range m.Grants {
			if g.Role == Ambassador {
				of = append(of, g.Territory)
			}
		}
		calls, err := tx.AmbassadorCallsOf(ctx, m.ID)
		for _, c := range calls {
			if c.DeclinedAt.IsZero() && Can(m, Read, c.Place) {
				asked = append(asked, c.Place)
			}
		}
		return err
	})
	return of, asked, err
}

// Welcome tells the ambassadors of a place of who is new there, the nearest
// ambassadors of each newcomer.
func (s *Ambassadors) Welcome(ctx context.Context) error {
	err := s.repo.InTx(ctx, func(tx Tx) error {
		new, err := tx.Arrivals(ctx, sweepSize)
		if err != nil {
			return err
		}
		for _, a := range new {
			if err := s.announce(ctx, tx, a); err != nil {
				return err
			}
			if err := tx.Arrive(ctx, a.Member.ID, a.Place); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("tell ambassadors of who is new: %w", err)
	}
	return nil
}

func (s *Ambassadors) announce(ctx context.Context, tx Tx, a Arrival) error {
	at := s.now().UTC()
	for _, place := range a.Place.Lineage() {
		near, err := tx.Reach(ctx, Population{Places: []Path{place}, Roles: []Role{Ambassador}})
		if err != nil {
			return err
		}
		near = slices.DeleteFunc(near, func(m Member) bool { return !represents(m, place) || m.ID == a.Member.ID })
		for _, m := range near {
			if err := s.tell(ctx, tx, a.Place, Notification{
				ID: newID(at), Member: m.ID, Key: "arrived/" + string(a.Place) + "/" + string(a.Member.ID), Why: Arrived,
				Page: "/people/" + url.PathEscape(string(a.Member.ID)), At: at,
				Text: Text{FR: "{name} vient d’arriver, {place} : dites bonjour", EN: "{name} has just arrived, {place}: say hello"}, Values: Values{"name": a.Member.Name},
			}); err != nil {
				return err
			}
		}
		if len(near) > 0 {
			return nil
		}
	}
	return nil
}
