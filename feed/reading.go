package feed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"
)

// Reading is somebody's word that they read and understood a notice as it was
// worded. When, nobody keeps.
type Reading struct {
	Post    PostID
	Member  MemberID
	Wording string // see [Post.Wording]
}

// readingTx is what a transaction keeps of notices and who read them.
type readingTx interface {
	// MarkRead keeps a reading in the place of an earlier one and tells whether
	// that is new.
	MarkRead(ctx context.Context, r Reading) (changed bool, err error)
	// ReadBy lists who read that wording of a post.
	ReadBy(ctx context.Context, id PostID, wording string) ([]MemberID, error)
	// SetExpiry keeps when a post ends by itself; a zero instant forgets it.
	SetExpiry(ctx context.Context, id PostID, at time.Time) error
	// Expired lists posts whose time is over, at most limit of them.
	Expired(ctx context.Context, now time.Time, limit int) ([]PostID, error)
	// Remind keeps that the readers of a post are reminded at an instant, and
	// tells whether they were not since another.
	Remind(ctx context.Context, id PostID, at, since time.Time) (first bool, err error)
}

// Wording names the words of a post: another text has another name, and has to
// be read again.
func (p *Post) Wording() string {
	sum := sha256.Sum256([]byte(p.Text))
	return hex.EncodeToString(sum[:8])
}

// readership is who has to read the post now: those of its population who work
// there, but for its author.
func (p *Post) readership(ctx context.Context, tx Tx) ([]Member, error) {
	all, err := tx.Reach(ctx, *p.Talk.For)
	if err != nil {
		return nil, fmt.Errorf("readers of %s: %w", p.ID, err)
	}
	return slices.DeleteFunc(all, func(m Member) bool { return m.ID == p.Author.Member || !p.worksAt(m) }), nil
}

// worksAt tells whether m has a part in what happens at a place that the post is
// put to.
func (p *Post) worksAt(m Member) bool { return slices.ContainsFunc(p.Addressees(), m.Works) }

// IsFor tells whether m has to read the post, as far as places and roles say.
func (p *Post) IsFor(m Member) bool {
	return p.Kind == MustRead && p.State.Open() && p.Talk != nil && p.Author.Member != m.ID && p.Talk.For.Holds(m) && p.worksAt(m)
}

// MarkRead keeps that m read and understood a notice.
func (s *Service) MarkRead(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Write.to("read"), id, func(ctx context.Context, tx Tx, p *Post, _ time.Time) (*Entry, error) {
		switch {
		case p.Kind != MustRead:
			return nil, errNotice
		case !p.State.Open():
			return nil, errExpired
		}
		changed, err := tx.MarkRead(ctx, Reading{Post: id, Member: m.ID, Wording: p.Wording()})
		if err != nil || !changed {
			return nil, err
		}
		readers, err := tx.ReadBy(ctx, id, p.Wording())
		if err != nil {
			return nil, err
		}
		p.Talk.Readers = len(slices.DeleteFunc(readers, func(r MemberID) bool { return r == p.Author.Member }))
		return &Entry{}, tx.Clear(ctx, p.readKey(m.ID))
	})
}

// Readership is how far a notice has come: how many of those it is for have read
// it, and who has not, by name.
type Readership struct {
	Read    int
	Of      int
	Waiting []Member
}

// Readers is for its author and whoever oversees its place.
func (s *Service) Readers(ctx context.Context, m Member, id PostID) (Readership, error) {
	var out Readership
	err := s.repo.InTx(ctx, func(tx Tx) error {
		p, err := s.overseen(ctx, tx, m, id)
		if err != nil {
			return err
		}
		out, err = p.readBy(ctx, tx)
		return err
	})
	return out, err
}

