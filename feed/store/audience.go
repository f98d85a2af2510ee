package store

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fildefer/fildefer/feed"
)

// What few may see stands in the index under places of its own, which no path
// can be because none begins with a slash: whoever reads the feed of a place
// never meets it, and whoever asks for it reads one range too.
const (
	ghosts  = "/ghost/"
	shadows = "/shadow/"
)

// standing lists the places that a post is indexed under: where it stands, and
// to whom it is put, with what lies above; also what lies below a place that it
// is put to, since those who read there have it in their feed.
func (t *tx) standing(ctx context.Context, p *feed.Post) ([]feed.Path, error) {
	places := above(p.Territory)
	if to := p.Addressees(); len(to) > 0 && p.Audience == feed.Everybody {
		v, err := t.store.treeOn(ctx, t.conn)
		if err != nil {
			return nil, err
		}
		for _, place := range to {
			places = append(places, above(place)...)
			for _, n := range v.nodes {
				if n.Kind != feed.Machine && n.Path.Within(place) {
					places = append(places, n.Path)
				}
			}
		}
		slices.Sort(places)
		places = slices.Compact(places)
	}
	for i := range places {
		places[i] = under(p.Audience, p.ShadowFor, places[i])
	}
	return places, nil
}

// above is a place with what lies above it, the whole house too unless it is a
// group's.
func above(place feed.Path) []feed.Path {
	places := place.Lineage()
	if !place.IsGroup() {
		places = append(places, "")
	}
	return places
}

// under is the place of the index where posts for an audience stand.
func under(a feed.Audience, reader feed.MemberID, place feed.Path) feed.Path {
	switch a {
	case feed.Everybody:
		return place
	case feed.Ghost:
		return ghosts + place
	}
	return feed.Path(shadows+string(reader)+"/") + place
}

// roots are the places of the index where the reader of a scope finds the posts
// that were asked for.
func roots(scope feed.Scope, q feed.Query) []feed.Path {
	scope = scope.Narrow(q.Territory)
	of := scope.Roots
	if q.Audience == feed.Ghost {
		of = scope.Ghosts
	}
	var out []feed.Path
	for _, root := range outermost(of) {
		out = append(out, under(q.Audience, scope.Reader, root))
	}
	return out
}

// within is the condition that a column of places lies in one of the roots. It
// is a filter, for rows that an index has already made few.
func within(column string, roots []feed.Path) (where string, args []any) {
	if len(roots) == 0 {
		return `1 = 0`, nil
	}
	var each []string
	for _, root := range roots {
		if root == "" {
			each = append(each, `substr(`+column+`, 1, 1) <> '@'`)
			continue
		}
		each = append(each, column+` = ? OR substr(`+column+`, 1, ?) = ?`)
		args = append(args, root, utf8.RuneCountInString(string(root))+1, root+"/")
	}
	return `(` + strings.Join(each, ` OR `) + `)`, args
}
