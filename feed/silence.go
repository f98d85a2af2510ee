package feed

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"
)

// Silence is how long nobody has done or said anything at a place.
type Silence struct {
	Territory Path
	Since     time.Time // the last sign of people, or when somebody began to listen
	ToldAt    time.Time // when those who look after the place were told; zero: not
}

// FlatShifts is how many whole shifts of silence make a place flat.
const FlatShifts = 2

// listenPace is how often places are listened to.
const listenPace = 5 * time.Minute

// silenceTx is what a transaction keeps of silences.
type silenceTx interface {
	// Signs tells where people did or said something, and when last, since that
	// was last asked. It answers nothing when that was after an instant.
	Signs(ctx context.Context, asked, now time.Time) (signs map[Path]time.Time, due bool, err error)
	// Silences are those of the places that are listened to.
	Silences(ctx context.Context) (map[Path]Silence, error)
	KeepSilence(ctx context.Context, s Silence) error
	DropSilence(ctx context.Context, p Path) error
	// Staffed lists the places at which somebody has a part that lets them write.
	Staffed(ctx context.Context) ([]Path, error)
}

// Worked counts the whole shifts that a place's calendar has between two
// instants, no more than most of them; none where nobody keeps a calendar.
type Worked func(place Path, from, to time.Time, most int) int

// Vigil listens to places, and tells those who look after one that went flat:
// once for each silence.
type Vigil struct {
	repo   Repository
	worked Worked
	now    func() time.Time
}

// NewVigil returns a vigil on repo whose clock is now.
func NewVigil(repo Repository, worked Worked, now func() time.Time) *Vigil {
	return &Vigil{repo: repo, worked: worked, now: now}
}

// Listen hears what people did since the last time, and tells of what went flat.
func (v *Vigil) Listen(ctx context.Context) error {
	err := v.repo.InTx(ctx, func(tx Tx) error {
		now := v.now().UTC()
		signs, due, err := tx.Signs(ctx, now.Add(-listenPace), now)
		if err != nil || !due {
			return err
		}
		r, err := v.round(ctx, tx, now)
		if err != nil {
			return err
		}
		return r.listen(ctx, signs)
	})
	if err != nil {
		return fmt.Errorf("listen to silent places: %w", err)
	}
	return nil
}

// round is one look at all places.
type round struct {
	*Vigil
	tx     Tx
	at     time.Time
	tree   *Tree
	known  map[Path]Silence
	staff  []Path
	silent map[Path][]Member // with those who look after it; the widest are looked at first
}

func (v *Vigil) round(ctx context.Context, tx Tx, at time.Time) (*round, error) {
	r := &round{Vigil: v, tx: tx, at: at, silent: map[Path][]Member{}}
	var err error
	if r.tree, err = tx.Tree(ctx); err != nil {
		return nil, err
	}
	if r.known, err = tx.Silences(ctx); err != nil {
		return nil, err
	}
	r.staff, err = tx.Staffed(ctx)
	return r, err
}

// listen looks at each place that people work at, from the widest on.
func (r *round) listen(ctx context.Context, signs map[Path]time.Time) error {
	for _, n := range r.tree.Below("") {
		s, listened := r.known[n.Path]
		delete(r.known, n.Path)
		switch {
		case !r.watched(n):
			if listened {
				if err := r.forget(ctx, s); err != nil {
					return err
				}
			}
			continue
		case !listened:
			s = Silence{Territory: n.Path, Since: r.at}
		}
		if err := r.hear(ctx, s, listened, latest(signs, n.Path)); err != nil {
			return err
		}
	}
	for _, gone := range r.known {
		if err := r.forget(ctx, gone); err != nil {
			return err
		}
	}
	return nil
}

// watched tells whether somebody works at a place whose posts people see.
func (r *round) watched(n Territory) bool {
	return n.Kind != Machine && !n.Path.IsGroup() && r.tree.Rollout(n.Path) != RolloutGhost &&
		slices.ContainsFunc(r.staff, func(p Path) bool { return p.Within(n.Path) })
}

