package main

import (
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/pipeline/pack"
	"github.com/fildefer/fildefer/pipeline/replay"
)

// runsPack tells whether each rule of a pack runs, in whatever words.
func (b *rulebook) runsPack(name string) bool {
	p, err := pack.Find(name)
	if err != nil {
		return false
	}
	of, err := replay.Compile([]replay.Document{{Name: name + ".yaml", Data: p.Text}})
	if err != nil {
		return false
	}
	set, _ := b.current()
	for _, r := range of.Rules() {
		if set.Rule(r.ID) == nil {
			return false
		}
	}
	return true
}

// began tells when the shift, day or week of a place began in which an instant
// lies. Without a shift, the day stands for it.
func (b *rulebook) began(place feed.Path, every feed.Every, at time.Time) time.Time {
	if every == feed.EveryOnce {
		return time.Time{}
	}
	if shift, works := b.shift(place, at); works && every == feed.EveryShift {
		return shift.Start.UTC()
	}
	local := at.In(b.zone(place))
	back := 0
	if every == feed.EveryWeek {
		back = (int(local.Weekday()) + 6) % 7 // a week begins on Monday
	}
	return time.Date(local.Year(), local.Month(), local.Day()-back, 0, 0, 0, 0, local.Location()).UTC()
}
