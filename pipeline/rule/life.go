package rule

import "time"

// phase is where a condition is in its life.
type phase string

const (
	normal   phase = ""
	pending  phase = "pending"  // it holds, on_delay runs
	active   phase = "active"   // it holds, and is told
	clearing phase = "clearing" // it holds no more, off_delay runs
)

// refreshEvery bounds how often a post is updated.
const refreshEvery = time.Second

// life is the life of one condition, the same for every kind. Its delays run
// on awake time; what people read, or compare with other days, is stream time.
type life struct {
	Phase phase     `json:"phase,omitempty"`
	Since time.Time `json:"since,omitzero"` // stream time: when it last began to hold
	Until time.Time `json:"until,omitzero"` // awake time: end of the delay; zero while pending or clearing: frozen
	Heard time.Time `json:"heard,omitzero"` // awake time: last usable event while not normal
	Stale bool      `json:"stale,omitempty"`

	Episode int64     `json:"episode,omitempty"`
	Ended   time.Time `json:"ended,omitzero"` // stream time of the last Clear

	// Muted: it held already before anybody looked, and showed this face.
	Muted   bool      `json:"muted,omitempty"`
	Shown   face      `json:"shown,omitzero"`
	ShownAt time.Time `json:"shown_at,omitzero"` // awake time
}

// holding tells whether the last verdict was holds: a deadband on the way back
// counts from here.
func (l *life) holding() bool { return l.Phase == pending || l.Phase == active }

// told tells whether there is a post that says that the condition holds.
func (l *life) told() bool { return l.Phase == active || l.Phase == clearing }

// judge moves the life by one verdict and returns what is to be told.
func (l *life) judge(says verdict, r *Rule, m moment) EffectKind {
	if says == unusable {
		l.freeze()
		return ""
	}
	switch {
	case says == holds && l.Phase == normal:
		l.Phase, l.Since, l.Heard = pending, m.now, m.awake
		l.Until = m.awake.Add(r.OnDelay.Duration)
	case says == holds && l.Phase == clearing:
		l.Phase, l.Until = active, time.Time{}
	case says == fine && l.Phase == pending:
		l.Phase, l.Since, l.Until = normal, time.Time{}, time.Time{}
	case says == fine && l.Phase == active:
		l.Phase, l.Until = clearing, m.awake.Add(r.OffDelay.Duration)
	case l.Phase == pending && l.Until.IsZero(): // data is back: the delay starts afresh
		l.Until = m.awake.Add(r.OnDelay.Duration)
	case l.Phase == clearing && l.Until.IsZero():
		l.Until = m.awake.Add(r.OffDelay.Duration)
	}
	return l.expire(r, m)
}

// expire ends the delay that has run out.
func (l *life) expire(r *Rule, m moment) EffectKind {
	if l.Until.IsZero() || m.awake.Before(l.Until) {
		return ""
	}
	l.Until = time.Time{}
	if l.Phase == clearing {
		*l = life{Since: l.Since, Episode: l.Episode, Ended: m.now, Shown: l.Shown}
		return Clear
	}
	l.Phase = active
	if l.Ended.IsZero() || m.now.Sub(l.Ended) > r.ReopenWithin.Duration {
		l.Episode = max(l.Episode+1, m.now.UnixMilli())
	}
	return Raise
}

// freeze stops the delay that runs: without data there is no telling whether
// the condition went on, so it neither begins nor ends.
func (l *life) freeze() {
	if l.Phase == pending || l.Phase == clearing {
		l.Until = time.Time{}
	}
}

// hear notes that there is data, and returns Freshen when there was none.
func (l *life) hear(m moment) EffectKind {
	if l.Phase == normal {
		return ""
	}
	l.Heard = m.awake
	if !l.Stale {
		return ""
	}
	l.Stale = false
	if l.told() {
		return Freshen
	}
	return ""
}

// spoil notes that there is no data, and returns Spoil when a post says so.
func (l *life) spoil() EffectKind {
	l.Stale = true
	l.freeze()
	if l.told() {
		return Spoil
	}
	return ""
}

// staleAt is when the data goes stale, refreshAt when a new face may be shown.
func (l *life) staleAt(r *Rule) time.Time {
	if r.StaleAfter.Duration == 0 || l.Phase == normal || l.Stale {
		return time.Time{}
	}
	return l.Heard.Add(r.StaleAfter.Duration)
}

func (l *life) refreshAt(f face) time.Time {
	switch {
	case !l.told() || f == l.Shown:
		return time.Time{}
	case f.PostKind != l.Shown.PostKind:
		return l.ShownAt
	}
	return l.ShownAt.Add(refreshEvery)
}
