package feed

import (
	"context"
	"fmt"
	"maps"
	"slices"
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
	Held    *Held  // of Hold and Release; of Shelve: until when, and why in the words of who did it

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
	Reason string // grouped, suppressed, shelved, flood or budget; of Shelve: a person's
	By     string // key of the post that stands for it, if one does
	Since  time.Time
	Until  time.Time // when it is looked at again; zero: when the reason ends
}

// Apply lets the notice change the feed. A notice about an article joins the
// post that a person opened on the same thing.
func (n *Notice) Apply(ctx context.Context, tx Tx) error {
	if err := n.name(ctx, tx); err != nil {
		return err
	}
	switch n.Kind {
	case Raise:
		return n.raise(ctx, tx)
	case HandOver:
		return n.handOver(ctx, tx)
	case Hold:
		return n.hold(ctx, tx)
	case Release:
		return tx.Free(ctx, n.condition(), n.At)
	}
	p, err := n.latest(ctx, tx)
	if err != nil || p == nil {
		return err
	}
	switch n.Kind {
	case Update:
		return n.update(ctx, tx, p)
	case Worsen:
		return n.worsen(ctx, tx, p)
	case Clear:
		return n.clear(ctx, tx, p)
	case Latch:
		return n.latch(ctx, tx, p)
	case Retire:
		return n.retire(ctx, tx, p)
	default:
		return n.mark(ctx, tx, p)
	}
}

// worsen says that the condition grew more severe. Somebody resolved what was
// less: what people are told of, they have to see open.
func (n *Notice) worsen(ctx context.Context, tx Tx, p *Post) error {
	if !p.Active {
		return nil
	}
	if n.Bump && !p.State.Open() {
		p.begin(n.At)
	}
	n.show(p)
	if err := alarm(ctx, tx, p, n.At); err != nil {
		return err
	}
	return n.save(ctx, tx, p, Entry{Kind: Worse})
}

// mark changes what is said beside the condition.
func (n *Notice) mark(ctx context.Context, tx Tx, p *Post) error {
	switch n.Kind {
	case Spoil, Freshen:
		return n.spoil(ctx, tx, p)
	case GoUnstable, GoSteady:
		return n.unsettle(ctx, tx, p)
	case Shelve:
		return n.shelve(ctx, tx, p)
	case Unshelve:
		return n.unshelve(ctx, tx, p)
	case Escalate:
		return n.escalate(ctx, tx, p)
	default:
		return fmt.Errorf("notice %s has the unknown kind %q", n.Effect, n.Kind)
	}
}

// latest returns the last post about the same thing, or nil.
func (n *Notice) latest(ctx context.Context, tx Tx) (*Post, error) {
	p, err := tx.Latest(ctx, n.Key)
	if err != nil {
		return nil, fmt.Errorf("latest post of %s: %w", n.Key, err)
	}
	return p, nil
}

// update shows a new value. It may come again, so it never takes a step back.
func (n *Notice) update(ctx context.Context, tx Tx, p *Post) error {
	if !p.Active || n.At.Before(p.HeardAt) {
		return nil
	}
	if p.Audience == Shadow {
		tree, err := tx.Tree(ctx)
		if err != nil {
			return fmt.Errorf("territory tree: %w", err)
		}
		n.publish(p, tree)
	}
	n.show(p)
	return tx.Save(ctx, p)
}

// show writes what the reader sees of the condition now.
func (n *Notice) show(p *Post) {
	p.HeardAt, p.UpdatedAt, p.Severity, p.Kind = n.At, n.At, n.Severity, n.PostKind
	values := n.Values.Clone()
	if values == nil {
		values = Values{}
	}
	if old, ok := p.Values["asset"]; ok && len(n.Members) == 0 {
		values["asset"] = old
	}
	n.head(p)
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
	p.Flips = n.Flips
	if n.Run != nil {
		p.Run = n.Run
	}
	n.count(p)
	n.ask(p)
	n.bump(p)
}

// head has a post of several conditions be about the one that heads it: an
// earlier one may be told late.
func (n *Notice) head(p *Post) {
	if len(n.Members) == 0 || p.Asset == n.Asset || p.Author.Kind == ByPerson {
		return
	}
	p.Asset = n.Asset
	if name, ok := n.Values["asset"].(string); ok && p.Author.Kind == ByMachine {
		p.Author.Name = name
	}
}

// count writes which conditions the post stands for.
func (n *Notice) count(p *Post) {
	if n.Total > 0 {
		p.Members, p.Total, p.Holding = slices.Clone(n.Members), n.Total, n.Holding
	}
}

// ask writes what the rule asks for its posts. A rule that is gone asks for
// nothing, and what it asked for stays.
func (n *Notice) ask(p *Post) {
	if n.Owner != "" {
		p.Owner = n.Owner
	}
	if !n.Question.IsZero() {
		p.Question = n.Question
	}
	if n.Causes != nil {
		p.Causes = n.Causes
	}
	if n.Actions != nil {
		p.Actions = n.Actions
	}
}

// bump lifts the post to the top of the feed when people are to be told.
func (n *Notice) bump(p *Post) {
	if n.Bump && n.At.After(p.BumpedAt) {
		p.BumpedAt = n.At
	}
}

// name calls the assets of the members, and of the one that heads them, what
// people call them.
func (n *Notice) name(ctx context.Context, tx Tx) error {
	if len(n.Members) == 0 {
		return nil
	}
	tree, err := tx.Tree(ctx)
	if err != nil {
		return fmt.Errorf("territory tree: %w", err)
	}
	for i := range n.Members {
		m := &n.Members[i]
		m.Name = tree.Name(m.Asset)
		if _, ok := m.Values["asset"]; ok { // a rule knows its last segment only
			m.Values = maps.Clone(m.Values)
			m.Values["asset"] = m.Name
		}
	}
	if n.Values = n.Values.Clone(); n.Values == nil {
		n.Values = Values{}
	}
	n.Values["asset"] = tree.Name(n.Asset)
	return nil
}

// save keeps the post, with a line in its timeline.
func (n *Notice) save(ctx context.Context, tx Tx, p *Post, e Entry) error {
	if err := tx.Save(ctx, p); err != nil {
		return fmt.Errorf("save post %s: %w", p.ID, err)
	}
	e.Post, e.At, e.Author, e.Value, e.Effect = p.ID, n.At, n.Author, n.Value, n.Effect
	if n.Author.Kind == p.Author.Kind {
		e.Author = p.Author // which has the name that people gave the machine
	}
	return tx.Log(ctx, e)
}
