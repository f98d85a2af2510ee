package feed

import (
	"context"
	"fmt"
	"time"
)

// Circles is what people do to groups. Each method is one transaction, and
// returns the group as it is after the change. A group that m may not know of is
// not found.
type Circles struct {
	repo Repository
	now  func() time.Time
}

// NewCircles returns the groups of repo, whose clock is now.
func NewCircles(repo Repository, now func() time.Time) *Circles {
	return &Circles{repo: repo, now: now}
}

// Create makes a group at its home, with m as its keeper.
func (s *Circles) Create(ctx context.Context, m Member, c Circle) (*Circle, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	at := s.now().UTC()
	c.ID, c.MadeAt, c.Pinned, c.ArchivedAt = newID(at), at, "", time.Time{}
	return s.in(ctx, c.ID, func(tx Tx) error {
		tree, err := tx.Tree(ctx)
		if err != nil {
			return fmt.Errorf("territory tree: %w", err)
		}
		if _, ok := tree.Get(c.Home); !ok || c.Home.IsGroup() || !m.Around(c.Home) {
			return ErrNotFound
		}
		if !m.Works(c.Home) {
			return Refuse(Forbidden, "Votre rôle ne permet pas de créer un groupe ici.", "Your role does not allow you to make a group here.")
		}
		if err := tx.SaveCircle(ctx, c); err != nil {
			return err
		}
		return tx.SetFellow(ctx, c.ID, Fellow{Member: m.ID, Role: Keeper, Since: at})
	})
}

// Change is for its keepers: fn writes into the group what shall change.
func (s *Circles) Change(ctx context.Context, m Member, id string, fn func(*Circle)) (*Circle, error) {
	return s.in(ctx, id, func(tx Tx) error {
		c, err := kept(ctx, tx, m, id)
		if err != nil {
			return err
		}
		before := *c
		fn(c)
		c.ID, c.Home = before.ID, before.Home
		if err := c.check(); err != nil {
			return err
		}
		if c.Pinned != "" && c.Pinned != before.Pinned {
			p, err := tx.Post(ctx, c.Pinned)
			if err != nil {
				return err
			}
			if p.Territory != Group(id) {
				return ErrNotFound
			}
		}
		if err := tx.SaveCircle(ctx, *c); err != nil || before.ArchivedAt.IsZero() == c.ArchivedAt.IsZero() {
			return err
		}
		action := "group.archive"
		if c.ArchivedAt.IsZero() {
			action = "group.revive"
		}
		return tx.Audit(ctx, AuditEntry{At: s.now().UTC(), Actor: m.ID, Action: action, Territory: Group(id), Object: id})
	})
}

// Join brings m in where the group is open or has invited m; where it wants to
// be asked, it is asked, and its keepers are told.
func (s *Circles) Join(ctx context.Context, m Member, id string) (*Circle, error) {
	return s.in(ctx, id, func(tx Tx) error {
		c, err := known(ctx, tx, m, id)
		if err != nil {
			return err
		}
		at, call := s.now().UTC(), c.CallOf(m.ID)
		switch {
		case c.RoleOf(m.ID) != "":
			return nil
		case !c.ArchivedAt.IsZero():
			return errArchived
		case c.Join == JoinOpen, call != nil && call.Invited:
			if err := tx.Clear(ctx, c.invitation(m.ID)); err != nil {
				return err
			}
			return tx.SetFellow(ctx, id, Fellow{Member: m.ID, Role: Insider, Since: at})
		case c.Join == JoinInvited:
			return Refuse(Forbidden, "On entre dans ce groupe sur invitation d’un de ses responsables.", "One joins this group at the invitation of a keeper.")
		case call != nil:
			return nil
		}
		if err := tx.SetCall(ctx, id, Call{Member: m.ID, At: at}); err != nil {
			return err
		}
		return c.tellKeepers(ctx, tx, m, at)
	})
}

// Admit is for its keepers: who asked to come in is in, who did not is invited,
// and who is in has that role from then on.
func (s *Circles) Admit(ctx context.Context, m Member, id string, who MemberID, role Role) (*Circle, error) {
	if role != Insider && role != Keeper {
		return nil, Refuse(Invalid, "Dans un groupe, on est membre ou responsable.", "In a group one is a member or a keeper.")
	}
	return s.in(ctx, id, func(tx Tx) error {
		c, err := kept(ctx, tx, m, id)
		if err != nil {
			return err
		}
		if !c.ArchivedAt.IsZero() {
			return errArchived
		}
		at, was, call := s.now().UTC(), c.RoleOf(who), c.CallOf(who)
		switch {
		case was == role:
			return nil
		case was == Keeper && c.keepers() == 1:
			return errLastKeeper
		case was != "" || call != nil && !call.Invited:
			return s.welcome(ctx, tx, c, m, who, role, at)
		}
		return s.invite(ctx, tx, c, m, who, at)
	})
}

// Part takes somebody out of the group, and whatever was asked between the two:
// oneself, or for its keepers anybody.
func (s *Circles) Part(ctx context.Context, m Member, id string, who MemberID) error {
	return s.repo.InTx(ctx, func(tx Tx) error {
		look := kept
		if who == m.ID {
			look = known
		}
		c, err := look(ctx, tx, m, id)
		if err != nil {
			return err
		}
		was, call := c.RoleOf(who), c.CallOf(who)
		switch {
		case was == "" && call == nil:
			return nil
		case was == Keeper && c.keepers() == 1:
			return errLastKeeper
		}
		for _, key := range []string{c.invitation(who), c.request(who)} {
			if err := tx.Clear(ctx, key); err != nil {
				return err
			}
		}
		if err := tx.Part(ctx, id, who); err != nil || who == m.ID {
			return err
		}
		return s.tellParted(ctx, tx, c, m, who, was)
	})
}

