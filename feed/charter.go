package feed

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// CharterGrace is for how long one writes at a place whose charter one was asked
// to accept and has not.
const CharterGrace = 7 * day

// Acceptance is how a member stands to the charter of a place. A charter whose
// text changed is asked for again.
type Acceptance struct {
	Place      Path // whose charter it is
	Member     MemberID
	Asked      int // version; 0: none
	AskedAt    time.Time
	Accepted   int // version; 0: none
	AcceptedAt time.Time
}

// CharterCount is how far a charter has come among those who were asked. There
// is no way from it to a person.
type CharterCount struct{ Accepted, Asked int }

// CharterAsked is a charter that somebody has yet to accept.
type CharterAsked struct {
	Charter
	Place Path
	Until time.Time // when writing there ends without it
}

// acceptanceTx is what a transaction keeps of charters.
type acceptanceTx interface {
	// Acceptance is how a member stands to the charter of a place; the zero
	// version says that they were never asked.
	Acceptance(ctx context.Context, place Path, m MemberID) (Acceptance, error)
	// SaveAcceptance inserts or replaces how a member stands to a charter.
	SaveAcceptance(ctx context.Context, a Acceptance) error
	// AskedOf lists the places whose charter a member was asked to accept.
	AskedOf(ctx context.Context, m MemberID) ([]Path, error)
}

// Charters is what people do to charters, besides writing them.
type Charters struct {
	repo Repository
	now  func() time.Time
}

// NewCharters returns the charters of repo, whose clock is now.
func NewCharters(repo Repository, now func() time.Time) *Charters {
	return &Charters{repo: repo, now: now}
}

// Asked lists the charters that m has yet to accept: those that hold where m
// works, and those met by writing. From now on they count as asked for.
func (s *Charters) Asked(ctx context.Context, m Member) (out []CharterAsked, err error) {
	err = s.repo.InTx(ctx, func(tx Tx) error {
		out = nil
		tree, err := tx.Tree(ctx)
		if err != nil {
			return fmt.Errorf("territory tree: %w", err)
		}
		places, err := tx.AskedOf(ctx, m.ID)
		if err != nil {
			return err
		}
		for _, g := range m.Grants {
			if _, from := tree.Charter(g.Territory); from != "" && slices.Contains(allowed[Write], g.Role) {
				places = append(places, from)
			}
		}
		// Who works there no more has nothing to accept, nor to read.
		places = slices.DeleteFunc(places, func(p Path) bool { return !m.Works(p) })
		slices.Sort(places)
		for _, p := range slices.Compact(places) {
			open, err := met(ctx, tx, tree, m, p, s.now().UTC())
			if err != nil {
				return err
			}
			if open != nil {
				out = append(out, *open)
			}
		}
		return nil
	})
	return out, err
}

// Accept keeps that m accepts the charter of a place, in the version that m read.
func (s *Charters) Accept(ctx context.Context, m Member, place Path, version int) error {
	return s.repo.InTx(ctx, func(tx Tx) error {
		if !m.Works(place) {
			return ErrNotFound
		}
		tree, err := tx.Tree(ctx)
		if err != nil {
			return fmt.Errorf("territory tree: %w", err)
		}
		c, from := tree.Charter(place)
		switch {
		case c == nil || from != place || c.Text.IsZero():
			return ErrNotFound
		case c.Version != version:
			return Refuse(Conflict, "La charte vient de changer : relisez-la.", "The charter has just changed: read it again.")
		}
		a, err := tx.Acceptance(ctx, place, m.ID)
		if err != nil || a.Accepted >= version {
			return err
		}
		now := s.now().UTC()
		if a.Asked < version {
			a.Asked, a.AskedAt = version, now
		}
		a.Accepted, a.AcceptedAt = version, now
		return tx.SaveAcceptance(ctx, a)
	})
}

// met is the charter that holds at a place, as somebody who has yet to accept it
// meets it; nil when there is nothing to accept. Who meets a version for the
// first time has been asked by that.
func met(ctx context.Context, tx Tx, tree *Tree, m Member, place Path, at time.Time) (*CharterAsked, error) {
	c, from := tree.Charter(place)
	if c == nil || c.Text.IsZero() {
		return nil, nil
	}
	a, err := tx.Acceptance(ctx, from, m.ID)
	if err != nil || a.Accepted >= c.Version {
		return nil, err
	}
	if a.Asked < c.Version {
		a.Asked, a.AskedAt = c.Version, at
		if err := tx.SaveAcceptance(ctx, a); err != nil {
			return nil, err
		}
	}
	return &CharterAsked{Charter: *c, Place: from, Until: a.AskedAt.Add(CharterGrace)}, nil
}

// bound are the actions that wait for the charter. To take an alert never does.
var bound = []Action{Write, Report, Handle, Oversee, Publish, Decide}

// abide refuses to let m write where the charter waits for their word too long.
func abide(ctx context.Context, tx Tx, m Member, a Action, place Path, at time.Time) error {
	if !slices.Contains(bound, a) || place.IsGroup() {
		return nil
	}
	tree, err := tx.Tree(ctx)
	if err != nil {
		return fmt.Errorf("territory tree: %w", err)
	}
	asked, err := met(ctx, tx, tree, m, place, at)
	if err != nil {
		return fmt.Errorf("charter of %s: %w", place, err)
	}
	if asked == nil || at.Before(asked.Until) {
		return nil
	}
	return &CharterError{Place: asked.Place, Err: errCharter.With(Values{"place": tree.Name(asked.Place)})}
}

var errCharter = Refuse(Forbidden,
	"La charte de {place} attend votre accord depuis plus de 7 jours : acceptez-la sur votre écran d’accueil, puis recommencez.",
	"The charter of {place} has waited for your word for more than 7 days: accept it on your home screen, then try again.")

// CharterError refuses what waits for a charter, and says whose.
type CharterError struct {
	Place Path
	Err   *Error
}

func (e *CharterError) Error() string { return e.Err.Error() }
func (e *CharterError) Unwrap() error { return e.Err }
