package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// placeTx is what changes the tree.
type placeTx interface {
	// SetPlace inserts or replaces a place, but for how far it is: what people
	// say of it wins over the configuration.
	SetPlace(ctx context.Context, n Territory) error
	// ClosePlace takes a place off the tree; to is where it went, empty when it
	// is gone.
	ClosePlace(ctx context.Context, p, to Path) error
	// Rehome gives whoever may do something at or below a place, looks at it on
	// a device or follows it the same at another.
	Rehome(ctx context.Context, from, to Path) error
	// Follow keeps that a member follows something, or no longer, and tells
	// whether that changed anything.
	Follow(ctx context.Context, f Follow, on bool) (changed bool, err error)
	// Followers lists who follows something that a post is about, and sees it.
	Followers(ctx context.Context, p *Post) ([]MemberID, error)
	// IsMember tells whether somebody may sign in under that name.
	IsMember(ctx context.Context, id MemberID) (bool, error)
}

// Places is what people do to the tree of territories. Each method is one
// transaction, asks [Can] first, and leaves a line in the audit log.
type Places struct {
	repo Repository
	now  func() time.Time
}

// NewPlaces returns a service on repo whose clock is now.
func NewPlaces(repo Repository, now func() time.Time) *Places { return &Places{repo: repo, now: now} }

// Import makes of the tree what a file says, all of it or nothing, and returns
// what it changed; with dry it only looks. What is wrong is a RowFaults.
func (s *Places) Import(ctx context.Context, m Member, rows []Row, dry bool) (plan Plan, err error) {
	err = s.repo.InTx(ctx, func(tx Tx) error {
		tree, err := tx.Tree(ctx)
		if err != nil {
			return fmt.Errorf("territory tree: %w", err)
		}
		animators, err := knownAnimators(ctx, tx, rows)
		if err != nil {
			return err
		}
		var faults RowFaults
		if plan, faults = PlanTree(tree, rows, func(id MemberID) bool { return animators[id] }); faults != nil {
			return faults
		}
		for _, p := range plan.Touched() {
			if !Can(m, Arrange, p) {
				return RowFaults{outside(rows, p)}
			}
		}
		if dry {
			return nil
		}
		return s.apply(ctx, tx, m, plan)
	})
	return plan, err
}

// knownAnimators tells which of the animators of a file are members.
func knownAnimators(ctx context.Context, tx Tx, rows []Row) (map[MemberID]bool, error) {
	out := map[MemberID]bool{}
	for _, r := range rows {
		id := MemberID(r.text(FieldAnimator))
		if _, asked := out[id]; asked || id == "" {
			continue
		}
		is, err := tx.IsMember(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("member %s: %w", id, err)
		}
		out[id] = is
	}
	return out, nil
}

// outside refuses a file that reaches beyond where its sender may arrange.
func outside(rows []Row, p Path) RowFault {
	f := RowFault{
		Text:   Text{FR: "Votre rôle ne permet pas de changer « {path} » : retirez cette ligne.", EN: "Your role does not let you change “{path}”: take this line out."},
		Values: Values{"path": shortened(string(p))},
	}
	for _, r := range rows {
		if r.text(FieldPath) == string(p) || r.text(FieldPath) == "" && strings.HasSuffix(string(p), Segment(r.text(FieldName))) {
			f.Line = r.Line
			break
		}
	}
	return f
}

func (s *Places) apply(ctx context.Context, tx Tx, m Member, plan Plan) error {
	for _, n := range plan.New {
		if err := s.set(ctx, tx, m, Territory{}, n); err != nil {
			return err
		}
	}
	for _, c := range plan.Changed {
		if err := s.set(ctx, tx, m, c.From, c.To); err != nil {
			return err
		}
	}
	if len(plan.New)+len(plan.Changed) == 0 {
		return nil
	}
	return s.audit(ctx, tx, m, "territory.import", "", map[string]int{"new": len(plan.New), "changed": len(plan.Changed), "same": plan.Same})
}

// set keeps a place, how far it is, and when its charter was written.
func (s *Places) set(ctx context.Context, tx Tx, m Member, before, after Territory) error {
	now := s.now().UTC()
	if c := after.Own.Charter; c != nil && (before.Own.Charter == nil || c.Version != before.Own.Charter.Version) {
		dated := *c
		dated.At = now
		after.Own.Charter = &dated
	}
	if err := tx.SetPlace(ctx, after); err != nil {
		return err
	}
	if after.Rollout == "" || after.Rollout == before.Rollout {
		return nil
	}
	return tx.Decide(ctx, Decision{Territory: after.Path, Rollout: after.Rollout, By: m.ID, At: now})
}

func (s *Places) audit(ctx context.Context, tx Tx, m Member, action string, p Path, detail any) error {
	b, err := json.Marshal(detail)
	if err != nil {
		return fmt.Errorf("audit %s: %w", action, err)
	}
	return tx.Audit(ctx, AuditEntry{At: s.now().UTC(), Actor: m.ID, Action: action, Territory: p, Object: string(p), Detail: b})
}