// tellParted says to whom a keeper took out, or did not let in, that it is so.
func (s *Circles) tellParted(ctx context.Context, tx Tx, c *Circle, m Member, who MemberID, was Role) error {
	at := s.now().UTC()
	text := Text{FR: "Vous ne faites plus partie du groupe « {group} »", EN: "You are no longer in the group “{group}”"}
	if was == "" {
		text = Text{FR: "Le groupe « {group} » n’a pas retenu votre demande", EN: "The group “{group}” did not accept your request"}
		if call := c.CallOf(who); call != nil && call.Invited {
			return nil // an invitation that nobody took is no news
		}
	}
	if err := tx.Tell(ctx, c.note(who, at, "state:"+string(who), "/groups", text, Values{})); err != nil || was == "" {
		return err
	}
	return tx.Audit(ctx, AuditEntry{At: at, Actor: m.ID, Action: "group.remove", Subject: who, Territory: Group(c.ID), Object: c.ID})
}

// welcome makes who one of the group, or gives them another role in it; by whom is
// written down.
func (s *Circles) welcome(ctx context.Context, tx Tx, c *Circle, by Member, who MemberID, role Role, at time.Time) error {
	text := Text{FR: "Vous voilà dans le groupe « {group} »", EN: "You are in the group “{group}” now"}
	if role == Keeper {
		text = Text{FR: "Vous êtes responsable du groupe « {group} »", EN: "You keep the group “{group}” now"}
	}
	f := Fellow{Member: who, Role: role, Since: at}
	for _, was := range c.Fellows {
		if was.Member == who {
			f.Since = was.Since
		}
	}
	if err := tx.Clear(ctx, c.request(who)); err != nil {
		return err
	}
	if err := tx.SetFellow(ctx, c.ID, f); err != nil {
		return err
	}
	e := AuditEntry{At: at, Actor: by.ID, Action: "group.role", Subject: who, Territory: Group(c.ID), Object: c.ID, Detail: detail(map[string]string{"role": string(role)})}
	if err := tx.Audit(ctx, e); err != nil {
		return err
	}
	return tx.Tell(ctx, c.note(who, at, "state:"+string(who), c.page(), text, Values{}))
}

// invite asks somebody who works around the group's home, or whom it is not
// hidden from, to come in.
func (s *Circles) invite(ctx context.Context, tx Tx, c *Circle, by Member, who MemberID, at time.Time) error {
	found, err := tx.Reach(ctx, Population{People: []MemberID{who}})
	if err != nil {
		return err
	}
	if len(found) != 1 || !found[0].Around(c.Home) {
		return Refuse(Invalid, "Cette personne ne travaille pas autour de ce lieu.", "That person does not work around this place.")
	}
	if err := tx.SetCall(ctx, c.ID, Call{Member: who, Invited: true, At: at}); err != nil {
		return err
	}
	text := Text{FR: "{who} vous invite dans le groupe « {group} »", EN: "{who} invites you to the group “{group}”"}
	n := c.note(who, at, "", c.page(), text, Values{"who": by.Name})
	n.Key = c.invitation(who)
	return tx.Tell(ctx, n)
}

// tellKeepers says that m asks to come in.
func (c *Circle) tellKeepers(ctx context.Context, tx Tx, m Member, at time.Time) error {
	text := Text{FR: "{who} demande à rejoindre le groupe « {group} »", EN: "{who} asks to join the group “{group}”"}
	for _, f := range c.Fellows {
		if f.Role != Keeper {
			continue
		}
		n := c.note(f.Member, at, "", c.page(), text, Values{"who": m.Name})
		n.Key = c.request(m.ID)
		if err := tx.Tell(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

func (c *Circle) note(to MemberID, at time.Time, key, page string, text Text, v Values) Notification {
	v["group"] = c.Name
	return Notification{ID: newID(at), Member: to, Key: "group:" + c.ID + ":" + key, Why: Invited, Page: page, Text: text, Values: v, At: at}
}

func (c *Circle) page() string                   { return "/groups/" + c.ID }
func (c *Circle) invitation(who MemberID) string { return "group:" + c.ID + ":invite:" + string(who) }
func (c *Circle) request(who MemberID) string    { return "group:" + c.ID + ":ask:" + string(who) }

// in runs fn and returns the group as it is then.
func (s *Circles) in(ctx context.Context, id string, fn func(tx Tx) error) (*Circle, error) {
	var out *Circle
	err := s.repo.InTx(ctx, func(tx Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		var err error
		out, err = tx.Circle(ctx, id)
		return err
	})
	return out, err
}

// known is a group that m may know of.
func known(ctx context.Context, tx Tx, m Member, id string) (*Circle, error) {
	c, err := tx.Circle(ctx, id)
	if err == nil && !c.KnownTo(m) {
		err = ErrNotFound
	}
	return c, err
}

// kept is a group that m keeps.
func kept(ctx context.Context, tx Tx, m Member, id string) (*Circle, error) {
	c, err := known(ctx, tx, m, id)
	if err == nil && c.RoleOf(m.ID) != Keeper {
		err = Refuse(Forbidden, "Seuls les responsables du groupe peuvent faire cela.", "Only the keepers of the group can do this.")
	}
	return c, err
}

var (
	errArchived   = Refuse(Conflict, "Ce groupe est archivé : on le lit, on n’y écrit plus.", "This group is archived: it is read and takes nothing more.")
	errLastKeeper = Refuse(Conflict, "Le groupe n’a pas d’autre responsable : nommez-en un d’abord.", "The group has no other keeper: name one first.")
)
