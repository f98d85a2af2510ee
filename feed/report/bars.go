package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// most is how many bars a Pareto has, the last of them without a name for all
// others, and how many rules a list of noise.
const most = 8

// causes counts what people answered to the alerts of a period, however they
// spelt it.
func causes(facts []feed.Fact, p feed.Period) []feed.Bar {
	bars := pareto{}
	for _, f := range facts {
		if p.Holds(f.OpenedAt) && f.Asks() && f.Cause != "" {
			bars.add(f.Cause, 1)
		}
	}
	return bars.highest()
}

// stops adds the minutes of the runs that began in a period, by cause.
func stops(facts []feed.Fact, p feed.Period) []feed.Bar {
	bars := pareto{}
	for _, f := range facts {
		if f.Run == nil || !p.Holds(f.OpenedAt) {
			continue
		}
		for _, h := range f.Run.Stops {
			bars.add(h.Cause, h.Minutes)
		}
	}
	return bars.highest()
}

// pareto are bars by their name without its case.
type pareto map[string]*feed.Bar

func (p pareto) add(name string, value float64) {
	key := strings.ToLower(strings.TrimSpace(name))
	if p[key] == nil {
		p[key] = &feed.Bar{Name: strings.TrimSpace(name)}
	}
	p[key].Value += value
}

func (p pareto) highest() []feed.Bar {
	out := make([]feed.Bar, 0, len(p))
	for _, b := range p {
		out = append(out, *b)
	}
	slices.SortFunc(out, func(a, b feed.Bar) int { return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Name, b.Name)) })
	if len(out) <= most {
		return out
	}
	others := feed.Bar{}
	for _, b := range out[most-1:] {
		others.Value += b.Value
	}
	return append(out[:most-1], others)
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
