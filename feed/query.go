package feed

import "errors"

// Query asks for one page of the feed.
type Query struct {
	Territory Path // at or below; empty: all that is in scope
	Kind      Kind
	Topic     Topic
	State     string   // "", "open", "ended", or one State
	Tag       string   // folded; see [Fold]
	Audience  Audience // Ghost or Shadow: those that the reader may see; else what everybody sees
	// FollowedBy leaves what this member follows; empty: all.
	FollowedBy MemberID
	Limit      int    // 1 to MaxPage; 0 is DefaultPage
	Cursor     string // Next of the page before; opaque
}

// States of a Query that stand for several states of a post.
const (
	AnyOpen  = "open"
	AnyEnded = "ended"
)

// Sizes of a page.
const (
	DefaultPage = 30
	MaxPage     = 100
)

// Page is a part of the feed, the newest bump first.
type Page struct {
	Posts []*Post
	Next  string // cursor of the next page; empty on the last one
	// Change is a number that every change missing from this page exceeds: a
	// reader follows the feed from there.
	Change int64
}

// Vitals are what a machine says of itself now, and the gravest open post
// about it.
type Vitals struct {
	Machine  Territory
	Severity Severity // empty: nothing is open
	Taken    bool     // somebody handles one of its open posts
	Stale    bool     // the data of one of its open posts is stale
	Traces   []Trace  // by signal, with the last point only
}

// ErrFenced says that a later claim holds the shards, or that the stored
// positions are not those that the batch starts from: whoever gets it has to
// stop, or claim and read again.
var ErrFenced = errors.New("another desk holds the shard, or has moved its position")
