package api

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/fildefer/fildefer/feed"
)

// Trail is the audit log, and what else is known of a person.
type Trail interface {
	Note(ctx context.Context, e feed.AuditEntry) error
	AuditLog(ctx context.Context, q feed.AuditQuery) ([]feed.AuditLine, error)
	SessionsOf(ctx context.Context, m feed.MemberID, now time.Time) ([]feed.Session, error)
	Invitations(ctx context.Context, now time.Time) ([]feed.Invitation, error)
	Farewells(ctx context.Context) (map[feed.MemberID]time.Time, error)
	Dossier(ctx context.Context, m feed.MemberID) (feed.Dossier, error)
}

// note writes an entry down, as of now. What has happened is not undone because
// it cannot be written: that is for the operator's log.
func (s *server) note(ctx context.Context, e feed.AuditEntry) {
	e.At = time.Now()
	if err := s.Trail.Note(ctx, e); err != nil {
		s.Log.LogAttrs(ctx, slog.LevelError, "not in the audit log", slog.String("action", e.Action), slog.Any("error", err))
	}
}

// audit writes down what the visitor did to something at a place.
func (s *server) audit(ctx context.Context, action string, place feed.Path, object string) {
	s.note(ctx, feed.AuditEntry{Actor: visitorOf(ctx).signedIn(), Action: action, Territory: place, Object: object})
}

// signedIn is the person who asks, nobody where only a device does.
func (v *visitor) signedIn() feed.MemberID {
	if !v.person {
		return ""
	}
	return v.member.ID
}

// signInFailed writes down that a PIN was wrong, when it was somebody's: a name
// that nobody has may be anything, a PIN too.
func (s *server) signInFailed(ctx context.Context, name feed.MemberID, why error) {
	if p := feed.ProblemOf(why); p != feed.Unauthorized && p != feed.Locked {
		return
	}
	accounts, err := s.Members.Accounts(ctx)
	if err != nil {
		return // the visitor hears of the database soon enough
	}
	if slices.ContainsFunc(accounts, func(a feed.Account) bool { return a.ID == name }) {
		s.note(ctx, feed.AuditEntry{Subject: name, Action: "session.fail", Object: string(visitorOf(ctx).on())})
	}
}

// denials is when each member was last written down as denied something: once a
// minute says it.
type denials struct {
	mu   sync.Mutex
	last map[feed.MemberID]time.Time
}

const denialPause = time.Minute

func (d *denials) due(m feed.MemberID, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now.Sub(d.last[m]) < denialPause {
		return false
	}
	if d.last == nil || len(d.last) >= maxAddresses {
		d.last = map[feed.MemberID]time.Time{}
	}
	d.last[m] = now
	return true
}

// denied writes down that somebody was refused what their roles do not allow.
func (s *server) denied(ctx context.Context, operation string, why error) {
	v := visitorOf(ctx)
	if feed.ProblemOf(why) != feed.Forbidden || !v.person || errors.Is(why, errStepUp) || !s.denials.due(v.member.ID, time.Now()) {
		return
	}
	s.note(ctx, feed.AuditEntry{Actor: v.member.ID, Subject: v.member.ID, Action: "denied", Object: operation})
}

// steppedUp are the actions whose writes ask for a proof of who one is.
var steppedUp = []feed.Action{feed.Administer, feed.Appoint, feed.Invite, feed.Audit}

const (
	// provedFor is how long a proof of who one is holds.
	provedFor = 5 * time.Minute
	// stepUpType is the type of the problem that a proof settles.
	stepUpType = "step-up"
)

var errStepUp = feed.Refuse(feed.Forbidden, "Confirmez que c’est bien vous : tapez votre code PIN.", "Confirm that it is you: type your PIN.")

// stepUp refuses who has not shown for a while who they are.
func (s *server) stepUp(ctx huma.Context, next func(huma.Context)) {
	if time.Since(visitorOf(ctx.Context()).proved) > provedFor {
		r, w := humago.Unwrap(ctx)
		s.refuse(w, r, errStepUp)
		return
	}
	next(ctx)
}

type proof struct {
	Body struct {
		PIN string `json:"pin" minLength:"1" maxLength:"64" pattern:"^[^\\x00-\\x1f]*$"`
	}
}

func (s *server) prove(ctx context.Context, in *proof) (*struct{}, error) {
	v := visitorOf(ctx)
	if !v.person {
		return nil, errNobodyHere
	}
	if err := s.slow(v); err != nil {
		return nil, err
	}
	if err := s.Sessions.Prove(ctx, v.token, in.Body.PIN); err != nil {
		s.signInFailed(ctx, v.member.ID, err)
		if feed.ProblemOf(err) == feed.Unauthorized {
			return nil, errWrongPIN // who has a session is not signed out by it
		}
		return nil, lockTime(err)
	}
	return nil, nil
}

var (
	errNobodyHere = feed.Refuse(feed.Forbidden, "Identifiez-vous d’abord : cela ne concerne qu’une personne.", "Sign in first: this is a person’s own.")
	errWrongPIN   = feed.Refuse(feed.Invalid, "Code PIN incorrect.", "Wrong PIN.")
)
