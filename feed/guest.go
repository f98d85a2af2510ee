package feed

import (
	"context"
	"fmt"
	"time"
)

// GuestID identifies a guest's link.
type GuestID string

// Bounds of a guest's link.
const (
	MaxGuestDays = 30
	MaxGuestName = 80
)

// Guest is somebody from outside who reads one post and its conversation, and
// nothing else, by a link that ends.
type Guest struct {
	ID    GuestID
	Post  PostID
	Name  string // shown over what they read
	By    Author
	At    time.Time
	Until time.Time
	Ended time.Time // taken back; zero: not
}

// Valid tells whether the link opens its post.
func (g Guest) Valid(now time.Time) bool { return g.Ended.IsZero() && now.Before(g.Until) }

// guestTx is what guests' links need of a transaction.
type guestTx interface {
	// AddGuest keeps a link under the hash of its token; added again, the new
	// token takes the place of the old.
	AddGuest(ctx context.Context, g Guest, hash string) error
	// EndGuest takes a link back, ErrNotFound when the post has none of that id.
	EndGuest(ctx context.Context, post PostID, id GuestID, at time.Time) error
}

// AdmitGuest makes a link for a guest, of whose token only the hash is kept.
// Asked again under the same key the same link gets the new token: the answer
// that held the first one was lost on its way.
func (s *Service) AdmitGuest(ctx context.Context, m Member, id PostID, name string, days int, hash string) (*Guest, error) {
	name = Harmless(name)
	if err := checkText(name, MaxGuestName, Text{FR: "Le nom de l’invité", EN: "The name of the guest"}); err != nil {
		return nil, err
	}
	if days < 1 || days > MaxGuestDays {
		return nil, Refuse(Invalid, "Un lien d’invité vaut de 1 à {limit} jours.", "A guest’s link is good for 1 to {limit} days.").With(Values{"limit": float64(MaxGuestDays)})
	}
	sent, err := newRequest(ctx, m, "guest", string(id), name, fmt.Sprint(days))
	if err != nil {
		return nil, err
	}
	var g *Guest
	err = s.repo.InTx(ctx, func(tx Tx) error {
		at := s.now().UTC()
		p, err := actable(ctx, tx, m, Read, id)
		if err != nil {
			return err
		}
		if err := mayAdmit(m, p); err != nil {
			return err
		}
		r := sent
		r.Post = id
		known, err := r.recall(ctx, tx)
		if err != nil {
			return err
		}
		g = &Guest{ID: GuestID(newID(at)), Post: id, Name: name, By: person(m), At: at, Until: at.AddDate(0, 0, days)}
		if known {
			g.ID = GuestID(r.Comment)
		}
		if err := tx.AddGuest(ctx, *g, hash); err != nil || known {
			return err
		}
		r.Comment = CommentID(g.ID)
		if err := r.keep(ctx, tx); err != nil {
			return err
		}
		return tx.Audit(ctx, AuditEntry{At: at, Actor: m.ID, Action: "guest.admit", Territory: p.Territory, Object: string(id)})
	})
	return g, err
}

// EndGuest takes a guest's link back.
func (s *Service) EndGuest(ctx context.Context, m Member, id PostID, guest GuestID) error {
	return s.repo.InTx(ctx, func(tx Tx) error {
		at := s.now().UTC()
		p, err := actable(ctx, tx, m, Read, id)
		if err != nil {
			return err
		}
		if err := mayAdmit(m, p); err != nil {
			return err
		}
		if err := tx.EndGuest(ctx, id, guest, at); err != nil {
			return err
		}
		return tx.Audit(ctx, AuditEntry{At: at, Actor: m.ID, Action: "guest.end", Territory: p.Territory, Object: string(id)})
	})
}

// mayAdmit lets those open one post to a guest who moderate or oversee its
// place. What few may see is shown to no guest.
func mayAdmit(m Member, p *Post) error {
	if p.Audience != Everybody {
		return ErrNotFound
	}
	if Can(m, Oversee, p.Territory) {
		return nil
	}
	return Require(m, Moderate, p.Territory)
}
