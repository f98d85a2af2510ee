package feed

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// sweepSize is how many posts one look sees to; the next look goes on.
const sweepSize = 200

// Due lets time pass over all that waits for a decision: steps that were missed
// go to whom the circuit names next, those who sit are reminded, and what was put
// off comes back. It is told to nobody twice. A post that it fails on does not
// hold up the others.
func (s *Service) Due(ctx context.Context) error {
	var ids []PostID
	err := s.repo.InTx(ctx, func(tx Tx) (err error) {
		ids, err = tx.Awaited(ctx, s.now().UTC(), sweepSize)
		return err
	})
	if err != nil {
		return fmt.Errorf("what waits for a decision: %w", err)
	}
	var faults []error
	for _, id := range ids {
		if ctx.Err() != nil {
			break
		}
		if err := s.repo.InTx(ctx, func(tx Tx) error { return s.pass(ctx, tx, id) }); err != nil {
			faults = append(faults, fmt.Errorf("time passes over %s: %w", id, err))
		}
	}
	return errors.Join(faults...)
}

// fildefer is who speaks where nobody does.
var fildefer = Author{Kind: ByMachine, Name: "Fildefer"}

// pass lets time pass over one post.
func (s *Service) pass(ctx context.Context, tx Tx, id PostID) error {
	p, err := tx.Post(ctx, id)
	if err != nil {
		return err
	}
	at := s.now().UTC()
	if co := p.course(); s.Circuit(p) == nil || (co == nil || !co.decided()) && !p.State.Open() {
		return drop(ctx, tx, p) // it ended otherwise, or its circuit is gone
	}
	fresh := p.course() == nil
	h, err := s.hearing(ctx, tx, p, at)
	if err != nil {
		return err
	}
	effects := h.circuit.Pass(h.course, h.panel.seats, at)
	if fresh {
		effects = append(effects, Seated)
	}
	if len(effects) > 0 {
		if err := h.show(ctx, tx, effects, at); err != nil {
			return err
		}
	}
	return h.follow(ctx, tx, effects...)
}

// show has the post say what time made of it.
func (h *hearing) show(ctx context.Context, tx Tx, effects []Effect, at time.Time) error {
	p := h.post
	p.UpdatedAt = at
	for _, e := range effects {
		entry := Entry{Post: p.ID, At: at, Author: fildefer}
		switch e {
		case Late:
			p.BumpedAt = at
			entry.Kind, entry.Text = WentOverdue, namesOf(h.course.Deciders)
		case CameBack:
			p.begin(at)
			p.BumpedAt = at
			entry.Kind = Reopened
		case Settled:
			h.end(Member{ID: h.course.By.Member, Name: h.course.By.Name}, Ruling{})
			entry.Kind, entry.Text = WasDecided, p.Cause+" → "+p.Action
		case TaskLate:
			entry.Kind, entry.Text = WentOverdue, h.course.Task.Owner.Name
		default:
			continue
		}
		if err := tx.Log(ctx, entry); err != nil {
			return err
		}
	}
	if err := tx.Save(ctx, p); err != nil {
		return fmt.Errorf("save post %s: %w", p.ID, err)
	}
	return nil
}
