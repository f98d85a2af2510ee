package feed

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Take makes m the one who handles the post. Taking what one already has
// changes nothing; what a colleague has is taken over.
func (s *Service) Take(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Attend.to("take").unless(takenSince), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if !p.State.Open() {
			return nil, errEnded
		}
		if p.State != New && p.Taker.Member == m.ID {
			return nil, nil
		}
		if p.Kind == HelpWanted {
			return p.come(ctx, tx, m, at)
		}
		p.State, p.Taker, p.TakenAt, p.BumpedAt = Taken, person(m), at, at
		p.Asked, p.Level = "", 0
		if err := attended(ctx, tx, p); err != nil {
			return nil, err
		}
		return &Entry{Kind: WasTaken}, tell(ctx, tx, p, ActTake, m, at)
	})
}

// Arrive says that m is on site; it takes the post when nobody has.
func (s *Service) Arrive(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Attend.to("onsite").unless(takenSince), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if !p.State.Open() {
			return nil, errEnded
		}
		if p.State == OnSite && p.Taker.Member == m.ID {
			return nil, nil
		}
		if p.Kind == HelpWanted && p.Taker.Member != m.ID {
			return p.come(ctx, tx, m, at)
		}
		err := attended(ctx, tx, p)
		if err == nil && p.Taker.Member != m.ID {
			p.Taker, p.TakenAt = person(m), at
			p.Asked, p.Level = "", 0
			err = tell(ctx, tx, p, ActTake, m, at)
		}
		p.State = OnSite
		return &Entry{Kind: CameOn}, err
	})
}

// Release gives back what m took; whoever oversees the place gives back what
// somebody else took. For the rules the post begins to wait again.
func (s *Service) Release(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Handle.to("release").unless(takenAgainSince), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		switch {
		case !p.State.Open():
			return nil, errEnded
		case p.State == New:
			return nil, nil
		case p.Taker.Member != m.ID && !Can(m, Oversee, p.Territory):
			return nil, Refuse(Forbidden, "Un collègue s’en occupe : seul un chef d’équipe peut rendre à sa place.",
				"A colleague has it: only a lead can give it back for them.")
		}
		p.State, p.Taker, p.TakenAt, p.BumpedAt = New, Author{}, time.Time{}, at
		if err := s.callAgain(ctx, tx, p, at); err != nil {
			return nil, err
		}
		return &Entry{Kind: GaveBack}, tell(ctx, tx, p, ActReopen, m, at)
	})
}

// Resolve ends the post with a cause and, if there was one, what was done about
// it. A post that ended by itself takes them too, once. Whoever resolves what
// waits for somebody to say that it ended says so.
func (s *Service) Resolve(ctx context.Context, m Member, id PostID, cause, action string) (*Post, error) {
	cause, action = strings.TrimSpace(cause), strings.TrimSpace(action)
	if err := checkText(cause, MaxCause, Text{FR: "La cause", EN: "The cause"}); err != nil {
		return nil, err
	}
	if action != "" {
		if err := checkText(action, MaxAction, Text{FR: "L’action", EN: "The action"}); err != nil {
			return nil, err
		}
	}
	return s.change(ctx, m, Handle.to("resolve", cause, action).unless(cameBackSince), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if !p.State.Open() {
			return p.explain(cause, action)
		}
		if co := p.course(); co != nil && !co.decided() {
			return nil, errCircuit
		}
		if p.Taker.Member == "" {
			p.Taker, p.TakenAt = person(m), at
		}
		p.State, p.Cause, p.Action, p.ClosedAt = Resolved, cause, action, at
		p.Asked, p.Level = "", 0
		if err := p.teach(ctx, tx, m); err != nil {
			return nil, err
		}
		if err := attended(ctx, tx, p); err != nil {
			return nil, err
		}
		if err := s.tellShelf(ctx, tx, p, "filled", at); err != nil {
			return nil, err
		}
		if err := tell(ctx, tx, p, ActResolve, m, at); err != nil {
			return nil, err
		}
		if p.Latched {
			p.Latched = false
			if err := tellEach(ctx, tx, p, Act{Kind: ActReset, Member: m.ID}, at); err != nil {
				return nil, err
			}
		}
		return solved(cause, action), nil
	})
}

// explain adds to a post that has ended what nobody said of it yet.
func (p *Post) explain(cause, action string) (*Entry, error) {
	answers := p.Answers()
	same := p.Cause != "" && answers.Key(p.Cause) == answers.Key(cause)
	switch {
	case same && (action == "" || answers.Key(p.Action) == answers.Key(action)):
		return nil, nil
	case p.Cause != "" && !same, p.Action != "":
		return nil, errEnded
	}
	p.Cause, p.Action = cause, action
	return solved(cause, action), nil
}

func solved(cause, action string) *Entry {
	if action != "" {
		cause += " → " + action
	}
	return &Entry{Kind: Solved, Text: cause}
}

// Reset says that a condition which ended may be forgotten: a post that is
// latched waits for that.
func (s *Service) Reset(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Handle.to("reset").unless(endedAgainSince), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if !p.Latched {
			return nil, nil
		}
		p.Latched = false
		return &Entry{Kind: WasReset}, tellEach(ctx, tx, p, Act{Kind: ActReset, Member: m.ID}, at)
	})
}

// Reopen says that a post ended too early.
func (s *Service) Reopen(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.change(ctx, m, Handle.to("reopen").unless(endedSince), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if p.State.Open() {
			return nil, nil
		}
		if co := p.course(); co != nil && co.By.Member != m.ID && !Can(m, Oversee, p.Territory) {
			return nil, errOthers.With(Values{"who": co.By.Name})
		}
		successor, err := s.successor(ctx, tx, p)
		if err != nil {
			return nil, err
		}
		if successor {
			return nil, Refuse(Conflict, "Une publication plus récente suit ce problème.", "A newer post follows this condition.")
		}
		p.begin(at)
		p.BumpedAt = at
		if err := s.callAgain(ctx, tx, p, at); err != nil {
			return nil, err
		}
		if err := s.resume(ctx, tx, p, at); err != nil {
			return nil, err
		}
		return &Entry{Kind: Reopened}, tell(ctx, tx, p, ActReopen, m, at)
	})
}

// begin opens a post again: nobody has it, and how it was solved is the past.
func (p *Post) begin(at time.Time) {
	if past := p.past(); past != nil {
		p.Past = past
	}
	p.State, p.Taker, p.TakenAt, p.Cause, p.Action = New, Author{}, time.Time{}, "", ""
	p.Asked, p.Level = "", 0
	p.BackToNormal, p.ClosedAt, p.Since, p.Steps = false, time.Time{}, at, nil
}

// past is how the post was solved, nil when nobody said.
func (p *Post) past() *Past {
	if p.Cause == "" {
		return nil
	}
	return &Past{
		Post: p.ID, Cause: p.Cause, Action: p.Action, At: p.ClosedAt,
		Minutes: p.ClosedAt.Sub(p.OpenedAt).Minutes(), By: p.Taker.Name,
	}
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

var errCircuit = Refuse(Conflict, "Un circuit en décide : la réponse se donne à son étape.", "A circuit decides on this: the answer is given at its step.")

var errOthers = Refuse(Forbidden, "C’est à {who} de revenir sur sa décision.", "It is for {who} to go back on the decision.")

var errEnded = Refuse(Conflict, "Cette publication est déjà terminée : rouvrez-la d’abord.", "This post has already ended: reopen it first.")
