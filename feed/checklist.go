package feed

import (
	"context"
	"slices"
	"time"
)

// Every says how often a checklist begins anew.
type Every string

// How often.
const (
	EveryOnce  Every = "once" // never: what is ticked stays so
	EveryShift Every = "shift"
	EveryDay   Every = "day"
	EveryWeek  Every = "week"
)

// Everies lists how often, for checks and messages.
var Everies = []Every{EveryOnce, EveryShift, EveryDay, EveryWeek}

// Checklist is what the people of a group tick off, together.
type Checklist struct {
	Name  string
	Title Text
	Every Every
	Items []Text
}

// Tick says that somebody did an item of a checklist, in the round that began at
// an instant.
type Tick struct {
	List  string
	Item  int
	Round time.Time
	By    MemberID
	Name  string // of who did, as it is read
	At    time.Time
}

// Round is a checklist as it stands since it began anew.
type Round struct {
	Checklist
	Began time.Time // zero: it never begins anew
	Ticks []Tick    // by item
}

// checklistTx is what a transaction keeps of checklists.
type checklistTx interface {
	// AddChecklist gives a group a checklist at a position, and tells whether it
	// had none of that name.
	AddChecklist(ctx context.Context, circle string, n int, c Checklist) (added bool, err error)
	// DropChecklists takes those from a group of which nothing was ever ticked.
	DropChecklists(ctx context.Context, circle string) error
	// Checklists lists those of a group, in their order.
	Checklists(ctx context.Context, circle string) ([]Checklist, error)
	// Ticks lists what was ticked of a list in a round, by item.
	Ticks(ctx context.Context, circle, list string, round time.Time) ([]Tick, error)
	// SetTick keeps a tick, the first one of its item and round, or takes it back.
	SetTick(ctx context.Context, circle string, t Tick, on bool) error
}

// Began tells when the round began in which an instant lies, at a place.
type Began func(place Path, every Every, at time.Time) time.Time

// Checklists is what the people of a group do to its checklists.
type Checklists struct {
	repo  Repository
	began Began
	now   func() time.Time
}

// NewChecklists returns the checklists of repo, whose rounds begin as began says.
func NewChecklists(repo Repository, began Began, now func() time.Time) *Checklists {
	return &Checklists{repo: repo, began: began, now: now}
}

// Of lists the checklists of a group that m is in, each as it stands.
func (s *Checklists) Of(ctx context.Context, m Member, circle string) (out []Round, err error) {
	err = s.repo.InTx(ctx, func(tx Tx) error {
		c, err := fellowship(ctx, tx, m, Read, circle)
		if err != nil {
			return err
		}
		out, err = s.rounds(ctx, tx, c)
		return err
	})
	return out, err
}

// Tick says that m did an item, or takes that back, and returns the checklists as
// they stand then.
func (s *Checklists) Tick(ctx context.Context, m Member, circle, list string, item int, on bool) (out []Round, err error) {
	err = s.repo.InTx(ctx, func(tx Tx) error {
		c, err := fellowship(ctx, tx, m, Write, circle)
		if err != nil {
			return err
		}
		if !c.ArchivedAt.IsZero() {
			return errArchived
		}
		lists, err := tx.Checklists(ctx, circle)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(lists, func(l Checklist) bool { return l.Name == list })
		if i < 0 || item < 0 || item >= len(lists[i].Items) {
			return ErrNotFound
		}
		at := s.now().UTC()
		t := Tick{List: list, Item: item, Round: s.began(c.Home, lists[i].Every, at), By: m.ID, At: at}
		if err := tx.SetTick(ctx, circle, t, on); err != nil {
			return err
		}
		out, err = s.rounds(ctx, tx, c)
		return err
	})
	return out, err
}

// fellowship is a group in which m may do something.
func fellowship(ctx context.Context, tx Tx, m Member, a Action, circle string) (*Circle, error) {
	if err := Require(m, a, Group(circle)); err != nil {
		return nil, err
	}
	return tx.Circle(ctx, circle)
}

func (s *Checklists) rounds(ctx context.Context, tx Tx, c *Circle) ([]Round, error) {
	lists, err := tx.Checklists(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	out := make([]Round, 0, len(lists))
	for _, l := range lists {
		r := Round{Checklist: l, Began: s.began(c.Home, l.Every, s.now().UTC())}
		if r.Ticks, err = tx.Ticks(ctx, c.ID, l.Name, r.Began); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}
