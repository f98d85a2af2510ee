// Package editor decides which conditions become posts, and when people are
// told: it groups conditions, lets a parent silence its children, keeps the
// contract on noise of each territory, turns a flood into one post, asks for
// help when nobody answers, and keeps a list of whatever it held back, with the
// reason.
//
// It is pure, like the rules: the same effects and ticks give the same edits.
// It knows nothing of SQL, HTTP or of how a post looks.
//
//	event ─► rule.Engine ─► effects ─► Editor ─► edits ─► the feed
//	  └── ticks, and what people did ──────┘
package editor
