package feed

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Service is what people do to the feed. Each method is one transaction, asks
// [Can] first, and returns the post as it is after the change. Errors are
// [Error] values that the person can read, or internal ones.
type Service struct {
	repo Repository
	now  func() time.Time
}

// NewService returns a service on repo whose clock is now.
func NewService(repo Repository, now func() time.Time) *Service {
	return &Service{repo: repo, now: now}
}

// Bounds of what people write, in characters.
const (
	MaxText  = 4000
	MaxCause = 200
	MaxSKU   = 64
)

// change runs fn on a post that m may act on, saves the post and logs the
// entry that fn returns; without an entry nothing changed and nothing is saved.
func (s *Service) change(ctx context.Context, m Member, a Action, id PostID, fn func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error)) (*Post, error) {
	var out *Post
	err := s.repo.InTx(ctx, func(tx Tx) error {
		p, err := tx.Post(ctx, id)
		if err != nil {
			return err
		}
		if err := Require(m, a, p.Territory); err != nil {
			return err
		}
		out = p
		at := s.now().UTC()
		entry, err := fn(ctx, tx, p, at)
		if err != nil || entry == nil {
			return err
		}
		p.UpdatedAt = at
		if err := tx.Save(ctx, p); err != nil {
			return fmt.Errorf("save post %s: %w", id, err)
		}
		if entry.Kind == "" {
			return nil
		}
		entry.Post, entry.At, entry.Author = id, at, person(m)
		return tx.Log(ctx, *entry)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Take makes m the one who handles the post. Taking what one already has
// changes nothing; what a colleague has is taken over.
func (s *Service) Take(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Handle, id, func(_ context.Context, _ Tx, p *Post, at time.Time) (*Entry, error) {
		if !p.State.Open() {
			return nil, errEnded
		}
		if p.State != New && p.Taker.Member == m.ID {
			return nil, nil
		}
		p.State, p.Taker, p.TakenAt, p.BumpedAt = Taken, person(m), at, at
		return &Entry{Kind: WasTaken}, nil
	})
}

// Arrive says that m is on site; it takes the post when nobody has.
func (s *Service) Arrive(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Handle, id, func(_ context.Context, _ Tx, p *Post, at time.Time) (*Entry, error) {
		if !p.State.Open() {
			return nil, errEnded
		}
		if p.State == OnSite && p.Taker.Member == m.ID {
			return nil, nil
		}
		if p.Taker.Member != m.ID {
			p.Taker, p.TakenAt = person(m), at
		}
		p.State = OnSite
		return &Entry{Kind: CameOn}, nil
	})
}

// Resolve ends the post with a cause. A post that ended by itself takes the
// cause too, once.
func (s *Service) Resolve(ctx context.Context, m Member, id PostID, cause string) (*Post, error) {
	cause = strings.TrimSpace(cause)
	if err := checkText(cause, MaxCause, Text{FR: "La cause", EN: "The cause"}); err != nil {
		return nil, err
	}
	return s.change(ctx, m, Handle, id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if !p.State.Open() {
			if p.Cause != "" && p.Cause != cause {
				return nil, errEnded
			}
			if p.Cause == cause {
				return nil, nil
			}
			p.Cause = cause
			return &Entry{Kind: Solved, Text: cause}, nil
		}
		if p.Taker.Member == "" {
			p.Taker, p.TakenAt = person(m), at
		}
		p.State, p.Cause, p.ClosedAt = Resolved, cause, at
		if err := s.tellShelf(ctx, tx, p, "filled", at); err != nil {
			return nil, err
		}
		return &Entry{Kind: Solved, Text: cause}, nil
	})
}

// Reopen says that a post ended too early.
func (s *Service) Reopen(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Handle, id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if p.State.Open() {
			return nil, nil
		}
		successor, err := s.successor(ctx, tx, p)
		if err != nil {
			return nil, err
		}
		if successor {
			return nil, Refuse(Conflict, "Une publication plus récente suit ce problème.", "A newer post follows this condition.")
		}
		p.State, p.Taker, p.TakenAt, p.Cause = New, Author{}, time.Time{}, ""
		p.BackToNormal, p.ClosedAt, p.Since, p.BumpedAt = false, time.Time{}, at, at
		return &Entry{Kind: Reopened}, nil
	})
}

// successor tells whether another post follows what p is about.
func (s *Service) successor(ctx context.Context, tx Tx, p *Post) (bool, error) {
	var next *Post
	var err error
	if p.Key != "" {
		next, err = tx.Latest(ctx, p.Key)
	}
	if err == nil && (next == nil || next.ID == p.ID) && p.SKU != "" {
		next, err = tx.OpenOn(ctx, p.Store, p.SKU, p.Topic)
	}
	if err != nil {
		return false, fmt.Errorf("successor of post %s: %w", p.ID, err)
	}
	return next != nil && next.ID != p.ID, nil
}

