package rule

import "time"

// lull is how long no tick may come before that counts as a pause of the
// stream. Ticks come once a second.
const lull = time.Minute

// tickEvery is how far an event may be ahead of the last tick.
const tickEvery = time.Second

// clock is the time of the stream: its ticks, and nothing else, so that it does
// not matter with which other events an event is stepped. While nobody wrote
// the stream nobody was listening either, so the silence of machines in a pause
// proves nothing: timers do not run then.
//
// Stamps are the time of the computer that wrote them, which may be wrong and
// be set right. Timers run on awake time, which never goes back: each tick
// advances it by what it is after the tick before.
type clock struct {
	Now    time.Time     `json:"now,omitzero"`     // the stamp of the last tick
	Paused time.Duration `json:"paused,omitempty"` // what Now is ahead of awake time
	Back   time.Time     `json:"back,omitzero"`    // the stamp of one tick from long before Now
}

func (c *clock) awake() time.Time { return c.Now.Add(-c.Paused) }

// at is when an event with that stamp is met: at the last tick, or up to a
// second later.
func (c *clock) at(stamp time.Time) time.Time {
	switch last := c.Now.Add(tickEvery); {
	case stamp.Before(c.Now):
		return c.Now
	case stamp.After(last):
		return last
	}
	return stamp
}

// tick takes in the stamp of a tick and tells whether anything changed. One from
// long ago may be a tick that was stored again, or that of another node whose
// clock is behind; when the next goes on from there, the clock of the stream was
// set back.
func (c *clock) tick(stamp time.Time) bool {
	step := stamp.Sub(c.Now)
	switch {
	case c.Now.IsZero():
		c.Now = stamp
	case follows(stamp, c.Back):
		c.move(stamp, stamp.Sub(c.Back))
	case step < -clockSlack:
		c.Back = stamp
	case step <= 0:
		return false
	case step <= lull:
		c.move(stamp, step)
	default:
		c.move(stamp, 0)
	}
	return true
}

// follows tells whether a tick goes on from the one before.
func follows(stamp, before time.Time) bool {
	step := stamp.Sub(before)
	return !before.IsZero() && 0 < step && step <= lull
}

// move sets the clock to now, and awake time on by awake.
func (c *clock) move(now time.Time, awake time.Duration) {
	c.Paused += now.Sub(c.Now) - awake
	c.Now, c.Back = now, time.Time{}
}
