package notify

import (
	"context"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Calendar finds the shift that works at a place at an instant, or else the next
// one. It is not known where nobody keeps a calendar.
type Calendar func(place feed.Path, at time.Time) (begins, ends time.Time, known bool)

// Whereabouts tells whether a member is at work, and the absence that they are
// in, nil when there is none.
type Whereabouts interface {
	Whereabouts(ctx context.Context, m feed.MemberID, now time.Time) (present bool, away *feed.Absence, err error)
}

// Where nobody keeps a calendar, people work on weekdays between these hours;
// the week begins with its digest.
const (
	dayBegins = 7
	dayEnds   = 19
)

// quiet knows when people are left in peace.
type quiet struct {
	calendar Calendar
	where    Whereabouts
	zone     *time.Location
}

// plan is when a notification is written of: now, with the digest that leaves
// then, or never.
type plan struct {
	never  bool
	digest time.Time // zero: now
}

// plan decides by the wishes of the member: off shift and on leave there is
// silence, and what was silent comes in the digest.
func (q quiet) plan(ctx context.Context, to feed.Recipient, n feed.Notification, now time.Time) (plan, error) {
	pace := to.Wishes.Pace(n.Why.Matter())
	if n.Why == feed.Trial || to.Email == "" || n.ID == "" || !n.ReadAt.IsZero() || pace == feed.NoMail {
		return plan{never: true}, nil
	}
	present, away, err := q.where.Whereabouts(ctx, to.ID, now)
	if err != nil {
		return plan{}, err
	}
	back := now
	if away != nil {
		back = away.Until
	}
	begins, ends := q.shift(to.Member, back)
	working := away == nil && (present || !begins.After(now))
	if pace == feed.AtOnce && (working || n.Urgent && to.Wishes.Urgent) {
		return plan{}, nil
	}
	if to.Wishes.Weekly {
		return plan{digest: q.monday(back)}, nil
	}
	return plan{digest: ends}, nil
}

// shift is the one that the member's place works at an instant, or the next one.
func (q quiet) shift(m feed.Member, at time.Time) (begins, ends time.Time) {
	for _, g := range m.Grants {
		if q.calendar == nil {
			break
		}
		if begins, ends, known := q.calendar(g.Territory, at); known {
			return begins, ends
		}
	}
	day := at.In(q.zone)
	for {
		begins, ends = hour(day, dayBegins), hour(day, dayEnds)
		if weekday := day.Weekday(); weekday != time.Saturday && weekday != time.Sunday && ends.After(at) {
			return begins, ends
		}
		day = hour(day, 0).AddDate(0, 0, 1)
	}
}

// monday is the next Monday morning after an instant.
func (q quiet) monday(at time.Time) time.Time {
	day := hour(at.In(q.zone), dayBegins)
	for day.Weekday() != time.Monday || !day.After(at) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

func hour(day time.Time, h int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), h, 0, 0, 0, day.Location())
}
