package feed

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// RollPace is how often the company is asked whether its people still belong to
// it: whoever leaves is shut out well within a minute.
const RollPace = 30 * time.Second

// askers bounds how many accounts are asked after at once.
const askers = 8

// Warrants is where what accounts are asked with is kept.
type Warrants interface {
	// DueWarrants hands out those of accounts that were asked after before an
	// instant for the last time, each to one asker, and keeps that it is now.
	DueWarrants(ctx context.Context, before, now time.Time) ([]Warrant, error)
}

// Employer is the company's identity provider, asked about one account again.
type Employer interface {
	// Renew returns the account as it is by now, with what to ask with the next
	// time; ErrAccountEnded when it stands no more. Any other error says nothing
	// about the account.
	Renew(ctx context.Context, sealed string) (CompanyAccount, error)
}

// RollCall asks the company again and again after those who signed in with its
// account: leaving it ends what they may do here, though nobody tells us.
type RollCall struct {
	roster   *Roster
	warrants Warrants
	employer Employer
	pace     time.Duration
	now      func() time.Time
}

// NewRollCall returns a roll call that asks after everybody once per pace.
func NewRollCall(roster *Roster, warrants Warrants, employer Employer, pace time.Duration, now func() time.Time) *RollCall {
	return &RollCall{roster: roster, warrants: warrants, employer: employer, pace: pace, now: now}
}

// Call asks after everybody who is due, and waits for all the answers. Once the
// provider does not answer nobody else is asked: its absence is not theirs.
func (r *RollCall) Call(ctx context.Context) error {
	now := r.now()
	// A ticker that comes a little early finds them due already.
	due, err := r.warrants.DueWarrants(ctx, now.Add(-r.pace*3/4), now)
	if err != nil || len(due) == 0 {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan Warrant)
	var mu sync.Mutex
	var faults []error
	var all sync.WaitGroup
	for range min(askers, len(due)) {
		all.Go(func() {
			for w := range next {
				if err := r.ask(ctx, w); err != nil {
					mu.Lock()
					faults = append(faults, err)
					mu.Unlock()
					if errors.Is(err, ErrNoProvider) {
						stop(err)
					}
				}
			}
		})
	}
	for _, w := range due {
		if ctx.Err() != nil {
			break
		}
		next <- w
	}
	close(next)
	all.Wait()
	if len(faults) > 0 { // each would say the same thing
		return fmt.Errorf("%d of %d accounts: %w", len(faults), len(due), faults[0])
	}
	return nil
}

func (r *RollCall) ask(ctx context.Context, w Warrant) error {
	a, err := r.employer.Renew(ctx, w.Sealed)
	switch {
	case errors.Is(err, ErrAccountEnded):
		return r.roster.Lapse(ctx, w)
	case err != nil:
		return fmt.Errorf("ask after %s: %w", w.Member, err)
	}
	if err := r.roster.Renew(ctx, w, a); err != nil && !errors.Is(err, ErrNotFound) { // revoked meanwhile
		return err
	}
	return nil
}
