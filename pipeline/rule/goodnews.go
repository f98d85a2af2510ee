package rule

import (
	"fmt"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	newsRuns = 10            // that must be known before one is a record
	newsMin  = 100           // pieces that a run must have made to be news
	newsStay = 8 * time.Hour // of news where there are no shifts
)

// goodnews holds while a line has something to be proud of: a record, a run
// without scrap, or its target. It says so once per shift, or per order where
// there are no shifts: better news takes the place of good, and all go when the
// next shift begins.
type goodnews struct {
	Line   making     `yaml:",inline"`
	Min    float64    `yaml:"min"`
	Titles newsTitles `yaml:"titles"`
}

type newsTitles struct {
	Record     Title `yaml:"record"`
	ZeroDefect Title `yaml:"zero_defect"`
	Target     Title `yaml:"target"`
}

// newsMemory is the line, what it did best, and what is told.
type newsMemory struct {
	track
	Best float64 `json:"best,omitempty"` // pieces in a shift, or minutes without a stop in an order
	Runs int     `json:"runs,omitempty"` // that were compared with it
	News *news   `json:"news,omitempty"` // that is told
	Then *news   `json:"then,omitempty"` // that is told once the former is over
	Told bool    `json:"told,omitempty"` // the end of News
}

// merit ranks news, best last.
type merit int

const (
	targetReached merit = iota + 1
	zeroDefect
	bestYet
)

// news is one thing to be proud of.
type news struct {
	Merit  merit     `json:"merit"`
	Period time.Time `json:"period"` // beginning of the shift, or order, that it belongs to
	Until  time.Time `json:"until"`  // stream time
	Run    Run       `json:"run"`
	Streak float64   `json:"streak,omitempty"` // longest time without a stop, in minutes
	Before float64   `json:"before,omitempty"` // of a record: the best before
}

func (k goodnews) traits() traits {
	return traits{
		author: byMachine, values: append(runValues(), "run", "best", "minutes"), memory: func() any { return &newsMemory{} },
		moreSignals: k.Line.moreSignals(), anySignal: true, ownRepeats: true, ownRemovals: true, keepsEvent: true, ownTitles: true,
	}
}

func (k goodnews) place(where shifts) kind {
	k.Line.shifts = where
	return k
}

func (k goodnews) byShift() bool { return k.Line.byShift() }

func (k goodnews) check(r *Rule) []fault {
	faults := k.Line.check(r)
	for key, t := range map[string]Title{"titles.record": k.Titles.Record, "titles.zero_defect": k.Titles.ZeroDefect, "titles.target": k.Titles.Target} {
		if t != (Title{}) {
			faults = append(faults, r.checkTitle(key, t)...)
		}
	}
	if !isFinite(k.Min) || k.Min < 0 {
		faults = append(faults, fault{"min", "write how many pieces a run must have made to be news"})
	}
	return faults
}

func (k goodnews) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	s := mem.(*newsMemory)
	if !k.Line.read(&s.track, ev, m) {
		return silent, false
	}
	return k.judge(s, m), true
}

func (goodnews) due(mem any, _ bool) time.Time { return mem.(*newsMemory).Wake }

func (k goodnews) wake(mem any, m moment) verdict {
	s := mem.(*newsMemory)
	k.Line.advance(&s.track, m)
	return k.judge(s, m)
}

// judge looks for news, and lets what is told end before other news begins.
func (k goodnews) judge(s *newsMemory, m moment) verdict {
	k.reached(s, m)
	if s.settled(m.awake) {
		k.review(s, m)
		s.turn(m.awake)
	}
	if s.Told {
		s.News, s.Then, s.Told = s.Then, nil, false
	}
	s.schedule(m)
	switch {
	case s.News == nil:
		return fine
	case s.Then == nil && m.now.Before(s.News.Until):
		s.Wake = earliest(s.Wake, m.awake.Add(max(soon, min(time.Hour, s.News.Until.Sub(m.now)))))
		return holds
	}
	s.Told = true
	s.Wake = m.awake.Add(soon)
	return fine
}

// reached tells that a target was reached, once in a run.
func (k goodnews) reached(s *newsMemory, m moment) {
	for _, t := range []*tally{s.Now, s.Next} {
		if t != nil && t.Target > 0 && t.Good >= t.Target && !t.Reached {
			t.Reached = true
			k.tell(s, news{Merit: targetReached}, t, m)
		}
	}
}

