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

// openings are the posts of scope, as a comparison lists them.
func (v view) openings(scope feed.Scope, posts []*feed.Post) []Opening {
	out := make([]Opening, 0, len(posts))
	for _, p := range posts {
		if !scope.Contains(p.Territory) {
			continue
		}
		o := Opening{Asset: string(p.Asset), At: utc(p.OpenedAt), Title: v.title(p), Post: string(p.ID)}
		if p.Provenance != nil {
			o.Rule = p.Provenance.Rule
		}
		out = append(out, o)
	}
	return out
}
