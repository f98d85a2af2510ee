package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"
)

// Install puts a usage in use at a place, in one transaction: its group, its
// checklists and its welcome, pinned. What is there already stays as it is, what
// is missing comes back.
func (s *Service) Install(ctx context.Context, m Member, u Usage, place Path) (*Installed, error) {
	var out *Installed
	err := s.repo.InTx(ctx, func(tx Tx) error {
		i, err := s.installation(ctx, tx, m, u, place)
		if err != nil {
			return err
		}
		if !m.Works(place) {
			return Refuse(Forbidden, "Votre rôle ne permet pas de créer un groupe ici.", "Your role does not allow you to make a group here.")
		}
		for _, part := range []func(context.Context, Tx) error{i.gather, i.list, i.welcome, i.keep} {
			if err := part(ctx, tx); err != nil {
				return fmt.Errorf("install %s at %s: %w", u.Name, place, err)
			}
		}
		out = &i.Installed
		return nil
	})
	return out, err
}

// Uninstall takes a usage out of use: checklists that nobody ticked and a welcome
// that nobody answered go, the group is archived with what people said in it.
func (s *Service) Uninstall(ctx context.Context, m Member, u Usage, place Path) error {
	return s.repo.InTx(ctx, func(tx Tx) error {
		i, err := s.installation(ctx, tx, m, u, place)
		switch {
		case err != nil:
			return err
		case i.At.IsZero():
			return ErrNotFound
		case !i.EndedAt.IsZero():
			return nil
		}
		if i.circle, err = tx.Circle(ctx, i.Group); err != nil {
			return fmt.Errorf("group of %s at %s: %w", u.Name, place, err)
		}
		return i.end(ctx, tx)
	})
}

// installing is a usage on its way into a place, or out of it.
type installing struct {
	Installed
	service *Service
	usage   Usage
	member  Member
	circle  *Circle
	name    string // of the place
	at      time.Time
	changed bool
}

// installation is how far a usage is at a place that m may arrange.
func (s *Service) installation(ctx context.Context, tx Tx, m Member, u Usage, place Path) (*installing, error) {
	if err := Require(m, Arrange, place); err != nil {
		return nil, err
	}
	tree, err := tx.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	if _, stands := tree.Get(place); !stands || place.IsGroup() {
		return nil, ErrNotFound
	}
	i := &installing{service: s, usage: u, member: m, name: tree.Name(place), at: s.now().UTC()}
	in, err := tx.Installed(ctx, u.Name, place)
	switch {
	case err != nil:
		return nil, err
	case in != nil:
		i.Installed = *in
	default:
		i.Installed = Installed{Usage: u.Name, Place: place, Lang: m.Lang, By: m.ID}
		if lang := tree.Setting(place, func(o Own) string { return string(o.Lang) }); lang.Value != "" {
			i.Lang = Lang(lang.Value)
		}
	}
	return i, nil
}

// say is a text of the usage in the language of the place.
func (i *installing) say(t Text, limit int) string {
	said := t.Render(i.Lang, Values{"place": i.name})
	if utf8.RuneCountInString(said) > limit {
		said = string([]rune(said)[:limit-1]) + "…"
	}
	return said
}

// gather makes the group, or wakes the one that was archived.
func (i *installing) gather(ctx context.Context, tx Tx) (err error) {
	if i.Group != "" {
		if i.circle, err = tx.Circle(ctx, i.Group); err != nil || i.circle.ArchivedAt.IsZero() {
			return err
		}
		i.circle.ArchivedAt = time.Time{}
	} else {
		g := i.usage.Group
		i.Group = newID(i.at)
		i.circle = &Circle{
			ID: i.Group, Name: i.say(g.Name, MaxCircleName), Purpose: i.say(g.Purpose, MaxCirclePurpose),
			Kind: g.Kind, Join: g.Join, Home: i.Place, MadeAt: i.at,
		}
		if err := i.circle.check(); err != nil {
			return err
		}
	}
	i.changed = true
	if err := tx.SaveCircle(ctx, *i.circle); err != nil {
		return err
	}
	if i.circle.RoleOf(i.member.ID) == Keeper {
		return nil
	}
	return tx.SetFellow(ctx, i.Group, Fellow{Member: i.member.ID, Role: Keeper, Since: i.at})
}

