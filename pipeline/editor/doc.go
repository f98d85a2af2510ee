// Package editor decides which conditions become posts, and when people are
// told: it groups conditions, lets a parent silence its children, keeps the
// contract on noise of each territory, turns a flood into one post, asks for
// help when nobody answers, and keeps a list of whatever it held back, with the
// reason.
//
// It is pure, like the rules: the same effects and ticks give the same edits,
// however they are cut into batches or interrupted. It knows nothing of SQL,
// HTTP or of how a post looks, nor of when a condition holds: that is for the
// rules.
//
//	event ─► rule.Engine ─► effects ─► Editor ─► edits ─► the feed
//	  └── ticks, and what people did ──────┘
//
// A condition that begins goes through these doors, in this order (admit.go).
// What stops at one is held with a reason, and asks again when that ends:
//
//	shelved by a person? ─► suppressed by a parent? ─► its group's post is open? joins
//	  ─► flood? under the umbrella ─► waits for others of its group ─► budget? ─► a post
//
// A [thread] is what becomes a post, a [place] the contract on noise of one
// territory, the [ground] where parents hold. The words are those of alarm
// management: shelved and suppressed by design (ISA-18.2, IEC 62682), first-out
// and alarm suppression groups (OPC UA Part 9 §5.8), flood (EEMUA 191).
package editor
