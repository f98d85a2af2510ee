package report

import (
	"slices"
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// behind are the posts that a figure was made of, the latest first. A figure may
// be narrowed by a word after a colon: "kind:alert", "cause:Courroie usée".
func behind(facts []feed.Fact, p feed.Period, figure string) ([]feed.PostID, error) {
	name, word, _ := strings.Cut(figure, ":")
	holds, known := tests[name]
	if !known {
		return nil, feed.Refuse(feed.Invalid, "Le chiffre « {figure} » n’existe pas.", "There is no figure “{figure}”.").With(feed.Values{"figure": figure})
	}
	var ids []feed.PostID
	for i, f := range facts {
		before := func() *feed.Fact { return before(facts[:i], f) }
		if holds(look{f, p, word, before}) {
			ids = append(ids, f.Post)
		}
	}
	slices.Reverse(ids)
	return ids, nil
}

// look is a fact as a test looks at it.
type look struct {
	feed.Fact
	period feed.Period
	word   string
	before func() *feed.Fact // of the same thing, nil when there is none
}

func (l look) opened() bool { return l.period.Holds(l.OpenedAt) }
func (l look) asked() bool  { return l.opened() && l.Asks() }

func before(earlier []feed.Fact, f feed.Fact) *feed.Fact {
	for i := len(earlier) - 1; i >= 0; i-- {
		if thingOf(earlier[i]) == thingOf(f) {
			return &earlier[i]
		}
	}
	return nil
}

//nolint:gochecknoglobals // a table of pure functions, never written to
var tests = map[string]func(look) bool{
	"posts":    look.opened,
	"alerts":   look.asked,
	"kind":     func(l look) bool { return l.opened() && string(l.Kind) == l.word },
	"topic":    func(l look) bool { return l.opened() && string(l.Topic) == l.word },
	"severity": func(l look) bool { return l.opened() && string(l.Severity) == l.word },
	"take":     func(l look) bool { return l.asked() && !l.TakenAt.IsZero() },
	"solve":    func(l look) bool { return l.asked() && !l.ClosedAt.IsZero() && l.Cause != "" },
	"solved":   func(l look) bool { return l.asked() && !l.ClosedAt.IsZero() && l.Cause != "" },
	"last":     func(l look) bool { return l.asked() && !l.ClosedAt.IsZero() },
	"again_24h": func(l look) bool {
		b := l.before()
		return l.asked() && l.Rule != "" && b != nil && l.OpenedAt.Sub(b.OpenedAt) <= soon
	},
	"again_7d": func(l look) bool {
		b := l.before()
		return l.asked() && l.Rule != "" && b != nil && l.OpenedAt.Sub(b.OpenedAt) <= late
	},
	"stopped": func(l look) bool { return l.opened() && l.Run != nil && len(l.Run.Stops) > 0 },
	"stop": func(l look) bool {
		return l.opened() && l.Run != nil && slices.ContainsFunc(l.Run.Stops, func(h feed.Halt) bool { return same(h.Cause, l.word) })
	},
	"lost": func(l look) bool { return l.opened() && l.Run != nil && l.Run.Lost > 0 },
	"shelf_empty": func(l look) bool {
		return l.Kind == feed.StockOut && minutes(latest(l.OpenedAt, l.period.From), earliest(l.ClosedAt, l.period.To)) > 0
	},
	"decided": func(l look) bool { at := l.DecidedAt(); return !at.IsZero() && l.period.Holds(at) },
	"cause":   func(l look) bool { return l.asked() && l.Cause != "" && same(l.Cause, l.word) },
	"noise":   func(l look) bool { return l.opened() && l.Noise > 0 && l.Rule == l.word },
}

func same(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
