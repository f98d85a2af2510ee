package feed

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// NeedFacts are what the needs of places are read from. Each read is of the
// places at or below the roots.
type NeedFacts interface {
	Tree(ctx context.Context) (*Tree, error)
	// Silences are those of the places that are listened to.
	Silences(ctx context.Context) (map[Path]Silence, error)
	// Unanswered lists open posts from before an instant that ask for somebody
	// and that nobody answered, the oldest first.
	Unanswered(ctx context.Context, roots []Path, before time.Time, limit int) ([]*Post, error)
	// AnswersSince are how many posts each member answered at each place.
	AnswersSince(ctx context.Context, roots []Path, since time.Time) (map[Path]Answers, error)
	// RuleNoises are what became of the posts of rules since an instant.
	RuleNoises(ctx context.Context, roots []Path, since time.Time) ([]RuleNoise, error)
	// LastNotices are the must-read notices in force, of each place the latest.
	LastNotices(ctx context.Context, roots []Path, before time.Time) ([]*Post, error)
}

// maxUnanswered bounds the posts that are listed as waiting.
const maxUnanswered = 300

// Needs says which places need a hand, to those who animate them.
type Needs struct {
	repo  Repository
	facts NeedFacts
	now   func() time.Time
}

// NewNeeds returns the needs of the places in repo, whose clock is now.
func NewNeeds(repo Repository, facts NeedFacts, now func() time.Time) *Needs {
	return &Needs{repo: repo, facts: facts, now: now}
}

// Led tells whether somebody animates a place.
func (s *Needs) Led(ctx context.Context, place Path) (bool, error) {
	return NewSuccession(s.repo, s.now).Led(ctx, place)
}

// Of lists the places that m animates and that need a hand.
func (s *Needs) Of(ctx context.Context, m Member) ([]PlaceNeeds, error) {
	var roots []Path
	for _, g := range m.Grants {
		if Can(m, Animate, g.Territory) && Can(m, Read, g.Territory) {
			roots = append(roots, g.Territory)
		}
	}
	if roots = outermost(roots); len(roots) == 0 {
		return nil, nil
	}
	tree, err := s.facts.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	now := s.now().UTC()
	var all []Need
	for what, read := range map[string]func(context.Context, []Path, time.Time, *Tree) ([]Need, error){
		"silences": s.flat, "places without an animator": s.unled, "posts without an answer": s.unanswered, "who answers": s.leaning, "noise": s.noisy, "unread notices": s.unread,
	} {
		some, err := read(ctx, roots, now, tree)
		if err != nil {
			return nil, fmt.Errorf("%s in %v: %w", what, roots, err)
		}
		all = append(all, some...)
	}
	all = slices.DeleteFunc(all, func(n Need) bool {
		_, stands := tree.Get(n.Place)
		return !stands || !anyAbove(roots, n.Place) || tree.Rollout(n.Place) == RolloutGhost
	})
	return RankNeeds(all), nil
}

func (s *Needs) flat(ctx context.Context, _ []Path, _ time.Time, _ *Tree) ([]Need, error) {
	all, err := s.facts.Silences(ctx)
	var out []Need
	for _, silence := range all {
		if !silence.ToldAt.IsZero() {
			out = append(out, Need{Place: silence.Territory, Why: NeedsLife, Since: silence.Since})
		}
	}
	return out, err
}

func (s *Needs) unled(ctx context.Context, _ []Path, _ time.Time, _ *Tree) ([]Need, error) {
	places, err := NewSuccession(s.repo, s.now).Unled(ctx)
	out := make([]Need, 0, len(places))
	for p, since := range places {
		out = append(out, Need{Place: p, Why: NeedsLead, Since: since})
	}
	return out, err
}

func (s *Needs) unanswered(ctx context.Context, roots []Path, now time.Time, _ *Tree) ([]Need, error) {
	posts, err := s.facts.Unanswered(ctx, roots, now.Add(-AnswerWithin), maxUnanswered)
	return answerNeeds(posts), err
}

func (s *Needs) leaning(ctx context.Context, roots []Path, now time.Time, tree *Tree) ([]Need, error) {
	answers, err := s.facts.AnswersSince(ctx, roots, now.Add(-NeedPeriod))
	return peopleNeeds(tree, answers), err
}

func (s *Needs) noisy(ctx context.Context, roots []Path, now time.Time, _ *Tree) ([]Need, error) {
	rules, err := s.facts.RuleNoises(ctx, roots, now.Add(-NeedPeriod))
	return quietNeeds(rules), err
}

// unread are the last notices that too few have read a day after they were put.
func (s *Needs) unread(ctx context.Context, roots []Path, now time.Time, _ *Tree) ([]Need, error) {
	posts, err := s.facts.LastNotices(ctx, roots, now.Add(-AnswerWithin))
	if err != nil || len(posts) == 0 {
		return nil, err
	}
	var out []Need
	err = s.repo.InTx(ctx, func(tx Tx) error {
		out = nil
		for _, p := range posts {
			r, err := p.readBy(ctx, tx)
			if err != nil {
				return err
			}
			if r.Read*100 < r.Of*readShare {
				out = append(out, Need{Place: p.Territory, Why: NeedsReaders, Count: r.Read, Of: r.Of, Post: p.ID})
			}
		}
		return nil
	})
	return out, err
}
