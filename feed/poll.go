package feed

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// pollTx is what a transaction keeps of polls.
type pollTx interface {
	// Vote keeps a member's choice in the place of an earlier one, which it
	// returns, -1 when there was none.
	Vote(ctx context.Context, id PostID, m MemberID, choice int) (before int, err error)
}

// Open tells whether the poll takes votes at an instant.
func (p *Poll) Open(at time.Time) bool { return p.Closes.IsZero() || at.Before(p.Closes) }

// Voters is how many have voted.
func (p *Poll) Voters() int {
	n := 0
	for _, c := range p.Choices {
		n += c.Votes
	}
	return n
}

// Vote makes one of the choices m's own, from 0, in the place of an earlier one.
// Who voted what is shown to nobody.
func (s *Service) Vote(ctx context.Context, m Member, id PostID, choice int) (*Post, error) {
	what := Write.to("vote", strconv.Itoa(choice))
	t, err := s.perform(ctx, m, what, id, func(ctx context.Context, tx Tx, t *turn) (*Entry, error) {
		p, at := t.post, t.at
		if !t.typed.IsZero() {
			at = t.typed
		}
		switch {
		case p.Talk == nil || p.Talk.Poll == nil:
			return nil, Refuse(Invalid, "Cette publication n’a pas de sondage.", "This post has no poll.")
		case choice < 0 || choice >= len(p.Talk.Poll.Choices):
			return nil, Refuse(Invalid, "Cette réponse n’est pas proposée.", "There is no such choice.")
		case !p.State.Open() || !p.Talk.Poll.Open(at):
			return nil, Refuse(Conflict, "Ce sondage est terminé.", "This poll is over.")
		}
		before, err := tx.Vote(ctx, id, m.ID, choice)
		if err != nil {
			return nil, fmt.Errorf("vote on %s: %w", id, err)
		}
		if before == choice {
			return nil, nil
		}
		choices := p.Talk.Poll.Choices
		if before >= 0 && before < len(choices) {
			choices[before].Votes--
		}
		choices[choice].Votes++
		return &Entry{}, nil
	})
	if err != nil {
		return nil, err
	}
	return t.post, nil
}