// review looks at a run that is over for what is worth telling. What is missing
// in a shift is no record, nor are a few good pieces a run without scrap.
func (k goodnews) review(s *newsMemory, m moment) {
	t := s.Now
	if t.Good < max(1, k.least()) {
		return
	}
	if _, told := s.track.Scrap.Last.Value.Number(); t.Scrap == 0 && k.Line.Scrap != nil && (told || !k.Line.Scrap.Counter) {
		k.tell(s, news{Merit: zeroDefect}, t, m)
	}
	did, comparable := k.did(t)
	if !comparable {
		return
	}
	if s.Runs >= newsRuns && did > s.Best {
		k.tell(s, news{Merit: bestYet, Before: s.Best}, t, m)
	}
	s.Best, s.Runs = max(s.Best, did), min(s.Runs+1, newsRuns)
}

func (k goodnews) least() float64 {
	if k.Min == 0 {
		return newsMin
	}
	return k.Min
}

// did is what a run is compared by. Shifts are of a length, so their pieces can
// be compared; orders are not, but how long the line went without a stop can.
func (k goodnews) did(t *tally) (float64, bool) {
	if k.Line.byShift() {
		return t.Good, true
	}
	return t.Longest.Minutes(), k.Line.State != nil
}

// tell keeps n, of run t, if there is none better of the same shift.
func (k goodnews) tell(s *newsMemory, n news, t *tally, m moment) {
	n.Run, n.Streak = *t.report(s.Upto, nil, k.Line.Ideal.Duration), t.Longest.Minutes()
	n.Period, n.Until = t.Started, m.now.Add(newsStay)
	if !k.Line.byShift() && s.span.works && !s.span.from.IsZero() {
		n.Period = s.span.from
	}
	if !s.span.to.IsZero() {
		n.Until = s.span.to.Add(2 * settling) // when the last of the shift has settled
	}
	latest := &s.News
	if s.Then != nil || s.Told {
		latest = &s.Then
	}
	switch {
	case *latest == nil || (*latest).Period.Equal(n.Period) && (*latest).Merit < n.Merit:
		*latest = &n
	case !(*latest).Period.Equal(n.Period):
		s.Then = &n
	}
}

func (goodnews) face(mem any, _ *pipeline.Event) face {
	f := face{PostKind: postGoodNews}
	if n := mem.(*newsMemory).News; n != nil {
		f.Value = reading{pipeline.Text(fmt.Sprintf("%d %d %s", n.Merit, n.Period.UnixMilli(), n.Run.Order))}
	}
	return f
}

func (k goodnews) describe(mem any, e *Effect) {
	n := mem.(*newsMemory).News
	e.Signal, e.Value = "", pipeline.Value{}
	if n == nil {
		return
	}
	run := &n.Run
	run.values(e.Values)
	e.Value = pipeline.Number(run.Count)
	e.Values["run"] = run.Order
	if run.Shift != "" {
		e.Values["run"] = run.Shift
	}
	e.Values["best"], e.Values["minutes"] = n.Before, n.Streak
	title := k.title(n.Merit)
	e.TitleFR, e.TitleEN = title.FR, title.EN
}

// title is that of the rule, or the usual one.
func (k goodnews) title(m merit) Title {
	own, usual := k.Titles.Target, Title{
		FR: "{asset} : objectif atteint, {count|0} pièces ({run})",
		EN: "{asset}: target reached, {count|0} pieces ({run})",
	}
	switch {
	case m == zeroDefect:
		own, usual = k.Titles.ZeroDefect, Title{
			FR: "{asset} : {run} sans rebut, {count|0} pièces",
			EN: "{asset}: {run} without scrap, {count|0} pieces",
		}
	case m == bestYet && k.Line.byShift():
		own, usual = k.Titles.Record, Title{
			FR: "{asset} : record, {count|0} pièces ({run}), {best|0} jusqu'ici",
			EN: "{asset}: record, {count|0} pieces ({run}), {best|0} until now",
		}
	case m == bestYet:
		own, usual = k.Titles.Record, Title{
			FR: "{asset} : record, {minutes|0} min sans arrêt ({run}), {best|0} jusqu'ici",
			EN: "{asset}: record, {minutes|0} min without a stop ({run}), {best|0} until now",
		}
	}
	if own != (Title{}) {
		return own
	}
	return usual
}
