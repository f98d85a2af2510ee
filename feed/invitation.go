package feed

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// InvitedFor is how long an invitation may be accepted.
const InvitedFor = 7 * 24 * time.Hour

// Invitation asks somebody to a role at a place, by a code on paper. Only a hash
// of the code is kept.
type Invitation struct {
	ID      string
	Member  MemberID // whom it gives a way to sign in; empty: it makes a member
	Name    string   // of the person, as whoever invites knows them
	Lang    Lang
	Grant   Grant
	By      MemberID
	At      time.Time
	Expires time.Time
}

// Newcomer is what somebody says who accepts an invitation.
type Newcomer struct {
	Name string
	Lang Lang
	PIN  string
}

// demanding are the roles whose PIN is longer: they can do more harm.
var demanding = []Role{Lead, Manager, Animator, Admin, Auditor}

// LongPIN tells whether the role asks for a longer PIN.
func (r Role) LongPIN() bool { return slices.Contains(demanding, r) }

// Invite keeps an invitation under the hash of its code.
func (r *Roster) Invite(ctx context.Context, by Member, i Invitation, codeHash string) (Invitation, error) {
	now := r.now().UTC()
	i.ID, i.By, i.At, i.Expires = newID(now), by.ID, now, now.Add(InvitedFor).Truncate(time.Millisecond)
	err := r.repo.InTx(ctx, func(tx Tx) error {
		if err := r.address(ctx, tx, by, &i); err != nil {
			return err
		}
		switch {
		case !Can(by, Invite, i.Grant.Territory):
			return ErrNotFound
		case !MayGive(by, i.Grant):
			return errAboveOwn
		}
		if err := inTree(ctx, tx, i.Grant.Territory); err != nil {
			return err
		}
		if err := tx.AddInvitation(ctx, i, codeHash); err != nil {
			return fmt.Errorf("invite %s: %w", i.Name, err)
		}
		return tx.Audit(ctx, AuditEntry{
			At: now, Actor: by.ID, Action: "member.invite", Subject: i.Member, Territory: i.Grant.Territory, Object: i.ID, Detail: detail(map[string]string{"role": string(i.Grant.Role)}),
		})
	})
	return i, err
}

// address says whom an invitation is for. A member who is there already has a
// name, a language and roles; only who may give each of these may hand out what
// lets somebody in as them, and only before anybody came in as them.
func (r *Roster) address(ctx context.Context, tx Tx, by Member, i *Invitation) (err error) {
	if i.Member == "" {
		i.Name, err = displayName(i.Name)
		return err
	}
	m, err := tx.Person(ctx, i.Member)
	if err != nil {
		return err
	}
	ways, err := tx.WaysIn(ctx, m.ID)
	switch {
	case err != nil:
		return fmt.Errorf("ways in of %s: %w", m.ID, err)
	case !knows(by, m):
		return ErrNotFound
	case beyond(by, m):
		return errElsewhere
	case ways:
		return errHasWay
	}
	i.Name, i.Lang = m.Name, m.Lang
	for _, g := range m.Grants {
		if inPlaces := !g.Territory.IsGroup() && g.Role != Ambassador; inPlaces && (i.Grant.Role == "" || g.Role.LongPIN() && !i.Grant.Role.LongPIN()) {
			i.Grant = g // that which asks for the longest PIN
		}
	}
	return nil
}

// Withdraw takes an invitation back before somebody accepted it.
func (r *Roster) Withdraw(ctx context.Context, by Member, id string) error {
	return r.repo.InTx(ctx, func(tx Tx) error {
		i, err := tx.Invitation(ctx, id)
		if err != nil {
			return err
		}
		if !Can(by, Invite, i.Grant.Territory) {
			return ErrNotFound
		}
		if err := tx.DropInvitation(ctx, id); err != nil {
			return fmt.Errorf("withdraw the invitation %s: %w", id, err)
		}
		return tx.Audit(ctx, AuditEntry{At: r.now(), Actor: by.ID, Action: "member.uninvite", Territory: i.Grant.Territory, Object: id})
	})
}

// Invited returns what a code invites to, ErrNotFound when it does no more.
func (r *Roster) Invited(ctx context.Context, codeHash string) (i Invitation, err error) {
	err = r.repo.InTx(ctx, func(tx Tx) error {
		found, err := tx.InvitationFor(ctx, codeHash, r.now())
		if err == nil {
			i = *found
		}
		return err
	})
	return i, err
}

// Accept makes who has the code a member, or the member that the code is for. A
// code serves once.
func (r *Roster) Accept(ctx context.Context, codeHash, name string, lang Lang, pinHash string) (m Member, err error) {
	if name, err = displayName(name); err != nil {
		return Member{}, err
	}
	err = r.repo.InTx(ctx, func(tx Tx) error {
		i, err := tx.InvitationFor(ctx, codeHash, r.now())
		if err != nil {
			return err
		}
		m = Member{ID: i.Member, Name: name, Lang: lang, Grants: []Grant{i.Grant}}
		if err := r.seat(ctx, tx, &m, pinHash); err != nil {
			return fmt.Errorf("welcome %s: %w", name, err)
		}
		if err := tx.DropInvitation(ctx, i.ID); err != nil {
			return fmt.Errorf("welcome %s: %w", m.ID, err)
		}
		return tx.Audit(ctx, AuditEntry{
			At: r.now(), Actor: i.By, Action: "member.join", Subject: m.ID, Territory: i.Grant.Territory, Object: i.ID, Detail: detail(map[string]string{"role": string(i.Grant.Role)}),
		})
	})
	return m, err
}

// seat gives who comes a PIN: as the member that they are already, or as one
// whose name to sign in with is made of theirs.
func (r *Roster) seat(ctx context.Context, tx Tx, m *Member, pinHash string) (err error) {
	if m.ID != "" {
		return tx.Equip(ctx, m.ID, m.Name, m.Lang, pinHash)
	}
	if m.ID, err = freeName(ctx, tx, m.Name); err != nil {
		return err
	}
	return tx.Enlist(ctx, *m, pinHash)
}

// maxName bounds what people are called, in characters.
const maxName = 60

func displayName(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if err := checkText(name, maxName, Text{FR: "Le nom", EN: "The name"}); err != nil {
		return "", err
	}
	if clean(name) != name {
		return "", Refuse(Invalid, "Le nom contient des caractères illisibles.", "The name holds unreadable characters.")
	}
	return name, nil
}

// freeName is a name to sign in with, "lea.martin", that is nobody's yet.
func freeName(ctx context.Context, tx Tx, name string) (MemberID, error) {
	base := dotted(name)
	for n := 1; ; n++ {
		id := MemberID(base)
		if n > 1 {
			id = MemberID(fmt.Sprintf("%s%d", base, n))
		}
		taken, err := tx.Taken(ctx, id)
		if err != nil {
			return "", fmt.Errorf("a name for %s: %w", name, err)
		}
		if !taken {
			return id, nil
		}
	}
}

// dotted is a name in small letters with points between the words.
func dotted(name string) string {
	words := strings.FieldsFunc(Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return "membre"
	}
	return strings.Join(words, ".")
}

var errHasWay = Refuse(Conflict,
	"Cette personne a déjà un moyen d’entrer : un code PIN, un badge ou le compte de l’entreprise.",
	"This person has a way to sign in already: a PIN, a badge or the company’s account.")
