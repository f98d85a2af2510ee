package feed

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// How long a shelf may be: more than a shift has to be somebody's decision who
// oversees the place (ISA-18.2, shelving is limited in time).
const (
	MaxShelf      = 8 * time.Hour
	MaxLongShelf  = 72 * time.Hour
	shelfGoodwill = time.Minute // between a client's clock and ours
)

// Shelve silences the conditions of a post until an instant, or once, until
// they end; once is limited in time too (MaxTimeShelved of OPC UA Part 9). They
// are still followed, and whoever looks sees who silenced them and why. What is
// out of service is not shelved: it is silent until it is back in service.
func (s *Service) Shelve(ctx context.Context, m Member, id PostID, until time.Time, oneShot bool, reason string) (*Post, error) {
	reason = strings.TrimSpace(reason)
	length := until.Sub(SentWith(ctx).When(s.now())).Round(time.Minute) // the same when it comes again
	if until.IsZero() {
		length = 0
	}
	what := Handle.to("shelve", length.String(), strconv.FormatBool(oneShot), reason)
	return s.shelve(ctx, m, what, id, reason, func(p *Post, shelf *Shelf, at time.Time) (Act, error) {
		limit, end := MaxShelf, until
		if Can(m, Oversee, p.Territory) {
			limit = MaxLongShelf
		}
		if oneShot && end.IsZero() {
			end = at.Add(limit)
		}
		switch {
		case p.Shelf != nil && p.Shelf.OutOfService() && Can(m, Oversee, p.Territory):
			return Act{}, errStillOut
		case p.Shelf != nil && p.Shelf.OutOfService():
			return Act{}, errOutOfService
		case !end.IsZero() && !end.After(at):
			return Act{}, Refuse(Invalid, "La durée demandée est déjà écoulée.", "The time asked for is already over.")
		case end.IsZero():
			return Act{}, Refuse(Invalid, "Indiquez jusqu’à quand, ou « une fois ».", "Say until when, or “once”.")
		case end.After(at.Add(limit + shelfGoodwill)):
			return Act{}, Refuse(Invalid, "La mise en veille est limitée à {hours} heures.", "Shelving is limited to {hours} hours.").
				With(Values{"hours": limit.Hours()})
		}
		shelf.Until, shelf.OneShot = end.UTC(), oneShot
		return Act{Kind: ActShelve, Until: shelf.Until, OneShot: oneShot}, nil
	})
}

// OutOfService silences the conditions of a post until somebody puts them back
// in service.
func (s *Service) OutOfService(ctx context.Context, m Member, id PostID, reason string) (*Post, error) {
	reason = strings.TrimSpace(reason)
	return s.shelve(ctx, m, Oversee.to("out-of-service", reason), id, reason, func(*Post, *Shelf, time.Time) (Act, error) {
		return Act{Kind: ActDisable}, nil
	})
}

// shelve puts the conditions of a post on the shelf that fn completes. The same
// shelf again changes nothing.
func (s *Service) shelve(ctx context.Context, m Member, d deed, id PostID, reason string, fn func(*Post, *Shelf, time.Time) (Act, error)) (*Post, error) {
	if err := checkText(reason, MaxReason, Text{FR: "Le motif", EN: "The reason"}); err != nil {
		return nil, err
	}
	return s.change(ctx, m, d.unless(shelvedSince), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if !p.byRule() {
			return nil, errNoRule
		}
		shelf := &Shelf{By: person(m), Reason: reason}
		act, err := fn(p, shelf, at)
		if err != nil {
			return nil, err
		}
		if p.Shelf != nil && p.Shelf.same(shelf) {
			return nil, nil
		}
		p.Shelf = shelf
		act.Reason, act.Member = reason, m.ID
		return &Entry{Kind: WasShelved, Text: reason}, tellEach(ctx, tx, p, act, at)
	})
}

// at is the shelf as it stands at an instant: nil once its time is over.
func (s *Shelf) at(now time.Time) *Shelf {
	if s == nil || !s.Until.IsZero() && !now.Before(s.Until) {
		return nil
	}
	return s
}

// same tells whether a shelf says what o says: of one that ends by itself, the
// limit in time is only the latest that it may end.
func (s *Shelf) same(o *Shelf) bool {
	return s.OneShot == o.OneShot && (s.OneShot || s.Until.Equal(o.Until)) && s.By == o.By && s.Reason == o.Reason
}

// Unshelve lets the conditions of a post be heard again.
func (s *Service) Unshelve(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.unshelve(ctx, m, Handle.to("unshelve"), id)
}

// InService puts the conditions of a post back in service.
func (s *Service) InService(ctx context.Context, m Member, id PostID) (*Post, error) {
	return s.unshelve(ctx, m, Oversee.to("in-service"), id)
}

// unshelve takes the conditions of a post off the shelf, by the act that ends
// the kind of shelf that it is.
func (s *Service) unshelve(ctx context.Context, m Member, d deed, id PostID) (*Post, error) {
	return s.change(ctx, m, d.unless(shelvedSince), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		if p.Shelf == nil {
			return nil, nil
		}
		kind := ActUnshelve
		if p.Shelf.OutOfService() {
			if !Can(m, Oversee, p.Territory) {
				return nil, errOutOfService
			}
			kind = ActEnable
		}
		p.Shelf = nil
		return &Entry{Kind: Unshelved}, tellEach(ctx, tx, p, Act{Kind: kind, Member: m.ID}, at)
	})
}

// byRule tells whether rules hold the post, so that they can be told of it.
func (p *Post) byRule() bool { return p.Key != "" && (p.Rule() != "" || len(p.Members) > 0) }

// Rule is the id of the rule that holds the post, empty when none does.
func (p *Post) Rule() string {
	if p.Provenance == nil {
		return ""
	}
	return p.Provenance.Rule
}

var (
	errNoRule       = Refuse(Conflict, "Aucune règle ne suit cette publication.", "No rule follows this post.")
	errStillOut     = Refuse(Conflict, "Hors service : remettez d’abord en service.", "Out of service: put it back in service first.")
	errOutOfService = Refuse(Forbidden, "Hors service : un chef d’équipe doit d’abord remettre en service.", "Out of service: a lead has to put it back in service first.")
)
