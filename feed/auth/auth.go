// Package auth signs people in by name and PIN or by badge, pairs devices by a
// code, and tells whose a token is. It owns what is kept of a PIN, badge, code
// or token, how many wrong ones are too many and how long each lasts. It knows
// nothing of HTTP, cookies or SQL.
package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/fildefer/fildefer/feed"
)

const (
	// MaxTries wrong PINs in a row lock a name for LockFor.
	MaxTries = 5
	// LockFor is how long such a lock lasts.
	LockFor = 15 * time.Minute
	// SessionFor is how long a session lasts, whatever happens in it: more
	// than a shift, less than two.
	SessionFor = 12 * time.Hour
	// IdleFor is how long a session lasts in which nobody does anything, on a
	// person's own device; a shared one asks by itself.
	IdleFor = 30 * time.Minute
)

// Members is what sign-in needs of those who may sign in.
type Members interface {
	Badges
	// PINHash returns the hash of a member's PIN, empty when nobody has that
	// name or is still allowed in.
	PINHash(ctx context.Context, name feed.MemberID) (string, error)
	// BeginTry counts a try, by a name that anybody may have or nobody. The
	// try number limit locks the name until now + lock; while it is locked
	// nothing is counted and the end of the lock is returned.
	BeginTry(ctx context.Context, name feed.MemberID, now time.Time, limit int, lock time.Duration) (lockedUntil time.Time, err error)
	// ClearTries forgets the tries by a name, and its lock.
	ClearTries(ctx context.Context, name feed.MemberID) error
}

// Sessions is where sessions are kept, by the hash of their token.
type Sessions interface {
	AddSession(ctx context.Context, tokenHash string, session feed.Session, now time.Time) error
	// Session returns ErrNotFound for a session that is unknown or over.
	Session(ctx context.Context, tokenHash string, now time.Time) (feed.Session, error)
	// SeeSession keeps that somebody did something, ProveSession that they
	// showed again who they are.
	SeeSession(ctx context.Context, tokenHash string, now time.Time) error
	ProveSession(ctx context.Context, tokenHash string, now time.Time) error
	EndSession(ctx context.Context, tokenHash string) error
	EndOtherSessions(ctx context.Context, m feed.MemberID, tokenHash string) error
}

// Service signs people in and out.
type Service struct {
	members  Members
	sessions Sessions
	now      func() time.Time
	idle     time.Duration
	turns    turns
	decoy    string // hash that no PIN has, checked for names that nobody has
}

// NewService returns a service whose clock is now.
func NewService(members Members, sessions Sessions, now func() time.Time) *Service {
	return &Service{
		members: members, sessions: sessions, now: now,
		idle: IdleFor, turns: newTurns(), decoy: hash(rand.Text()),
	}
}

// EndIdle sets how long a session lasts in which nobody does anything.
func (s *Service) EndIdle(after time.Duration) { s.idle = after }

// SignIn opens a session for the member of that name and returns its token,
// which is known to nobody else; on a paired device it ends with the device. A
// wrong name and a wrong PIN get the same answer, in the same time; the fifth
// wrong try locks the name.
func (s *Service) SignIn(ctx context.Context, name feed.MemberID, pin string, on feed.DeviceID) (token string, session feed.Session, err error) {
	if len(name) > maxName {
		return "", feed.Session{}, errWrong
	}
	now := s.now().UTC()
	if err := s.try(ctx, name, pin, now); err != nil {
		return "", feed.Session{}, err
	}
	return s.open(ctx, name, on, now)
}

// Vouch opens a session for somebody whom the company's account vouches for, who
// showed there who they are at an instant; the zero one: nobody knows when.
func (s *Service) Vouch(ctx context.Context, m feed.MemberID, provedAt time.Time) (token string, session feed.Session, err error) {
	now := s.now().UTC()
	if provedAt.After(now) {
		provedAt = now
	}
	return s.openProved(ctx, m, "", now, provedAt)
}

