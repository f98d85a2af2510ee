package report

import (
	"time"

	"github.com/fildefer/fildefer/feed"
)

// figure is how a figure of a report is made of posts.
type figure struct {
	unit  feed.FigureUnit
	test  func(look) bool       // the posts that it is made of
	of    func(look) bool       // of a percentage: those that it is a part of
	adds  func(look) float64    // what each adds; nil: that it is there
	parts func(look) []feed.Bar // what that is made of
	bars  func([]feed.Fact, feed.Period) pareto
}

//nolint:gochecknoglobals // a table of pure functions, never written to
var figures = map[string]figure{
	"posts":       {unit: feed.InPosts, test: look.opened},
	"alerts":      {unit: feed.InPosts, test: look.asked},
	"kind":        {unit: feed.InPosts, test: func(l look) bool { return l.opened() && string(l.Kind) == l.word }},
	"topic":       {unit: feed.InPosts, test: func(l look) bool { return l.opened() && string(l.Topic) == l.word }},
	"severity":    {unit: feed.InPosts, test: func(l look) bool { return l.opened() && string(l.Severity) == l.word }},
	"take":        {unit: feed.InMedian, test: func(l look) bool { return l.asked() && !l.TakenAt.IsZero() }, adds: until(func(l look) time.Time { return l.TakenAt })},
	"solve":       {unit: feed.InMedian, test: look.solved, adds: until(func(l look) time.Time { return l.ClosedAt })},
	"last":        {unit: feed.InMedian, test: look.ended, adds: until(func(l look) time.Time { return l.ClosedAt })},
	"solved":      {unit: feed.InPercent, test: look.solved, of: look.ended},
	"again_24h":   {unit: feed.InPercent, test: again(soon), of: look.ruled},
	"again_7d":    {unit: feed.InPercent, test: again(late), of: look.ruled},
	"stopped":     {unit: feed.InMinutes, test: func(l look) bool { return l.stopped() > 0 }, adds: look.stopped, parts: look.stops},
	"stop":        {unit: feed.InMinutes, test: func(l look) bool { return l.stopped() > 0 }, adds: look.stopped, parts: look.stops, bars: stopsOf},
	"lost":        {unit: feed.InPieces, test: func(l look) bool { return l.lost() > 0 }, adds: look.lost},
	"shelf_empty": {unit: feed.InMinutes, test: func(l look) bool { return l.empty() > 0 }, adds: look.empty},
	"money":       {unit: feed.InMoney, test: func(l look) bool { return l.costs() > 0 }, adds: look.costs},
	"decided":     {unit: feed.InPosts, test: look.decided},
	"deciding":    {unit: feed.InMedian, test: look.decided, adds: until(func(l look) time.Time { return l.DecidedAt() })},
	"cause":       {unit: feed.InPosts, test: func(l look) bool { return l.asked() && l.Cause != "" && l.holds(l.Cause) }, bars: causesOf},
	"noise":       {unit: feed.InPosts, test: func(l look) bool { return l.opened() && l.Noise > 0 && l.Rule == l.word }},
}

// until is how many minutes it took from the opening to an end.
func until(end func(look) time.Time) func(look) float64 {
	return func(l look) float64 { return minutes(l.OpenedAt, end(l)) }
}

// again holds for posts of rules about what had opened one lately.
func again(within time.Duration) func(look) bool {
	return func(l look) bool {
		if !l.ruled() {
			return false
		}
		b := l.before()
		return b != nil && l.OpenedAt.Sub(b.OpenedAt) <= within
	}
}

func (l look) decided() bool {
	at := l.DecidedAt()
	return !at.IsZero() && l.period.Holds(at)
}

// stops are those of the run, or of the bar that is looked at.
func (l look) stops() []feed.Bar {
	if !l.opened() || l.Run == nil {
		return nil
	}
	var out []feed.Bar
	for _, h := range l.Run.Stops {
		if l.holds == nil || l.holds(h.Cause) {
			out = append(out, feed.Bar{Name: h.Cause, Value: h.Minutes})
		}
	}
	return out
}

func (l look) stopped() (sum float64) {
	for _, s := range l.stops() {
		sum += s.Value
	}
	return sum
}

func (l look) lost() float64 {
	if !l.opened() || l.Run == nil {
		return 0
	}
	return l.Run.Lost
}

// empty is the part of a stock-out that lies in the period.
func (l look) empty() float64 {
	if l.Kind != feed.StockOut {
		return 0
	}
	return minutes(latest(l.OpenedAt, l.period.From), earliest(l.ClosedAt, l.period.To))
}

func (l look) costs() float64 {
	v := l.cost.Of(feed.Figures{Stopped: l.stopped(), Lost: l.lost(), ShelfEmpty: l.empty()})
	if v == nil {
		return 0
	}
	return *v
}
