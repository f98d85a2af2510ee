package api

import (
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Diff says what one rule or set of rules would post that another does not.
type Diff struct {
	Same    int       `json:"same"`
	Added   []Opening `json:"added" nullable:"false"`
	Removed []Opening `json:"removed" nullable:"false"`
}

// Opening is a post that was opened, or would be.
type Opening struct {
	Rule  string    `json:"rule"`
	Asset string    `json:"asset,omitempty"`
	At    time.Time `json:"at"`
	Title string    `json:"title"`
	Post  string    `json:"post,omitempty" doc:"When there is one to read."`
}

// within are the posts at places whose rules m keeps.
func within(m feed.Member, posts []*feed.Post) []*feed.Post {
	return kept(m, posts, func(p *feed.Post) string { return string(p.Territory) })
}

// openings are the posts at places whose rules m keeps, as a comparison lists them. A shadow is
// told to whoever keeps the rules of its place, and opened by its author only.
func (v view) openings(m feed.Member, posts []*feed.Post) []Opening {
	out := make([]Opening, 0, len(posts))
	for _, p := range within(m, posts) {
		o := Opening{Asset: string(p.Asset), At: utc(p.OpenedAt), Title: v.title(p)}
		if p.Audience != feed.Shadow || p.ShadowFor == m.ID {
			o.Post = string(p.ID)
		}
		if p.Provenance != nil {
			o.Rule = p.Provenance.Rule
		}
		out = append(out, o)
	}
	return out
}