// Add makes a place below another and returns it; its path is made of its name.
func (s *Places) Add(ctx context.Context, m Member, parent Path, name string, kind PlaceKind) (n Territory, err error) {
	n = Territory{Path: parent + "/" + Path(Segment(name)), Name: strings.TrimSpace(name), Kind: kind}
	err = s.arrange(ctx, m, parent, func(tx Tx, tree *Tree) error {
		if err := checkPlace(n); err != nil {
			return err
		}
		if _, twice := tree.Get(n.Path); twice {
			return Refuse(Conflict, "« {name} » existe déjà ici : choisissez un autre nom.", "There is a “{name}” here already: choose another name.").With(Values{"name": n.Name})
		}
		if err := tx.SetPlace(ctx, n); err != nil {
			return err
		}
		return s.audit(ctx, tx, m, "territory.add", n.Path, map[string]string{"name": n.Name, "kind": string(n.Kind)})
	})
	return n, err
}

// arrange runs fn on the tree when m may arrange a place that stands.
func (s *Places) arrange(ctx context.Context, m Member, p Path, fn func(tx Tx, tree *Tree) error) error {
	return s.repo.InTx(ctx, func(tx Tx) error {
		if err := Require(m, Arrange, p); err != nil {
			return err
		}
		tree, err := tx.Tree(ctx)
		if err != nil {
			return fmt.Errorf("territory tree: %w", err)
		}
		if _, stands := tree.Get(p); !stands {
			return ErrNotFound
		}
		return fn(tx, tree)
	})
}

func checkPlace(n Territory) error {
	if err := checkText(n.Name, MaxName, Text{FR: "Le nom", EN: "The name"}); err != nil {
		return err
	}
	if strings.ContainsFunc(n.Name, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return Refuse(Invalid, "Le nom contient des caractères de contrôle : retapez-le.", "The name holds control characters: type it again.")
	}
	if err := CheckPath(n.Path); err != nil {
		return Refuse(Invalid, "Ce nom ne donne pas de chemin valable : {fr}.", "This name makes no valid path: {en}.").With(Values{"fr": err.Text.FR, "en": err.Text.EN})
	}
	if !slices.Contains(PlaceKinds, n.Kind) {
		return Refuse(Invalid, "Le type « {kind} » n’existe pas.", "There is no kind “{kind}”.").With(Values{"kind": string(n.Kind)})
	}
	return nil
}

// Edit is what is changed of a place; nil leaves it as it is.
type Edit struct {
	Name     *string         `json:"name,omitempty"`
	Kind     *PlaceKind      `json:"kind,omitempty"`
	Target   *float64        `json:"target,omitempty"`
	Calendar *string         `json:"calendar,omitempty"`
	Lang     *Lang           `json:"lang,omitempty"`
	Animator *MemberID       `json:"animator,omitempty"`
	Charter  *Text           `json:"charter,omitempty"`
	Words    map[string]Text `json:"words,omitempty"` // those named; an empty text is as above again
	Before   *[]Path         `json:"before,omitempty"`
	After    *[]Path         `json:"after,omitempty"`
	Sideways *bool           `json:"sideways,omitempty"`
}

// Edit changes what a place says of itself.
func (s *Places) Edit(ctx context.Context, m Member, p Path, e Edit) error {
	return s.arrange(ctx, m, p, func(tx Tx, tree *Tree) error {
		before, _ := tree.Get(p)
		after, err := e.apply(before)
		if err != nil {
			return err
		}
		if err := s.checkEdit(ctx, tx, tree, m, e, after); err != nil || same(before, after) {
			return err
		}
		if err := s.set(ctx, tx, m, before, after); err != nil {
			return err
		}
		return s.audit(ctx, tx, m, "territory.edit", p, e)
	})
}

func give[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// apply is the place with the edit.
func (e Edit) apply(n Territory) (Territory, error) {
	give(&n.Name, e.Name)
	n.Name = strings.TrimSpace(n.Name)
	give(&n.Kind, e.Kind)
	give(&n.Target, e.Target)
	give(&n.Own.Calendar, e.Calendar)
	give(&n.Own.Lang, e.Lang)
	give(&n.Own.Animator, e.Animator)
	give(&n.Own.Sideways, e.Sideways)
	for to, from := range map[*[]Path]*[]Path{&n.Own.Before: e.Before, &n.Own.After: e.After} {
		give(to, from)
		if len(*to) == 0 {
			*to = nil
		}
	}
	if e.Charter != nil {
		n.Own.Charter = n.Own.Charter.reworded(*e.Charter)
	}
	return n, n.Own.rename(e.Words)
}

// MaxWord bounds what a place calls something, in characters.
const MaxWord = 40

// rename gives words their new texts and takes away those without any.
func (o *Own) rename(words map[string]Text) error {
	if len(words) == 0 {
		return nil
	}
	renamed := maps.Clone(o.Words)
	if renamed == nil {
		renamed = map[string]Text{}
	}
	for word, text := range words {
		if !slices.Contains(Renameable(), word) {
			return Refuse(Invalid, "Le mot « {word} » ne se renomme pas.", "The word “{word}” cannot be renamed.").With(Values{"word": word})
		}
		if text.IsZero() {
			delete(renamed, word)
			continue
		}
		for _, said := range []string{text.FR, text.EN} {
			if said == "" {
				continue
			}
			if err := checkText(said, MaxWord, Text{FR: "Un mot", EN: "A word"}); err != nil {
				return err
			}
		}
		renamed[word] = text
	}
	if len(renamed) == 0 {
		renamed = nil
	}
	o.Words = renamed
	return nil
}
