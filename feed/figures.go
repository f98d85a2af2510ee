package feed

import "time"

// RuleFigures are what became of the posts of one rule since an instant.
type RuleFigures struct {
	Rule        string
	Posts       int // that everybody in scope sees
	Ghosts      int // in ghost territories
	Bumps       int // times that people were told again: worse, back, or asked
	Noise       int // words that a post is noise
	NoisePeople int // who said so
	Shelved     int // times that somebody silenced it
	Held        int // conditions that were held back
	Resolved    int // posts that somebody gave a cause
	Last        time.Time
}

// ShadowDiff compares the posts of a rule in shadow with those of the rule that
// it may replace: two are the same when they are about the same thing at the
// same time.
type ShadowDiff struct {
	Both        []*Post // as the shadow has them
	OnlyShadow  []*Post
	OnlyCurrent []*Post
}
