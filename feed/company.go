package feed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// CompanyAccount is somebody as the company's identity provider tells of them.
// Issuer and subject say who it is, for ever; a name or an address of e-mail
// may be somebody else's tomorrow and says nothing.
type CompanyAccount struct {
	Issuer, Subject string
	Name            string
	Lang            Lang
	Grants          []Grant   // what the groups of the person stand for here
	ProvedAt        time.Time // when they last showed the provider who they are; zero: not told
	Warrant         string    // with what the provider is asked again; empty: it gives nothing to ask with
}

// companyTx is what letting somebody in with such an account takes of a
// transaction.
type companyTx interface {
	// Bound returns whose an account is, revoked or not; ErrNotFound when it is
	// nobody's yet. Until the transaction ends it stays so.
	Bound(ctx context.Context, issuer, subject string) (MemberID, error)
	// Bind makes an account a member's for ever.
	Bind(ctx context.Context, issuer, subject string, id MemberID, at time.Time) error
	// HasAccount tells whether a member has an account of an issuer.
	HasAccount(ctx context.Context, issuer string, id MemberID) (bool, error)
	// Rename changes what a member is called.
	Rename(ctx context.Context, id MemberID, name string) error
	// MatchAccount makes these the roles that a member has by the company's account,
	// and returns what that changed. Those that people gave stay.
	MatchAccount(ctx context.Context, id MemberID, grants []Grant) (given, taken []Grant, err error)
	// EndSessions ends every session of a member.
	EndSessions(ctx context.Context, id MemberID) error
	warrantTx
}

// Admit lets somebody in with the company's account: as a new member the first
// time, as the same one ever after. Roles follow the account's groups; those
// that people gave stay. Whoever has no role is turned away, and one who was
// revoked here stays so whatever the account says.
func (r *Roster) Admit(ctx context.Context, a CompanyAccount) (m Member, err error) {
	var away error // what is taken from somebody who is turned away is kept
	err = r.repo.InTx(ctx, func(tx Tx) error {
		m, away = Member{}, nil
		grants, err := inPlace(ctx, tx, a.Grants)
		if err != nil {
			return err
		}
		id, err := tx.Bound(ctx, a.Issuer, a.Subject)
		if errors.Is(err, ErrNotFound) {
			if len(grants) == 0 {
				away = ErrNoRole
				return nil
			}
			id, err = r.enrol(ctx, tx, a)
		}
		if err != nil {
			return fmt.Errorf("company account: %w", err)
		}
		if err := r.readmit(ctx, tx, id, a); err != nil {
			return fmt.Errorf("company account of %s: %w", id, err)
		}
		switch _, err := tx.Person(ctx, id); {
		case errors.Is(err, ErrNotFound):
			away = ErrLeft
			return nil
		case err != nil:
			return err
		}
		if err := r.follow(ctx, tx, id, a, grants); err != nil {
			return fmt.Errorf("company account of %s: %w", id, err)
		}
		person, err := tx.Person(ctx, id)
		if err != nil {
			return err
		}
		if m = *person; len(m.Grants) == 0 {
			away = ErrNoRole
		}
		return nil
	})
	return m, errors.Join(err, away)
}

// enrol makes who has an account a member, whose roles come next.
func (r *Roster) enrol(ctx context.Context, tx Tx, a CompanyAccount) (MemberID, error) {
	m := Member{Name: companyName(a.Name), Lang: a.Lang}
	var err error
	if m.ID, err = freeName(ctx, tx, m.Name); err != nil {
		return "", err
	}
	if err := tx.Enlist(ctx, m, ""); err != nil {
		return "", err
	}
	if err := tx.Bind(ctx, a.Issuer, a.Subject, m.ID, r.now()); err != nil {
		return "", err
	}
	return m.ID, tx.Audit(ctx, AuditEntry{At: r.now(), Action: "member.join", Subject: m.ID, Territory: a.Grants[0].Territory, Detail: detail(map[string]string{"source": "oidc"})})
}

