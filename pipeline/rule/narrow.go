package rule

import (
	"slices"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/shift"
)

// Narrow returns what a ready file says at places and below them, beside the
// house's own files. What the house has itself goes before: rules of the same
// id, rules of the same kind for the same signal of an asset, the calendar of a
// place. The file's noise and lateness stay out of it.
func (f *File) Narrow(places []pipeline.AssetPath, own []*File) *File {
	out := &File{Name: f.Name, Lateness: map[string]Delay{}}
	for _, r := range f.Rules {
		if !slices.ContainsFunc(own, func(o *File) bool { return o.has(r.ID) }) {
			r.within = slices.Clone(places)
			out.Rules = append(out.Rules, r)
		}
	}
	for _, place := range places {
		if slices.ContainsFunc(own, func(o *File) bool { return o.works(place) }) {
			continue
		}
		for _, c := range f.Calendars {
			c.Territory = string(place)
			out.Calendars = append(out.Calendars, c)
		}
	}
	return out
}

func (f *File) has(id string) bool {
	return slices.ContainsFunc(f.Rules, func(r Rule) bool { return r.ID == id })
}

// works tells whether a calendar of the file is that of a place.
func (f *File) works(place pipeline.AssetPath) bool {
	return slices.ContainsFunc(f.Calendars, func(c shift.Calendar) bool { return place.Within(pipeline.AssetPath(c.Territory)) })
}

// Speaks tells whether one of its rules is for events of an asset.
func (s *Set) Speaks(r *Rule, asset pipeline.AssetPath) bool {
	switch {
	case !r.glob.matches(asset):
		return false
	case r.within == nil:
		return true
	case r.Territory == "" && !r.shows(asset, nil):
		return false
	}
	return !slices.ContainsFunc(s.rules, func(own *Rule) bool {
		return own.within == nil && own.Shadow == nil && own.KindName == r.KindName && own.Signal == r.Signal && own.glob.matches(asset)
	})
}

// shows tells whether the post of a condition stands where the rule speaks.
func (r *Rule) shows(asset pipeline.AssetPath, attr map[string]string) bool {
	if r.within == nil {
		return true
	}
	place := r.territory(asset, attr)
	if place == "" {
		place = asset
	}
	return slices.ContainsFunc(r.within, place.Within)
}

// covers tells whether a state that was written is one of the rule, which may be
// nil. What is for other eyes than it was is another post.
func (s *Set) covers(r *Rule, rec *record, path pipeline.AssetPath, sub string) bool {
	switch {
	case r == nil, r.KindName != rec.Kind, !s.Speaks(r, path), r.author() != rec.Shadow, (r.Key == "") != (sub == ""):
		return false
	case sub != "" && rec.By != "" && rec.By != r.Key:
		return false
	case r.within == nil:
		return true
	}
	last, err := rec.event()
	return err != nil || last == nil || r.shows(path, last.Attr)
}
