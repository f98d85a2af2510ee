package feed

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"
)

// farewellTx is what forgetting somebody takes of a transaction.
type farewellTx interface {
	// Bid keeps that a member asked to be forgotten, or no longer does.
	Bid(ctx context.Context, id MemberID, at time.Time, on bool) error
	// Forget puts the name of nobody in the place of a member's wherever it
	// stands, and deletes what was theirs alone. It returns ErrNotFound when
	// there is nobody of that id, revoked or not.
	Forget(ctx context.Context, id, as MemberID, name string) error
}

// Erasure is what is kept of somebody's having been forgotten: enough to forget
// them again after an older copy of the database was restored, and nothing that
// tells who it was.
type Erasure struct {
	At     time.Time `json:"at"`
	Salt   string    `json:"salt"`
	Digest string    `json:"digest"` // of the salt and the name that the person signed in with
	As     MemberID  `json:"as"`
}

// formerMember stands where the name of somebody stood who was forgotten.
const formerMember = "Ancien membre"

// Concerns tells whether it is that member who was forgotten.
func (e Erasure) Concerns(id MemberID) bool { return Salted(e.Salt, string(id)) == e.Digest }

// Bid keeps that m asks to be forgotten, or no longer does.
func (r *Roster) Bid(ctx context.Context, m Member, on bool) error {
	return r.repo.InTx(ctx, func(tx Tx) error {
		if err := tx.Bid(ctx, m.ID, r.now(), on); err != nil {
			return fmt.Errorf("farewell of %s: %w", m.ID, err)
		}
		action := "person.stay"
		if on {
			action = "person.leave"
		}
		return tx.Audit(ctx, AuditEntry{At: r.now(), Actor: m.ID, Subject: m.ID, Action: action})
	})
}

// Erase forgets somebody: what they wrote stays as that of a former member. It
// is kept by keep before it is done, so that a restored database learns of it.
// An auditor of a place where the person works approves it by doing it.
func (r *Roster) Erase(ctx context.Context, by Member, id MemberID, keep func(Erasure) error) error {
	now := r.now().UTC()
	salt := rand.Text()
	e := Erasure{At: now, Salt: salt, Digest: Salted(salt, string(id)), As: MemberID("former-" + strings.ToLower(rand.Text()[:12]))}
	return r.repo.InTx(ctx, func(tx Tx) error {
		if by.ID != "" {
			if err := approves(ctx, tx, by, id); err != nil {
				return err
			}
		}
		if err := keep(e); err != nil {
			return fmt.Errorf("keep that somebody was erased: %w", err)
		}
		return r.forget(ctx, tx, by.ID, id, e)
	})
}

// Reapply forgets again whom a restored copy of the database knows, and tells
// how many they were. Done again it changes nothing.
func (r *Roster) Reapply(ctx context.Context, erasures []Erasure, known []MemberID) (again int, err error) {
	for _, id := range known {
		for _, e := range erasures {
			if !e.Concerns(id) {
				continue
			}
			err := r.repo.InTx(ctx, func(tx Tx) error { return r.forget(ctx, tx, "", id, e) })
			if err != nil {
				return again, err
			}
			again++
			break
		}
	}
	return again, nil
}

func (r *Roster) forget(ctx context.Context, tx Tx, by, id MemberID, e Erasure) error {
	if err := tx.Forget(ctx, id, e.As, formerMember); err != nil {
		return fmt.Errorf("forget a member: %w", err)
	}
	return tx.Audit(ctx, AuditEntry{At: r.now(), Actor: by, Action: "person.erase", Object: string(e.As)})
}

func approves(ctx context.Context, tx Tx, by Member, id MemberID) error {
	m, err := tx.Person(ctx, id)
	if err != nil {
		return err
	}
	for _, g := range m.Grants {
		if Can(by, Audit, g.Territory) && by.ID != id {
			return nil
		}
	}
	return ErrNotFound
}