// Remind tells those again who have not read a notice. It is refused to whoever
// reminded them since then: once in a shift is enough.
func (s *Service) Remind(ctx context.Context, m Member, id PostID, since time.Time) (*Post, error) {
	return s.change(ctx, m, Read.to("remind"), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if _, err := s.overseen(ctx, tx, m, id); err != nil {
			return nil, err
		}
		if !p.State.Open() {
			return nil, errExpired
		}
		first, err := tx.Remind(ctx, id, at, since)
		if err != nil {
			return nil, err
		}
		if !first {
			return nil, Refuse(Conflict, "Un rappel est déjà parti pendant ce poste.", "A reminder has gone out in this shift already.")
		}
		reached, err := p.readBy(ctx, tx)
		if err != nil {
			return nil, err
		}
		for _, waiting := range reached.Waiting {
			text := Text{FR: "Rappel, à lire : « {title} »", EN: "Reminder, to read: “{title}”"}
			if err := tx.Tell(ctx, p.toRead(waiting.ID, at, text, Values{"at": float64(at.UnixMilli())})); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
}

// overseen is a notice whose readers m may know of.
func (s *Service) overseen(ctx context.Context, tx Tx, m Member, id PostID) (*Post, error) {
	p, err := actable(ctx, tx, m, Read, id)
	switch {
	case err != nil:
		return nil, err
	case p.Kind != MustRead || p.Talk == nil || p.Talk.For == nil:
		return nil, errNotice
	case !p.ReadersShownTo(m):
		return nil, Refuse(Forbidden, "Seuls son auteur et les responsables du lieu voient qui doit encore lire.",
			"Only its author and those in charge of the place see who still has to read.")
	}
	return p, nil
}

// ReadersShownTo tells whether m may know who has not read the notice.
func (p *Post) ReadersShownTo(m Member) bool {
	return p.Kind == MustRead && (p.Author.Member == m.ID || Can(m, Oversee, p.Territory) || p.Territory.IsGroup() && Can(m, Publish, p.Territory))
}

// readBy is how far the notice has come.
func (p *Post) readBy(ctx context.Context, tx Tx) (Readership, error) {
	all, err := p.readership(ctx, tx)
	if err != nil {
		return Readership{}, err
	}
	readers, err := tx.ReadBy(ctx, p.ID, p.Wording())
	if err != nil {
		return Readership{}, fmt.Errorf("who read %s: %w", p.ID, err)
	}
	waiting := slices.DeleteFunc(slices.Clone(all), func(m Member) bool { return slices.Contains(readers, m.ID) })
	return Readership{Read: len(all) - len(waiting), Of: len(all), Waiting: waiting}, nil
}

// EndNotice ends a publication before its time, for its author and whoever
// moderates its place.
func (s *Service) EndNotice(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Read.to("end"), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		switch {
		case p.Kind != MustRead && p.Kind != Announcement:
			return nil, errNotice
		case p.Author.Member != m.ID && !Can(m, Moderate, p.Territory):
			return nil, Refuse(Forbidden, "Seuls son auteur et les responsables du lieu peuvent y mettre fin.", "Only its author and those in charge of the place may end it.")
		case !p.State.Open():
			return nil, nil
		}
		p.Talk.Expires = at
		return &Entry{Kind: RanOut}, p.runOut(ctx, tx, at)
	})
}

// expireAtOnce bounds the posts that end in one transaction.
const expireAtOnce = 50

// Expire ends the publications whose time is over.
func (s *Service) Expire(ctx context.Context) error {
	for more := true; more; {
		err := s.repo.InTx(ctx, func(tx Tx) error {
			now := s.now().UTC()
			due, err := tx.Expired(ctx, now, expireAtOnce)
			if err != nil {
				return fmt.Errorf("publications whose time is over: %w", err)
			}
			more = len(due) == expireAtOnce
			for _, id := range due {
				if err := expire(ctx, tx, id, now); err != nil {
					return fmt.Errorf("expire %s: %w", id, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func expire(ctx context.Context, tx Tx, id PostID, now time.Time) error {
	p, err := tx.Post(ctx, id)
	if err != nil {
		return err
	}
	if !p.State.Open() || p.Talk == nil {
		return tx.SetExpiry(ctx, id, time.Time{})
	}
	if p.Talk.Expires.After(now) { // it was put off since
		return tx.SetExpiry(ctx, id, p.Talk.Expires)
	}
	if err := p.runOut(ctx, tx, p.Talk.Expires); err != nil {
		return err
	}
	p.UpdatedAt = now
	if err := tx.Save(ctx, p); err != nil {
		return err
	}
	return tx.Log(ctx, Entry{Post: id, Kind: RanOut, At: p.Talk.Expires, Effect: "expired " + string(id)})
}

// runOut ends a publication that the caller saves, and whatever reminds of it.
func (p *Post) runOut(ctx context.Context, tx Tx, at time.Time) error {
	p.State, p.ClosedAt = Closed, at
	if err := tx.SetExpiry(ctx, p.ID, time.Time{}); err != nil || p.Kind != MustRead {
		return err
	}
	all, err := p.readership(ctx, tx)
	if err != nil {
		return err
	}
	for _, m := range all {
		if err := tx.Clear(ctx, p.readKey(m.ID)); err != nil {
			return err
		}
	}
	return nil
}

// readKey is what a reader is told the notice under.
func (p *Post) readKey(m MemberID) string { return string(p.ID) + ":read:" + string(m) }

func (p *Post) toRead(m MemberID, at time.Time, text Text, v Values) Notification {
	v["title"] = p.Text
	return Notification{ID: newID(at), Member: m, Key: p.readKey(m), Why: ToRead, Post: p.ID, Text: text, Values: v, At: at}
}

var (
	errNotice  = Refuse(Invalid, "Cette publication n’est pas une consigne.", "This post is not a notice.")
	errExpired = Refuse(Conflict, "Cette consigne n’est plus en vigueur.", "This notice is no longer in force.")
)
