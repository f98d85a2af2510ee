package rule

import (
	"cmp"
	"slices"
	"time"
)

const (
	paceMinutes = 15 // that a pace is taken over
	maxCauses   = 8  // of stops; beyond, they are others
	otherCauses = "autres"
	longestRun  = 365 * 24 * time.Hour // no end is expected later
)

// tally is what was made in one run.
type tally struct {
	Order   string `json:"order,omitempty"`
	Product string `json:"product,omitempty"`
	Shift   string `json:"shift,omitempty"`

	Started time.Time     `json:"started"`
	Ended   time.Time     `json:"ended,omitzero"`
	Worked  time.Duration `json:"worked,omitempty"` // in stops or not, while the place works
	Target  float64       `json:"target,omitempty"`
	Good    float64       `json:"good,omitempty"`
	Scrap   float64       `json:"scrap,omitempty"`
	Halts   []halted      `json:"halts,omitempty"`

	Streak  time.Duration `json:"streak,omitempty"`  // without a stop, until now
	Longest time.Duration `json:"longest,omitempty"` // of the streaks
	Reached bool          `json:"reached,omitempty"` // the target, which was told

	Minute int64                `json:"minute,omitempty"` // current one
	Made   [paceMinutes]float64 `json:"made"`             // by minute, at its number modulo the length
}

// halted is the stops of one cause that are over.
type halted struct {
	Cause  string        `json:"cause"`
	Count  int           `json:"count"`
	Lasted time.Duration `json:"lasted,omitempty"`
}

func (t *tally) over() bool { return !t.Ended.IsZero() }

// add counts pieces.
func (t *tally) add(g gain, now time.Time) {
	t.roll(now)
	if g.Scrap {
		t.Scrap = max(0, t.Scrap+g.Pieces)
		return
	}
	t.Good = max(0, t.Good+g.Pieces)
	t.Made[t.Minute%paceMinutes] += g.Pieces
}

// work lets time pass.
func (t *tally) work(d time.Duration, stopped *stop) {
	t.Worked += d
	if stopped != nil {
		stopped.Lasted += d
		return
	}
	t.Streak += d
	t.Longest = max(t.Longest, t.Streak)
}

// halt counts a stop that is over.
func (t *tally) halt(cause string, lasted time.Duration) {
	t.Halts = addHalt(t.Halts, cause, lasted)
}

func addHalt(list []halted, cause string, lasted time.Duration) []halted {
	at := func() int { return slices.IndexFunc(list, func(h halted) bool { return h.Cause == cause }) }
	i := at()
	if i < 0 && len(list) >= maxCauses {
		cause = otherCauses
		i = at()
	}
	if i < 0 {
		list, i = append(list, halted{Cause: cause}), len(list)
	}
	list[i].Count++
	list[i].Lasted += lasted
	return list
}

// join adds what was counted under another name.
func (t *tally) join(o *tally) {
	t.Good, t.Scrap, t.Worked = t.Good+o.Good, t.Scrap+o.Scrap, t.Worked+o.Worked
	t.roll(time.Unix(o.Minute*60, 0))
	t.Made[t.Minute%paceMinutes] += o.Good
	for _, h := range o.Halts {
		t.halt(h.Cause, h.Lasted)
	}
}

// roll moves the minutes on.
func (t *tally) roll(now time.Time) {
	to := now.Unix() / 60
	if t.Minute == 0 || to-t.Minute > paceMinutes {
		t.Minute, t.Made = to, [paceMinutes]float64{}
	}
	for t.Minute < to {
		t.Minute++
		t.Made[t.Minute%paceMinutes] = 0
	}
}

// pace is pieces a minute over the last minutes; 0 while there is no telling.
func (t *tally) pace(now time.Time) float64 {
	minute := now.Unix() / 60
	from := time.Unix((minute-paceMinutes+1)*60, 0)
	if t.Started.After(from) {
		from = t.Started
	}
	made := 0.
	for i := range int64(paceMinutes) {
		if n := t.Minute - i; n > minute-paceMinutes && n <= minute {
			made += t.Made[n%paceMinutes]
		}
	}
	past := now.Sub(from)
	if past < 10*time.Second {
		return 0
	}
	return max(0, made/past.Minutes())
}

// report is what people see of the run at a time, with a stop that lasts.
func (t *tally) report(now time.Time, lasting *stop, ideal time.Duration) *Run {
	if t.over() {
		now, lasting = t.Ended, nil
	}
	halts := slices.Clone(t.Halts)
	if lasting != nil {
		halts = addHalt(halts, lasting.Cause, lasting.Lasted)
	}
	slices.SortStableFunc(halts, func(a, b halted) int { return cmp.Compare(b.Lasted, a.Lasted) })
	run := &Run{
		Order: t.Order, Product: t.Product, Shift: t.Shift, Count: t.Good, Target: t.Target, Scrap: t.Scrap,
		Pace: t.pace(now), Ideal: float64(time.Minute) / float64(ideal), Stopped: lasting != nil, StartedAt: t.Started,
	}
	var stood time.Duration
	for _, h := range halts {
		stood += h.Lasted
		run.Stops = append(run.Stops, Halt{Cause: h.Cause, Count: h.Count, Minutes: h.Lasted.Minutes()})
	}
	slow := float64(t.Worked-stood)/float64(ideal) - t.Good - t.Scrap
	run.Lost = float64(stood)/float64(ideal) + max(0, slow)
	if left := (t.Target - t.Good) / run.Pace; !t.over() && run.Pace > 0 && left > 0 && left < longestRun.Minutes() {
		run.ExpectedEnd = now.Add(time.Duration(left * float64(time.Minute)))
	}
	return run
}
