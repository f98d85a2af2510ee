// Package notify carries what people are told to where they read it beside the
// screens: by mail, at once or in a digest, and to other programs by webhook. It
// takes what the feed queued in its own transactions, so that nothing is told
// that did not happen and nothing that happened is lost; what was taken by a
// process that died is taken again by another.
//
// It knows nothing of SQL or of the screens, and it does not decide who is told.
package notify
