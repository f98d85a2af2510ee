package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/pack"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// packUse is a pack of rules and the places where usages brought it.
type packUse struct {
	name   string
	places []pipeline.AssetPath
}

func (u packUse) same(o packUse) bool { return u.name == o.name && slices.Equal(u.places, o.places) }

// parse reads the pack.
func (u packUse) parse() (*rule.File, error) {
	p, err := pack.Find(u.name)
	if err != nil {
		return nil, err
	}
	return rule.Parse(packFile(u.name), p.Text)
}

// packFile is what a pack is called among the rule files.
func packFile(name string) string { return "fildefer/" + name + ".yaml" }

// packsInUse lists the packs that the usages in use bring, in the order of names
// and of places.
func packsInUse(s *store.Store, usages []feed.Usage) func(context.Context) ([]packUse, error) {
	bring := map[string][]string{}
	for _, u := range usages {
		bring[u.Name] = u.Rules
	}
	return func(ctx context.Context) ([]packUse, error) {
		installed, err := s.Usages(ctx, []feed.Path{""})
		if err != nil {
			return nil, fmt.Errorf("usages in use: %w", err)
		}
		places := map[string][]pipeline.AssetPath{}
		for _, in := range installed {
			for _, name := range bring[in.Usage] {
				places[name] = append(places[name], pipeline.AssetPath(in.Place))
			}
		}
		uses := make([]packUse, 0, len(places))
		for _, name := range slices.Sorted(maps.Keys(places)) {
			slices.Sort(places[name])
			uses = append(uses, packUse{name, slices.Compact(places[name])})
		}
		return uses, nil
	}
}

// packRules says in the API's words what a pack brings, and whether the house
// has all of it in files of its own.
func (b *rulebook) packRules(name string) (says []feed.Text, owned bool) {
	ready, err := packUse{name: name}.parse()
	if err != nil {
		return nil, false
	}
	set, _ := b.current()
	owned = true
	for i := range ready.Rules {
		r := &ready.Rules[i]
		says = append(says, feed.Text(r.Sentence()))
		own := set.Rule(r.ID)
		owned = owned && own != nil && own.Within() == nil
	}
	return says, owned
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
