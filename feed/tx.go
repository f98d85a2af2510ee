package feed

import (
	"context"
	"time"
)

// Tx is one transaction on the feed: all of it is kept or nothing is.
type Tx interface {
	rosterTx
	enrolTx
	farewellTx
	companyTx
	// Tree is the territory tree as of this transaction.
	Tree(ctx context.Context) (*Tree, error)
	// Post returns a post, ErrNotFound when there is none. It stays as read
	// until the transaction ends.
	Post(ctx context.Context, id PostID) (*Post, error)
	// Latest returns the post with that key that was opened last, open or
	// not, or nil.
	Latest(ctx context.Context, key string) (*Post, error)
	// OpenOn returns everybody's open post about an article in a topic, first
	// one that no rule holds, or nil.
	OpenOn(ctx context.Context, store Path, sku string, topic Topic) (*Post, error)
	// ByIdempotency returns the request that the member sent under that key,
	// nil when there is none.
	ByIdempotency(ctx context.Context, m MemberID, key string) (*Request, error)
	// Keep remembers a request under its member and key.
	Keep(ctx context.Context, r Request) error
	// Save inserts or replaces a post, numbers the change and indexes the
	// post under its territory and each ancestor.
	Save(ctx context.Context, p *Post) error
	// Log appends to a post's timeline. An entry whose Effect is already
	// there changes nothing.
	Log(ctx context.Context, e Entry) error
	// AddComment stores a comment; the post must be saved with its new count
	// by the caller.
	AddComment(ctx context.Context, c Comment) error
	// AddPhoto stores a picture; the post, and the comment that it went with,
	// tell of it by the caller's doing.
	AddPhoto(ctx context.Context, p StoredPhoto) error
	// Since lists what happened to a post after an instant, the latest first.
	Since(ctx context.Context, id PostID, at time.Time) ([]Entry, error)
	// Comment returns a comment, ErrNotFound when there is none.
	Comment(ctx context.Context, id CommentID) (*Comment, error)
	// React sets or clears a member's reaction and tells whether that
	// changed anything.
	React(ctx context.Context, id PostID, m MemberID, r Reaction, on bool) (changed bool, err error)
	// MeToo adds a member to those who report the same and tells whether
	// that is new.
	MeToo(ctx context.Context, id PostID, m MemberID) (added bool, err error)
	// LeaveToo takes a member off those who report the same and tells whether
	// it was one of them.
	LeaveToo(ctx context.Context, id PostID, m MemberID) (removed bool, err error)
	// CallNoise keeps a person's word that a post is noise, or takes it back,
	// and tells whether that changed anything.
	CallNoise(ctx context.Context, n Noise, on bool) (changed bool, err error)
	// Decide keeps how far a territory is.
	Decide(ctx context.Context, d Decision) error
	// Solved returns the post of everybody's that was solved last of those with
	// the same rule, asset and article, or nil.
	Solved(ctx context.Context, rule string, asset Path, sku string) (*Post, error)
	// OpenAt lists everybody's open posts at or below a place, at most limit of
	// them: first handovers and production threads, then the others, gravest
	// and oldest first.
	OpenAt(ctx context.Context, place Path, limit int) ([]*Post, error)
	// Tally counts what became of everybody's posts at or below a place.
	Tally(ctx context.Context, place Path, from, to time.Time) (Tally, error)
	// Hold keeps that a condition is held back, and why.
	Hold(ctx context.Context, h HeldCondition) error
	// Free keeps that the condition with that key is no longer held back.
	Free(ctx context.Context, key string, at time.Time) error
	// Trace returns the recent past of a signal, or nil.
	Trace(ctx context.Context, asset Path, signal string) (*Trace, error)
	// Article returns what the ERP says of an article, or nil.
	Article(ctx context.Context, store Path, sku string) (*Article, error)
	// Reach lists the members that a population is now, by id.
	Reach(ctx context.Context, p Population) ([]Member, error)
	// Present lists who is at work at or around a place.
	Present(ctx context.Context, place Path, now time.Time) ([]Member, error)
	// AbsenceOf is the absence that a member is in, nil when there is none.
	AbsenceOf(ctx context.Context, m MemberID, now time.Time) (*Absence, error)
	// Tell queues a notification; see [Notification] on telling again.
	Tell(ctx context.Context, n Notification) error
	// Clear takes the notifications of a key off everybody's list: it was seen
	// to. With a reason, only those of that reason.
	Clear(ctx context.Context, key string, why ...Why) error
	// Audit appends to the audit log.
	Audit(ctx context.Context, e AuditEntry) error
	profileTx
	skillTx
	absenceTx
	helpTx
	talkTx
	placeTx
	proposalTx
	// Emit queues a message to the world outside; it leaves after the commit.
	Emit(ctx context.Context, m Outgoing) error
	balanceTx
	circleTx
	readingTx
	pollTx
	circuitTx
	usageTx
	checklistTx
	acceptanceTx
	launchTx
	cardTx
	silenceTx
	successionTx
	ambassadorTx
}

// Repository runs transactions.
type Repository interface {
	// InTx runs fn in a transaction, commits when fn returns nil, and runs fn
	// again when the database asks for a retry.
	InTx(ctx context.Context, fn func(tx Tx) error) error
}

// Outgoing is a message that leaves after a commit, at least once, in order.
type Outgoing struct {
	ID      string // unique: the same message is queued once
	Kind    string // "shelf" or "act"; see [ShelfReport] and [Act]
	Payload []byte // JSON
	At      time.Time
}

// ShelfReport is the payload of kind "shelf": what a person says of a shelf, so
// that rules can compare it with the ERP's stock.
type ShelfReport struct {
	Post  PostID    `json:"post"`
	Store Path      `json:"store"`
	Aisle Path      `json:"aisle"`
	SKU   string    `json:"sku"`
	State string    `json:"state"` // "empty" or "filled"
	At    time.Time `json:"at"`
}

// Batch is what the desk decided on a run of events: it is committed whole,
// with the positions that say how far the stream was read.
type Batch struct {
	Stream    string // identity of the stream the positions belong to
	Epoch     int64  // claim under which the shards are held
	Positions []Position
	States    []RuleState
	Notices   []Notice
	Traces    []Trace
	Articles  []Article
	Sales     []Sale
}

// Position is how far a shard was read: From is the stored position the batch
// starts after, To the new one.
type Position struct {
	Shard    int
	From, To uint64
}

// RuleState is the state of one rule for one asset and sub-key. A nil Blob
// deletes it.
type RuleState struct {
	Shard int
	Key   string
	Blob  []byte
}

// Claim is the hold of one desk on its shards. A later claim ends it.
type Claim struct {
	Epoch int64
	// Stream is the identity of the stream that the positions belong to;
	// empty before the first batch.
	Stream    string
	Positions map[int]uint64
}
