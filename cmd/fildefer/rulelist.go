package main

import (
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/pack"
	"github.com/fildefer/fildefer/pipeline/rule"
)

var _ api.Rules = (*rulebook)(nil)

// List says in the API's words which rules run.
func (b *rulebook) List() []api.RuleInfo {
	set, _ := b.current()
	texts := map[string]string{}
	from := b.source()
	for _, d := range from.files {
		texts[d.Name] = string(d.Data)
	}
	for _, use := range from.packs {
		if p, err := pack.Find(use.name); err == nil {
			texts[packFile(use.name)] = string(p.Text)
		}
	}
	var out []api.RuleInfo
	for _, r := range set.Rules() {
		info := api.RuleInfo{
			ID: r.ID, Kind: r.KindName, Owner: r.Owner, Topic: r.Topic, Severity: r.Severity,
			Title: feed.Text(r.Sentence()), File: r.File, Line: r.Line, Match: match(r), Source: texts[r.File], Expected: r.Expect.PostsPerDay,
			Covers: func(p feed.Path) bool { return set.Speaks(r, pipeline.AssetPath(p)) },
		}
		for _, step := range r.Escalate {
			info.Asks = append(info.Asks, step.To)
		}
		if r.Shadow != nil {
			info.Author, info.Of = feed.MemberID(r.Shadow.Author), r.Shadow.Of
		}
		out = append(out, info)
	}
	return out
}

// Fault says what is wrong with the rule files as they are now; empty while
// they are what runs.
func (b *rulebook) Fault() string {
	if _, err := b.current(); err != nil {
		return err.Error()
	}
	return ""
}

// shift is the one that works at a place, and which comes after it.
func (b *rulebook) shift(place feed.Path, at time.Time) (feed.Sheet, bool) {
	set, _ := b.current()
	c := set.Calendar(pipeline.AssetPath(place))
	if c == nil {
		return feed.Sheet{}, false
	}
	s, works := c.At(at)
	if !works {
		return feed.Sheet{}, false
	}
	next, follows := c.At(s.End)
	if !follows {
		next, _ = c.After(s.End)
	}
	return feed.Sheet{Shift: s.Name, Next: next.Name, Start: s.Start, End: s.End}, true
}

// zone is that of the calendar of a place, and the machine's own where there is
// none.
func (b *rulebook) zone(place feed.Path) *time.Location {
	set, _ := b.current()
	if c := set.Calendar(pipeline.AssetPath(place)); c != nil {
		return c.Local(time.Now()).Location()
	}
	return time.Local
}

// match is what a rule listens to: machines, of a source, at places.
func match(r *rule.Rule) string {
	said := r.Match.Asset
	if r.Match.Source != "" {
		said += " (" + r.Match.Source + ")"
	}
	for i, place := range r.Within() {
		if i == 0 {
			said += " · "
		} else {
			said += ", "
		}
		said += string(place)
	}
	return said
}

// worked counts the whole shifts of a place between two instants.
func (b *rulebook) worked(place feed.Path, from, to time.Time, most int) int {
	set, _ := b.current()
	c := set.Calendar(pipeline.AssetPath(place))
	if c == nil {
		return 0
	}
	return c.Whole(from, to, most)
}
