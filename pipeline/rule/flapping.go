package rule

import "time"

// flapping is how often a condition changed lately, and whether it is called
// unstable for that. ISA-18.2 calls such alarms chattering and fleeting, and
// wants them seen as one.
//
// Changes count from the first time the condition is told until it has been
// over for a whole window: what on_delay keeps from people troubles nobody.
type flapping struct {
	Stamps   []time.Time `json:"at"` // awake time of the last changes; as many as make it unstable, at most
	Unstable bool        `json:"unstable,omitempty"`
	Flips    int         `json:"flips,omitempty"` // since it became unstable, with those that made it so
	Shown    int         `json:"shown,omitempty"` // of them in the post
	Blind    bool        `json:"blind,omitempty"` // there was no usable data since the last change
}

func (l *life) unstable() bool { return l.Flap != nil && l.Flap.Unstable }

// flip notes that the verdict changed.
func (l *life) flip(says verdict, r *Rule, m moment) {
	if says != fine && says != holds || (says == holds) == l.holding() {
		return
	}
	recent := !l.Ended.IsZero() && m.now.Sub(l.Ended) <= r.Flap.Window.Duration
	if !l.told() && !recent {
		l.Flap = nil
		return
	}
	if l.Flap == nil {
		l.Flap = &flapping{}
	}
	f := l.Flap
	if f.Stamps = append(f.Stamps, m.awake); len(f.Stamps) > r.Flap.Start {
		f.Stamps = append(f.Stamps[:0], f.Stamps[len(f.Stamps)-r.Flap.Start:]...)
	}
	if f.Unstable {
		f.Flips++
	}
}

// shake returns Unstable when what is told has changed so often that its post
// is to be left as it is.
func (l *life) shake(r *Rule, m moment) EffectKind {
	f := l.Flap
	if f == nil || f.Unstable || l.Phase != active && l.Phase != clearing {
		return ""
	}
	if len(f.Stamps) < r.Flap.Start || m.awake.Sub(f.Stamps[len(f.Stamps)-r.Flap.Start]) >= r.Flap.Window.Duration {
		return ""
	}
	f.Unstable, f.Flips, f.Shown = true, r.Flap.Start, r.Flap.Start
	l.Until, l.ShownAt = time.Time{}, m.awake
	return Unstable
}

// steadyAt is when so many changes have left the window that the condition is
// steady, unless it changes again.
func (l *life) steadyAt(r *Rule) time.Time {
	if !l.unstable() || l.Stale {
		return time.Time{}
	}
	if n := len(l.Flap.Stamps) - 1 - r.Flap.Stop; n >= 0 {
		return l.Flap.Stamps[n].Add(r.Flap.Window.Duration)
	}
	return l.ShownAt
}

// steady lets life go on from the last verdict, if there is one to believe.
func (l *life) steady(r *Rule, m moment) EffectKind {
	l.Flap.Unstable, l.Flap.Flips, l.Flap.Shown = false, 0, 0
	if l.Phase == clearing && !l.Flap.Blind {
		l.waitForEnd(r, m)
	}
	return Steady
}
