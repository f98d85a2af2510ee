package report

import (
	"slices"
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// behind are the posts that a figure was made of, the latest first. A figure may
// be narrowed by a word after a colon: "kind:alert", "cause:Courroie usée"; a
// cause without a word is what the last bar of a Pareto gathers.
func behind(facts []feed.Fact, p feed.Period, figure string, cost *feed.Cost) (*feed.Behind, error) {
	name, word, _ := strings.Cut(figure, ":")
	f, known := figures[name]
	if !known {
		return nil, feed.Refuse(feed.Invalid, "Le chiffre « {figure} » n’existe pas.", "There is no figure “{figure}”.").With(feed.Values{"figure": figure})
	}
	around := look{period: p, word: word, cost: cost}
	if f.bars != nil {
		around.holds = f.bars(facts, p).holds(word)
	}
	out := &feed.Behind{Unit: f.unit}
	for i, fact := range facts {
		l := around
		l.Fact, l.before = fact, func() *feed.Fact { return before(facts[:i], fact) }
		if f.of != nil && f.of(l) {
			out.Of++
		}
		if f.test(l) {
			out.Posts = append(out.Posts, f.weighed(l))
		}
	}
	slices.Reverse(out.Posts)
	out.Figure = f.makes(out)
	return out, nil
}

// look is a fact as a figure looks at it.
type look struct {
	feed.Fact
	period feed.Period
	word   string
	cost   *feed.Cost
	holds  func(said string) bool // the bar of the word
	before func() *feed.Fact      // of the same thing, nil when there is none
}

func (l look) opened() bool { return l.period.Holds(l.OpenedAt) }
func (l look) asked() bool  { return l.opened() && l.Asks() }
func (l look) ended() bool  { return l.asked() && !l.ClosedAt.IsZero() }
func (l look) solved() bool { return l.ended() && l.Cause != "" }
func (l look) ruled() bool  { return l.asked() && l.Rule != "" }

func before(earlier []feed.Fact, f feed.Fact) *feed.Fact {
	for i := len(earlier) - 1; i >= 0; i-- {
		if thingOf(earlier[i]) == thingOf(f) {
			return &earlier[i]
		}
	}
	return nil
}

// weighed is a post with what it adds.
func (f figure) weighed(l look) feed.Weighed {
	w := feed.Weighed{Post: l.Post}
	if f.adds != nil {
		v := f.adds(l)
		w.Value = &v
	}
	if f.parts != nil {
		w.Parts = f.parts(l)
	}
	return w
}

// makes is the figure that the posts behind it make.
func (f figure) makes(b *feed.Behind) *float64 {
	sum := 0.0
	var all []float64
	for _, p := range b.Posts {
		if p.Value != nil {
			sum += *p.Value
			all = append(all, *p.Value)
		}
	}
	switch f.unit {
	case feed.InPosts:
		return count(len(b.Posts))
	case feed.InPercent:
		return share(feed.Share{Part: len(b.Posts), Whole: b.Of})
	case feed.InMedian:
		return delay(all).P50
	}
	return &sum
}
