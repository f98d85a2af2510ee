package feed

import (
	"context"
	"errors"
	"fmt"
)

// CompanyErrand is for what somebody is sent to the company's identity provider,
// and what they come back to. Nobody can change it on the way.
type CompanyErrand struct {
	Redirect string   // where the provider sends them back to
	To       string   // page that they see in the end
	Again    bool     // they show who they are though they did before
	Link     MemberID // who makes the account theirs; empty: somebody who signs in
}

// Link makes an account of the company that is nobody's yet that of a member who
// came another way: from now on both are one. Their name and roles follow the
// account as anybody's do, roles that people gave stay, and when the account
// ends, everything ends: PIN and badge too. Refused, it changes nothing.
func (r *Roster) Link(ctx context.Context, id MemberID, a CompanyAccount) error {
	return r.repo.InTx(ctx, func(tx Tx) error {
		if err := linkable(ctx, tx, id, a); err != nil {
			return err
		}
		grants, err := inPlace(ctx, tx, a.Grants)
		if err != nil {
			return err
		}
		if err := tx.Bind(ctx, a.Issuer, a.Subject, id, r.now()); err != nil {
			return fmt.Errorf("company account of %s: %w", id, err)
		}
		if err := tx.Audit(ctx, AuditEntry{At: r.now(), Actor: id, Action: "member.link", Subject: id, Detail: detail(map[string]string{"source": "oidc"})}); err != nil {
			return err
		}
		if err := r.readmit(ctx, tx, id, a); err != nil {
			return fmt.Errorf("company account of %s: %w", id, err)
		}
		if err := r.follow(ctx, tx, id, a, grants); err != nil {
			return fmt.Errorf("company account of %s: %w", id, err)
		}
		return nil
	})
}

// linkable refuses an account that is somebody's, and who has one already.
func linkable(ctx context.Context, tx Tx, id MemberID, a CompanyAccount) error {
	switch owner, err := tx.Bound(ctx, a.Issuer, a.Subject); {
	case err == nil && owner == id:
		return ErrHasAccount
	case err == nil:
		return ErrAccountTaken
	case !errors.Is(err, ErrNotFound):
		return fmt.Errorf("company account: %w", err)
	}
	switch has, err := tx.HasAccount(ctx, a.Issuer, id); {
	case err != nil:
		return fmt.Errorf("company account of %s: %w", id, err)
	case has:
		return ErrHasAccount
	}
	switch _, err := tx.Person(ctx, id); {
	case errors.Is(err, ErrNotFound):
		return ErrLeft
	case err != nil:
		return fmt.Errorf("%s: %w", id, err)
	}
	return nil
}

// Why an account is not made somebody's.
var (
	ErrAccountTaken = Refuse(Conflict,
		"Ce compte de l’entreprise est déjà celui d’un autre membre : rien n’a été relié ; demandez à un administrateur.",
		"This company account is another member’s already: nothing was linked; ask an administrator.")
	ErrHasAccount = Refuse(Conflict,
		"Vous avez déjà un compte de l’entreprise ici : rien n’a changé ; pour un autre compte, demandez à un administrateur.",
		"You have a company account here already: nothing changed; for another account, ask an administrator.")
	ErrSomebodyElse = Refuse(Unauthorized,
		"La personne identifiée ici n’est plus la même : rien n’a été relié. Identifiez-vous, puis recommencez.",
		"Who is signed in here is no longer the same: nothing was linked. Sign in, then start again.")
)
