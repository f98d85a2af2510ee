package feed

import (
	"context"
	"fmt"
	"time"
)

// Help is what a call for a hand asks for, and how far it was heard.
type Help struct {
	Skill    string    `json:"skill,omitempty"`    // by its name; empty: anybody can
	Learners bool      `json:"learners,omitempty"` // who would like to do it is asked too
	At       time.Time `json:"at,omitzero"`        // when; zero: now
	Around   Path      `json:"around,omitempty"`   // the place up to which people were asked
	Asked    int       `json:"asked"`              // people
}

// WidenAfter is how long a call waits for those near before it goes further.
const WidenAfter = 10 * time.Minute

// maxAhead bounds how far ahead help may be asked for.
const maxAhead = 7 * 24 * time.Hour

// helpTx is what a transaction does with calls for a hand.
type helpTx interface {
	// Knows tells which members know a skill, those who would like to do it
	// among them when learners are wanted.
	Knows(ctx context.Context, skill string, learners bool, now time.Time) (map[MemberID]bool, error)
	// Ask keeps that a member was asked to help with a post, and tells whether
	// that is new; WasAsked, whether they were.
	Ask(ctx context.Context, id PostID, m MemberID) (added bool, err error)
	WasAsked(ctx context.Context, id PostID, m MemberID) (bool, error)
	// WidenAt keeps when a call goes further; a zero time: never again.
	WidenAt(ctx context.Context, id PostID, at time.Time) error
	// WidenBy lists the posts whose call goes further by now.
	WidenBy(ctx context.Context, now time.Time) ([]PostID, error)
	// HelpOver forgets who was asked.
	HelpOver(ctx context.Context, id PostID) error
}

// helpKey is the key of what those near are told.
func helpKey(id PostID) string { return string(id) + "/help" }

func (h *Help) check(now time.Time) error {
	if h.Skill != "" {
		name, err := checkSkill(h.Skill)
		if err != nil {
			return err
		}
		h.Skill = name
	}
	if h.At.After(now.Add(maxAhead)) {
		return Refuse(Invalid, "Un coup de main se demande au plus 7 jours à l’avance.", "Ask for a hand at most 7 days ahead.")
	}
	return nil
}

// call asks those present who can help, from the place of the post outwards
// until there is somebody to ask.
func (s *Service) call(ctx context.Context, tx Tx, p *Post, at time.Time) error {
	h := p.Talk.Help
	able, err := s.able(ctx, tx, h, at)
	if err != nil {
		return err
	}
	for {
		told, err := s.askNear(ctx, tx, p, able, at)
		if err != nil {
			return fmt.Errorf("ask for help around %s: %w", h.Around, err)
		}
		h.Asked += told
		if told > 0 || h.Around.Parent() == "" {
			break
		}
		h.Around = h.Around.Parent()
	}
	next := time.Time{}
	if h.Around.Parent() != "" {
		next = at.Add(WidenAfter)
	}
	return tx.WidenAt(ctx, p.ID, next)
}

// able is who knows what is asked for; nil: whoever is there.
func (s *Service) able(ctx context.Context, tx Tx, h *Help, at time.Time) (map[MemberID]bool, error) {
	if h.Skill == "" {
		return nil, nil
	}
	able, err := tx.Knows(ctx, h.Skill, h.Learners, at)
	if err != nil {
		return nil, fmt.Errorf("who knows %s: %w", h.Skill, err)
	}
	return able, nil
}

// askNear asks those who are present as far as the call goes, and counts those
// who had not been asked.
func (s *Service) askNear(ctx context.Context, tx Tx, p *Post, able map[MemberID]bool, at time.Time) (told int, err error) {
	near, err := tx.Present(ctx, p.Talk.Help.Around, at)
	if err != nil {
		return 0, err
	}
	tree, err := tx.Tree(ctx)
	if err != nil {
		return 0, err
	}
	for _, m := range near {
		if m.ID == p.Author.Member || able != nil && !able[m.ID] {
			continue
		}
		switch added, err := tx.Ask(ctx, p.ID, m.ID); {
		case err != nil:
			return told, err
		case !added:
			continue
		}
		told++
		n := Notification{
			ID: newID(at), Member: m.ID, Key: helpKey(p.ID), Why: HelpNear, Post: p.ID, At: at,
			Text:   Text{FR: "{who} demande un coup de main, {place} : {what}", EN: "{who} asks for a hand, {place}: {what}"},
			Values: Values{"who": p.Author.Name, "place": tree.Name(p.Territory), "what": p.Text},
		}
		if !m.Scope().Sees(p) { // who is asked from next door reads the call, not the place
			n.Post, n.Page = "", "/people"
		}
		if err := tx.Tell(ctx, n); err != nil {
			return told, err
		}
	}
	return told, nil
}

