package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// LaunchStep is one step of a place on its way to Fildefer.
type LaunchStep string

// Steps, in their order: from rules that nobody hears to a place that is open.
const (
	HearSources  LaunchStep = "sources"
	TryRules     LaunchStep = "rules"
	MakeBaseline LaunchStep = "baseline"
	NameAnimator LaunchStep = "animator"
	InvitePeople LaunchStep = "people"
	WriteCharter LaunchStep = "charter"
	PairTablet   LaunchStep = "tablet"
	FirstTeam    LaunchStep = "team"
	RunPilot     LaunchStep = "pilot"
	OpenPlace    LaunchStep = "open"
)

// LaunchSteps lists the steps in their order.
var LaunchSteps = []LaunchStep{HearSources, TryRules, MakeBaseline, NameAnimator, InvitePeople, WriteCharter, PairTablet, FirstTeam, RunPilot, OpenPlace}

// byHand are the steps that no data tells, or not always.
var byHand = []LaunchStep{TryRules, PairTablet, FirstTeam}

// How long a baseline and a pilot take, and how many people make a beginning.
const (
	BaselineDays = 7
	PilotDays    = 14
	FirstPeople  = 2
)

// LaunchMark says who ticked a step by hand, and when.
type LaunchMark struct {
	Step LaunchStep
	By   MemberID
	Name string // as it is read
	At   time.Time
}

// LaunchFacts is what data tells of a place on its way.
type LaunchFacts struct {
	Sources  int // machines and articles that were heard of
	Ghosts   int // posts that were written and shown to nobody
	People   int // who work there, or are invited to
	Tablets  int // that are paired
	Marks    []LaunchMark
	Ghosting Ghosting
	Past     []Decision // how far it and what is above it was said to be
}

// LaunchState is a step as it stands.
type LaunchState struct {
	Step LaunchStep
	Done bool
	Hand bool        // somebody may tick it
	Mark *LaunchMark // somebody did
	N    int         // how much there is of what it asks for: people, days
	Of   int         // how much it asks for; 0: it is there or not
}

// launchTx is what a transaction keeps of launches.
type launchTx interface {
	// Launch is what data tells of a place on its way.
	Launch(ctx context.Context, place Path, now time.Time) (LaunchFacts, error)
	// MarkLaunch keeps that somebody ticked a step of a place, or takes it back.
	MarkLaunch(ctx context.Context, place Path, m LaunchMark, on bool) error
}

// Launches is what whoever brings a place to Fildefer goes by.
type Launches struct {
	repo Repository
	now  func() time.Time
}

// NewLaunches returns the launches of repo, whose clock is now.
func NewLaunches(repo Repository, now func() time.Time) *Launches {
	return &Launches{repo: repo, now: now}
}

// Of lists the steps of a place as they stand.
func (s *Launches) Of(ctx context.Context, m Member, place Path) (out []LaunchState, err error) {
	err = s.at(ctx, m, place, func(tx Tx, tree *Tree) error {
		out, err = s.states(ctx, tx, tree, place)
		return err
	})
	return out, err
}

// Tick says that a step is done, or no longer, and returns all of them.
func (s *Launches) Tick(ctx context.Context, m Member, place Path, step LaunchStep, on bool) (out []LaunchState, err error) {
	err = s.at(ctx, m, place, func(tx Tx, tree *Tree) error {
		if !slices.Contains(byHand, step) {
			return Refuse(Invalid, "L’étape « {step} » se coche d’elle-même.", "The step “{step}” ticks itself.").With(Values{"step": string(step)})
		}
		at := s.now().UTC()
		if err := tx.MarkLaunch(ctx, place, LaunchMark{Step: step, By: m.ID, At: at}, on); err != nil {
			return err
		}
		detail, err := json.Marshal(map[string]any{"step": step, "on": on})
		if err != nil {
			return fmt.Errorf("audit a step of %s: %w", place, err)
		}
		if err := tx.Audit(ctx, AuditEntry{At: at, Actor: m.ID, Action: "territory.launch", Territory: place, Object: string(place), Detail: detail}); err != nil {
			return err
		}
		out, err = s.states(ctx, tx, tree, place)
		return err
	})
	return out, err
}

// at runs fn on a place that stands and that m animates.
func (s *Launches) at(ctx context.Context, m Member, place Path, fn func(tx Tx, tree *Tree) error) error {
	return s.repo.InTx(ctx, func(tx Tx) error {
		if err := Require(m, Animate, place); err != nil {
			return err
		}
		tree, err := tx.Tree(ctx)
		if err != nil {
			return fmt.Errorf("territory tree: %w", err)
		}
		if _, stands := tree.Get(place); !stands || place.IsGroup() {
			return ErrNotFound
		}
		return fn(tx, tree)
	})
}

func (s *Launches) states(ctx context.Context, tx Tx, tree *Tree, place Path) ([]LaunchState, error) {
	now := s.now().UTC()
	facts, err := tx.Launch(ctx, place, now)
	if err != nil {
		return nil, fmt.Errorf("launch of %s: %w", place, err)
	}
	return facts.States(tree, place, now), nil
}

// States are the steps of a place as the facts have them.
func (f LaunchFacts) States(tree *Tree, place Path, now time.Time) []LaunchState {
	charter, _ := tree.Charter(place)
	animator := tree.Setting(place, func(o Own) string { return string(o.Animator) })
	rollout := tree.Rollout(place)
	out := make([]LaunchState, 0, len(LaunchSteps))
	for _, step := range LaunchSteps {
		st := LaunchState{Step: step, Hand: slices.Contains(byHand, step)}
		if i := slices.IndexFunc(f.Marks, func(m LaunchMark) bool { return m.Step == step }); i >= 0 {
			st.Mark = &f.Marks[i]
		}
		switch step {
		case HearSources:
			st.N, st.Done = f.Sources, f.Sources > 0
		case TryRules:
			st.N, st.Done = f.Ghosts, f.Ghosts > 0
		case MakeBaseline:
			st.N, st.Of = int(f.Ghosting.Lasted/day), BaselineDays
		case NameAnimator:
			st.Done = animator.Value != ""
		case InvitePeople:
			st.N, st.Of = f.People, FirstPeople
		case WriteCharter:
			st.Done = charter != nil && !charter.Text.IsZero()
		case PairTablet:
			st.N, st.Done = f.Tablets, f.Tablets > 0
		case RunPilot:
			st.N, st.Of = f.pilotDays(place, now), PilotDays
		case OpenPlace:
			st.Done = rollout == RolloutOpen
		}
		st.Done = st.Done || st.Mark != nil || st.Of > 0 && st.N >= st.Of
		out = append(out, st)
	}
	return out
}

// pilotDays is for how many whole days the place was a pilot.
func (f LaunchFacts) pilotDays(place Path, now time.Time) int {
	var in time.Duration
	for _, s := range stretches(place, f.Past, now) {
		if s.rollout == RolloutPilot {
			in += s.to.Sub(s.from)
		}
	}
	return int(in / day)
}
