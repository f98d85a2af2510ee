package feed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// NoticeKind says what a rule noticed.
type NoticeKind string

// Kinds of notices.
const (
	Raise   NoticeKind = "raise"   // the condition began, or began again
	Worsen  NoticeKind = "worsen"  // it grew more severe
	Update  NoticeKind = "update"  // a new value; nobody is told
	Clear   NoticeKind = "clear"   // it ended by itself
	Spoil   NoticeKind = "spoil"   // its data went stale or bad
	Freshen NoticeKind = "freshen" // its data came back

	GoUnstable NoticeKind = "unstable" // it comes and goes
	GoSteady   NoticeKind = "steady"
	Latch      NoticeKind = "latch"    // it ended, and waits for somebody to say so
	Shelve     NoticeKind = "shelve"   // a person silenced it
	Unshelve   NoticeKind = "unshelve" // it is heard again
	Retire     NoticeKind = "retire"   // its rule was changed or removed
	Escalate   NoticeKind = "escalate" // nobody answered: somebody else is asked
	HandOver   NoticeKind = "handover" // the shift ends soon: its sheet is written
	Hold       NoticeKind = "hold"     // a condition is not posted; Held says why
	Release    NoticeKind = "release"  // it is no longer held back
)

// Repeatable tells whether a notice of this kind may be applied again, later
// ones in between or not, and change nothing: what has effect once has to be
// remembered, and updates are too many for that.
func (k NoticeKind) Repeatable() bool { return k == Update }

// Notice is what a rule says of one condition. It is the only way for machines
// and the ERP to change a post.
type Notice struct {
	Effect string // unique: the same notice has effect once, see [NoticeKind.Repeatable]
	Kind   NoticeKind
	Key    string // what the post is about: of one condition its rule, asset and sub-key
	// Episode counts the posts of a key: a Raise with the episode of the
	// latest post reopens it, a higher one opens a new post.
	Episode int64
	At      time.Time // stream time

	PostKind   Kind
	Topic      Topic
	Severity   Severity
	Territory  Path // where the rule wants the post; empty: the asset's home
	Asset      Path
	SKU        string
	Author     Author
	Title      Text
	Values     Values
	Signal     string
	Value      *float64
	Unit       string
	Limit      *float64
	Provenance Provenance

	Bump    bool // people are told; without it the post changes in silence
	Members []Condition
	Total   int
	Holding int
	Flips   int
	Level   int    // of Escalate
	Asked   string // of Escalate: role
	Run     *Run
	Sheet   *Sheet // of HandOver: shift, next, start and end; the feed fills the rest
	Held    *Held  // of Hold and Release

	// What the rule asks for its posts.
	Owner     string
	Question  Text
	Causes    []Text
	Actions   []Text
	ShadowFor MemberID // the rule runs in shadow, for its author
}

// Held is one condition that is held back, and why.
type Held struct {
	Key    string
	Reason string // grouped, suppressed, shelved, flood or budget
	By     string // key of the post that stands for it, if one does
	Since  time.Time
	Until  time.Time // when it is looked at again; zero: when the reason ends
}

// Apply lets the notice change the feed. A notice about an article joins the
// post that a person opened on the same thing.
func (n *Notice) Apply(ctx context.Context, tx Tx) error {
	p, err := n.find(ctx, tx)
	if err != nil {
		return err
	}
	if n.Kind == Raise {
		return n.raise(ctx, tx, p)
	}
	if p == nil {
		return nil
	}
	switch n.Kind {
	case Update:
		if !p.Active || n.At.Before(p.HeardAt) {
			return nil
		}
		n.show(p)
		return tx.Save(ctx, p)
	case Worsen:
		if !p.Active {
			return nil
		}
		n.show(p)
		p.BumpedAt = n.At
		return n.save(ctx, tx, p, Worse)
	case Clear:
		return n.clear(ctx, tx, p)
	case Spoil, Freshen:
		if p.Stale == (n.Kind == Spoil) || !p.Active {
			return nil
		}
		p.Stale = n.Kind == Spoil
		p.UpdatedAt = n.At
		return n.save(ctx, tx, p, map[NoticeKind]EntryKind{Spoil: WentStale, Freshen: Refreshed}[n.Kind])
	default:
		return fmt.Errorf("notice %s has the unknown kind %q", n.Effect, n.Kind)
	}
}

