package feed

import (
	"context"
	"fmt"
	"time"
)

// Warrant is with what the company's identity provider is asked again whether
// the account of a member still stands. Only the provider's room reads its seal.
type Warrant struct {
	Issuer, Subject string
	Member          MemberID
	Sealed          string
}

// warrantTx is what following an account takes of a transaction. What was sealed
// for a sign-in since then stays: only the newest tells anything.
type warrantTx interface {
	// Warrant takes the place of what an account was asked with, unless it is none:
	// not every sign-in gives one. A member whom the account's end had shut out is
	// let in again, which it tells.
	Warrant(ctx context.Context, issuer, subject, sealed string, at time.Time) (back bool, err error)
	// Rewarrant takes the place of w, unless another did already.
	Rewarrant(ctx context.Context, w Warrant, sealed string) error
	// Lapse shuts out the member of an account that ended, until it stands again,
	// and ends every session of theirs. It tells whether w was still the newest.
	Lapse(ctx context.Context, w Warrant, at time.Time) (done bool, err error)
}

// ErrAccountEnded is what a provider says of an account that it no longer knows,
// or lets in no more.
var ErrAccountEnded = Refuse(Unauthorized,
	"Le service des comptes de l’entreprise ne reconnaît plus ce compte.",
	"The company’s account service does not know this account any more.")

// Lapse shuts out a member whose account ended at the company: sessions, PIN,
// badge, the links and invitations they gave, and what would be written to them.
// All of it comes back if the account does, for an account may be closed by
// mistake; what was taken away here does not.
func (r *Roster) Lapse(ctx context.Context, w Warrant) error {
	return r.repo.InTx(ctx, func(tx Tx) error {
		done, err := tx.Lapse(ctx, w, r.now())
		if err != nil {
			return fmt.Errorf("account of %s ended: %w", w.Member, err)
		}
		if !done {
			return nil
		}
		return tx.Audit(ctx, AuditEntry{At: r.now(), Action: "member.lapse", Subject: w.Member, Detail: detail(map[string]string{"source": "oidc"})})
	})
}

// Renew gives a member the name and roles that their account has by now. An
// account that says who it is anew is somebody else's word.
func (r *Roster) Renew(ctx context.Context, w Warrant, a CompanyAccount) error {
	if a.Issuer != w.Issuer || a.Subject != w.Subject {
		return fmt.Errorf("account of %s: the provider tells of somebody else", w.Member)
	}
	return r.repo.InTx(ctx, func(tx Tx) error {
		grants, err := inPlace(ctx, tx, a.Grants)
		if err != nil {
			return err
		}
		switch id, err := tx.Bound(ctx, w.Issuer, w.Subject); {
		case err != nil:
			return fmt.Errorf("account of %s: %w", w.Member, err)
		case id != w.Member:
			return nil
		}
		if _, err := tx.Person(ctx, w.Member); err != nil {
			return err
		}
		if err := r.follow(ctx, tx, w.Member, a, grants); err != nil {
			return fmt.Errorf("account of %s: %w", w.Member, err)
		}
		if a.Warrant == w.Sealed {
			return nil
		}
		return tx.Rewarrant(ctx, w, a.Warrant)
	})
}