// try counts a PIN as one try of a name's, and returns nil when it is right.
func (s *Service) try(ctx context.Context, name feed.MemberID, pin string, now time.Time) error {
	locked, err := s.members.BeginTry(ctx, name, now, MaxTries, LockFor)
	if err != nil {
		return fmt.Errorf("sign in %s: %w", name, err)
	}
	if locked.After(now) {
		return errLocked.With(feed.Values{"minutes": math.Ceil(locked.Sub(now).Minutes())})
	}
	known, err := s.members.PINHash(ctx, name)
	if err != nil {
		return fmt.Errorf("sign in %s: %w", name, err)
	}
	right, err := s.check(ctx, pin, known)
	if err != nil {
		return fmt.Errorf("sign in %s: %w", name, err)
	}
	if !right {
		return errWrong
	}
	if err := s.members.ClearTries(ctx, name); err != nil {
		return fmt.Errorf("sign in %s: %w", name, err)
	}
	return nil
}

// Prove keeps that whoever has a session showed again, by their PIN, who they
// are. Wrong ones count as they do at sign-in.
func (s *Service) Prove(ctx context.Context, token, pin string) error {
	session, err := s.Session(ctx, token)
	if err != nil {
		return err
	}
	now := s.now().UTC()
	if err := s.try(ctx, session.Member.ID, pin, now); err != nil {
		return err
	}
	return s.sessions.ProveSession(ctx, tokenHash(token), now)
}

// open starts the session of a member who showed who they are.
func (s *Service) open(ctx context.Context, m feed.MemberID, on feed.DeviceID, now time.Time) (string, feed.Session, error) {
	return s.openProved(ctx, m, on, now, now)
}

func (s *Service) openProved(ctx context.Context, m feed.MemberID, on feed.DeviceID, now, provedAt time.Time) (string, feed.Session, error) {
	token := newToken()
	session := feed.Session{Member: feed.Member{ID: m}, Device: on, Expires: now.Add(SessionFor), ProvedAt: provedAt}
	if err := s.sessions.AddSession(ctx, tokenHash(token), session, now); err != nil {
		return "", feed.Session{}, fmt.Errorf("sign in %s: %w", m, err)
	}
	session, err := s.Session(ctx, token)
	return token, session, err
}

// check compares a PIN with the hash of a member's, or with one that no PIN has.
func (s *Service) check(ctx context.Context, pin, known string) (right bool, err error) {
	turn := s.turns.take(ctx, func() {
		if known == "" || checkPIN(pin) != nil {
			_, err = verify(s.decoy, pin[:min(len(pin), maxPIN)])
			return
		}
		right, err = verify(known, pin)
	})
	return right, errors.Join(turn, err)
}

// Session returns the session of a token, with its member as of now, or an
// Unauthorized error: also when nobody did anything in it for too long.
func (s *Service) Session(ctx context.Context, token string) (feed.Session, error) {
	now := s.now().UTC()
	session, err := s.sessions.Session(ctx, tokenHash(token), now)
	switch {
	case errors.Is(err, feed.ErrNotFound), err == nil && session.Device == "" && now.Sub(session.SeenAt) > s.idle:
		return feed.Session{}, feed.ErrSignedOut
	}
	return session, err
}

// Visit is Session for somebody who does something, which is kept to the minute.
func (s *Service) Visit(ctx context.Context, token string) (feed.Session, error) {
	session, err := s.Session(ctx, token)
	if now := s.now().UTC(); err == nil && now.Sub(session.SeenAt) >= time.Minute {
		// Nobody is kept from reading because that cannot be written.
		ctx, cancel := context.WithTimeout(ctx, maxSee)
		defer cancel()
		if s.sessions.SeeSession(ctx, tokenHash(token), now) == nil {
			session.SeenAt = now
		}
	}
	return session, err
}

// SignOutElsewhere ends the other sessions of whoever has this one.
func (s *Service) SignOutElsewhere(ctx context.Context, token string) error {
	session, err := s.Session(ctx, token)
	if err != nil {
		return err
	}
	return s.sessions.EndOtherSessions(ctx, session.Member.ID, tokenHash(token))
}

// SignOut ends the session of a token; one that is over already is no error.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.sessions.EndSession(ctx, tokenHash(token))
}

// maxName bounds the names that are looked up, in bytes.
const maxName = 128

var (
	errWrong  = feed.Refuse(feed.Unauthorized, "Nom ou code PIN incorrect.", "Wrong name or PIN.")
	errLocked = feed.Refuse(feed.Locked,
		"Trop d’essais : réessayez dans {minutes} min.", "Too many tries: try again in {minutes} min.")
)
