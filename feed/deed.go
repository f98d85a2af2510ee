package feed

import (
	"context"
	"fmt"
	"time"
)

// deed is something that a person does to a post.
type deed struct {
	asks Action   // what the person has to be allowed
	what []string // its name and all that it was told: what makes two of them the same
	// overtaken tells whether what happened after the person did it, and
	// before it arrived, is undone by doing it now; nil: by nothing.
	overtaken overtaking
}

// to names a deed that takes a's permission, with its arguments.
func (a Action) to(name string, args ...string) deed {
	return deed{asks: a, what: append([]string{name}, args...)}
}

// unless makes a deed give way to what happened meanwhile.
func (d deed) unless(overtaken overtaking) deed {
	d.overtaken = overtaken
	return d
}

// turn is a deed in the transaction that does it.
type turn struct {
	Request
	post  *Post
	at    time.Time // now
	typed time.Time // when the person did it, where that is not now
	said  *Comment  // of a comment
}

// change runs fn on a post that m may act on, saves the post and logs the
// entry that fn returns; without an entry nothing changed and nothing is saved.
// What was sent before under the same key changes nothing either.
func (s *Service) change(ctx context.Context, m Member, d deed, id PostID, fn func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error)) (*Post, error) {
	t, err := s.perform(ctx, m, d, id, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) { return fn(ctx, tx, t.post, t.at) })
	if err != nil {
		return nil, err
	}
	return t.post, nil
}

// perform is change for a deed that leaves more than an entry.
func (s *Service) perform(ctx context.Context, m Member, d deed, id PostID, fn func(ctx context.Context, tx Tx, t *turn) (*Entry, error)) (*turn, error) {
	sent, err := newRequest(ctx, m, append(d.what, string(id))...)
	if err != nil {
		return nil, err
	}
	sent.Post = id
	var t *turn
	err = s.repo.InTx(ctx, func(tx Tx) error {
		t = &turn{Request: sent, at: s.now().UTC()}
		if t.post, err = actable(ctx, tx, m, d.asks, id); err != nil {
			return err
		}
		known, err := t.recall(ctx, tx)
		switch {
		case err != nil:
			return err
		case known && t.Comment != "":
			t.said, err = tx.Comment(ctx, t.Comment)
			return err
		case known:
			return nil
		}
		return t.take(ctx, tx, m, d, fn)
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// take does what was not done before, unless it comes too late.
func (t *turn) take(ctx context.Context, tx Tx, m Member, d deed, fn func(ctx context.Context, tx Tx, t *turn) (*Entry, error)) (err error) {
	if t.typed, err = SentWith(ctx).typed(t.at); err != nil {
		return err
	}
	if err := d.yield(ctx, tx, m, t); err != nil {
		return err
	}
	if d.what[0] != "read" { // to say that one read a notice is to read
		if err := abide(ctx, tx, m, d.asks, t.post.Territory, t.at); err != nil {
			return err
		}
	}
	entry, err := fn(ctx, tx, t)
	if err != nil {
		return err
	}
	if err := t.save(ctx, tx, m, entry); err != nil {
		return err
	}
	return t.keep(ctx, tx)
}

// actable is a post that m sees and may do a to.
func actable(ctx context.Context, tx Tx, m Member, a Action, id PostID) (*Post, error) {
	p, err := tx.Post(ctx, id)
	if err != nil {
		return nil, err
	}
	if !m.Scope().Sees(p) {
		return nil, ErrNotFound
	}
	if err := Require(m, a, m.meets(p, a)); err != nil {
		return p, err
	}
	return p, fit(ctx, tx, a, p)
}

// save keeps what became of the post, if anything did.
func (t *turn) save(ctx context.Context, tx Tx, m Member, entry *Entry) error {
	if entry == nil {
		return nil
	}
	t.post.UpdatedAt = t.at
	if err := tx.Save(ctx, t.post); err != nil {
		return fmt.Errorf("save post %s: %w", t.post.ID, err)
	}
	if entry.Kind == "" {
		return nil
	}
	entry.Post, entry.At, entry.TypedAt, entry.Author = t.post.ID, t.at, t.typed, person(m)
	return tx.Log(ctx, *entry)
}