// find returns the post that n is about, or nil. A notice about an article
// joins the open post of a person; that of another rule ends with that rule's
// condition, so it is left alone.
func (n *Notice) find(ctx context.Context, tx Tx) (*Post, error) {
	p, err := tx.Latest(ctx, n.Key)
	if err != nil {
		return nil, fmt.Errorf("latest post of %s: %w", n.Key, err)
	}
	if p != nil && (p.State.Open() || p.ID == n.postID()) || n.SKU == "" || n.Kind != Raise {
		return p, nil
	}
	tree, err := tx.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	p, err = tx.OpenOn(ctx, tree.StoreOf(n.Asset), n.SKU, n.Topic)
	if err != nil || p == nil || p.Key != "" {
		return nil, err
	}
	return p, nil
}

func (n *Notice) raise(ctx context.Context, tx Tx, p *Post) error {
	switch {
	case p == nil || !p.State.Open() && p.ID != n.postID():
		return n.open(ctx, tx)
	case p.Key != n.Key: // a person was first: join
		p.Key, p.Active = n.Key, true
		n.show(p)
		return n.save(ctx, tx, p, Joined)
	case p.Active:
		n.show(p)
		return tx.Save(ctx, p)
	}
	p.Active, p.BackToNormal, p.ClosedAt, p.Series = true, false, time.Time{}, nil
	p.Occurrences++
	if !p.State.Open() {
		p.State, p.Taker, p.TakenAt, p.Cause = New, Author{}, time.Time{}, ""
	}
	p.Since, p.BumpedAt = n.At, n.At
	n.show(p)
	return n.save(ctx, tx, p, Recurred)
}

func (n *Notice) open(ctx context.Context, tx Tx) error {
	tree, err := tx.Tree(ctx)
	if err != nil {
		return fmt.Errorf("territory tree: %w", err)
	}
	home := n.Territory
	if home == "" {
		home = tree.Home(n.Asset)
	}
	p := &Post{
		ID: n.postID(), Kind: n.PostKind, Topic: n.Topic, State: New, Severity: n.Severity,
		Territory: home, Asset: n.Asset, Key: n.Key, Author: n.Author, Signal: n.Signal,
		Active: true, Occurrences: 1, OpenedAt: n.At, Since: n.At, BumpedAt: n.At,
	}
	if n.SKU != "" {
		p.Store, p.SKU = tree.StoreOf(n.Asset), n.SKU
	}
	n.show(p)
	p.Values["asset"] = tree.Name(n.Asset)
	if n.Author.Kind == ByMachine {
		p.Author.Name = tree.Name(n.Asset)
	}
	return n.save(ctx, tx, p, Opened)
}

// clear ends the condition: a post that somebody resolved is closed, one that
// nobody resolved went back to normal by itself.
func (n *Notice) clear(ctx context.Context, tx Tx, p *Post) error {
	if !p.Active {
		return nil
	}
	if p.Signal != "" {
		t, err := tx.Trace(ctx, p.Asset, p.Signal)
		if err != nil {
			return fmt.Errorf("trace of %s %s: %w", p.Asset, p.Signal, err)
		}
		if t != nil {
			p.Series = t.Points
		}
	}
	p.Active, p.Stale = false, false
	if p.State.Open() {
		p.BackToNormal, p.ClosedAt = true, n.At
	}
	// The sentence stays as it was while the condition held: what went wrong
	// is what the post is about.
	p.State, p.UpdatedAt = Closed, n.At
	if n.Value != nil {
		p.Value = n.Value
	}
	return n.save(ctx, tx, p, Recovered)
}

// show writes what the reader sees of the condition now.
func (n *Notice) show(p *Post) {
	p.HeardAt, p.UpdatedAt, p.Severity, p.Kind = n.At, n.At, n.Severity, n.PostKind
	values := n.Values.Clone()
	if values == nil {
		values = Values{}
	}
	if old, ok := p.Values["asset"]; ok {
		values["asset"] = old
	}
	p.Title, p.Values = n.Title, values
	if n.Value != nil {
		p.Value = n.Value
	}
	p.Unit, p.Limit = n.Unit, n.Limit
	if n.Signal != "" {
		p.Signal = n.Signal
	}
	prov := n.Provenance
	p.Provenance = &prov
}

func (n *Notice) save(ctx context.Context, tx Tx, p *Post, kind EntryKind) error {
	if err := tx.Save(ctx, p); err != nil {
		return fmt.Errorf("save post %s: %w", p.ID, err)
	}
	author := n.Author
	if author.Kind == p.Author.Kind {
		author = p.Author // which has the name that people gave the machine
	}
	return tx.Log(ctx, Entry{Post: p.ID, Kind: kind, At: n.At, Author: author, Value: n.Value, Effect: n.Effect})
}

// postID is a function of key and episode alone, so that a replayed notice
// finds the post that it made.
func (n *Notice) postID() PostID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", n.Key, n.Episode))
	return PostID("m" + hex.EncodeToString(sum[:12]))
}
