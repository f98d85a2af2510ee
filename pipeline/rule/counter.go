package rule

import "time"

// counter is the last reading that was taken of a counter that only grows, but
// for when it begins again or is corrected. Readings in between tell nothing
// that the next does not, so they are left out and cost no write.
type counter struct {
	Value float64   `json:"value"`
	At    time.Time `json:"at,omitzero"`  // source time of the last reading, good or bad
	Met   time.Time `json:"met,omitzero"` // awake time of the last good one; zero: the next is the first
}

// isNew tells whether a reading comes at least step after the last one taken.
// One from long before means that the source's clock was set back.
func (c *counter) isNew(m moment, step time.Duration) bool {
	later := m.at.Sub(c.At)
	return c.At.IsZero() || later >= step || later <= -clockSlack
}

// read takes a reading and returns by how much the counter went on. A much
// smaller one has begun again, from nothing or after the last digit rolled over;
// a little smaller one was corrected. After a pause longer than memory there is
// no telling when things were counted.
func (c *counter) read(v float64, m moment, memory time.Duration) float64 {
	was := *c
	*c = counter{Value: v, At: m.at, Met: m.awake}
	switch {
	case was.Met.IsZero() || m.awake.Sub(was.Met) > memory:
		return 0
	case v >= was.Value:
		return v - was.Value
	case v > was.Value/2:
		return 0
	}
	return max(0, v)
}

// lose notes that the counter cannot be read.
func (c *counter) lose(m moment) { *c = counter{Value: c.Value, At: m.at} }