// React sets or clears m's reaction.
func (s *Service) React(ctx context.Context, m Member, id PostID, r Reaction, on bool) (*Post, error) {
	return s.change(ctx, m, Write, id, func(ctx context.Context, tx Tx, p *Post, _ time.Time) (*Entry, error) {
		changed, err := tx.React(ctx, id, m.ID, r, on)
		if err != nil || !changed {
			return nil, err
		}
		if p.Reactions == nil {
			p.Reactions = map[Reaction]int{}
		}
		if on {
			p.Reactions[r]++
		} else {
			p.Reactions[r]--
		}
		return &Entry{}, nil
	})
}

// Comment adds m's answer to a post, or to another comment when parent is not
// empty: one level of replies, so a reply to a reply joins its parent. The same
// idempotency key gives the comment that was made first.
func (s *Service) Comment(ctx context.Context, m Member, id PostID, parent CommentID, text, idem string) (*Comment, error) {
	text = strings.TrimSpace(text)
	if err := checkText(text, MaxText, Text{FR: "Le commentaire", EN: "The comment"}); err != nil {
		return nil, err
	}
	sent, err := newRequest(m, idem, "comment", string(id), string(parent), text)
	if err != nil {
		return nil, err
	}
	var out *Comment
	_, err = s.change(ctx, m, Write, id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		r := sent
		known, err := r.recall(ctx, tx)
		if err != nil {
			return nil, err
		}
		if known {
			out, err = tx.Comment(ctx, r.Comment)
			return nil, err
		}
		thread, err := threadOf(ctx, tx, id, parent)
		if err != nil {
			return nil, err
		}
		out = &Comment{ID: CommentID(newID(at)), Post: id, Parent: thread, Author: person(m), Text: text, At: at}
		if err := tx.AddComment(ctx, *out); err != nil {
			return nil, fmt.Errorf("add comment to %s: %w", id, err)
		}
		p.LastComment = out
		p.Comments++
		r.Post, r.Comment = id, out.ID
		return &Entry{}, r.keep(ctx, tx)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// threadOf is the comment on the post that an answer to parent stands under.
func threadOf(ctx context.Context, tx Tx, id PostID, parent CommentID) (CommentID, error) {
	if parent == "" {
		return "", nil
	}
	c, err := tx.Comment(ctx, parent)
	switch {
	case err != nil:
		return "", err
	case c.Post != id:
		return "", ErrNotFound
	case c.Parent != "":
		return c.Parent, nil
	}
	return parent, nil
}

// tellShelf queues what m's act says of a shelf, for the rules that compare it
// with the ERP's stock.
func (s *Service) tellShelf(ctx context.Context, tx Tx, p *Post, state string, at time.Time) error {
	if p.SKU == "" || p.Topic != Stock {
		return nil
	}
	body, err := json.Marshal(ShelfReport{Post: p.ID, Store: p.Store, Aisle: p.Territory, SKU: p.SKU, State: state, At: at})
	if err != nil {
		return err
	}
	return tx.Emit(ctx, Outgoing{ID: newID(at), Kind: "shelf", Payload: body, At: at})
}

var errEnded = Refuse(Conflict, "Cette publication est déjà terminée : rouvrez-la d’abord.", "This post has already ended: reopen it first.")

func person(m Member) Author { return Author{Kind: ByPerson, Name: m.Name, Member: m.ID} }

func checkText(s string, limit int, what Text) error {
	v := Values{"fr": what.FR, "en": what.EN, "limit": float64(limit)}
	switch {
	case s == "":
		return Refuse(Invalid, "{fr} est vide.", "{en} is empty.").With(v)
	case !utf8.ValidString(s) || strings.ContainsRune(s, 0):
		return Refuse(Invalid, "{fr} contient des caractères illisibles.", "{en} holds unreadable characters.").With(v)
	case utf8.RuneCountInString(s) > limit:
		return Refuse(Invalid, "{fr} dépasse {limit} caractères.", "{en} is longer than {limit} characters.").With(v)
	}
	return nil
}

// newID returns a UUIDv7 (RFC 9562 §5.7): ids sort by the time they were made.
func newID(at time.Time) string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	binary.BigEndian.PutUint64(b[:8], uint64(at.UnixMilli())<<16|uint64(b[6])<<8|uint64(b[7]))
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
