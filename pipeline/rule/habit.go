package rule

import "time"

const (
	habitLearn  = 10 // days to learn before saying anything
	habitEach   = 2  // days of a class to learn before believing it
	habitForget = 40 // days of a class after which the past counts half
)

// habit is how an article usually sells: pieces by hour of the day, on working
// days and at the weekend apart. 48 sums and two numbers of days, that fade: small
// enough for every article, and enough to tell noon from the last hour.
type habit struct {
	Sold   [48]float64 `json:"sold"`
	Days   [2]int      `json:"days"`            // sessions that ended, on working days and at the weekend
	From   time.Time   `json:"from,omitzero"`   // start of the first session that counts
	Taught time.Time   `json:"taught,omitzero"` // start of the last session that was counted
}

// add notes a sale in a session.
func (h *habit) add(bucket int, sold float64, in session) {
	if !in.start.Before(h.From) {
		h.Sold[bucket] += sold
	}
}

// teach counts the sessions that ended by now. A day on which the article could
// not be bought teaches nothing.
func (h *habit) teach(open *opening, now time.Time, sellable bool) {
	if h.Taught.IsZero() {
		if first, found := open.calendar.After(now); found {
			h.From, h.Taught = first.Start, now
		}
		return
	}
	for range noSaleReach {
		next, found := open.calendar.After(h.Taught)
		if !found || next.End.After(now) {
			return
		}
		h.Taught = next.Start
		if sellable {
			h.count(open.bucket(next.Start) / 24)
		}
	}
}

// count adds a day to a class, and lets the past fade.
func (h *habit) count(class int) {
	h.Days[class]++
	if h.Days[class] <= habitForget {
		return
	}
	h.Days[class] /= 2
	for i := range 24 {
		h.Sold[24*class+i] /= 2
	}
}

// perDay is what is sold on a day, 0 before enough was learned.
func (h *habit) perDay() float64 {
	days := h.Days[0] + h.Days[1]
	if days < habitLearn {
		return 0
	}
	return sum(h.Sold[:]) / float64(days+1)
}

// usual is what is sold in an hour of the clock. The day that has not ended
// counts as one, since its sales do.
func (h *habit) usual(bucket int) float64 {
	days := h.Days[bucket/24]
	if days < habitEach {
		return 0
	}
	return h.Sold[bucket] / float64(days+1)
}

// reach is when, from a time on, so many are expected to have been sold.
func (h *habit) reach(open *opening, from time.Time, expected float64) (time.Time, bool) {
	at := from
	for range noSaleReach {
		s, found := open.next(at)
		if !found {
			break
		}
		for _, hour := range open.hours(s) {
			if !hour.end.After(from) {
				continue
			}
			length := hour.end.Sub(hour.start)
			start := hour.start
			if start.Before(from) {
				start = from
			}
			pace := h.usual(hour.bucket) / float64(length)
			within := pace * float64(hour.end.Sub(start))
			if within > 0 && within >= expected {
				return start.Add(time.Duration(expected / pace)), true
			}
			expected -= within
		}
		at = s.end
	}
	return time.Time{}, false
}