// come makes m the one who helps. The first has it.
func (p *Post) come(ctx context.Context, tx Tx, m Member, at time.Time) (*Entry, error) {
	switch {
	case m.ID == p.Author.Member:
		return nil, Refuse(Conflict, "C’est votre propre demande : un collègue doit venir.", "This is your own call: a colleague has to come.")
	case p.Taker.Member != "":
		return nil, Refuse(Conflict, "{who} y va déjà. Merci !", "{who} is already going. Thank you!").With(Values{"who": p.Taker.Name})
	}
	p.State, p.Taker, p.TakenAt, p.BumpedAt = Taken, person(m), at, at
	if err := p.heard(ctx, tx); err != nil {
		return nil, err
	}
	err := tx.Tell(ctx, Notification{
		ID: newID(at), Member: p.Author.Member, Key: helpKey(p.ID), Why: Answered, Post: p.ID, At: at,
		Text: Text{FR: "{who} vient vous aider.", EN: "{who} is coming to help you."}, Values: Values{"who": m.Name},
	})
	return &Entry{Kind: WasTaken}, err
}

// heard ends the call: nobody is asked any more. Who was asked is kept, so that
// those who come too late hear who came first.
func (p *Post) heard(ctx context.Context, tx Tx) error {
	if err := tx.Clear(ctx, helpKey(p.ID)); err != nil {
		return err
	}
	return tx.WidenAt(ctx, p.ID, time.Time{})
}

// helped ends the call with its post.
func (p *Post) helped(ctx context.Context, tx Tx) error {
	if p.Kind != HelpWanted {
		return nil
	}
	if err := p.heard(ctx, tx); err != nil {
		return err
	}
	return tx.HelpOver(ctx, p.ID)
}

// callAgain asks anew, from the place of the post: whoever came went away.
func (s *Service) callAgain(ctx context.Context, tx Tx, p *Post, at time.Time) error {
	if p.Kind != HelpWanted || p.Talk == nil || p.Talk.Help == nil {
		return nil
	}
	if err := p.helped(ctx, tx); err != nil {
		return err
	}
	p.Talk.Help.Around, p.Talk.Help.Asked = p.Territory, 0
	return s.call(ctx, tx, p, at)
}

// Come says that m comes to help. Whoever was asked may, also those from next
// door who do not read the place; they learn of the call and of nothing else.
func (s *Service) Come(ctx context.Context, m Member, id PostID) (post *Post, err error) {
	err = s.repo.InTx(ctx, func(tx Tx) error {
		p, err := tx.Post(ctx, id)
		if err != nil {
			return err
		}
		if p.Kind != HelpWanted {
			return ErrNotFound
		}
		if asked, err := tx.WasAsked(ctx, id, m.ID); err != nil {
			return err
		} else if !asked {
			if err := Require(m, Handle, p.Territory); err != nil {
				return err
			}
		}
		post = p
		if !p.State.Open() {
			return errEnded
		}
		if p.Taker.Member == m.ID {
			return nil
		}
		at := s.now().UTC()
		entry, err := p.come(ctx, tx, m, at)
		if err != nil {
			return err
		}
		return (&turn{post: p, at: at}).save(ctx, tx, m, entry)
	})
	return post, err
}

// WidenHelp lets the calls that nobody answered go further. Somebody calls it
// now and then.
func (s *Service) WidenHelp(ctx context.Context) error {
	var due []PostID
	now := s.now().UTC()
	if err := s.repo.InTx(ctx, func(tx Tx) (err error) {
		due, err = tx.WidenBy(ctx, now)
		return err
	}); err != nil {
		return fmt.Errorf("calls for help that go further: %w", err)
	}
	for _, id := range due {
		if err := s.repo.InTx(ctx, func(tx Tx) error { return s.widen(ctx, tx, id, now) }); err != nil {
			return fmt.Errorf("widen the call %s: %w", id, err)
		}
	}
	return nil
}

func (s *Service) widen(ctx context.Context, tx Tx, id PostID, at time.Time) error {
	p, err := tx.Post(ctx, id)
	if err != nil {
		return err
	}
	if p.State != New || p.Talk == nil || p.Talk.Help == nil {
		return tx.WidenAt(ctx, id, time.Time{})
	}
	p.Talk.Help.Around = p.Talk.Help.Around.Parent()
	if err := s.call(ctx, tx, p, at); err != nil {
		return err
	}
	p.UpdatedAt = at
	return tx.Save(ctx, p)
}
