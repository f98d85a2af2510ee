package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// Roster is where invitations are kept, by the hash of their code.
type Roster interface {
	Invite(ctx context.Context, by feed.Member, i feed.Invitation, codeHash string) (feed.Invitation, error)
	// Invited and Accept return ErrNotFound for a code that invites to nothing.
	Invited(ctx context.Context, codeHash string) (feed.Invitation, error)
	Accept(ctx context.Context, codeHash, name string, lang feed.Lang, pinHash string) (feed.Member, error)
	// Import asks for what is kept of each badge.
	Import(ctx context.Context, by feed.Member, rows []feed.Row, hash func(context.Context, string) (string, error), dry bool) (feed.Intake, error)
}

// Reception welcomes people by a code on paper.
type Reception struct {
	roster Roster
	turns  turns
}

// NewReception returns a reception that keeps its invitations in roster.
func NewReception(roster Roster) *Reception { return &Reception{roster: roster, turns: newTurns()} }

// Invite keeps an invitation and returns the code to hand over.
func (r *Reception) Invite(ctx context.Context, by feed.Member, i feed.Invitation) (_ feed.Invitation, code string, err error) {
	plain := newPlain()
	kept, err := r.kept(ctx, plain)
	if err != nil {
		return feed.Invitation{}, "", fmt.Errorf("invite %s: %w", i.Name, err)
	}
	i, err = r.roster.Invite(ctx, by, i, kept)
	return i, inHalves(plain), err
}

// Look returns what a code invites to.
func (r *Reception) Look(ctx context.Context, code string) (feed.Invitation, error) {
	kept, err := r.kept(ctx, typed(code))
	if err != nil {
		return feed.Invitation{}, err
	}
	i, err := r.roster.Invited(ctx, kept)
	return i, uninvited(err)
}

// Accept makes who has the code a member. Roles that can do more harm have a
// longer PIN; none has one that everybody tries first.
func (r *Reception) Accept(ctx context.Context, code string, n feed.Newcomer) (feed.Member, error) {
	kept, err := r.kept(ctx, typed(code))
	if err != nil {
		return feed.Member{}, err
	}
	i, err := r.roster.Invited(ctx, kept)
	if err != nil {
		return feed.Member{}, uninvited(err)
	}
	if err := checkNewPIN(n.PIN, i.Grant.Role); err != nil {
		return feed.Member{}, err
	}
	var pinHash string
	if err := r.turns.take(ctx, func() { pinHash = hash(n.PIN) }); err != nil {
		return feed.Member{}, err
	}
	m, err := r.roster.Accept(ctx, kept, n.Name, n.Lang, pinHash)
	return m, uninvited(err)
}

// Import makes members of the people of a file; with dry it only looks.
func (r *Reception) Import(ctx context.Context, by feed.Member, rows []feed.Row, dry bool) (feed.Intake, error) {
	return r.roster.Import(ctx, by, rows, func(ctx context.Context, badge string) (kept string, err error) {
		err = r.turns.take(ctx, func() { kept = digest("badge", strings.TrimSpace(badge)) })
		return kept, err
	}, dry)
}

func (r *Reception) kept(ctx context.Context, plain string) (kept string, err error) {
	if len(plain) != codeLength {
		return "", errInvitation
	}
	err = r.turns.take(ctx, func() { kept = digest("invitation", plain) })
	return kept, err
}

func uninvited(err error) error {
	if errors.Is(err, feed.ErrNotFound) {
		return errInvitation
	}
	return err
}

const longPIN = 6

// checkNewPIN refuses PINs that are too short for a role, and those that are
// guessed first: one digit again and again, two by turns, or a run.
func checkNewPIN(pin string, role feed.Role) error {
	if err := checkPIN(pin); err != nil {
		return err
	}
	if role.LongPIN() && len(pin) < longPIN {
		return errShortPIN.With(feed.Values{"min": float64(longPIN)})
	}
	if trivial(pin) {
		return errTrivialPIN
	}
	return nil
}

func trivial(pin string) bool {
	runs := "01234567890123 98765432109876"
	if strings.Contains(runs, pin) {
		return true
	}
	for _, period := range []int{1, 2} {
		if strings.Repeat(pin[:period], len(pin)/period+1)[:len(pin)] == pin {
			return true
		}
	}
	return false
}

var (
	errInvitation = feed.Refuse(feed.Unauthorized,
		"Cette invitation a déjà servi ou n’est plus valable : demandez-en une autre à votre responsable.",
		"This invitation was used already or is no longer valid: ask your manager for another.")
	errShortPIN   = feed.Refuse(feed.Invalid, "Pour votre rôle, le code PIN compte au moins {min} chiffres.", "For your role the PIN has at least {min} digits.")
	errTrivialPIN = feed.Refuse(feed.Invalid, "Ce code se devine trop vite : évitez les suites et les répétitions.", "This PIN is guessed too quickly: avoid runs and repetitions.")
)
