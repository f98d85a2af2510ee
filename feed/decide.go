package feed

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// circuitTx is what circuits need of a transaction.
type circuitTx interface {
	// Track keeps where the post is on its way to a decision: whose list it
	// stands on, and when time itself changes something; zero: never.
	Track(ctx context.Context, p *Post, waiting []MemberID, wake time.Time) error
	// Awaited lists the posts whose time has come, the earliest first.
	Awaited(ctx context.Context, now time.Time, limit int) ([]PostID, error)
	// Reacted lists who reacted to a post.
	Reacted(ctx context.Context, id PostID) ([]MemberID, error)
	// Gather gives what people said of a post without words to another one as
	// well, and returns what that one has by now.
	Gather(ctx context.Context, from, into PostID) (reactions map[Reaction]int, meToo int, err error)
}

// Follow has the service take these circuits instead of the default ones. It is
// called before anything is done.
func (s *Service) Follow(circuits []Circuit) { s.circuits = circuits }

// Circuit is the circuit that a post goes through, nil when it goes through none:
// in a group, which is a place of its own, people agree as they do.
func (s *Service) Circuit(p *Post) *Circuit {
	if p.Territory.IsGroup() || p.Audience != Everybody {
		return nil
	}
	if co := p.course(); co != nil {
		for i := range s.circuits {
			if s.circuits[i].Name == co.Circuit {
				return &s.circuits[i]
			}
		}
	}
	return CircuitOf(s.circuits, p.Kind, p.Territory)
}

// course is how far the post is on its way to a decision, nil when it is on none.
func (p *Post) course() *Course {
	if p.Talk == nil {
		return nil
	}
	return p.Talk.Course
}

// verdicts are what posts say of how they ended.
var verdicts = map[Kind]map[Outcome]string{
	Idea:     {Accepted: "Acceptée", Refused: "Refusée", Merged: "Fusionnée", Deferred: "Reportée"},
	Question: {Accepted: "Réponse retenue", Refused: "Sans suite", Merged: "Fusionnée", Deferred: "Reportée"},
}

// Rule is m's word on a question or idea, where its circuit waits for m: it is
// accepted, refused, merged or deferred, always with a reason. Where more than
// one decides, accepted and refused are a vote.
func (s *Service) Rule(ctx context.Context, m Member, id PostID, r Ruling) (*Post, error) {
	r.Reason = strings.TrimSpace(r.Reason)
	if err := checkText(r.Reason, MaxReason, Text{FR: "Le motif", EN: "The reason"}); err != nil {
		return nil, err
	}
	if !slices.Contains([]Outcome{Accepted, Refused, Merged, Deferred}, r.Outcome) {
		return nil, Refuse(Invalid, "L’issue « {outcome} » n’existe pas.", "There is no outcome “{outcome}”.").With(Values{"outcome": string(r.Outcome)})
	}
	r.Member, r.Name = m.ID, m.Name
	d := Decide.to("decide", string(r.Outcome), r.Reason, string(r.Into), dateOf(r.Until), string(r.Owner.Member), dateOf(r.Due), string(r.Answer))
	return s.change(ctx, m, d.unless(decidedSince), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		h, err := s.hearing(ctx, tx, p, at)
		if err != nil {
			return nil, err
		}
		if err := h.complete(ctx, tx, m, &r); err != nil {
			return nil, err
		}
		if !h.course.decided() {
			h.circuit.seat(h.course, h.panel.seats) // as it is now: who was there may be away
		}
		effect, err := h.circuit.Hear(h.course, r, h.panel.seats, at)
		if err != nil {
			return nil, err
		}
		return h.heard(ctx, tx, m, r, effect)
	})
}

// dateOf is a date as one of two the same requests tells it.
func dateOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// decidedSince: what somebody else decided meanwhile is not decided again.
func decidedSince(m Member, p *Post, e Entry) bool {
	return e.Kind == WasDecided && !p.State.Open() && e.Author.Member != m.ID
}

// hearing is a course in the transaction that moves it.
type hearing struct {
	service *Service
	post    *Post
	circuit *Circuit
	course  *Course
	panel   *panel
	at      time.Time
}

// hearing takes up the course of a post; of one that has none yet it begins.
func (s *Service) hearing(ctx context.Context, tx Tx, p *Post, at time.Time) (*hearing, error) {
	c := s.Circuit(p)
	if c == nil {
		return nil, Refuse(Conflict, "Aucun circuit ne décide de cette publication.", "No circuit decides on this post.")
	}
	n, err := s.panel(ctx, tx, p, c, at)
	if err != nil {
		return nil, err
	}
	h := &hearing{service: s, post: p, circuit: c, course: p.course(), panel: n, at: at}
	if h.course == nil {
		h.course = c.Begin(n.seats, at)
		if p.Talk == nil {
			p.Talk = &Talk{}
		}
		p.Talk.Course = h.course
	}
	return h, nil
}

