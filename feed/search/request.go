package search

import (
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Request asks for one page of what answers a question.
type Request struct {
	Question
	Kind      feed.Kind     // posts of this kind only
	Territory feed.Path     // at or below; empty: all that is in scope
	Author    feed.MemberID // of whom it is; empty: of everybody
	From, To  time.Time     // when it was written; zero: at any time
	Ranked    bool          // the best of the newest first, and one page of them; else the newest first
	Lang      feed.Lang     // of who asks
	Limit     int           // 1 to feed.MaxPage; 0 is feed.DefaultPage
	Cursor    string        // Next of the page before; opaque
}

// RankedOf is how many matches are ranked: the newest ones.
const RankedOf = 300

// Hit is a post, or a comment on it, that answers.
type Hit struct {
	Post    *feed.Post
	Comment *feed.Comment // nil: the post itself
	Title   Snippet       // of the post, where that is what answers
	Snippet Snippet       // of what else answers
	Score   float64
}

// Page is a part of the answer.
type Page struct {
	Hits    []Hit
	Next    string // cursor of the next page; empty on the last one
	Bounded bool   // there are more matches than were ranked
}

// Answer tells how a post, or a comment on it, answers; ok is false when its
// words, as everybody may read them now, do not.
func (r Request) Answer(p *feed.Post, c *feed.Comment) (hit Hit, ok bool) {
	hit = Hit{Post: p, Comment: c}
	if c != nil {
		found, ok := r.Find(c.Veiled().Text)
		hit.Snippet, hit.Score = found.Snippet, found.Score
		return hit, ok && c.Shown()
	}
	texts := PostTexts(p, r.Lang)
	found, ok := r.Find(texts...)
	if found.Field == 0 {
		hit.Title = found.Snippet
	} else {
		hit.Snippet = found.Snippet
	}
	hit.Score = found.Score + worth(p)
	return hit, ok && len(texts) > 0
}

// worth is what a post is worth beside its words: what solved something and what
// people found useful helps again.
func worth(p *feed.Post) float64 {
	w := 0.0
	if p.Kind == feed.Practice {
		w += 2
	}
	if p.Cause != "" {
		w++
	}
	return w + min(1, float64(p.Reactions[feed.Useful])/5)
}
