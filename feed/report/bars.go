package report

import (
	"cmp"
	"slices"

	"github.com/fildefer/fildefer/feed"
)

// most is how many bars a Pareto has, the last of them without a name for all
// others, and how many rules a list of noise.
const most = 8

// causes counts what people answered to the alerts of a period, however they
// spelt it and in whichever language.
func causes(facts []feed.Fact, p feed.Period) []feed.Bar { return causesOf(facts, p).highest() }

func causesOf(facts []feed.Fact, p feed.Period) pareto {
	bars := newPareto(facts, p)
	for _, f := range facts {
		if p.Holds(f.OpenedAt) && f.Asks() && f.Cause != "" {
			bars.add(f.Cause, 1)
		}
	}
	return bars
}

// stops adds the minutes of the runs that began in a period, by cause.
func stops(facts []feed.Fact, p feed.Period) []feed.Bar { return stopsOf(facts, p).highest() }

func stopsOf(facts []feed.Fact, p feed.Period) pareto {
	bars := newPareto(facts, p)
	for _, f := range facts {
		if f.Run == nil || !p.Holds(f.OpenedAt) {
			continue
		}
		for _, h := range f.Run.Stops {
			bars.add(h.Cause, h.Minutes)
		}
	}
	return bars
}

// pareto are bars by what is the same in every language and spelling.
type pareto struct {
	wording feed.Wording
	bars    map[string]*feed.Bar
}

// newPareto knows in which words the rules of a period offer their causes.
func newPareto(facts []feed.Fact, p feed.Period) pareto {
	w := feed.NewWording(feed.UsualAnswers()...)
	for _, f := range facts {
		if p.Holds(f.OpenedAt) {
			w.Learn(f.Offered...)
		}
	}
	return pareto{w, map[string]*feed.Bar{}}
}

func (p pareto) add(said string, value float64) {
	key := p.wording.Key(said)
	if p.bars[key] == nil {
		name := p.wording.Of(said)
		p.bars[key] = &feed.Bar{Name: name.FR, English: name.EN}
	}
	p.bars[key].Value += value
}

// highest are the bars, the highest first, with one without a name for what is
// too many.
func (p pareto) highest() []feed.Bar {
	out := p.sorted()
	if len(out) <= most {
		return out
	}
	others := feed.Bar{}
	for _, b := range out[most-1:] {
		others.Value += b.Value
	}
	return append(out[:most-1], others)
}

func (p pareto) sorted() []feed.Bar {
	out := make([]feed.Bar, 0, len(p.bars))
	for _, b := range p.bars {
		out = append(out, *b)
	}
	slices.SortFunc(out, func(a, b feed.Bar) int { return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Name, b.Name)) })
	return out
}

// holds tells whether what people said belongs to the bar of a name, or to that
// without any.
func (p pareto) holds(name string) func(said string) bool {
	if name != "" {
		return func(said string) bool { return p.wording.Key(said) == p.wording.Key(name) }
	}
	all := p.sorted()
	if len(all) <= most {
		return func(string) bool { return false }
	}
	small := map[string]bool{}
	for _, b := range all[most-1:] {
		small[p.wording.Key(b.Name)] = true
	}
	return func(said string) bool { return small[p.wording.Key(said)] }
}

// noise lists the rules of which somebody said that a post is noise, the noisiest
// first.
func noise(facts []feed.Fact, p feed.Period) []feed.Noisy {
	by := map[string]*feed.Noisy{}
	for _, f := range facts {
		if f.Rule == "" || !p.Holds(f.OpenedAt) {
			continue
		}
		if by[f.Rule] == nil {
			by[f.Rule] = &feed.Noisy{Rule: f.Rule}
		}
		by[f.Rule].Posts++
		if f.Noise > 0 {
			by[f.Rule].Noise++
		}
	}
	out := make([]feed.Noisy, 0, len(by))
	for _, n := range by {
		if n.Noise > 0 {
			out = append(out, *n)
		}
	}
	slices.SortFunc(out, func(a, b feed.Noisy) int {
		return cmp.Or(cmp.Compare(b.Noise*a.Posts, a.Noise*b.Posts), cmp.Compare(a.Rule, b.Rule))
	})
	return out[:min(len(out), most)]
}