// complete finds what a ruling names.
func (h *hearing) complete(ctx context.Context, tx Tx, m Member, r *Ruling) error {
	if r.Outcome == Accepted && r.Owner.Member != "" {
		for _, o := range append(slices.Clone(h.panel.people), m) {
			if o.ID == r.Owner.Member {
				r.Owner = person(o)
			}
		}
		if r.Owner.Name == "" {
			return Refuse(Invalid, "Cette personne ne suit pas ce lieu.", "That person does not follow this place.")
		}
	}
	if r.Answer != "" {
		c, err := tx.Comment(ctx, r.Answer)
		if err != nil || c.Post != h.post.ID {
			return ErrNotFound
		}
	}
	if r.Outcome != Merged {
		return nil
	}
	into, err := tx.Post(ctx, r.Into)
	switch {
	case err != nil && ProblemOf(err) != NotFound:
		return err
	case err != nil || !m.Scope().Sees(into):
		return Refuse(Invalid, "Choisissez la publication à laquelle la joindre.", "Choose the post to merge it into.")
	case into.ID == h.post.ID || into.Kind != h.post.Kind:
		return Refuse(Invalid, "On ne fusionne qu’avec une autre publication du même type.", "It can be merged into another post of the same kind only.")
	case into.course() != nil && into.course().Outcome == Merged:
		return Refuse(Invalid, "Elle a elle-même été fusionnée : choisissez celle qui l’a reçue.", "It was merged itself: choose the one that took it in.")
	}
	return nil
}

// heard does what follows from a word.
func (h *hearing) heard(ctx context.Context, tx Tx, m Member, r Ruling, effect Effect) (*Entry, error) {
	entry := &Entry{}
	switch effect {
	case Settled:
		h.end(m, r)
		entry = &Entry{Kind: WasDecided, Text: h.post.Cause + " → " + h.post.Action}
		if h.course.Outcome == Merged {
			if err := h.join(ctx, tx, m, r.Into); err != nil {
				return nil, err
			}
		}
	case Advanced:
		entry = &Entry{Kind: CameForward, Text: r.Reason}
	}
	return entry, h.follow(ctx, tx, effect)
}

// end writes on the post how it ended.
func (h *hearing) end(m Member, r Ruling) {
	p, co := h.post, h.course
	p.State, p.Cause, p.Action, p.ClosedAt = Resolved, verdicts[p.Kind][co.Outcome], co.Reason, h.at
	if p.Taker.Member == "" {
		p.Taker, p.TakenAt = person(m), h.at
	}
	if r.Answer != "" && co.Outcome == Accepted {
		p.Talk.Accepted = r.Answer
	}
}

// join gives what people said of the post to the one that it is merged into, and
// has that one say so.
func (h *hearing) join(ctx context.Context, tx Tx, m Member, id PostID) error {
	into, err := tx.Post(ctx, id)
	if err != nil {
		return fmt.Errorf("merge %s into %s: %w", h.post.ID, id, err)
	}
	if into.Reactions, into.MeToo, err = tx.Gather(ctx, h.post.ID, id); err != nil {
		return err
	}
	if into.Talk == nil {
		into.Talk = &Talk{}
	}
	if into.Talk.Course == nil {
		into.Talk.Course = &Course{Since: h.at, Outcome: Accepted, Reason: into.Cause} // it ended before circuits were
		if into.State.Open() {
			into.Talk.Course = nil
			begun, err := h.service.begin(ctx, tx, into, h.at)
			if err != nil {
				return err
			}
			if err := begun.follow(ctx, tx, Seated); err != nil {
				return err
			}
		}
	}
	co := into.Talk.Course
	co.With = append(co.With, h.post.ID)
	into.UpdatedAt = h.at
	if err := tx.Save(ctx, into); err != nil {
		return fmt.Errorf("save post %s: %w", id, err)
	}
	return tx.Log(ctx, Entry{Post: id, Kind: Joined, At: h.at, Author: person(m), Text: h.post.headline()})
}

// headline is the first line of a person's words.
func (p *Post) headline() string {
	line, _, _ := strings.Cut(p.Text, "\n")
	return clean(line)
}

// answered moves a question on that somebody answered: its author is to keep an
// answer.
func (s *Service) answered(ctx context.Context, tx Tx, m Member, p *Post, at time.Time) error {
	co := p.course()
	if co == nil || co.decided() || p.Author.Member == m.ID || !p.State.Open() {
		return nil
	}
	h, err := s.hearing(ctx, tx, p, at)
	if err != nil {
		return err
	}
	effect, moved := h.circuit.Answered(h.course, h.panel.seats, at)
	if !moved {
		return nil
	}
	if err := tx.Log(ctx, Entry{Post: p.ID, Kind: CameForward, At: at, Author: person(m)}); err != nil {
		return err
	}
	return h.follow(ctx, tx, effect)
}

// begin puts a new post at the first step of its circuit, if there is one for it.
func (s *Service) begin(ctx context.Context, tx Tx, p *Post, at time.Time) (*hearing, error) {
	if s.Circuit(p) == nil {
		return nil, nil
	}
	return s.hearing(ctx, tx, p, at)
}

// resume opens a decision again that was made too early.
func (s *Service) resume(ctx context.Context, tx Tx, p *Post, at time.Time) error {
	if p.course() == nil || s.Circuit(p) == nil {
		return nil
	}
	h, err := s.hearing(ctx, tx, p, at)
	if err != nil {
		return err
	}
	h.circuit.Again(h.course, h.panel.seats, at)
	if err := tx.Clear(ctx, h.key("decided")); err != nil {
		return err
	}
	return h.follow(ctx, tx, CameBack)
}

// drop takes a post off everybody's list that ended without a decision.
func drop(ctx context.Context, tx Tx, p *Post) error {
	if co := p.course(); co != nil {
		for step := range co.Steps {
			if err := tx.Clear(ctx, fmt.Sprint(p.ID, "#", step)); err != nil {
				return err
			}
		}
	}
	return tx.Track(ctx, p, nil, time.Time{})
}
