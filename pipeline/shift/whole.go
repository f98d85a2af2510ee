package shift

import "time"

// longest bounds how many days are looked through for shifts.
const longest = 400

// Whole counts the shifts that begin and end between two instants, and no more
// than most of them.
func (c *Calendar) Whole(from, to time.Time, most int) int {
	count, day := 0, c.day(from)
	for range longest {
		if count >= most || day.After(c.day(to)) {
			break
		}
		for _, s := range c.on(day) {
			if !s.Start.Before(from) && !s.End.After(to) {
				count++
			}
		}
		day = day.AddDate(0, 0, 1)
	}
	return min(count, most)
}
