package feed

import (
	"context"
	"fmt"
	"time"
)

// MaxDeadline is for how long a question may wait for an answer.
const MaxDeadline = 90 * 24 * time.Hour

// start puts a new post on its way through its circuit, if it has one.
func (s *Service) start(ctx context.Context, tx Tx, m Member, p *Post, d Draft) error {
	at := p.OpenedAt
	if p.Territory.IsGroup() || p.Kind == Question && d.Poll != nil && d.For.IsZero() {
		return nil // a group talks, and a poll is answered by those who vote
	}
	if p.Kind == Question {
		if err := checkQuestion(m, p, d, at); err != nil {
			return err
		}
	}
	h, err := s.begin(ctx, tx, p, at)
	if err != nil || h == nil {
		return err
	}
	if p.Kind == Question {
		if len(h.panel.asked) == 0 {
			return Refuse(Invalid, "Personne ici ne correspond à ce choix : élargissez-le.", "Nobody here matches this choice: widen it.")
		}
		if !d.Deadline.IsZero() {
			h.course.Due, h.course.Raise = d.Deadline.UTC(), d.Deadline.UTC()
		}
	}
	if err := tx.Save(ctx, p); err != nil {
		return fmt.Errorf("save post %s: %w", p.ID, err)
	}
	return h.follow(ctx, tx, Seated)
}

// checkQuestion refuses a question to nobody, and one to everybody of a place
// from who may not publish there.
func checkQuestion(m Member, p *Post, d Draft, at time.Time) error {
	switch {
	case d.For.IsZero():
		return Refuse(Invalid, "Choisissez à qui vous demandez.", "Choose whom you ask.")
	case len(d.For.Roles)+len(d.For.Skills)+len(d.For.People) == 0 && !Can(m, Publish, p.Territory):
		return Refuse(Forbidden, "Demandez à un métier ou à une personne : seuls les responsables demandent à tous.",
			"Ask a role or a person: only those in charge ask everybody.")
	case d.Deadline.IsZero():
		return nil
	case !d.Deadline.After(at):
		return Refuse(Invalid, "L’échéance est déjà passée.", "The deadline is over already.")
	case d.Deadline.After(at.Add(MaxDeadline)):
		return Refuse(Invalid, "L’échéance est limitée à {days|0} jours.", "The deadline is limited to {days|0} days.").
			With(Values{"days": MaxDeadline.Hours() / 24})
	}
	return nil
}
