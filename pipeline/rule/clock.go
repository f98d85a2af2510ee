package rule

import "time"

// lull is how long nothing may advance a ticking shard before that counts as a
// pause of the stream. Ticks come once a second.
const lull = time.Minute

// clock is the time of a shard. While nobody wrote the stream nobody was
// listening either, so the silence of machines in a pause proves nothing:
// timers do not run then.
//
// Stamps are the time of the computer that wrote them, which may be wrong and
// be set right. Timers run on awake time, which never goes back: each tick
// advances it by what it is after the tick before, and the first event after a
// tick by no more than a lull, whatever its stamp says.
type clock struct {
	Now    time.Time     `json:"now,omitzero"`     // the latest stamp since the clock was last set back
	Paused time.Duration `json:"paused,omitempty"` // what Now is ahead of awake time
	Ticked time.Time     `json:"ticked,omitzero"`  // the stamp of the last tick
	Gained time.Duration `json:"gained,omitempty"` // what awake time is ahead of the ticks
	Back   time.Time     `json:"back,omitzero"`    // the stamp of one tick from long before Ticked
}

func (c *clock) awake() time.Time { return c.Now.Add(-c.Paused) }

// advance takes in a stamp and tells whether anything changed.
func (c *clock) advance(stamp time.Time, tick bool) bool {
	was := *c
	if tick {
		c.tick(stamp)
	} else {
		c.reach(stamp)
	}
	return *c != was
}

// reach moves the clock on to stamp, if that is ahead. Where events come without
// ticks, nothing is known of pauses, and there are none.
func (c *clock) reach(stamp time.Time) {
	step := stamp.Sub(c.Now)
	switch {
	case c.Now.IsZero():
		c.Now = stamp
	case step <= 0:
	case step > lull && c.Now.Sub(c.Ticked) <= lull:
		c.move(stamp, 0)
	default:
		c.Gained += step
		c.move(stamp, step)
	}
}

// tick takes in the stamp of a tick. One from long ago may be a tick that was
// stored again, or that of another node whose clock is behind; when the next
// goes on from there, the clock of the stream was set back.
func (c *clock) tick(stamp time.Time) {
	switch {
	case follows(stamp, c.Back):
		c.Ticked, c.Gained = c.Back, 0
	case stamp.Sub(c.Ticked) < -clockSlack:
		c.Back = stamp
		return
	case !stamp.After(c.Ticked):
		return
	}
	if follows(stamp, c.Ticked) {
		step := stamp.Sub(c.Ticked)
		now := c.Now
		if stamp.After(now) || now.Sub(stamp) > clockSlack {
			now = stamp
		}
		c.move(now, max(0, step-c.Gained))
		c.Gained = max(0, c.Gained-step)
	} else {
		c.reach(stamp)
		c.Gained = 0
	}
	c.Ticked, c.Back = stamp, time.Time{}
}

// follows tells whether a tick goes on from the one before.
func follows(stamp, before time.Time) bool {
	step := stamp.Sub(before)
	return !before.IsZero() && 0 < step && step <= lull
}

// move sets the clock to now, and awake time on by awake.
func (c *clock) move(now time.Time, awake time.Duration) {
	c.Paused += now.Sub(c.Now) - awake
	c.Now = now
}
