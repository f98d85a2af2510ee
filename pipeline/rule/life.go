package rule

import "time"

// phase is where a condition is in its life.
type phase string

const (
	normal   phase = ""
	pending  phase = "pending"  // it holds, on_delay runs
	active   phase = "active"   // it holds, and is told
	clearing phase = "clearing" // it holds no more, off_delay runs
	latched  phase = "latched"  // it is over, and waits for a person to say so
)

// refreshEvery bounds how often a post is updated, and unstableEvery how often
// that of a condition which comes and goes.
const (
	refreshEvery  = time.Second
	unstableEvery = time.Minute
)

// life is the life of one condition, the same for every kind. Its delays run
// on awake time; what people read, or compare with other days, is stream time.
type life struct {
	Phase phase     `json:"phase,omitempty"`
	Since time.Time `json:"since,omitzero"` // stream time: when it last began to hold
	Began time.Time `json:"began,omitzero"` // likewise, by the source of the event that said so; zero: none did
	Until time.Time `json:"until,omitzero"` // awake time: end of the delay; zero while pending or clearing: frozen
	Heard time.Time `json:"heard,omitzero"` // awake time: last usable event while not normal

	Episode int64     `json:"episode,omitempty"`
	Ended   time.Time `json:"ended,omitzero"` // stream time of the last Clear
	Told    time.Time `json:"told,omitzero"`  // awake time of the last Raise
	Flap    *flapping `json:"flap,omitempty"` // nil where nothing changed lately

	Shown   *face     `json:"shown,omitempty"`   // what the post shows; of what is muted, what it would; never written to
	ShownAt time.Time `json:"shown_at,omitzero"` // awake time

	Risen   int32 `json:"risen,omitempty"`   // how often the severity rose since it was told
	Stale   bool  `json:"stale,omitempty"`   // there is no data
	Latched bool  `json:"latched,omitempty"` // from the end of off_delay on, until it is reset or told anew
	Muted   bool  `json:"muted,omitempty"`   // it held already before anybody looked, and showed this face
}

// holding tells whether the last verdict was holds: a deadband on the way back
// counts from here.
func (l *life) holding() bool { return l.Phase == pending || l.Phase == active }

// shown is the face that is remembered, or none.
func (l *life) shown() face {
	if l.Shown == nil {
		return face{}
	}
	return *l.Shown
}

// show remembers what the post shows from now on.
func (l *life) show(f face, m moment) {
	l.Shown, l.ShownAt = &f, m.awake
	if l.Flap != nil {
		l.Flap.Shown = l.Flap.Flips
	}
}

// told tells whether there is a post that has not ended.
func (l *life) told() bool { return l.Phase == active || l.Phase == clearing || l.Latched }

// judge moves the life by one verdict and returns what is to be told.
func (l *life) judge(says verdict, r *Rule, m moment) EffectKind {
	switch {
	case says == silent:
		return ""
	case says == unusable:
		l.freeze()
		return ""
	case says == holds && (l.Phase == normal || l.Phase == latched):
		l.Phase, l.Since, l.Began, l.Heard = pending, m.now, m.at, m.awake
		l.Until = m.awake.Add(r.OnDelay.Duration)
	case says == holds && l.Phase == clearing:
		l.Phase, l.Until = active, time.Time{}
	case says == fine && l.Phase == pending:
		l.retreat()
	case says == fine && l.Phase == active:
		l.Phase = clearing
		l.waitForEnd(r, m)
	case l.Phase == pending && l.Until.IsZero(): // data is back: the delay starts afresh
		l.Until = m.awake.Add(r.OnDelay.Duration)
	case l.Phase == clearing && l.Until.IsZero():
		l.waitForEnd(r, m)
	}
	return l.expire(r, m)
}

// retreat takes back a beginning that was not told.
func (l *life) retreat() {
	l.Phase, l.Began, l.Until = normal, time.Time{}, time.Time{}
	if l.Latched {
		l.Phase = latched
		return
	}
	l.Since = time.Time{}
}

// waitForEnd starts off_delay; what comes and goes does not end.
func (l *life) waitForEnd(r *Rule, m moment) {
	if !l.unstable() {
		l.Until = m.awake.Add(r.OffDelay.Duration)
	}
}

// expire ends the delay that has run out.
func (l *life) expire(r *Rule, m moment) EffectKind {
	if l.Until.IsZero() || m.awake.Before(l.Until) {
		return ""
	}
	l.Until = time.Time{}
	switch {
	case l.Phase == pending:
		return l.raise(r, m)
	case r.Latch:
		l.Phase, l.Latched, l.Risen = latched, true, 0
		return Latch
	}
	return l.clear(m)
}

// raise begins an episode, or goes on with the last when that ended not long
// ago and is not too old.
func (l *life) raise(r *Rule, m moment) EffectKind {
	ended := l.Ended.IsZero() || m.now.Sub(l.Ended) > r.ReopenWithin.Duration
	old := m.now.Sub(time.UnixMilli(l.Episode)) > r.MaxThreadAge.Duration
	if !l.Latched && (ended || old) {
		l.Episode = max(l.Episode+1, m.now.UnixMilli())
	}
	l.Phase, l.Latched, l.Told, l.Risen = active, false, m.awake, 0
	return Raise
}

func (l *life) clear(m moment) EffectKind {
	*l = life{Since: l.Since, Episode: l.Episode, Ended: m.now, Shown: l.Shown, Flap: l.Flap}
	return Clear
}

// reset is a person's word that what has latched is over. What holds again
// meanwhile begins anew.
func (l *life) reset(m moment) EffectKind {
	switch {
	case !l.Latched:
		return ""
	case l.Phase == latched:
		return l.clear(m)
	}
	l.Latched, l.Ended = false, m.now
	return Clear
}

// freeze stops the delay that runs: without data there is no telling whether
// the condition went on, so it neither begins nor ends.
func (l *life) freeze() {
	if l.Phase == pending || l.Phase == clearing {
		l.Until = time.Time{}
	}
	if l.Flap != nil {
		l.Flap.Blind = true
	}
}

// hear notes that there is data, and returns Freshen when there was none.
func (l *life) hear(m moment) EffectKind {
	if l.Flap != nil {
		l.Flap.Blind = false
	}
	if l.Phase == normal || l.Phase == latched {
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

// staleAt is when the data goes stale; from is since when the rule looks.
func (l *life) staleAt(r *Rule, from time.Time) time.Time {
	if r.StaleAfter.Duration == 0 || l.Phase == normal || l.Phase == latched || l.Stale {
		return time.Time{}
	}
	return later(l.Heard, from).Add(r.StaleAfter.Duration)
}

// refreshAt is when a new face may be shown. A condition on its way back to
// normal keeps its face: its sentence says what is wrong, and the values are no
// longer so.
func (l *life) refreshAt(f face) time.Time {
	changed := l.Phase == active && f != l.shown()
	switch {
	case l.unstable() && (changed || l.Flap.Flips != l.Flap.Shown):
		return l.ShownAt.Add(unstableEvery)
	case !changed || l.unstable():
		return time.Time{}
	case f.PostKind != l.shown().PostKind:
		return l.ShownAt
	}
	return l.ShownAt.Add(refreshEvery)
}
