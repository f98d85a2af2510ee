package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// quietStep is how often a condition that nothing happens to notes how far its
// source is.
const quietStep = 10 * time.Second

// mark remembers the last event that changed something, to know it, and those
// before it, when they come again. Quiet is how far the source was with events
// after it that changed nothing. It is written every quietStep at most, so
// that quiet conditions cost few writes; a late event may therefore pass for a
// new one where the last two were closer together than that.
type mark struct {
	ID    pipeline.EventID `json:"id,omitempty"`
	At    time.Time        `json:"at,omitzero"`
	Value reading          `json:"value"`
	Quiet time.Time        `json:"quiet,omitzero"`
}

// covers tells whether ev is old: met before, from before the mark, or the same
// reading with the same stamp. What was met quietly changes nothing again when
// repeated. (With two signals it could, so each leaves its mark.)
func (m *mark) covers(ev *pipeline.Event, at time.Time) bool {
	return ev.ID == m.ID || at.Before(m.At) || at.Equal(m.At) && ev.Value == m.Value.Value || m.late(at)
}

// late tells whether at is from before what was quiet already, and not so far
// before that the source's clock must have been set back.
func (m *mark) late(at time.Time) bool {
	return at.Before(m.Quiet) && m.Quiet.Sub(at) < clockSlack
}

// pass notes that an event at changed nothing, and tells whether that must be
// written.
func (m *mark) pass(at time.Time) bool {
	ahead := at.Sub(m.Quiet)
	if !m.Quiet.IsZero() && 0 <= ahead && ahead < quietStep {
		return false
	}
	m.Quiet = at
	return true
}

// repeats tells whether an event that says v was met before, or is from before
// what was. A clock that was set back far makes no repeats of what follows.
func (m *mark) repeats(id pipeline.EventID, v pipeline.Value, at time.Time) bool {
	return id == m.ID || at.Before(m.At) && m.At.Sub(at) < clockSlack || at.Equal(m.At) && v == m.Value.Value
}