// latest is the last sign at or below a place.
func latest(signs map[Path]time.Time, place Path) (at time.Time) {
	for p, sign := range signs {
		if p.Within(place) && sign.After(at) {
			at = sign
		}
	}
	return at
}

// hear keeps the last sign of a place, or that it is flat.
func (r *round) hear(ctx context.Context, s Silence, listened bool, sign time.Time) error {
	if sign.After(s.Since) {
		if err := r.tx.Clear(ctx, s.key()); err != nil {
			return err
		}
		s.Since, s.ToldAt, listened = sign, time.Time{}, false
	}
	if r.worked(s.Territory, s.Since, r.at, FlatShifts) >= FlatShifts {
		to, err := caretakers(ctx, r.tx, r.tree, s.Territory)
		if err != nil {
			return err
		}
		r.silent[s.Territory] = to
		told, err := r.warn(ctx, s, to)
		if err != nil {
			return err
		}
		if told {
			s.ToldAt, listened = r.at, false
		}
	}
	if listened {
		return nil
	}
	return r.tx.KeepSilence(ctx, s)
}

// warn tells those who look after a place that it went flat, unless they were
// told of this silence, or are told of a wider one.
func (r *round) warn(ctx context.Context, s Silence, to []Member) (told bool, err error) {
	if !s.ToldAt.IsZero() {
		return false, nil
	}
	for _, m := range to {
		if r.knowsOfWider(m, s.Territory) {
			continue
		}
		told = true
		if err := r.tx.Tell(ctx, Notification{
			ID: newID(r.at), Member: m.ID, Key: s.key(), Why: Flat, Page: placePage(s.Territory), At: r.at,
			Text: Text{
				FR: "{place} n’a plus de pouls : personne n’a rien fait ni dit pendant {shifts} équipes",
				EN: "{place} went flat: nobody did or said anything for {shifts} shifts",
			},
			Values: Values{"place": r.tree.Name(s.Territory), "shifts": float64(FlatShifts)},
		}); err != nil {
			return told, err
		}
	}
	return told, nil
}

// knowsOfWider tells whether m is told of a silence all around a place.
func (r *round) knowsOfWider(m Member, place Path) bool {
	return slices.ContainsFunc(place.Lineage()[1:], func(p Path) bool {
		return slices.ContainsFunc(r.silent[p], func(o Member) bool { return o.ID == m.ID })
	})
}

func (r *round) forget(ctx context.Context, s Silence) error {
	if err := r.tx.Clear(ctx, s.key()); err != nil {
		return err
	}
	return r.tx.DropSilence(ctx, s.Territory)
}

// key is what those who look after the place are told of this silence under.
func (s Silence) key() string {
	return fmt.Sprintf("flat/%s/%d", s.Territory, s.Since.UnixMilli())
}

// placePage is the address of a place in the screens.
func placePage(p Path) string { return "/territories/" + url.PathEscape(string(p)) }

// caretakers are who looks after a place: its animator, else the animators whose
// grants cover it, else who else may animate there.
func caretakers(ctx context.Context, tx Tx, tree *Tree, place Path) ([]Member, error) {
	named := MemberID(tree.Setting(place, func(o Own) string { return string(o.Animator) }).Value)
	if named != "" {
		found, err := tx.Reach(ctx, Population{People: []MemberID{named}})
		if err != nil {
			return nil, fmt.Errorf("animator of %s: %w", place, err)
		}
		if len(found) > 0 && Can(found[0], Read, place) {
			return found, nil
		}
	}
	for _, role := range allowed[Animate] {
		found, err := tx.Reach(ctx, Population{Places: []Path{place}, Roles: []Role{role}})
		if err != nil {
			return nil, fmt.Errorf("who looks after %s: %w", place, err)
		}
		found = slices.DeleteFunc(found, func(m Member) bool { return !Can(m, Animate, place) })
		if len(found) > 0 {
			return found, nil
		}
	}
	return nil, nil
}
