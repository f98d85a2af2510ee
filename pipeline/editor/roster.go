package editor

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
	"github.com/fildefer/fildefer/pipeline/shift"
)

// handBefore is how long before the end of a shift its sheet is written.
const handBefore = 10 * time.Minute

// lookAgain is after how long a calendar without shifts is looked at again.
const lookAgain = 24 * time.Hour

// roster is which shift of a territory hands over next.
type roster struct {
	territory string
	timer     timer
	rosterRecord
}

type rosterRecord struct {
	Done    string      `json:"done,omitempty"` // the shift that handed over last
	Current shift.Shift `json:"current,omitzero"`
}

func (e *Editor) roster(territory string) *roster {
	r := e.rosters[territory]
	if r == nil {
		r = &roster{territory: territory}
		e.rosters[territory] = r
	}
	return r
}

func (r *roster) row() string { return rowRoster + "\t" + r.territory }

func (r *roster) alarm() *timer { return &r.timer }

func (r *roster) blob() []byte { return encode(&r.rosterRecord) }

// due is never: hours of a shift are stream time, which the agenda knows
// nothing of.
func (r *roster) due() time.Time { return time.Time{} }

func (r *roster) wake(*Editor) {}

// relieve writes the sheets of the shifts that end soon, and sets when to look
// again.
func (e *Editor) relieve() {
	e.relief = e.now.Add(lookAgain)
	for i := range e.set.Calendars() {
		c := &e.set.Calendars()[i]
		if next := e.handOver(e.roster(c.Territory), c); next.Before(e.relief) {
			e.relief = next
		}
	}
}

// handOver returns the stream time at which c is to be looked at again.
func (e *Editor) handOver(r *roster, c *shift.Calendar) time.Time {
	if s := r.Current; !s.Start.IsZero() {
		due := s.End.Add(-handBefore)
		if e.now.Before(due) {
			return due
		}
		if e.now.Before(s.End) { // else nobody wrote the stream meanwhile
			e.sheet(c, s)
		}
		r.Done, r.Current = s.ID(), shift.Shift{}
		e.keep(r)
	}
	if s, works := c.At(e.now); works && s.ID() != r.Done {
		r.Current = s
		e.keep(r)
		return e.handOver(r, c)
	}
	if next, found := c.After(e.now); found {
		return next.Start
	}
	return e.now.Add(lookAgain)
}

// sheet asks the feed for the sheet of s.
func (e *Editor) sheet(c *shift.Calendar, s shift.Shift) {
	next, works := c.At(s.End)
	if !works {
		next, _ = c.After(s.End)
	}
	x := e.note(Handover, &rule.Effect{
		Key: "handover\t" + s.Territory + "\t" + s.ID(), Episode: e.now.UnixMilli(),
		PostKind: "handover", Topic: "maintenance", Severity: info, Territory: pipeline.AssetPath(s.Territory),
		Author: "machine", AuthorName: pipeline.AssetPath(s.Territory).Base(),
		TitleFR: "Relève de l’équipe {shift}", TitleEN: "Handover of the {shift} shift",
		Values: map[string]any{"shift": s.Name, "next": next.Name, "place": pipeline.AssetPath(s.Territory).Base()},
	})
	x.Bump = true
	x.Shift = Shift{Name: s.Name, Start: s.Start, End: s.End, Next: next.Name}
}
