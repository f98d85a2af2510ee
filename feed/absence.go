package feed

import (
	"context"
	"time"
)

// MaxAbsence bounds how long an announced absence is: who is away for longer is
// an administrator's matter.
const MaxAbsence = 400 * 24 * time.Hour

// Away announces when m is away and who decides meanwhile. There is one absence
// a member: the last word counts.
func (d *Directory) Away(ctx context.Context, m Member, from, until time.Time, delegate MemberID) error {
	return d.repo.InTx(ctx, func(tx Tx) error {
		now := d.now().UTC()
		switch {
		case !until.After(from), !until.After(now):
			return Refuse(Invalid, "La fin de l’absence doit suivre son début, et être à venir.", "The absence has to end after it begins, and in the future.")
		case until.Sub(from) > MaxAbsence:
			return Refuse(Invalid, "Une absence dure au plus 400 jours : vérifiez les dates.", "An absence lasts 400 days at most: check the dates.")
		}
		if delegate != "" {
			p, err := tx.Profile(ctx, delegate, now)
			if err != nil {
				return err
			}
			if !m.Scope().Reaches(p.Member) {
				return ErrNotFound
			}
			if !p.Replaces(m) {
				return Refuse(Invalid, "{who} n’a pas votre rôle : choisissez un collègue qui l’a.", "{who} does not have your role: choose a colleague who has.").
					With(Values{"who": p.Name})
			}
		}
		if !from.After(now) {
			if err := tx.EndPresence(ctx, m.ID); err != nil {
				return err
			}
		}
		return tx.SetAbsence(ctx, Absence{Member: m.ID, From: from.UTC(), Until: until.UTC(), Delegate: delegate})
	})
}

// Back ends m's absence, announced or under way.
func (d *Directory) Back(ctx context.Context, m Member) error {
	return d.repo.InTx(ctx, func(tx Tx) error { return tx.EndAbsence(ctx, m.ID) })
}

// Leave says that m goes: m is no longer present.
func (d *Directory) Leave(ctx context.Context, m Member) error {
	return d.repo.InTx(ctx, func(tx Tx) error { return tx.EndPresence(ctx, m.ID) })
}