// readmit keeps with what the provider is asked again, and lets in who was shut
// out when the account ended: it stands again.
func (r *Roster) readmit(ctx context.Context, tx Tx, id MemberID, a CompanyAccount) error {
	back, err := tx.Warrant(ctx, a.Issuer, a.Subject, a.Warrant, r.now())
	if err != nil || !back {
		return err
	}
	return tx.Audit(ctx, AuditEntry{At: r.now(), Action: "member.return", Subject: id, Detail: detail(map[string]string{"source": "oidc"})})
}

// follow gives a member the name and the roles of their account, and writes
// each change down. An account without a name leaves them theirs. Whoever lost
// the last of these roles is signed out.
func (r *Roster) follow(ctx context.Context, tx Tx, id MemberID, a CompanyAccount, grants []Grant) error {
	if name := shownName(a.Name); name != "" {
		if err := tx.Rename(ctx, id, name); err != nil {
			return err
		}
	}
	given, taken, err := tx.MatchAccount(ctx, id, grants)
	if err != nil {
		return err
	}
	for action, changed := range map[string][]Grant{"role.give": given, "role.take": taken} {
		for _, g := range changed {
			e := AuditEntry{At: r.now(), Action: action, Subject: id, Territory: g.Territory, Detail: detail(map[string]string{"role": string(g.Role), "source": "oidc"})}
			if err := tx.Audit(ctx, e); err != nil {
				return err
			}
		}
	}
	if len(taken) > 0 && len(grants) == 0 {
		return tx.EndSessions(ctx, id)
	}
	return nil
}

// inPlace is the grants whose place there is: a configuration may name one that
// is not there yet, or no longer.
func inPlace(ctx context.Context, tx Tx, grants []Grant) ([]Grant, error) {
	tree, err := tx.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	var out []Grant
	for _, g := range grants {
		if _, there := tree.Get(g.Territory); there {
			out = append(out, g)
		}
	}
	return out, nil
}

// companyName is what a new member is called: whatever the account holds, nobody
// is kept out for it.
func companyName(name string) string { return cmp.Or(shownName(name), "Membre") }

// shownName is the name of an account as it is shown, empty when it has none.
func shownName(name string) string {
	name = strings.Join(strings.Fields(clean(name)), " ")
	if long := []rune(name); len(long) > maxName {
		name = strings.TrimSpace(string(long[:maxName]))
	}
	return name
}

// Why somebody is not let in with the company's account.
var (
	ErrNoRole = Refuse(Unauthorized,
		"Votre compte est connu, mais aucun de ses groupes n’a de rôle ici : demandez à votre responsable.",
		"Your account is known, but none of its groups has a role here: ask your manager.")
	ErrLeft = Refuse(Unauthorized,
		"Votre accès a été retiré ici : adressez-vous à votre responsable.",
		"Your access was taken away here: ask your manager.")
	ErrAskedLongAgo = Refuse(Unauthorized,
		"Cette connexion a trop attendu ou a déjà servi : recommencez.",
		"This sign-in waited too long or was used already: start again.")
	ErrClocksDiffer = Refuse(Unauthorized,
		"L’heure du service des comptes et celle de Fildefer diffèrent : prévenez un administrateur.",
		"The clocks of the account service and of Fildefer differ: tell an administrator.")
	ErrNoProvider = Refuse(Unauthorized,
		"Le service des comptes de l’entreprise ne répond pas : réessayez dans un instant, ou utilisez votre code PIN.",
		"The company’s account service does not answer: try again in a moment, or use your PIN.")
	ErrNotBelieved = Refuse(Unauthorized,
		"La réponse du service des comptes n’a pas pu être vérifiée : recommencez ; si cela revient, prévenez un administrateur.",
		"The answer of the account service could not be verified: start again; if it comes back, tell an administrator.")
	ErrDeclined = Refuse(Unauthorized,
		"Le service des comptes de l’entreprise ne vous a pas laissé entrer : recommencez, ou utilisez votre code PIN.",
		"The company’s account service did not let you in: start again, or use your PIN.")
	ErrSharedDevice = Refuse(Forbidden,
		"Sur un appareil partagé, entrez par votre badge ou votre code PIN.",
		"On a shared device, sign in by your badge or your PIN.")
)