// list gives the group the checklists that it has not.
func (i *installing) list(ctx context.Context, tx Tx) error {
	for n, c := range i.usage.Checklists {
		added, err := tx.AddChecklist(ctx, i.Group, n, c)
		if err != nil {
			return err
		}
		i.changed = i.changed || added
	}
	return nil
}

// welcome says the first word in the group, and pins it. One that somebody took
// down stays down for as long as the usage is in use.
func (i *installing) welcome(ctx context.Context, tx Tx) error {
	if i.Welcome != "" && i.EndedAt.IsZero() {
		return nil
	}
	place, form := Group(i.Group), forms[Announcement]
	d := Draft{Kind: Announcement, Territory: place, Text: i.say(i.usage.Welcome, MaxText), Expires: i.at.Add(form.longest)}
	keeper := i.member
	keeper.Grants = append([]Grant{{Territory: place, Role: Keeper}}, keeper.Grants...)
	p, _, err := i.service.report(ctx, tx, keeper, d, form)
	if err != nil {
		return err
	}
	i.changed, i.Welcome, i.circle.Pinned = true, p.ID, p.ID
	return tx.SaveCircle(ctx, *i.circle)
}

// keep remembers what was done, if anything was.
func (i *installing) keep(ctx context.Context, tx Tx) error {
	if !i.changed {
		return nil
	}
	if i.At.IsZero() {
		i.At = i.at
	}
	i.EndedAt = time.Time{}
	if err := tx.SaveInstalled(ctx, i.Installed); err != nil {
		return err
	}
	return i.audit(ctx, tx, "usage.install")
}

// end takes away what nobody touched, and archives the rest.
func (i *installing) end(ctx context.Context, tx Tx) error {
	if err := tx.DropChecklists(ctx, i.Group); err != nil {
		return err
	}
	if err := i.unsay(ctx, tx); err != nil {
		return fmt.Errorf("welcome of %s at %s: %w", i.Usage, i.Place, err)
	}
	if i.circle.ArchivedAt.IsZero() {
		i.circle.ArchivedAt = i.at
		if err := tx.SaveCircle(ctx, *i.circle); err != nil {
			return err
		}
	}
	i.EndedAt = i.at
	if err := tx.SaveInstalled(ctx, i.Installed); err != nil {
		return err
	}
	return i.audit(ctx, tx, "usage.uninstall")
}

// unsay ends the welcome when nobody answered it.
func (i *installing) unsay(ctx context.Context, tx Tx) error {
	p, err := tx.Post(ctx, i.Welcome)
	if err != nil {
		return err
	}
	if !p.untouched() || len(p.Reactions) > 0 {
		return nil
	}
	if i.circle.Pinned == p.ID {
		i.circle.Pinned = ""
	}
	p.State, p.ClosedAt, p.UpdatedAt = Resolved, i.at, i.at
	if err := tx.SetExpiry(ctx, p.ID, time.Time{}); err != nil {
		return err
	}
	if err := tx.Save(ctx, p); err != nil {
		return err
	}
	return tx.Log(ctx, Entry{Post: p.ID, Kind: WasWithdrawn, At: i.at, Author: person(i.member)})
}

func (i *installing) audit(ctx context.Context, tx Tx, action string) error {
	detail, err := json.Marshal(map[string]string{"usage": i.Usage, "group": i.Group})
	if err != nil {
		return fmt.Errorf("audit %s: %w", action, err)
	}
	return tx.Audit(ctx, AuditEntry{At: i.at, Actor: i.member.ID, Action: action, Territory: i.Place, Object: i.Usage, Detail: detail})
}
