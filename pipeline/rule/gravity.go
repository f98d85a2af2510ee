package rule

import "time"

// severity is how grave the condition is: what its kind says of it, or its
// rule, and what it has risen to by lasting; the graver counts.
func (c *condition) severity(own string) string {
	r := c.rule()
	worst := r.Severity
	if own != "" {
		worst = own
	}
	if n := min(int(c.life.Risen), len(r.SeverityAfter)); n > 0 && graver(r.SeverityAfter[n-1].Severity, worst) {
		worst = r.SeverityAfter[n-1].Severity
	}
	// The post of what comes and goes gets worse, but not better.
	if shown := c.life.shown().Severity; c.life.unstable() && graver(shown, worst) && shown != "" {
		worst = shown
	}
	return worst
}

// riseAt is when the severity rises by lasting. It does so while the condition
// is known to hold only; what was due in between follows.
func (l *life) riseAt(r *Rule) time.Time {
	if l.Phase != active || l.Stale || l.unstable() || l.Told.IsZero() || int(l.Risen) >= len(r.SeverityAfter) {
		return time.Time{}
	}
	return l.Told.Add(r.SeverityAfter[l.Risen].After)
}
