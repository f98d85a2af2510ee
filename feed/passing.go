package feed

import "time"

// Pass lets time pass: what follows from that, in order.
func (c *Circuit) Pass(co *Course, bench Bench, at time.Time) []Effect {
	switch {
	case co.Outcome == Deferred:
		if at.Before(co.Again) {
			return nil
		}
		c.enter(co, co.Step, bench, at)
		return []Effect{CameBack}
	case co.decided():
		return co.Task.pass(at)
	}
	var out []Effect
	if c.seat(co, bench) {
		out = append(out, Seated)
		if last, ok := lastWord(co.Votes); ok {
			if e := c.count(co, last, bench, at); e != Voted {
				return append(out, e)
			}
		}
	}
	s := c.stage(co)
	switch {
	case due(co.Raise, at):
		co.Overdue, co.Level, co.Raise = true, min(co.Level+1, s.top()), time.Time{}
		if co.Level < len(s.Escalate) {
			co.Raise = after(at, s.Within)
		}
		c.seat(co, bench)
		out = append(out, Late)
	case due(co.Remind, at):
		out = append(out, Reminded)
	}
	if due(co.Remind, at) {
		co.Remind = after(at, s.Remind)
	}
	return out
}

// pass lets time pass over what was decided.
func (t *Task) pass(at time.Time) []Effect {
	switch {
	case t == nil || t.Effect != "":
		return nil
	case t.Done.IsZero() && !t.Late && due(t.Due, at):
		t.Late = true
		return []Effect{TaskLate}
	case !t.Done.IsZero() && !t.Asked && due(t.AskAt, at):
		t.Asked = true
		return []Effect{AskHelp}
	}
	return nil
}

func lastWord(votes []Vote) (Ruling, bool) {
	if len(votes) == 0 {
		return Ruling{}, false
	}
	v := votes[len(votes)-1]
	return Ruling{Member: v.Member, Name: v.Name}, true
}

func due(at, now time.Time) bool { return !at.IsZero() && !now.Before(at) }

// after is at plus d, zero when d is.
func after(at time.Time, d time.Duration) time.Time {
	if d == 0 {
		return time.Time{}
	}
	return at.Add(d)
}
