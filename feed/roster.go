package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// rosterTx is what a [Roster] does in a transaction.
type rosterTx interface {
	// Person returns a member who is not revoked, ErrNotFound when there is none.
	Person(ctx context.Context, id MemberID) (*Member, error)
	// Taken tells whether a name to sign in with is or was somebody's.
	Taken(ctx context.Context, id MemberID) (bool, error)
	// Enlist adds a person with the hash of a PIN.
	Enlist(ctx context.Context, m Member, pinHash string) error
	// Bestow gives a member a role, or takes it, and tells whether that
	// changed anything.
	Bestow(ctx context.Context, id MemberID, g Grant, on bool) (changed bool, err error)
	// Dismiss takes away everything that a member may do and ends every
	// session of theirs.
	Dismiss(ctx context.Context, id MemberID) error
	// AddInvitation keeps an invitation under the hash of its code, in the place
	// of one that the same member had.
	AddInvitation(ctx context.Context, i Invitation, codeHash string) error
	// WaysIn tells whether a member has a PIN, a badge or an account of the
	// company.
	WaysIn(ctx context.Context, id MemberID) (bool, error)
	// Equip gives a member without any of them a PIN by its hash, a name and a
	// language.
	Equip(ctx context.Context, id MemberID, name string, lang Lang, pinHash string) error
	// InvitationFor returns what a code invites to, ErrNotFound when it invites
	// to nothing any more.
	InvitationFor(ctx context.Context, codeHash string, now time.Time) (*Invitation, error)
	// Invitation returns an invitation that waits.
	Invitation(ctx context.Context, id string) (*Invitation, error)
	// DropInvitation forgets an invitation: it was used or withdrawn.
	DropInvitation(ctx context.Context, id string) error
}

// Roster is who has which role where. Each method is one transaction that asks
// what the one who acts may give, and is written down.
type Roster struct {
	repo Repository
	now  func() time.Time
}

// NewRoster returns a roster on repo whose clock is now.
func NewRoster(repo Repository, now func() time.Time) *Roster { return &Roster{repo: repo, now: now} }

// Console is who acts on the command line: whoever may run it may do anything.
func Console() Member { return Member{Grants: []Grant{{Territory: "", Role: Admin}}} }

// Give gives somebody a role at a place. Nobody gives themselves one.
func (r *Roster) Give(ctx context.Context, by Member, id MemberID, g Grant) error {
	return r.change(ctx, by, id, g, true)
}

// Take takes a role away.
func (r *Roster) Take(ctx context.Context, by Member, id MemberID, g Grant) error {
	return r.change(ctx, by, id, g, false)
}

func (r *Roster) change(ctx context.Context, by Member, id MemberID, g Grant, on bool) error {
	return r.repo.InTx(ctx, func(tx Tx) error {
		m, err := tx.Person(ctx, id)
		switch {
		case err != nil:
			return err
		case !Can(by, Appoint, g.Territory) || !knows(by, m):
			return ErrNotFound
		case by.ID == id:
			return errOwnRole
		case !MayGive(by, g):
			return errAboveOwn
		}
		if err := inTree(ctx, tx, g.Territory); err != nil {
			return err
		}
		changed, err := tx.Bestow(ctx, id, g, on)
		if err != nil || !changed {
			return err
		}
		action := "role.take"
		if on {
			action = "role.give"
		}
		return tx.Audit(ctx, AuditEntry{At: r.now(), Actor: by.ID, Action: action, Subject: id, Territory: g.Territory, Detail: detail(map[string]string{"role": string(g.Role)})})
	})
}

// Dismiss ends everything that somebody may do, within a moment and everywhere.
// What they wrote stays. It is asked of somebody who appoints wherever the
// person works.
func (r *Roster) Dismiss(ctx context.Context, by Member, id MemberID) error {
	return r.repo.InTx(ctx, func(tx Tx) error {
		m, err := tx.Person(ctx, id)
		switch {
		case err != nil:
			return err
		case !knows(by, m):
			return ErrNotFound
		case by.ID == id:
			return errOwnRole
		case beyond(by, m):
			return errElsewhere
		}
		if err := tx.Audit(ctx, AuditEntry{At: r.now(), Actor: by.ID, Action: "member.revoke", Subject: id}); err != nil {
			return err
		}
		return tx.Dismiss(ctx, id)
	})
}

// knows tells whether by appoints somewhere that m works.
func knows(by Member, m *Member) bool {
	return slices.ContainsFunc(m.Grants, func(g Grant) bool { return Can(by, Appoint, g.Territory) })
}

func inTree(ctx context.Context, tx Tx, place Path) error {
	tree, err := tx.Tree(ctx)
	if err != nil {
		return fmt.Errorf("territory tree: %w", err)
	}
	if _, there := tree.Get(place); !there {
		return ErrNotFound
	}
	return nil
}

// detail is what changed, as the audit log keeps it.
func detail(what map[string]string) json.RawMessage {
	text, _ := json.Marshal(what) // of strings: never fails
	return text
}

var (
	errOwnRole  = Refuse(Forbidden, "Personne ne change ses propres rôles : demandez à un autre responsable.", "Nobody changes their own roles: ask somebody else who may.")
	errAboveOwn = Refuse(Forbidden, "Ce rôle dépasse le vôtre : demandez à un administrateur.", "This role is above yours: ask an administrator.")
	// errElsewhere is also what an administrator of a part is told.
	errElsewhere = Refuse(Forbidden,
		"Cette personne travaille aussi hors de votre périmètre : un administrateur de l’ensemble doit le faire.",
		"This person works outside of your scope too: an administrator of all of it has to do this.")
)
